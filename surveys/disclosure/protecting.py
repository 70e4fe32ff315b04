"""Proving every hidden cell of a block, hiding more where it takes that, and showing again what it turned out not to take."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from functools import cache, partial

import numpy as np

from surveys.disclosure.block import Counts, Flags, World
from surveys.disclosure.secrecy import Secrecy, far_enough, pairs
from surveys.disclosure.together import together


class Unprotectable(Exception):
    """No world hides this cell, whatever is hidden beside it; -1 when a total cannot change as it must."""

    def __init__(self, cell: int) -> None:
        super().__init__(cell)
        self.cell = cell


Far = Callable[[int], World | None]
"""A world where one cell is changed by so much; None where none is found."""

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
    tried = -1
    while (left := np.flatnonzero(secrecy.unproved())).size:
        cell = _hardest_first(secrecy, left)[0]
        quick = cache(partial(search, secrecy, cell))
        found = _searched(secrecy, cell, quick) or memory.proving(secrecy, cell)
        hard = not found
        found = found or _solved(secrecy, cell, quick, memory)
        if not found:
            raise Unprotectable(cell)
        worlds += _admitted(secrecy, found, memory)
        if hard and (hidden := int(secrecy.hidden.sum())) != tried:
            found = _admitted(secrecy, together(secrecy), memory)
            tried = -1 if found else hidden
            worlds += found
    return worlds


class Memory:
    """Changes of units found earlier: they are worlds whatever cells are drawn over the units.

    `possible`: names of cells of which `hopeless` found that something could prove them; `hidden`: of cells that were hidden when all
    was proved.
    """

    def __init__(self) -> None:
        self.hidden: set[Hashable] = set()
        self.possible: set[Hashable] = set()
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

    def proving(self, secrecy: Secrecy, cell: int) -> list[World]:
        """The cheapest world found earlier that proves the cell by itself; none where there is none."""
        known = [self.recalled(secrecy, cell, change) for change in far_enough(secrecy, cell)]
        found = [world for world in known if world is not None]
        return [min(found, key=lambda world: float(secrecy.cost() @ np.abs(world.moved)))] if found else []

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


def hopeless(secrecy: Secrecy, names: Sequence[Hashable], search: Search, memory: Memory) -> int | None:
    """A hidden cell that nothing can prove, known before any is proved; None where none is found by parts of people.

    `names`: of the cells, the same wherever a cell is of the same people and options.
    """
    left = np.flatnonzero(secrecy.unproved())
    for cell in _hardest_first(secrecy, left):
        if names[cell] not in memory.possible:
            if not _could_be_proved(secrecy, cell, search):
                return cell
            memory.possible.add(names[cell])
    return None


def _could_be_proved(secrecy: Secrecy, cell: int, search: Search) -> bool:
    changes, block = far_enough(secrecy, cell), secrecy.block
    if any(search(secrecy, cell, change) is not None for change in changes):
        return True
    if any(block.possible(secrecy.pinned, cell, change) for change in changes):
        return True
    return not secrecy.members[cell] and any(pairs(secrecy, cell, block.reach(secrecy.pinned, cell)))


def _hardest_first(secrecy: Secrecy, cells: Counts) -> list[int]:
    """By count, the smallest first."""
    return [int(cell) for cell in cells[np.argsort(secrecy.block.values[cells], kind="stable")]]


def _admitted(secrecy: Secrecy, worlds: list[World], memory: Memory) -> list[World]:
    """The worlds, taken in and remembered."""
    for world in worlds:
        secrecy.admit(world)
        memory.changes.append(world.change)
    return worlds


def _searched(secrecy: Secrecy, cell: int, quick: Far) -> list[World]:
    """The worlds of the search that prove the cell; none when there are none."""
    return _far(secrecy, cell, quick, lambda: (secrecy.block.low[cell], secrecy.block.high[cell]))


def _solved(secrecy: Secrecy, cell: int, quick: Far, memory: Memory) -> list[World]:
    """The cheapest worlds that prove the cell: by the search, else remembered, else the solver's; none when there are none."""
    block = secrecy.block

    @cache
    def sure(change: int) -> World | None:
        known = quick(change) or memory.recalled(secrecy, cell, change)
        return known or block.world(secrecy.cost(), secrecy.pinned, {cell: change})

    return _far(secrecy, cell, sure, lambda: block.reach(secrecy.pinned, cell))


def _far(secrecy: Secrecy, cell: int, far: Far, room: Callable[[], tuple[int, int]]) -> list[World]:
    """One world where the count is off by the width, or two that are off by less, one upwards and one downwards.

    A member's count is nobody, or as many as the width.
    """
    found = []
    for change in far_enough(secrecy, cell):
        if (world := far(change)) is not None:
            if not world.moved[~secrecy.hidden].any():
                return [world]
            found.append(world)
    if found:
        return [min(found, key=lambda world: float(secrecy.cost() @ np.abs(world.moved)))]
    if secrecy.members[cell]:
        return []
    for down, up in pairs(secrecy, cell, room()):
        if (lower := far(-down)) is not None and (upper := far(up)) is not None:
            return [lower, upper]
    return []
