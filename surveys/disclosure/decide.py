"""Deciding one question: its rows, then what is hidden in the tables above 課, then 部 by 部 in the tables by 課."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.disclosure.above import Above, CannotStand
from surveys.disclosure.block import World
from surveys.disclosure.division import Division
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Declared
from surveys.disclosure.people import Grid, grid
from surveys.disclosure.protecting import Memory
from surveys.disclosure.publication import State
from surveys.disclosure.rows import (
    Partition,
    Row,
    with_smallest,
)
from surveys.disclosure.secrecy import Secrecy
from surveys.disclosure.task import (
    Decided,
    Place,
    Task,
    Unpublishable,
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
    memory = Memory()
    while True:
        decided = Decided(tuple(options))
        try:
            above = Above(task, upper, options, parts, _sizes(lower, rowless), memory)
            places, secrecy, worlds = above.settle()
            decided.hides_above = bool((secrecy.hidden & ~secrecy.members).any())
            _note(decided, places, secrecy)
            proofs = Proofs(lower, upper, worlds, len(task.people.sections))
            _below(task, (lower, upper), options, parts, worlds, decided, rowless, proofs)
        except CannotStand as problem:
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
        if division not in rowless
        and not _within(task, *grids, options, parts, tables, division, worlds, decided, proofs)
    }
    if found:
        raise _Rowless(found)
    if not task.people.question.several:
        for division in rowless if tables else range(len(task.people.divisions)):
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


def _widen(
    task: Task, upper: Grid, parts: dict[tuple[str, ...], Partition], by: tuple[str, ...], row: Row
) -> None:
    """Put the group that has the row, or a member of it, together with another; the last that is left has no row either.

    Raises Unpublishable where that is not possible.
    """
    settled = any(key[0] == by for key, _, _ in task.settled)
    if settled or by == (CITY,):
        raise Unpublishable
    if len(parts[by]) < 2:
        parts[by] = ()
        return
    codes = upper.keys[by[0]]
    group = next(one for one in parts[by] if row[0] <= one)
    parts[by] = with_smallest(
        parts[by], group, lambda group: int(upper.base[np.isin(codes, list(group))].sum())
    )


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
