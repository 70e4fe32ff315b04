"""Worlds found without a solver: people of two groups, alike in everything else that is published, exchange their answers.

What solving a large block in whole numbers does slowly, exchanges do at once for nearly every cell: somebody of the first
group who answered k and somebody of the second who answered l change places, as often as the width asks. Totals, bases and
tables by other dimensions stay as they are. The block checks each such world like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveys.disclosure.block import Counts, Flags, World
from surveys.disclosure.secrecy import Secrecy

_TRIED = 10


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


def exchange(secrecy: Secrecy, cell: int, target: Target) -> list[World]:
    """The cheapest exchange that puts a hidden cell off by the width; none where none is found."""
    step = int(secrecy.width[cell]) + secrecy.slack
    best: list[World] = []
    least = np.inf
    for aim in target.aims:
        for change in [*_changes(secrecy, target, aim, step), *_gathered(secrecy, target, aim, step)]:
            world = secrecy.block.as_world(change, secrecy.pinned)
            if world is None or abs(world.moved[cell]) < step:
                continue
            cost = float(secrecy.cost()[world.moved != 0].sum())
            if cost < least:
                best, least = [world], cost
    return best


def _changes(secrecy: Secrecy, target: Target, aim: Aim, step: int) -> list[Counts]:
    """The most promising exchanges between the target's group and others, for other options, upwards and downwards."""
    truth, family = secrecy.block.units.truth, aim.family
    here = int(family.group[target.units][0])
    table = _table(truth, family, target.units)
    cost = np.where(aim.cells >= 0, secrecy.cost()[aim.cells], 0.0)
    up, down = _room(secrecy, aim.cells, step)
    found: list[tuple[float, int, int, int]] = []
    for other in (one for one in range(truth.shape[1]) if one != target.option):
        for out, back in ((other, target.option), (target.option, other)):
            room = np.minimum(table[here][:, out][None, :], table[:, :, back]).sum(axis=1)
            able = (room >= step) & up[:, out] & down[:, back] & down[here, out] & up[here, back]
            able[here] = False
            price = cost[:, out] + cost[:, back] + cost[here, other]
            found += [
                (float(price[at]) - 1e-4 * float(room[at]), int(at), out, back) for at in np.flatnonzero(able)
            ]
    found.sort()
    return [
        _change(truth, family, target.units, (here, group), (out, back), step)
        for _, group, out, back in found[:_TRIED]
    ]


def _gathered(secrecy: Secrecy, target: Target, aim: Aim, step: int) -> list[Counts]:
    """Exchanges with several groups at once, one for each other option: what is rare everywhere comes from everywhere."""
    block, truth, family = secrecy.block, secrecy.block.units.truth, aim.family
    here = int(family.group[target.units][0])
    table = _table(truth, family, target.units)
    give = np.where(aim.cells >= 0, (block.values - block.low)[aim.cells], step)
    take = np.where(aim.cells >= 0, (block.high - block.values)[aim.cells], step)
    fixed = np.where(aim.cells >= 0, secrecy.pinned[aim.cells], False)
    cost = np.where(aim.cells >= 0, secrecy.cost()[aim.cells], 0.0)
    found = []
    for other in (one for one in range(truth.shape[1]) if one != target.option):
        if give[here, other] < step or fixed[here, other]:
            continue
        price = cost[:, other] + cost[:, target.option]
        room = np.minimum(give[:, target.option], take[:, other]) * ~(
            fixed[:, other] | fixed[:, target.option]
        )
        room[here] = 0
        left, missing = table[here][:, other].copy(), step
        change = np.zeros_like(truth)
        for group in np.lexsort((-room, price)):
            able = np.minimum(left, table[group][:, target.option])
            for alike in np.flatnonzero(able):
                many = int(min(able[alike], room[group], missing))
                _pair(change, truth, family, int(alike), (here, int(group)), (other, target.option), many)
                left[alike] -= many
                room[group] -= many
                missing -= many
        if not missing:
            found.append(change)
    return found


def _room(secrecy: Secrecy, cells: Counts, step: int) -> tuple[Flags, Flags]:
    """(groups, options): whether each cell can go up, and down, by the step."""
    block = secrecy.block
    free = ~secrecy.pinned
    up = free & (block.values + step <= block.high)
    down = free & (block.values - step >= block.low)
    return np.where(cells >= 0, up[cells], True), np.where(cells >= 0, down[cells], True)


def _table(truth: Counts, family: Family, units: Flags) -> NDArray[np.int64]:
    """(groups, alike, options) counts, where the target's people have somebody alike."""
    wanted = np.isin(family.alike, np.unique(family.alike[units])) & (family.group >= 0)
    table = np.zeros((family.group.max() + 1, family.alike.max() + 1, truth.shape[1]), dtype=np.int64)
    np.add.at(table, (family.group[wanted], family.alike[wanted]), truth[wanted])
    return table


def _change(
    truth: Counts, family: Family, units: Flags, groups: tuple[int, int], options: tuple[int, int], step: int
) -> Counts:
    """`step` people of the first group go from the first option to the second, as many of the second group back."""
    change = np.zeros_like(truth)
    out, back = options
    for alike in np.unique(family.alike[units]):
        mine = (family.group == groups[0]) & (family.alike == alike)
        yours = (family.group == groups[1]) & (family.alike == alike)
        moving = min(step, int(truth[mine, out].sum()), int(truth[yours, back].sum()))
        _pair(change, truth, family, int(alike), groups, options, moving)
        step -= moving
        if not step:
            break
    return change


def _pair(
    change: Counts,
    truth: Counts,
    family: Family,
    alike: int,
    groups: tuple[int, int],
    options: tuple[int, int],
    many: int,
) -> None:
    """`many` people of the first group go from the first option to the second, as many of the second group back."""
    mine, yours = (np.flatnonzero((family.group == group) & (family.alike == alike)) for group in groups)
    _move(change, truth, mine, options, many)
    _move(change, truth, yours, (options[1], options[0]), many)


def _move(
    change: Counts, truth: Counts, units: Sequence[int] | Counts, options: tuple[int, int], many: int
) -> None:
    for unit in units:
        moving = min(many, int(truth[unit, options[0]] + min(0, change[unit, options[0]])))
        change[unit, options[0]] -= moving
        change[unit, options[1]] += moving
        many -= moving
