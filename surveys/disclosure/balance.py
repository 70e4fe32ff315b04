"""Evening out: what an exchange inside one 部 would change in tables by attributes is put right in the rest of the city.

Inside a 課 somewhere else, somebody with one attribute and somebody with another change places: no table by 課 or 部 sees it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from surveys.disclosure.block import Counts, Flags, Units


class Balance:
    """People by 課, profile and option, outside one 部; `sides`: options that follow-ups keep apart, (sides, options)."""

    def __init__(
        self, units: Units, section: Counts, profile: Counts, away: Flags, sides: Sequence[Flags]
    ) -> None:
        shape = (int(section.max()) + 1, int(profile.max()) + 1, units.truth.shape[1])
        self._several = units.several
        self._down, self._up = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self._down[section[away], profile[away]] = (units.truth - units.low)[away]
        self._up[section[away], profile[away]] = (units.high - units.truth)[away]
        self._sides = sides

    def evens(self, change: Counts, profile: Counts) -> bool:
        """Whether a change of units with these profiles can be evened out."""
        excess = np.zeros(self._down.shape[1:], dtype=np.int64)
        np.add.at(excess, profile, change)
        down, up = self._down.copy(), self._up.copy()
        while excess.any():
            moved = self._ticked(excess, down, up) if self._several else self._answered(excess, down)
            if not moved:
                return False
        return True

    def _ticked(self, excess: Counts, down: Counts, up: Counts) -> bool:
        over, under = int(excess[:, 0].argmax()), int(excess[:, 0].argmin())
        room = np.minimum(down[:, over, 0], up[:, under, 0])
        at = int(room.argmax())
        many = int(min(room[at], excess[over, 0], -excess[under, 0]))
        down[at, over, 0] -= many
        up[at, under, 0] -= many
        excess[over, 0] -= many
        excess[under, 0] += many
        return many > 0

    def _answered(self, excess: Counts, left: Counts) -> bool:
        over, option = (int(one) for one in np.unravel_index(excess.argmax(), excess.shape))
        best: tuple[int, int, int, int] = (0, 0, 0, 0)
        for other in np.flatnonzero(excess[over] < 0):
            if any(side[option] != side[other] for side in self._sides):
                continue
            for under in np.flatnonzero(excess[:, option] < 0):
                room = np.minimum(left[:, over, option], left[:, under, other])
                at = int(room.argmax())
                wanted = min(excess[over, option], -excess[over, other], -excess[under, option])
                best = max(best, (int(min(room[at], wanted)), at, int(other), int(under)))
        many, at, other_, under_ = best
        _exchange(left[at], (over, under_), (option, other_), many)
        _exchange(excess, (over, under_), (option, other_), many)
        return many > 0


def _exchange(
    counts: NDArray[np.int64], profiles: tuple[int, int], options: tuple[int, int], many: int
) -> None:
    """`many` of the first profile leave the first option for the second, as many of the second profile come back.

    Only what leaves is taken off where nothing may come twice: what comes is counted too, for `excess` and room alike.
    """
    counts[profiles[0], options[0]] -= many
    counts[profiles[0], options[1]] += many
    counts[profiles[1], options[1]] -= many
    counts[profiles[1], options[0]] += many
