"""From what was decided to the tables people see, and back from published tables to what they settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from surveys.disclosure.listing import (
    Crowd,
    Partitions,
    asked_codes,
    can_have_been_asked,
    divisions_of,
)
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Declared, Microdata, Question
from surveys.disclosure.publication import Cell, Row, State, Table, Together
from surveys.disclosure.rows import Row as Pair
from surveys.disclosure.task import WHOLE, Columns, Decided, Key, Place

UNKNOWN = "無回答"


def names_of(microdata: Microdata, dimension: str) -> tuple[str, ...]:
    """Ids by code; the last is what code -1 is called."""
    if dimension == SECTION:
        return (*(section.id for section in microdata.sections), UNKNOWN)
    if dimension == DIVISION:
        return (*divisions_of(microdata), UNKNOWN)
    if dimension == CITY:
        return (CITY, UNKNOWN)
    return (*microdata.attribute(dimension).values, UNKNOWN)


def settled_by(microdata: Microdata, tables: Sequence[Table]) -> dict[Place, State]:
    """What published tables of one question settle, cell by cell."""
    settled: dict[Place, State] = {}
    for table in tables:
        names = [names_of(microdata, name) for name in table.by]
        for row in table.rows:
            first = frozenset(_code(names[0], member) for member in row.members)
            second = frozenset(_code(names[1], member) for member in row.second) if row.second else WHOLE
            for column, cell in enumerate(row.cells):
                if cell.state in (State.SHOWN, State.HIDDEN):
                    settled[(table.by, table.groups), (first, second), (column,)] = cell.state
                for one in row.together:
                    settled[(table.by, table.groups), (first, second), one.columns] = one.cell.state
    return settled


def settled_parts(
    microdata: Microdata, parts: Partitions, settled: Mapping[Place, State], options: Sequence[int]
) -> Partitions:
    """The groups with those of published tables in the place of freshly listed ones; none where these options had none."""
    found = dict(parts)
    for by in {key[0] for key, _, _ in settled} - {(CITY,)}:
        rows = {
            row[0] for key, row, column in settled if key[0] == by and (bool(key[1]) or column[0] in options)
        }
        left = {code for group in parts[by] for code in group} - {code for group in rows for code in group}
        rest = _rest(microdata, by, left) if rows or by == (SECTION,) else ()
        found[by] = (*sorted(rows, key=sorted), *rest)
    return found


def _rest(microdata: Microdata, by: tuple[str, ...], left: set[int]) -> Iterator[frozenset[int]]:
    """What has no row: 課 given together with their whole 部; groups without anybody."""
    if by != (SECTION,):
        yield from (frozenset({code}) for code in sorted(left))
        return
    for division in divisions_of(microdata):
        places = frozenset(place for place in left if microdata.sections[place].division == division)
        if places:
            yield places


def table_of(
    microdata: Microdata, question: Question, table: Declared, decided: Sequence[Decided], people: Crowd
) -> Table:
    """A declared table with every unit's row, then the rows given together."""
    names = [names_of(microdata, name) for name in table.by]
    columns = tuple(label for label, _ in table.groups) or question.options
    key: Key = (table.by, table.groups)
    cells = {
        (row, column): state for one in decided for (at, row, column), state in one.cells.items() if at == key
    }
    rows = []
    for row in [*_units(microdata, table, people), *_together(cells)]:
        rows.append(_row(row, cells, len(columns), names, table, people))
    return Table(
        question=question.id,
        by=table.by,
        groups=table.groups,
        columns=columns,
        several=question.several,
        threshold=question.threshold,
        rows=tuple(rows),
    )


def row_mask(people: Crowd, by: Sequence[str], row: Pair) -> np.ndarray:
    """(respondents,): who is in a row."""
    mask = people.within(by[0], row[0])
    return mask & people.within(by[1], row[1]) if len(by) > 1 else mask


def _units(microdata: Microdata, table: Declared, people: Crowd) -> Iterator[Pair]:
    ranges = []
    for name in table.by:
        asked = asked_codes(microdata, table.question, name)
        codes = range(len(names_of(microdata, name)) - 1)
        unknown = [-1] if (people.keys[name] == -1).any() else []
        groups = [frozenset({code}) for code in (*codes, *unknown)]
        ranges.append([one for one in groups if can_have_been_asked(one, people, name, asked)])
    if len(ranges) == 1:
        yield from ((group, WHOLE) for group in ranges[0])
    else:
        yield from product(*ranges)


def _together(cells: Mapping[tuple[Pair, Columns], tuple[State, int]]) -> list[Pair]:
    found = {row for row, _ in cells if len(row[0]) > 1 or len(row[1]) > 1}
    return sorted(found, key=lambda row: (sorted(row[0]), sorted(row[1])))


def _row(
    row: Pair,
    cells: Mapping[tuple[Pair, Columns], tuple[State, int]],
    width: int,
    names: Sequence[tuple[str, ...]],
    table: Declared,
    people: Crowd,
) -> Row:
    one = len(row[0]) == 1 and len(row[1]) <= 1
    mask = row_mask(people, table.by, row)
    given = [cells.get((row, (column,))) for column in range(width)]
    together = tuple(
        Together(columns=columns, cell=_cell(found, State.HIDDEN))
        for (at, columns), found in sorted(cells.items(), key=lambda item: item[0][1])
        if at == row and len(columns) > 1
    )
    absent = State.MERGED if (one or together) and mask.any() else State.BLANK
    shown = tuple(_cell(found, absent) for found in given)
    return Row(
        members=tuple(names[0][code] for code in sorted(row[0])),
        second=tuple(names[1][code] for code in sorted(row[1])) if len(names) > 1 else (),
        base=people.size(mask) if together or any(found is not None for found in given) else None,
        cells=shown,
        together=together,
    )


def _cell(found: tuple[State, int] | None, absent: State) -> Cell:
    if found is None:
        return Cell(state=absent)
    state, value = found
    return Cell(state=state, value=value if state is State.SHOWN else None)


def _code(names: tuple[str, ...], member: str) -> int:
    place = names.index(member)
    return -1 if place == len(names) - 1 else place
