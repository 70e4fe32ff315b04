"""Deciding the tables above 課 of one question: for the city, by 部 and by attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.disclosure.block import Block, Counts, Flags, Span, World
from surveys.disclosure.members import members_of
from surveys.disclosure.microdata import CITY, DIVISION, SECTION
from surveys.disclosure.people import Grid, distinct, units_of
from surveys.disclosure.protecting import Memory, Unprotectable, hopeless, protect, spared
from surveys.disclosure.rows import Group, Partition, Row, join
from surveys.disclosure.secrecy import Secrecy
from surveys.disclosure.swaps import Aim, Family, Target, exchange
from surveys.disclosure.task import (
    WHOLE,
    Columns,
    Key,
    Place,
    Task,
    columns_of,
    floors_of,
    grouped_shadows,
    mask_of,
    secrecy_of,
    ties_of,
    told_floors,
)

Parts = dict[tuple[str, ...], Partition]


class CannotStand(Exception):
    """A row whose cells, or whose members, no world hides."""

    def __init__(self, by: tuple[str, ...], row: Row) -> None:
        super().__init__(by, row)
        self.by, self.row = by, row


def rows_of(by: tuple[str, ...], parts: Mapping[tuple[str, ...], Partition]) -> list[Row]:
    """The rows of a table above 課; none where one of its dimensions has none."""
    if by == (CITY,):
        return [(frozenset({0}), WHOLE)]
    if not all(parts[(one,)] for one in by):
        return []
    if len(by) == 1:
        return [(group, WHOLE) for group in parts[by]]
    first = join(parts[by], parts[(by[0],)])
    return [(one, two) for one in first for two in parts[(by[1],)]]


class Above:
    """The tables above 課 of one question, in the rows that `parts` gives them.

    `rowless`: by 部, the bases of its 課 where they have no rows of their own. `memory`: worlds found with other rows.
    """

    def __init__(
        self,
        task: Task,
        unit: Grid,
        options: Sequence[int],
        parts: Parts,
        rowless: Mapping[int, list[int]],
        memory: Memory,
    ) -> None:
        self._task, self._unit, self._options, self._rowless = task, unit, options, rowless
        self._memory = memory
        self._places: list[Place] = []
        self._spans: list[Span] = []
        self._add_published(parts)
        self._published = len(self._places)
        self._rows: dict[Key, list[Row]] = {}
        for key, row in dict.fromkeys((key, row) for key, row, _ in self._places):
            self._rows.setdefault(key, []).append(row)
        self._families: dict[tuple[str, Partition], Family] = {}
        self._at: dict[Place, int] = {}

    def settle(self) -> tuple[list[Place], Secrecy, list[World]]:
        """The published cells, what of them is hidden, and the worlds that prove it. Raises CannotStand."""
        task = self._task
        units = units_of(task.people.question, self._unit.counts, self._unit.base, self._options)
        floors = floors_of(task, self._unit, self._options, np.arange(len(self._unit.base)), by_groups=False)
        floors += told_floors(task, self._unit, self._options, DIVISION)
        ties = ties_of(task, self._unit, self._options)
        self._add_shadows()
        cells = len(self._places)
        if floors or ties or task.people.question.exclusive:
            self._add_members(units.truth)
        self._at = {place: cell for cell, place in enumerate(self._places)}
        block = Block(units, self._spans, (), floors, ties)
        secrecy = secrecy_of(task, block, self._places, self._unit, self._rowless)
        secrecy.members = np.arange(len(self._places)) >= cells
        secrecy.hidden |= secrecy.members
        return self._places[: self._published], *self._protected(secrecy)

    def _protected(self, secrecy: Secrecy) -> tuple[Secrecy, list[World]]:
        needed = secrecy.hidden.copy()
        before = np.array([place in self._memory.hidden for place in self._places], dtype=bool)
        secrecy.hidden |= before & ~secrecy.pinned
        if (cell := hopeless(secrecy, self._places, self._exchanges, self._memory)) is not None:
            key, row, _ = self._places[cell]
            raise CannotStand(key[0], row)
        try:
            worlds = protect(secrecy, (), self._exchanges, self._memory)
        except Unprotectable as problem:
            key, row, _ = self._places[problem.cell]
            raise CannotStand(key[0], row) from problem
        if self._task.people.question.several or not self._task.people.profiled:
            secrecy, worlds = spared(secrecy, needed, (), self._exchanges, self._memory, worlds)
        self._memory.hidden = {self._places[cell] for cell in np.flatnonzero(secrecy.hidden)}
        return secrecy, worlds

    def _add(self, places: Sequence[tuple[Place, Span]]) -> None:
        self._places += [place for place, _ in places]
        self._spans += [span for _, span in places]

    def _add_published(self, parts: Parts) -> None:
        for table in (table for table in self._task.tables if table.by != (SECTION,)):
            if len(table.by) > 1:
                parts[table.by] = join(parts[table.by], parts[(table.by[0],)])
            for row in rows_of(table.by, parts):
                mask = mask_of(self._unit.keys, table.by, row)
                if self._unit.base[mask].sum():
                    columns = columns_of(self._task.people, table, self._options)
                    key = (table.by, table.groups)
                    self._add([((key, row, (column,)), Span(mask, chosen)) for column, chosen in columns])

    def _add_shadows(self) -> None:
        """Sums that tables by 課 would give of 課 that have no rows there."""
        plain = [(key[0], row) for key, rows in self._rows.items() if not key[1] for row in rows]
        self._add(grouped_shadows(self._task, self._unit, self._options, plain, self._rowless))

    def _add_members(self, counts: Counts) -> None:
        """Small counts inside joint rows, which other questions could tell, or an option that is ticked alone."""
        rows = [(key, row) for key, rows in self._rows.items() for row in rows]
        columns: dict[Key, dict[Columns, Flags]] = {}
        for (key, _, column), span in zip(self._places, self._spans, strict=True):
            columns.setdefault(key, {})[column] = span.options
        self._add(members_of(self._unit, counts, rows, columns, self._task.people.question.threshold))

    def _exchanges(self, secrecy: Secrecy, cell: int, change: int) -> World | None:
        """Exchanges between the groups of a table, for questions with one answer."""
        key, row, _ = self._places[cell]
        options = np.flatnonzero(self._spans[cell].options)
        if key[0] == (CITY,) or key[1] or len(options) != 1 or self._task.people.question.several:
            return None
        member = bool(secrecy.members[cell])
        aims = [self._aim(key, row, varied, member=member) for varied in range(len(key[0]))]
        return exchange(secrecy, cell, Target(self._spans[cell].units, int(options[0]), tuple(aims)), change)

    def _aim(self, key: Key, row: Row, varied: int, *, member: bool) -> Aim:
        """The groups that a row, or a member of one, can exchange answers with, and the cells that this moves."""
        line = self._alone(key, row, varied) if member else self._given(key, row, varied)
        columns = range(len(self._options))
        cells = [[self._at.get((key, given, (column,)), -1) for column in columns] for _, given in line]
        groups = tuple(group for group, _ in line)
        return Aim(self._family(key[0][varied], groups), np.array(cells, dtype=np.int64))

    def _given(self, key: Key, row: Row, varied: int) -> list[tuple[Group, Row]]:
        """The groups of one dimension that have rows, with these."""
        groups = sorted({one[varied] for one in self._rows[key]}, key=sorted)
        return [(group, _with(row, varied, group)) for group in groups]

    def _alone(self, key: Key, row: Row, varied: int) -> list[tuple[Group, Row]]:
        """Each group of one dimension by itself, with the row that it is given in."""
        joint = next(one for one in self._rows[key] if row[0] <= one[0] and row[1] <= one[1])
        found = []
        for code in np.unique(self._unit.keys[key[0][varied]]).tolist():
            group = next(
                (one for one, _ in self._given(key, joint, varied) if code in one), frozenset({code})
            )
            found.append((frozenset({code}), _with(joint, varied, group)))
        return found

    def _family(self, dimension: str, groups: Partition) -> Family:
        if (dimension, groups) not in self._families:
            unit, people = self._unit, self._task.people
            group = np.full(len(unit.base), -1, dtype=np.int64)
            for place, members in enumerate(groups):
                group[np.isin(unit.keys[dimension], list(members))] = place
            same = [marks[unit.first] for name, marks in people.marks.items() if name != dimension]
            if dimension != DIVISION:
                same.append(unit.keys[DIVISION][:, None])
            self._families[dimension, groups] = Family(group, distinct(same, len(group)))
        return self._families[dimension, groups]


def _with(row: Row, varied: int, group: Group) -> Row:
    return (row[0], group) if varied else (group, row[1])
