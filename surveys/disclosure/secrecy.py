"""Proofs that what is hidden stays unknown: worlds far enough from the truth for every hidden cell, and what they cost.

Somebody who knows his own answers rules out worlds where they are missing; mending such a world costs one step, so a proof
must reach `slack` further than the width (and the attack in bench/ checks that it does).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveys.disclosure.block import FREE, Block, Counts, Flags, World


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
        return np.where(self.hidden, FREE, self.weight)

    def unproved(self) -> Flags:
        """(cells,): hidden, and not yet proved unknown over the width."""
        up, down = self._greatest - self.block.values, self.block.values - self._least
        proved = (np.maximum(up, down) >= self.width + self.slack) | (
            up + down >= self.width + 2 * self.slack
        )
        nobody_or_many = (self._least <= 0) | (self._greatest >= self.width + self.slack)
        return np.asarray(self.hidden & ~np.where(self.members, nobody_or_many, proved))


def far_enough(secrecy: Secrecy, cell: int) -> list[int]:
    """The changes that each prove a cell by itself, within its bounds."""
    block = secrecy.block
    value, step = int(block.values[cell]), int(secrecy.width[cell]) + secrecy.slack
    changes = (-value, step - value) if secrecy.members[cell] else (step, -step)
    return [change for change in changes if block.low[cell] <= value + change <= block.high[cell]]


def pairs(secrecy: Secrecy, cell: int, room: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """How far down and how far up prove a cell together, the count staying within `room`."""
    value, apart = int(secrecy.block.values[cell]), int(secrecy.width[cell]) + 2 * secrecy.slack
    for down in range(1, min(apart, value - room[0] + 1)):
        if value + apart - down <= room[1]:
            yield down, apart - down
