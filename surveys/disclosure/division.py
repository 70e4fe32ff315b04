"""Deciding the tables by 課 of one question inside one 部."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from surveys.disclosure.balance import Balance
from surveys.disclosure.block import Block, Counts, Flags, Span, World
from surveys.disclosure.members import members_of
from surveys.disclosure.microdata import DIVISION, SECTION, Declared
from surveys.disclosure.people import Grid, units_of
from surveys.disclosure.protecting import Memory, Search, Unprotectable, protect, spared
from surveys.disclosure.rows import (
    Partition,
    with_smallest,
)
from surveys.disclosure.secrecy import Secrecy
from surveys.disclosure.task import (
    WHOLE,
    Columns,
    Key,
    Place,
    Task,
    Unpublishable,
    columns_of,
    floors_of,
    secrecy_of,
    told_floors,
)

_RARE = 3


class Division:
    """The tables by 課 of one question inside one 部."""

    def __init__(
        self, task: Task, lower: Grid, inside: Counts, options: tuple[int, ...], tables: tuple[Declared, ...]
    ) -> None:
        self._task, self._options = task, options
        keys = {name: codes[inside] for name, codes in lower.keys.items()}
        first = lower.first[inside]
        self._unit = Grid(
            lower.counts[inside], lower.base[inside], keys, lower.profile[inside], lower.unit_of, first
        )
        self._profiles = np.unique(self._unit.profile)
        self._units = units_of(task.people.question, self._unit.counts, self._unit.base, options)
        self._floors = floors_of(task, self._unit, options, inside, by_groups=True)
        self._floors += told_floors(task, self._unit, options, SECTION)
        self._settled = {place: state for place, state in task.settled.items() if place[0][0] == (SECTION,)}
        self._columns = {
            (table.by, table.groups): dict(columns_of(task.people, table, options)) for table in tables
        }
        self._balance = self._outside(lower, inside)

    def asked(self, upper: Grid, division: int, worlds: Sequence[World]) -> dict[int, Counts]:
        """How each world above changes this 部: (profiles, options) by its place, where it does."""
        here = [
            int(np.flatnonzero((upper.keys[DIVISION] == division) & (upper.profile == profile))[0])
            for profile in self._profiles
        ]
        changes = [world.change[here] for world in worlds]
        return {at: change for at, change in enumerate(changes) if change.any()}

    def settle(
        self, groups: Partition, asked: Sequence[Counts]
    ) -> tuple[list[Place], Secrecy, list[World]] | None:
        """Decide, putting together columns or 課 as needed; None where all 課 are given together. Raises Unpublishable.

        The worlds that prove it begin with those `asked`.
        """
        columns = {key: self._start(key, groups) for key in self._columns}
        memory = Memory()
        while len(groups) > 1:
            places, spans = self._spans(groups, columns)
            shadows, shadow_spans = self._shadows(groups, columns)
            members, member_spans = self._members(groups, columns)
            every = [*spans, *shadow_spans, *member_spans]
            block = Block(self._units, every, self._totals(), self._floors)
            secrecy = self._secret(block, places, shadows, members)
            needed = secrecy.hidden.copy()
            search = self._search(every)
            try:
                worlds = protect(secrecy, asked, search, memory)
            except Unprotectable as problem:
                at = [*places, *shadows, *members][problem.cell] if problem.cell >= 0 else None
                groups, columns = self._coarser(groups, columns, at, block, problem.cell)
                continue
            secrecy, worlds = spared(secrecy, needed, asked, search, memory, worlds)
            return places, _first(secrecy, len(places)), worlds
        return None

    def _coarser(
        self,
        groups: Partition,
        columns: dict[Key, list[Columns]],
        at: Place | None,
        block: Block,
        cell: int,
    ) -> tuple[Partition, dict[Key, list[Columns]]]:
        """Columns or 課 put together where a cell cannot be protected. Raises Unpublishable where all is settled."""
        if self._settled:
            raise Unpublishable
        if at is not None and self._put_columns(columns, at, block, cell):
            return groups, columns
        groups = _closer(self._unit, groups, next(one for one in groups if at[1][0] <= one) if at else None)
        return groups, {key: self._start(key, groups) for key in self._columns}

    def _start(self, key: Key, groups: Partition) -> list[Columns]:
        """Each column alone, or as settled."""
        settled = {columns for at, row, columns in self._settled if at == key and row[0] in groups}
        return (
            sorted(settled)
            if settled and not self._task.people.question.several
            else [(one,) for one in self._columns[key]]
        )

    def _totals(self) -> list[Flags]:
        return [self._unit.profile == profile for profile in self._profiles]

    def _mask(self, key: Key, columns: Columns) -> Flags:
        members: Flags = np.logical_or.reduce([self._columns[key][column] for column in columns])
        return members

    def _spans(
        self, groups: Partition, columns: Mapping[Key, Sequence[Columns]]
    ) -> tuple[list[Place], list[Span]]:
        places, spans = [], []
        for key, sets in columns.items():
            for group in groups:
                mask = np.isin(self._unit.keys[SECTION], list(group))
                for one in sets:
                    places.append((key, (group, WHOLE), one))
                    spans.append(Span(mask, self._mask(key, one)))
        return places, spans

    def _shadows(
        self, groups: Partition, columns: Mapping[Key, Sequence[Columns]]
    ) -> tuple[list[Place], list[Span]]:
        """The single cells inside columns put together: not published, yet not to be found out."""
        apart = {
            key: [(one,) for many in sets if len(many) > 1 for one in many] for key, sets in columns.items()
        }
        return self._spans(groups, apart)

    def _members(
        self, groups: Partition, columns: Mapping[Key, Sequence[Columns]]
    ) -> tuple[list[Place], list[Span]]:
        """The small counts of 課 put together, where follow-up questions or an option that is ticked alone could tell them."""
        if not self._floors and not self._task.people.question.exclusive:
            return [], []
        rows = [(key, (group, WHOLE)) for key in columns for group in groups]
        drawn = {key: {one: self._mask(key, one) for one in sets} for key, sets in columns.items()}
        threshold = self._task.people.question.threshold
        found = members_of(self._unit, self._units.truth, rows, drawn, threshold)
        return [place for place, _ in found], [span for _, span in found]

    def _secret(
        self, block: Block, places: Sequence[Place], shadows: Sequence[Place], members: Sequence[Place]
    ) -> Secrecy:
        secrecy = secrecy_of(self._task, block, [*places, *shadows, *members], self._unit)
        secrecy.hidden[len(places) :] = True
        secrecy.members[len(places) + len(shadows) :] = True
        for at, (key, _, columns) in enumerate(shadows, len(places)):
            total = int(self._units.truth[:, self._mask(key, columns)].sum())
            secrecy.width[at] = min(secrecy.width[at], total - secrecy.slack)
        return secrecy

    def _put_columns(self, columns: dict[Key, list[Columns]], at: Place, block: Block, cell: int) -> bool:
        """Put a column together with the rarest other one where it is too rare to be unknown; False where it is not."""
        key, _, mine = at
        sets = columns[key]
        sizes = {one: int(self._units.truth[:, self._mask(key, one)].sum()) for one in sets}
        whole = next(one for one in sets if set(mine) <= set(one))
        threshold = self._task.people.question.threshold
        if len(sets) < 3 or (sizes[whole] >= _RARE * threshold and block.values[cell] < threshold):
            return False
        other = min((one for one in sets if one != whole), key=lambda one: (sizes[one], one))
        columns[key] = sorted(
            [*(one for one in sets if one not in (whole, other)), tuple(sorted(whole + other))]
        )
        return True

    def _outside(self, lower: Grid, inside: Counts) -> Balance | None:
        """What can even out the rest, where tables by attributes are not also by 部."""
        crossed = self._task.tied_by_division or any(
            len(table.by) > 1 and DIVISION in table.by for table in self._task.tables
        )
        if not self._task.people.profiled or crossed:
            return None
        units = units_of(self._task.people.question, lower.counts, lower.base, self._options)
        away_ = ~np.isin(np.arange(len(lower.base)), inside)
        sides = [follower.options[list(self._options)] for follower in self._task.followers]
        return Balance(units, lower.keys[SECTION], lower.profile, away_, sides)

    def _search(self, spans: Sequence[Span]) -> Search:
        """Worlds that keep this 部's totals but not each profile's, where the rest of the city can even it out."""
        balance = self._balance
        if balance is None:
            return lambda _secrecy, _cell, _change: None
        everybody = np.ones(len(self._unit.base), dtype=bool)
        loose = Block(self._units, spans, [everybody], self._floors)

        def search(secrecy: Secrecy, cell: int, change: int) -> World | None:
            world = loose.world(secrecy.cost(), secrecy.pinned, {cell: change})
            fits = world is not None and balance.evens(world.change, self._unit.profile)
            return world if fits else None

        return search


def _first(secrecy: Secrecy, length: int) -> Secrecy:
    """Only the first cells."""
    secrecy.hidden = secrecy.hidden[:length]
    return secrecy


def _closer(unit: Grid, groups: Partition, group: frozenset[int] | None) -> Partition:
    def size(one: frozenset[int]) -> int:
        return int(unit.base[np.isin(unit.keys[SECTION], list(one))].sum())

    return with_smallest(groups, group or min(groups, key=size), size)
