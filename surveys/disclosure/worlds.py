"""The worlds that prove a decision, as changes of the whole city by 課: the upper ones carried down into every 部, the lower ones beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from surveys.disclosure.block import Counts, World
from surveys.disclosure.microdata import DIVISION, SECTION
from surveys.disclosure.people import Grid


class Proofs:
    """Collects worlds of one question: `above` changes units of 部 and profile, what is added changes units of 課 and profile."""

    def __init__(self, lower: Grid, upper: Grid, above: Sequence[World], sections: int) -> None:
        self._lower, self._upper, self._above = lower, upper, above
        self._shape = (sections, lower.counts.shape[1])
        self._whole = [np.zeros(self._shape, dtype=np.int64) for _ in above]
        self._own: list[Counts] = []

    def settled(self, inside: Counts, touched: Sequence[int], worlds: Sequence[World]) -> None:
        """A 部 that has rows by 課: `inside` are its units. The first worlds are those `touched` above, the others its own."""
        for at, world in zip(touched, worlds, strict=False):
            self._whole[at] += self._by_section(inside, world.change)
        self._own += [self._by_section(inside, world.change) for world in worlds[len(touched) :]]

    def rowless(self, division: int) -> None:
        """A 部 whose 課 have no rows: any way of carrying a world down will do."""
        for at, world in enumerate(self._above):
            for profile, change in self._changes(division, world):
                units = np.flatnonzero(
                    (self._lower.keys[DIVISION] == division) & (self._lower.profile == profile)
                )
                self._whole[at] += self._by_section(units, _carried(self._lower.counts[units], change))

    def changes(self) -> list[Counts]:
        """(課, options) changes of the truth, one for each world."""
        return [*self._whole, *self._own]

    def _changes(self, division: int, world: World) -> Iterator[tuple[int, Counts]]:
        for unit in np.flatnonzero(self._upper.keys[DIVISION] == division):
            if world.change[unit].any():
                yield int(self._upper.profile[unit]), world.change[unit]

    def _by_section(self, units: Counts, change: Counts) -> Counts:
        found = np.zeros(self._shape, dtype=np.int64)
        np.add.at(found, self._lower.keys[SECTION][units], change)
        return found


def _carried(counts: Counts, change: Counts) -> Counts:
    """A change of a sum of units as changes of the units: people leave options where there are any, and take up others there."""
    left, wanted = counts.copy(), change.copy()
    found = np.zeros_like(counts)
    for out in np.flatnonzero(change < 0):
        for into in np.flatnonzero(change > 0):
            for unit in np.argsort(-left[:, out], kind="stable"):
                many = int(min(-wanted[out], wanted[into], left[unit, out]))
                left[unit, out] -= many
                found[unit, out] -= many
                found[unit, into] += many
                wanted[out] += many
                wanted[into] -= many
    return found


def most_together(groups: Sequence[frozenset[int]], sizes: Mapping[int, Sequence[int]]) -> int:
    """The most 課 that share one row: put together, or given by their 部 only (`sizes`: by 部, the bases of its 課)."""
    return max([1, *(len(group) for group in groups), *(len(one) for one in sizes.values())])
