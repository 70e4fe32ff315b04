"""Proofs that what is hidden stays unknown: worlds far enough from the truth for every hidden cell, and what they cost.

Somebody who knows his own answers rules out worlds where they are missing; mending such a world costs one step, so a proof
must reach `slack` further than the width (and the attack in bench/ checks that it does).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from surveys.disclosure.block import Block, Counts, Flags, World

_HIDDEN_COST = 1e-3


@dataclass
class Secrecy:
    """Which cells of a block are hidden, and how far worlds have shown each to be unknown.

    `width`: (cells,) that hidden cells must be unknown over; `slack`: what somebody's own answers could take off it.
    `members`: (cells,) hidden, but without a cell in any table: they need only be possibly nobody, or possibly the width.
    """

    block: Block
    hidden: Flags
    pinned: Flags
    weight: NDArray[np.float64]
    width: Counts
    slack: int
    members: Flags

    def __post_init__(self) -> None:
        self._least = self.block.values.copy()
        self._greatest = self.block.values.copy()

    def admit(self, world: World) -> None:
        """Take in a world: what it changes becomes hidden."""
        self.hidden = self.hidden | (world.moved != 0)
        now = self.block.values + world.moved
        self._least = np.minimum(self._least, now)
        self._greatest = np.maximum(self._greatest, now)

    def cost(self) -> NDArray[np.float64]:
        """(cells,): what changing each cell by one costs."""
        return np.where(self.hidden, _HIDDEN_COST, self.weight)

    def unproved(self) -> Flags:
        """(cells,): hidden, and not yet proved unknown over the width."""
        up, down = self._greatest - self.block.values, self.block.values - self._least
        proved = (np.maximum(up, down) >= self.width + self.slack) | (
            up + down >= self.width + 2 * self.slack
        )
        nobody_or_many = (self._least <= 0) | (self._greatest >= self.width + self.slack)
        return np.asarray(self.hidden & ~np.where(self.members, nobody_or_many, proved))


class Unprotectable(Exception):
    """No world hides this cell, whatever is hidden beside it; -1 when a total cannot change as it must."""

    def __init__(self, cell: int) -> None:
        super().__init__(cell)
        self.cell = cell


Search = Callable[[Secrecy, int, int], World | None]
"""A world where a cell is changed by so much, found without solving the whole block; None where none is found."""


def protect(
    secrecy: Secrecy,
    totals: Sequence[Counts] = (),
    search: Search = lambda _secrecy, _cell, _change: None,
    memory: Memory | None = None,
) -> list[World]:
    """Hide what must be hidden for every hidden cell to be unknown over the width. The worlds that prove it.

    `totals`: changes of totals that worlds of the blocks above need; each must be possible here too. `search` looks for
    worlds before the solver does; `memory` brings worlds of the same units that were found before. Raises Unprotectable.
    """
    memory = memory if memory is not None else Memory()
    worlds = []
    for place, change in enumerate(totals):
        world = memory.asked(secrecy, place) or secrecy.block.world(
            secrecy.cost(), secrecy.pinned, {}, change
        )
        if world is None:
            raise Unprotectable(-1)
        memory.answers[place] = world.change
        secrecy.admit(world)
        worlds.append(world)
    worlds += memory.fitting(secrecy)
    while (left := np.flatnonzero(secrecy.unproved())).size:
        cell = int(left[np.argmin(secrecy.block.values[left])])
        found = away(secrecy, cell, search, memory)
        if not found:
            raise Unprotectable(cell)
        for world in found:
            secrecy.admit(world)
            memory.changes.append(world.change)
        worlds += found
    return worlds


class Memory:
    """Changes of units found earlier: they are worlds whatever cells are drawn over the units."""

    def __init__(self) -> None:
        self.answers: dict[int, Counts] = {}
        self.changes: list[Counts] = []

    def asked(self, secrecy: Secrecy, place: int) -> World | None:
        """The world found earlier for a change of totals; None where it would move what is pinned."""
        if (change := self.answers.get(place)) is None:
            return None
        world = secrecy.block.drawn(change)
        return None if world.moved[secrecy.pinned].any() else world

    def fitting(self, secrecy: Secrecy) -> list[World]:
        """Worlds that move nothing but hidden cells; they are taken in."""
        found = [secrecy.block.drawn(change) for change in self.changes]
        found = [world for world in found if not world.moved[~secrecy.hidden | secrecy.pinned].any()]
        for world in found:
            secrecy.admit(world)
        return found

    def recalled(self, secrecy: Secrecy, cell: int, change: int) -> World | None:
        """The cheapest world found earlier that changes the cell by so much; None where there is none that is possible here."""
        block = secrecy.block
        found = [block.drawn(one) for one in self.changes if block.change_of(cell, one) == change]
        apt = [one for one in found if block.as_world(one.change, secrecy.pinned) is not None]
        return min(apt, key=lambda one: float(secrecy.cost()[one.moved != 0].sum()), default=None)


def spared(
    secrecy: Secrecy,
    needed: Flags,
    totals: Sequence[Counts],
    search: Search,
    memory: Memory,
    worlds: list[World],
) -> tuple[Secrecy, list[World]]:
    """Show again each cell beyond the `needed` without which the rest can still be proved. With the worlds that prove it."""
    memory.changes += [world.change for world in worlds]
    extra = np.flatnonzero(secrecy.hidden & ~needed)
    for cell in sorted(extra.tolist(), key=lambda one: -float(secrecy.weight[one])):
        hidden = secrecy.hidden.copy()
        hidden[cell] = False
        trial = replace(secrecy, hidden=hidden, pinned=~hidden)
        try:
            worlds = protect(trial, totals, search, memory)
        except Unprotectable:
            continue
        secrecy = trial
    return secrecy, worlds


def away(secrecy: Secrecy, cell: int, search: Search, memory: Memory) -> list[World]:
    """The cheapest worlds that prove the cell: by the search, else remembered, else the solver's; none when there are none.

    One world where the count is off by the width, or two that are off by less, one upwards and one downwards. A member's
    count is nobody, or as many as the width.
    """
    block = secrecy.block
    quick = cache(lambda change: search(secrecy, cell, change))

    @cache
    def sure(change: int) -> World | None:
        known = quick(change) or memory.recalled(secrecy, cell, change)
        return known or block.world(secrecy.cost(), secrecy.pinned, {cell: change})

    for far in (quick, sure):
        found = [world for change in _far_enough(secrecy, cell) if (world := far(change)) is not None]
        if found:
            return [min(found, key=lambda world: float(secrecy.cost() @ np.abs(world.moved)))]
        if secrecy.members[cell]:
            continue
        room = block.reach(secrecy.pinned, cell) if far is sure else (block.low[cell], block.high[cell])
        for down, up in _pairs(secrecy, cell, room):
            if (lower := far(-down)) is not None and (upper := far(up)) is not None:
                return [lower, upper]
    return []


def _far_enough(secrecy: Secrecy, cell: int) -> list[int]:
    """The changes that each prove a cell by itself, within its bounds."""
    block = secrecy.block
    value, step = int(block.values[cell]), int(secrecy.width[cell]) + secrecy.slack
    changes = (-value, step - value) if secrecy.members[cell] else (step, -step)
    return [change for change in changes if block.low[cell] <= value + change <= block.high[cell]]


def _pairs(secrecy: Secrecy, cell: int, room: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """How far down and how far up prove a cell together, the count staying within `room`."""
    value, apart = int(secrecy.block.values[cell]), int(secrecy.width[cell]) + 2 * secrecy.slack
    for down in range(1, min(apart, value - room[0] + 1)):
        if value + apart - down <= room[1]:
            yield down, apart - down
