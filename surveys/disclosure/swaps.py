"""Worlds found without a solver: people of two groups, alike in everything else that is published, exchange their answers.

What solving a large block in whole numbers does slowly, exchanges do at once for nearly every cell: somebody of the first
group who answered k and somebody of another who answered l change places, one pair after the other, each where it costs
least. Totals, bases and tables by other dimensions stay as they are. The block checks each such world like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from surveys.disclosure.block import Counts, Flags, World
from surveys.disclosure.secrecy import Secrecy

_BY_ROOM = 1e-6


@dataclass(frozen=True, eq=False)
class Family:
    """`group`: (units,) the groups of one dimension, -1 where it has no row; `alike`: (units,) equal where all else is."""

    group: Counts
    alike: Counts


@dataclass(frozen=True, eq=False)
class Aim:
    """A family with the cells of its groups: (groups, options) places in the block, -1 where a group has none."""

    family: Family
    cells: Counts


@dataclass(frozen=True, eq=False)
class Target:
    """A cell as exchanges see it: its units, its option, and where it can be changed."""

    units: Flags
    option: int
    aims: tuple[Aim, ...]


def exchange(secrecy: Secrecy, cell: int, target: Target, change: int) -> World | None:
    """The cheapest exchanges that change a cell by so much; None where none are found."""
    found = [world for aim in target.aims for world in _Pairs(secrecy, target, aim).worlds(change)]
    apt = [world for world in found if world.moved[cell] == change]
    return min(apt, key=lambda world: float(secrecy.cost()[world.moved != 0].sum()), default=None)


class _Pairs:
    """Who can exchange answers with whom: (groups, alike, options) counts, where the target's people have somebody alike."""

    def __init__(self, secrecy: Secrecy, target: Target, aim: Aim) -> None:
        self._secrecy, self._target, self._aim = secrecy, target, aim
        family, truth = aim.family, secrecy.block.units.truth
        self._here = int(family.group[target.units][0])
        self._alike = np.unique(family.alike[target.units])
        wanted = np.flatnonzero(np.isin(family.alike, self._alike) & (family.group >= 0))
        shape = (len(aim.cells), len(self._alike), truth.shape[1])
        self._table = np.zeros(shape, dtype=np.int64)
        alike = np.searchsorted(self._alike, family.alike[wanted])
        np.add.at(self._table, (family.group[wanted], alike), truth[wanted])

    def worlds(self, change: int) -> Iterator[World]:
        """The cell changed by so much: by answers that lead to the same follow-up questions, and by any."""
        every = np.arange(self._table.shape[2]) != self._target.option
        sides = self._secrecy.block.sides
        near = every & np.logical_and.reduce([side == side[self._target.option] for side in sides] or [every])
        for others in [near, every] if (near != every).any() else [every]:
            moves = self._moves(change, others)
            world = None if moves is None else self._secrecy.block.as_world(moves, self._secrecy.pinned)
            if world is not None:
                yield world

    def _moves(self, change: int, others: Flags) -> Counts | None:
        """(units, options): one exchange after the other, each where it costs least; None where there are not enough."""
        up, option = change > 0, self._target.option
        table, moved = self._table.copy(), np.zeros(len(self._secrecy.block.values), dtype=np.int64)
        found = np.zeros_like(self._secrecy.block.units.truth)
        for left in range(abs(change), 0, -1):
            mine = table[self._here]
            both = np.minimum(mine, table[:, :, [option]]) if up else np.minimum(mine[:, [option]], table)
            room = both.sum(axis=1)
            price = self._price(moved, 1 if up else -1) / np.clip(room, 1, left) - _BY_ROOM * room
            price[(room == 0) | ~others] = np.inf
            group, other = (int(one) for one in np.unravel_index(int(np.argmin(price)), price.shape))
            if not np.isfinite(price[group, other]):
                return None
            alike = int(np.argmax(both[group, :, other]))
            out, into = (other, option) if up else (option, other)
            for place, before, after in ((self._here, out, into), (group, into, out)):
                table[place, alike, before] -= 1
                table[place, alike, after] += 1
                self._count(found, place, alike, before, after)
                for one, by in ((before, -1), (after, 1)):
                    moved[self._aim.cells[place, one]] += by * (self._aim.cells[place, one] >= 0)
        return found

    def _price(self, moved: Counts, sign: int) -> np.ndarray:
        """(groups, other options): what another exchange with a group costs; infinite where a cell cannot be moved so."""
        cells, option, here = self._aim.cells, self._target.option, self._here
        price = np.zeros(cells.shape)
        same = cells == cells[here]
        for rows, by in ((cells[[here]], sign), (cells, -sign)):
            asked = self._one(moved, by)[rows[:, [option]]]
            price += np.where(same[:, [option]] | (rows[:, [option]] < 0), 0.0, asked)
            price += np.where(same | (rows < 0), 0.0, self._one(moved, -by)[rows])
        price[here] = np.inf
        return price

    def _one(self, moved: Counts, by: int) -> np.ndarray:
        """(cells,): what it costs to move each by one more."""
        block = self._secrecy.block
        now = block.values + moved + by
        free = ~self._secrecy.pinned & (now >= block.low) & (now <= block.high)
        return np.where(free, np.where(moved == 0, self._secrecy.cost(), 0.0), np.inf)

    def _count(self, found: Counts, group: int, alike: int, before: int, after: int) -> None:
        """One person's change, in the unit of the group with most who can make it."""
        family, truth = self._aim.family, self._secrecy.block.units.truth
        units = np.flatnonzero((family.group == group) & (family.alike == self._alike[alike]))
        unit = units[np.argmax((truth + found)[units, before])]
        found[unit, before] -= 1
        found[unit, after] += 1
