"""The audit's model: other worlds in which everything published comes out the same.

A block is a set of units (people whom no published table tells apart) with the true count of each option in each unit, the
cells published over them, and totals that hold because of other tables. A *world* is another choice of whole counts with the
same bases, the same totals and the same shown cells. The solver (HiGHS) looks for worlds far from the truth in a hidden
cell: two worlds whose counts differ by the threshold prove that nobody can say more than an interval of that width, whatever
else he computes. Where cells shown at present must change for it, they are the complementary suppression, and the solver
finds the cheapest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]

FREE = 1e-3
"""What it costs to change a cell by one that is hidden already: next to nothing."""

_WHOLE = 1e-6
# What bounds a search is the tree, not the clock: a busy machine must not decide otherwise than an idle one.
_NODES, _SECONDS = 200, 60.0


@dataclass(frozen=True, eq=False)
class Units:
    """`truth`, `low`, `high`: (units, options) counts and what each may be; `base`: (units,) valid answers.

    `several`: one option only, ticked or not; else the options of a unit add up to its base.
    """

    truth: Counts
    low: Counts
    high: Counts
    base: Counts
    several: bool


@dataclass(frozen=True, eq=False)
class Span:
    """A published cell: the units and the options it adds up."""

    units: Flags
    options: Flags


@dataclass(frozen=True, eq=False)
class Floor:
    """These units give these options at least `least` times: they answered a question that only these options lead to."""

    units: Flags
    options: Flags
    least: int


@dataclass(frozen=True, eq=False)
class World:
    """`change`: (units, options), added to the truth. `moved`: (cells,), its effect on each cell."""

    change: Counts
    moved: Counts


class Block:
    """Units with their cells; `totals` are the groups of units whose sum, option by option, is known; `ties` sums that stay."""

    def __init__(
        self,
        units: Units,
        spans: Sequence[Span],
        totals: Sequence[Flags] = (),
        floors: Sequence[Floor] = (),
        ties: Sequence[Span] = (),
    ) -> None:
        self.units = units
        count, options = units.truth.shape
        self._shape = (count, options)
        self._incidence = _incidence([(span.units, span.options) for span in spans], self._shape)
        flat = units.truth.reshape(-1)
        self.values: Counts = (self._incidence @ flat).astype(np.int64)
        self.bases: Counts = np.array([units.base[span.units].sum() for span in spans], dtype=np.int64)
        self.low: Counts = np.zeros_like(self.values)
        self.high: Counts = self.bases
        sides = dict.fromkeys(tuple(floor.options.tolist()) for floor in floors)
        self.sides: list[Flags] = [np.array(side) for side in sides if sum(side) > 1]
        self._totals = len(totals) * options
        self._ties = _incidence([(span.units, span.options) for span in ties], self._shape)
        self._matrix, self._floor = self._constraints(spans, totals, floors, flat)

    def _constraints(
        self, spans: Sequence[Span], totals: Sequence[Flags], floors: Sequence[Floor], flat: Counts
    ) -> tuple[Any, NDArray[np.float64]]:
        """Rows in order: ties, cells, bases of units, totals, floors."""
        from scipy import sparse  # noqa: PLC0415  0.7 s that only a closing round needs

        count, options = self._shape
        single = np.eye(options, dtype=bool)
        cells = len(spans)
        identity = sparse.eye_array(cells)
        rows = [sparse.hstack([self._ties, sparse.csr_array((self._ties.shape[0], 2 * cells))])]
        rows += [sparse.hstack([self._incidence, -identity, identity])] if cells else []
        plain = [(group, one) for group in totals for one in single]
        if not self.units.several:
            unit_rows = sparse.kron(sparse.eye_array(count), np.ones((1, options)))
            rows.append(sparse.hstack([unit_rows, sparse.csr_array((count, 2 * cells))]))
        lower = _incidence(plain + [(floor.units, floor.options) for floor in floors], self._shape)
        rows.append(sparse.hstack([lower, sparse.csr_array((lower.shape[0], 2 * cells))]))
        least = np.array([floor.least for floor in floors], dtype=float)
        self._lower = lower[len(plain) :]
        have = self._lower @ flat if floors else np.zeros(0)
        return sparse.csc_array(sparse.vstack(rows)), np.minimum(least - have, 0.0)

    def world(
        self,
        cost: NDArray[np.float64],
        pinned: Flags,
        asked: Mapping[int, int],
        totals: Counts | None = None,
    ) -> World | None:
        """The cheapest world found where each cell of `asked` changes by that much and totals by `totals`; None if none is.

        `cost`: (cells,) of changing each by one, FREE where it is hidden; `pinned`: (cells,), those that must not change.
        """
        low, high = self._bounds(pinned, asked)
        return self._whole(np.concatenate([cost, cost]), low, high, totals)

    def possible(self, pinned: Flags, cell: int, change: int) -> bool:
        """Whether a cell can change by so much where the pinned ones stay, parts of people allowed."""
        low, high = self._bounds(pinned, {cell: change})
        return self._solve(np.zeros(2 * len(self.values)), low, high, None, whole=False) is not None

    def reach(self, pinned: Flags, cell: int) -> tuple[int, int]:
        """The least and the greatest count that a cell can have where the pinned ones stay: bounds, parts of people allowed."""
        low, high = self._bounds(pinned, {})
        ends = []
        for sign in (1.0, -1.0):
            cost = np.zeros(2 * len(self.values))
            cost[[cell, len(self.values) + cell]] = sign, -sign
            found = self._solve(cost, low, high, None, whole=False)
            moved = 0.0 if found is None else sign * float(cost @ found[self.units.truth.size :])
            ends.append(moved + float(self.values[cell]))
        return math.ceil(ends[0] - _WHOLE), math.floor(ends[1] + _WHOLE)

    def movable(self, pinned: Flags, wanted: Mapping[int, int]) -> list[int]:
        """Those of the `wanted` cells that change by so much at once, parts of people allowed; none of them changes the other way."""
        low, high = self._bounds(pinned, wanted)
        size, cells = self.units.truth.size, len(self.values)
        at = {cell: cell if change > 0 else cells + cell for cell, change in wanted.items()}
        cost = np.zeros(2 * cells)
        for cell, change in wanted.items():
            cost[at[cell]], low[size + at[cell]] = -1 / abs(change), 0.0
            high[size + at[cell]] = min(high[size + at[cell]], abs(change))
        found = self._solve(cost, low, high, None, whole=False)
        if found is None:
            return []
        return [cell for cell, change in wanted.items() if found[size + at[cell]] > abs(change) - _WHOLE]

    def drawn(self, change: Counts) -> World:
        """A change of units with its effect on the cells of this block."""
        return World(change, (self._incidence @ change.reshape(-1)).astype(np.int64))

    def change_of(self, cell: int, change: Counts) -> int:
        """The effect of a change of units on one cell."""
        return int((self._incidence[[cell]] @ change.reshape(-1))[0])

    def as_world(self, change: Counts, pinned: Flags) -> World | None:
        """A change of counts that keeps bases and totals, as a world; None where it breaks a bound, a floor or a pinned cell."""
        now = self.units.truth + change
        if (now < self.units.low).any() or (now > self.units.high).any():
            return None
        moved = (self._incidence @ change.reshape(-1)).astype(np.int64)
        cells = self.values + moved
        broken = (
            moved[pinned].any()
            or (cells < np.minimum(self.low, self.values)).any()
            or (cells > self.high).any()
        )
        if (
            broken
            or (self._ties @ change.reshape(-1)).any()
            or (self._lower @ change.reshape(-1) < self._floor).any()
        ):
            return None
        return World(change, moved)

    def _whole(
        self,
        cost: NDArray[np.float64],
        low: NDArray[np.float64],
        high: NDArray[np.float64],
        totals: Counts | None,
    ) -> World | None:
        """Solve; where the answer has fractions, again in whole numbers."""
        solution = self._solve(cost, low, high, totals, whole=False)
        if solution is None:
            return None
        size = self.units.truth.size
        if np.abs(solution[:size] - np.rint(solution[:size])).max(initial=0.0) > _WHOLE:
            solution = self._rounded(cost, low, high, totals, solution)
        if solution is None:
            return None
        change = np.rint(solution[:size]).astype(np.int64)
        return World(change.reshape(self._shape), (self._incidence @ change).astype(np.int64))

    def _rounded(
        self,
        cost: NDArray[np.float64],
        low: NDArray[np.float64],
        high: NDArray[np.float64],
        totals: Counts | None,
        solution: NDArray[np.float64],
    ) -> NDArray[np.float64] | None:
        """In whole numbers: any solution where nothing that costs need change, else first among the counts that `solution` changes."""
        still = np.abs(solution) < _WHOLE
        costly = np.concatenate([np.zeros(self.units.truth.size, dtype=bool), cost > FREE])
        if still[costly].all():
            rest = np.where(costly, low, high)
            found = self._solve(np.zeros_like(cost), low, rest, totals, whole=True)
            if found is not None:
                return found
        near = self._solve(
            cost,
            np.where(still, np.minimum(low, 0), low),
            np.where(still, low.clip(min=0), high),
            totals,
            whole=True,
        )
        return near if near is not None else self._solve(cost, low, high, totals, whole=True)

    def _solve(
        self,
        cost: NDArray[np.float64],
        low: NDArray[np.float64],
        high: NDArray[np.float64],
        totals: Counts | None,
        *,
        whole: bool,
    ) -> NDArray[np.float64] | None:
        """(variables,): changes of counts, then cells going up, then cells going down."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        size, cells = self.units.truth.size, len(self.values)
        fixed = np.zeros(
            self._ties.shape[0] + cells + (0 if self.units.several else self._shape[0]) + self._totals
        )
        if totals is not None:
            fixed[len(fixed) - self._totals :] = totals.reshape(-1)
        least = np.concatenate([fixed, self._floor])
        most = np.concatenate([fixed, np.full(len(self._floor), np.inf)])
        answer = milp(
            np.concatenate([np.zeros(size), cost]),
            integrality=np.concatenate([np.full(size, int(whole)), np.zeros(2 * cells)]),
            bounds=Bounds(low, high),
            constraints=LinearConstraint(self._matrix, least, most),
            options={"node_limit": _NODES, "time_limit": _SECONDS, "mip_rel_gap": 0.5},
        )
        return None if answer.x is None else answer.x

    def _bounds(
        self, pinned: Flags, asked: Mapping[int, int]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        units = self.units
        up = np.where(pinned, 0, self.high - self.values).astype(float)
        down = np.where(pinned, 0, self.values - self.low).astype(float)
        up_least, down_least = np.zeros(len(up)), np.zeros(len(down))
        for cell, change in asked.items():
            (up_least if change > 0 else down_least)[cell] = abs(change)
            (down if change > 0 else up)[cell] = 0.0
        low = np.concatenate([(units.low - units.truth).reshape(-1), up_least, down_least])
        high = np.concatenate([(units.high - units.truth).reshape(-1), up, down])
        return low.astype(float), np.maximum(high.astype(float), low)


def _incidence(groups: Sequence[tuple[Flags, Flags]], shape: tuple[int, int]) -> Any:
    """(groups, units * options): 1 where a group has the unit and the option."""
    from scipy import sparse  # noqa: PLC0415

    places = [np.flatnonzero(np.outer(units, options).reshape(-1)) for units, options in groups]
    ends = np.concatenate([[0], np.cumsum([len(place) for place in places])]).astype(np.int64)
    where = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    return sparse.csr_array((np.ones(len(where)), where, ends), shape=(len(groups), shape[0] * shape[1]))
