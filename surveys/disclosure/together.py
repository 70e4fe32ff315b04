"""One world that proves many hidden cells at once, where worlds for one cell after the other would take long."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import numpy as np

from surveys.disclosure.block import World
from surveys.disclosure.secrecy import Secrecy, far_enough


def together(secrecy: Secrecy) -> list[World]:
    """A world that moves only what is hidden and proves two or more of the cells that are not proved yet; none where none is found.

    A linear program tells which of them can be moved far enough together; that is then solved in whole numbers, for fewer of
    them where it can't be. Whether a cell should rise or fall is drawn, the opposite way tried too: in a table not all can rise.
    """
    ways = {cell: far_enough(secrecy, cell) for cell in secrecy.unproved().nonzero()[0].tolist()}
    drawn = np.random.default_rng(len(ways)).integers(2, size=len(ways))
    for turn in (0, 1):
        wanted = {
            cell: changes[(side + turn) % len(changes)]
            for (cell, changes), side in zip(ways.items(), drawn.tolist(), strict=True)
            if changes
        }
        if (world := _moving(secrecy, wanted)) is not None:
            return [world]
    return []


def _moving(secrecy: Secrecy, wanted: Mapping[int, int]) -> World | None:
    """A world that changes as many of these cells by so much as is found possible, at least two."""
    block, still = secrecy.block, ~secrecy.hidden | secrecy.pinned
    cells = block.movable(still, wanted)
    while len(cells) > 1:
        world = block.world(secrecy.cost(), still, {cell: wanted[cell] for cell in cells}, everywhere=False)
        if world is not None:
            return world
        cells = list(islice(cells, len(cells) // 2))
    return None
