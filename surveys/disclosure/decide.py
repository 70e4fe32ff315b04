"""Deciding one question: its rows, then what is hidden in the tables above 課, then 部 by 部 in the tables by 課."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.disclosure.block import Block, Flags, Span, Units, World
from surveys.disclosure.division import Division
from surveys.disclosure.members import members_of
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Declared
from surveys.disclosure.people import Grid, distinct, grid, units_of
from surveys.disclosure.publication import State
from surveys.disclosure.rows import (
    Partition,
    Row,
    join,
    with_smallest,
)
from surveys.disclosure.secrecy import Memory, Search, Secrecy, Unprotectable, protect, spared
from surveys.disclosure.swaps import Aim, Family, Target, exchange
from surveys.disclosure.task import (
    WHOLE,
    Columns,
    Decided,
    Key,
    Place,
    Task,
    Unpublishable,
    columns_of,
    floors_of,
    grouped_shadows,
    mask_of,
    secrecy_of,
    ties_of,
    told_floors,
)
from surveys.disclosure.worlds import Proofs, most_together


def decide(task: Task, options: Sequence[int], partitions: Mapping[tuple[str, ...], Partition]) -> Decided:
    """Decide these options of a question. `partitions`: groups of 部, of attributes, of 課, by what a table is by.

    Raises Unpublishable.
    """
    parts = dict(partitions)
    upper = grid(task.people, DIVISION)
    lower = grid(task.people, SECTION)
    rowless = _without_rows(task, lower, parts)
    while True:
        decided = Decided(tuple(options))
        try:
            worlds = _above(task, upper, options, parts, decided, _sizes(lower, rowless))
            proofs = Proofs(lower, upper, worlds, len(task.people.sections))
            _below(task, (lower, upper), options, parts, worlds, decided, rowless, proofs)
        except _Join as problem:
            _widen(task, upper, parts, problem.by, problem.row)
        except _Rowless as found:
            rowless |= found.divisions
        else:
            groups = [row[0] for key, row, _ in decided.cells if key[0] == (SECTION,)]
            decided.worlds = proofs.changes()
            decided.most_together = most_together(groups, _sizes(lower, rowless))
            return decided


def _below(
    task: Task,
    grids: tuple[Grid, Grid],
    options: Sequence[int],
    parts: Mapping[tuple[str, ...], Partition],
    worlds: Sequence[World],
    decided: Decided,
    rowless: set[int],
    proofs: Proofs,
) -> None:
    """Decide the tables by 課. Raises _Rowless when the 課 of another 部 turn out to be given with it only."""
    tables = [table for table in task.tables if table.by == (SECTION,)]
    divisions = range(len(task.people.divisions)) if tables else range(0)
    found = {
        division
        for division in divisions
        if not _within(task, *grids, options, parts, tables, division, worlds, decided, proofs)
    }
    if found - rowless:
        raise _Rowless(found)
    if not task.people.question.several:
        for division in found or (set() if tables else range(len(task.people.divisions))):
            proofs.rowless(division)


def _without_rows(task: Task, lower: Grid, parts: Mapping[tuple[str, ...], Partition]) -> set[int]:
    """The 部 whose 課 have no rows from the start."""
    if not any(table.by == (SECTION,) for table in task.tables):
        return set()
    found = set()
    for division in range(len(task.people.divisions)):
        inside = set(lower.keys[SECTION][lower.keys[DIVISION] == division].tolist())
        groups = [group for group in parts[(SECTION,)] if group & inside]
        if len(groups) < 2 or frozenset({division}) not in parts[(DIVISION,)]:
            found.add(division)
    return found


def _sizes(lower: Grid, rowless: set[int]) -> dict[int, list[int]]:
    """By 部, the bases of its 課."""
    found: dict[int, list[int]] = {}
    for division in sorted(rowless):
        inside = lower.keys[DIVISION] == division
        bases = np.bincount(lower.keys[SECTION][inside], weights=lower.base[inside])
        found[division] = [int(base) for base in bases if base]
    return found


class _Rowless(Exception):
    def __init__(self, divisions: set[int]) -> None:
        super().__init__(divisions)
        self.divisions = divisions


class _Join(Exception):
    def __init__(self, by: tuple[str, ...], row: Row) -> None:
        super().__init__(by, row)
        self.by, self.row = by, row


def _widen(
    task: Task, upper: Grid, parts: dict[tuple[str, ...], Partition], by: tuple[str, ...], row: Row
) -> None:
    """Put the group that has the row, or a member of it, together with another. Raises Unpublishable where that is not possible."""
    settled = any(key[0] == by for key, _, _ in task.settled)
    if settled or by == (CITY,) or len(parts[by]) < 2:
        raise Unpublishable
    codes = upper.keys[by[0]]
    group = next(one for one in parts[by] if row[0] <= one)
    parts[by] = with_smallest(
        parts[by], group, lambda group: int(upper.base[np.isin(codes, list(group))].sum())
    )


def rows_of(by: tuple[str, ...], parts: Mapping[tuple[str, ...], Partition]) -> list[Row]:
    """The rows of a table above 課."""
    if by == (CITY,):
        return [(frozenset({0}), WHOLE)]
    if len(by) == 1:
        return [(group, WHOLE) for group in parts[by]]
    first = join(parts[by], parts[(by[0],)])
    return [(one, two) for one in first for two in parts[(by[1],)]]


def _above(
    task: Task,
    upper: Grid,
    options: Sequence[int],
    parts: dict[tuple[str, ...], Partition],
    decided: Decided,
    rowless: Mapping[int, list[int]],
) -> list[World]:
    """Decide the tables above 課. The worlds found. Raises _Join, Unpublishable."""
    places: list[Place] = []
    spans: list[Span] = []
    for table in (table for table in task.tables if table.by != (SECTION,)):
        key = (table.by, table.groups)
        if len(table.by) > 1:
            parts[table.by] = join(parts[table.by], parts[(table.by[0],)])
        for row in rows_of(table.by, parts):
            mask = mask_of(upper.keys, table.by, row)
            if not upper.base[mask].sum():
                continue
            for column, members in columns_of(task.people, table, options):
                places.append((key, row, (column,)))
                spans.append(Span(mask, members))
    units = units_of(task.people.question, upper.counts, upper.base, options)
    floors = floors_of(task, upper, options, np.arange(len(upper.base)), by_groups=False)
    floors += told_floors(task, upper, options, DIVISION)
    above = [(key[0], row) for key, row in dict.fromkeys((key, row) for key, row, _ in places) if not key[1]]
    shadows = grouped_shadows(task, upper, options, above, rowless)
    published = len(places)
    places += [place for place, _ in shadows]
    spans += [span for _, span in shadows]
    search = _search(task, upper, tuple(places), spans)
    cells = len(places)
    inside = _members(task, upper, units, places[:published], spans) if floors or task.ties else []
    places += [place for place, _ in inside]
    block = Block(units, [*spans, *(span for _, span in inside)], (), floors, ties_of(task, upper, options))
    secrecy = secrecy_of(task, block, places, upper, rowless)
    secrecy.members = np.arange(len(places)) >= cells
    secrecy.hidden |= secrecy.members
    needed = secrecy.hidden.copy()
    try:
        worlds = protect(secrecy, (), search)
    except Unprotectable as problem:
        key, row, _ = places[problem.cell]
        raise _Join(key[0], row) from problem
    if task.people.question.several or not task.people.profiled:
        secrecy, worlds = spared(secrecy, needed, (), search, Memory(), worlds)
    decided.hides_above = bool(secrecy.hidden[:cells].any())
    _note(decided, places[:published], secrecy)
    return worlds


def _members(
    task: Task, unit: Grid, units: Units, places: Sequence[Place], spans: Sequence[Span]
) -> list[tuple[Place, Span]]:
    """Small counts inside the joint rows of these places, which other questions could tell."""
    rows = dict.fromkeys((key, row) for key, row, _ in places)
    columns: dict[Key, dict[Columns, Flags]] = {}
    for (key, _, column), span in zip(places, spans, strict=False):
        columns.setdefault(key, {})[column] = span.options
    return members_of(unit, units.truth, rows, columns, task.people.question.threshold)


def _search(task: Task, unit: Grid, places: Sequence[Place], spans: Sequence[Span]) -> Search:
    """Exchanges between the groups of a table, for questions with one answer."""
    families: dict[tuple[tuple[str, ...], int], tuple[Family, list[frozenset[int]]]] = {}
    for by in {key[0] for key, _, _ in places} - {(CITY,)}:
        for varied in range(len(by)):
            rows = sorted({row[varied] for key, row, _ in places if key[0] == by}, key=sorted)
            families[by, varied] = _family(task, unit, by[varied], tuple(rows)), rows
    at = {place: cell for cell, place in enumerate(places)}

    def search(secrecy: Secrecy, cell: int) -> list[World]:
        if secrecy.members[cell]:
            return []
        key, row, _ = places[cell]
        options = np.flatnonzero(spans[cell].options)
        if key[0] == (CITY,) or len(options) != 1 or task.people.question.several or key[1]:
            return []
        aims = []
        for varied in range(len(key[0])):
            family, rows = families[key[0], varied]
            near = [(one, row[1]) if varied == 0 else (row[0], one) for one in rows]
            cells = np.array(
                [
                    [at.get((key, one, (column,)), -1) for column in range(len(spans[cell].options))]
                    for one in near
                ]
            )
            aims.append(Aim(family, cells))
        return exchange(secrecy, cell, Target(spans[cell].units, int(options[0]), tuple(aims)))

    return search


def _family(task: Task, unit: Grid, dimension: str, rows: Partition) -> Family:
    group = np.full(len(unit.base), -1, dtype=np.int64)
    for place, members in enumerate(rows):
        group[np.isin(unit.keys[dimension], list(members))] = place
    same = [marks[unit.first] for name, marks in task.people.marks.items() if name != dimension]
    if dimension != DIVISION:
        same.append(unit.keys[DIVISION][:, None])
    return Family(group, distinct(same, len(group)))


def _note(decided: Decided, places: Sequence[Place], secrecy: Secrecy) -> None:
    for place, hidden, value in zip(places, secrecy.hidden, secrecy.block.values, strict=False):
        decided.cells[place] = (State.HIDDEN if hidden else State.SHOWN, int(value))


def _within(
    task: Task,
    lower: Grid,
    upper: Grid,
    options: Sequence[int],
    parts: Mapping[tuple[str, ...], Partition],
    tables: Sequence[Declared],
    division: int,
    worlds: Sequence[World],
    decided: Decided,
    proofs: Proofs,
) -> bool:
    """Decide the tables by 課 inside one 部; False where its 課 are all given together, and nothing is noted."""
    inside = np.flatnonzero(lower.keys[DIVISION] == division)
    alone = frozenset({division}) in parts[(DIVISION,)]
    groups = tuple(group for group in parts[(SECTION,)] if group & set(lower.keys[SECTION][inside].tolist()))
    if not len(inside) or not alone:
        return not len(inside)
    place = Division(task, lower, inside, tuple(options), tuple(tables))
    asked = place.asked(upper, division, worlds)
    found = place.settle(groups, list(asked.values()))
    if found is not None:
        places, secrecy, own = found
        proofs.settled(inside, list(asked), own)
        if secrecy.hidden.any():
            decided.hides_in.add(division)
        _note(decided, places, secrecy)
    return found is not None
