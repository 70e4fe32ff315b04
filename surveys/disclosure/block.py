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
from dataclasses import dataclass, replace
from functools import cache
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
_STEP, _DRAWS = 1e-4, 4
Numbers = NDArray[np.float64]


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
    ) -> tuple[Any, Numbers]:
        """Rows in order: ties, cells, bases of units, totals, floors."""
        from scipy import sparse  # noqa: PLC0415  0.7 s that only a closing round needs

        count, options = self._shape
        single = np.eye(options, dtype=bool)
        cells = len(spans)
        identity = sparse.eye_array(cells)
        rows = [_up_and_down(self._ties, cells)]
        rows += [sparse.hstack([self._incidence, -self._incidence, -identity, identity])] if cells else []
        plain = [(group, one) for group in totals for one in single]
        if not self.units.several:
            unit_rows = sparse.kron(sparse.eye_array(count), np.ones((1, options)))
            rows.append(_up_and_down(unit_rows, cells))
        lower = _incidence(plain + [(floor.units, floor.options) for floor in floors], self._shape)
        rows.append(_up_and_down(lower, cells))
        least = np.array([floor.least for floor in floors], dtype=float)
        self._lower = lower[len(plain) :]
        have = self._lower @ flat if floors else np.zeros(0)
        return sparse.csc_array(sparse.vstack(rows)), np.minimum(least - have, 0.0)

    def world(
        self,
        cost: Numbers,
        pinned: Flags,
        asked: Mapping[int, int],
        totals: Counts | None = None,
        *,
        everywhere: bool = True,
    ) -> World | None:
        """The cheapest world found where each cell of `asked` changes by that much and totals by `totals`; None if none is.

        `cost`: (cells,) of changing each by one, FREE where it is hidden; `pinned`: (cells,), those that must not change.
        Whole numbers are looked for near solutions in parts of people, and where there are none `everywhere`, or not at all.
        """
        bounds, costs = self._bounds(pinned, asked), np.concatenate([cost, cost])
        found = self._near(costs, bounds, totals, _DRAWS if everywhere else 1)
        if found is None:
            return None
        if not _is_whole(found) and everywhere:
            found = self._solve(costs, bounds, totals, whole=True)
        if found is None or not _is_whole(found):
            return None
        return self.drawn(np.rint(found.change).astype(np.int64).reshape(self._shape))

    def _near(self, cost: Numbers, bounds: _Bounds, totals: Counts | None, draws: int) -> _Solution | None:
        """A solution, whole where one is found among the counts that those of a few draws change; None where there is none."""
        changed = np.zeros_like(bounds.changes, dtype=bool)
        parts = None
        for draw in range(draws):
            parts = self._solve(cost, bounds, totals, draw)
            if parts is None or _is_whole(parts):
                return parts
            changed |= np.tile(parts.change != 0, 2)
            found = self._solve(cost, bounds.among(changed), totals, draw, whole=True)
            if found is not None:
                return found
        return parts

    def possible(self, pinned: Flags, cell: int, change: int) -> bool:
        """Whether a cell can change by so much where the pinned ones stay, parts of people allowed."""
        return self._solve(self._free(), self._bounds(pinned, {cell: change})) is not None

    def reach(self, pinned: Flags, cell: int) -> tuple[int, int]:
        """The least and the greatest count that a cell can have where the pinned ones stay: bounds, parts of people allowed."""
        bounds = self._bounds(pinned, {})
        ends = []
        for sign in (1.0, -1.0):
            cost = self._free()
            cost[[cell, len(self.values) + cell]] = sign, -sign
            found = self._solve(cost, bounds, draw=None)
            moved = 0.0 if found is None else sign * float(cost @ found.moved)
            ends.append(moved + float(self.values[cell]))
        return math.ceil(ends[0] - _WHOLE), math.floor(ends[1] + _WHOLE)

    def movable(self, pinned: Flags, wanted: Mapping[int, int]) -> list[int]:
        """Those of the `wanted` cells that change by so much at once, parts of people allowed; none of them changes the other way."""
        bounds = self._bounds(pinned, wanted)
        at = {cell: cell if change > 0 else len(self.values) + cell for cell, change in wanted.items()}
        cost = self._free()
        for cell, change in wanted.items():
            cost[at[cell]], bounds.least[at[cell]] = -1 / abs(change), 0.0
            bounds.most[at[cell]] = min(bounds.most[at[cell]], abs(change))
        found = self._solve(cost, bounds, draw=None)
        if found is None:
            return []
        return [cell for cell, change in wanted.items() if found.moved[at[cell]] > abs(change) - _WHOLE]

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

    def _free(self) -> Numbers:
        """(2 * cells,): no cell costs anything."""
        return np.zeros(2 * len(self.values))

    def _solve(
        self,
        cost: Numbers,
        bounds: _Bounds,
        totals: Counts | None = None,
        draw: int | None = 0,
        *,
        whole: bool = False,
    ) -> _Solution | None:
        """The cheapest solution found. `cost`: (2 * cells,); `draw`: which costs of people changing, None where it is for nothing."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

        size, cells = self.units.truth.size, len(self.values)
        fixed = np.zeros(
            self._ties.shape[0] + cells + (0 if self.units.several else self._shape[0]) + self._totals
        )
        if totals is not None:
            fixed[len(fixed) - self._totals :] = totals.reshape(-1)
        steps = np.zeros(2 * size) if draw is None else _steps(2 * size, draw)
        answer = milp(
            np.concatenate([steps, cost]),
            integrality=np.concatenate([np.full(2 * size, int(whole)), np.zeros(2 * cells)]),
            bounds=Bounds(
                np.concatenate([np.zeros(2 * size), bounds.least]),
                np.concatenate([bounds.changes, bounds.most]),
            ),
            constraints=LinearConstraint(
                self._matrix,
                np.concatenate([fixed, self._floor]),
                np.concatenate([fixed, np.full(len(self._floor), np.inf)]),
            ),
            options={"node_limit": _NODES, "time_limit": _SECONDS, "mip_rel_gap": 0.5},
        )
        if answer.x is None:
            return None
        change = answer.x[:size] - answer.x[size : 2 * size]
        return _Solution(np.where(np.abs(change) < _WHOLE, 0.0, change), answer.x[2 * size :])

    def _bounds(self, pinned: Flags, asked: Mapping[int, int]) -> _Bounds:
        units = self.units
        up = np.where(pinned, 0, self.high - self.values).astype(float)
        down = np.where(pinned, 0, self.values - self.low).astype(float)
        up_least, down_least = np.zeros(len(up)), np.zeros(len(down))
        for cell, change in asked.items():
            (up_least if change > 0 else down_least)[cell] = abs(change)
            (down if change > 0 else up)[cell] = 0.0
        least, most = np.concatenate([up_least, down_least]), np.concatenate([up, down])
        changes = np.concatenate(
            [(units.high - units.truth).reshape(-1), (units.truth - units.low).reshape(-1)]
        )
        return _Bounds(changes.astype(float), least, np.maximum(most, least))


@dataclass(frozen=True, eq=False)
class _Bounds:
    """`changes`: (2 * units * options,) how far counts may go up, then down; `least`, `most`: (2 * cells,) how far cells go."""

    changes: Numbers
    least: Numbers
    most: Numbers

    def among(self, changed: Flags) -> _Bounds:
        """Only these counts may change."""
        return replace(self, changes=np.where(changed, self.changes, 0.0))


@dataclass(frozen=True, eq=False)
class _Solution:
    """`change`: (units * options,); `moved`: (2 * cells,) cells going up, then cells going down. Parts of people, or whole."""

    change: Numbers
    moved: Numbers


def _is_whole(solution: _Solution) -> bool:
    return bool(np.abs(solution.change - np.rint(solution.change)).max(initial=0.0) <= _WHOLE)


@cache
def _steps(length: int, draw: int) -> Numbers:
    """(length,): what it costs that one person more changes."""
    return _STEP * (1 + np.random.default_rng(draw).random(length))


def _up_and_down(sums: Any, cells: int) -> Any:
    """Sums of counts over the variables: counts going up, counts going down, and cells, which are no part of them."""
    from scipy import sparse  # noqa: PLC0415

    return sparse.hstack([sums, -sums, sparse.csr_array((sums.shape[0], 2 * cells))])


def _incidence(groups: Sequence[tuple[Flags, Flags]], shape: tuple[int, int]) -> Any:
    """(groups, units * options): 1 where a group has the unit and the option."""
    from scipy import sparse  # noqa: PLC0415

    places = [np.flatnonzero(np.outer(units, options).reshape(-1)) for units, options in groups]
    ends = np.concatenate([[0], np.cumsum([len(place) for place in places])]).astype(np.int64)
    where = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    return sparse.csr_array((np.ones(len(where)), where, ends), shape=(len(groups), shape[0] * shape[1]))
