"""Worlds found by exchanging answers, without a solver."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from surveys.disclosure.block import Block, Counts, Flags, Floor, Span, Units
from surveys.disclosure.secrecy import Secrecy
from surveys.disclosure.swaps import Aim, Family, Target, exchange

GROUPS, ALIKE, OPTIONS = 3, 2, 3
UNITS = GROUPS * ALIKE
Table = st.lists(st.integers(0, 6), min_size=UNITS * OPTIONS, max_size=UNITS * OPTIONS)


def _city(truth: Counts, rows: tuple[int, ...], floors: tuple[Floor, ...] = ()) -> tuple[Secrecy, Aim]:
    """Three groups of two kinds of people; `rows`: the row each group is given in. Every group's counts are members'."""
    group = np.repeat(np.arange(GROUPS), ALIKE)
    shown = [
        Span(np.isin(group, np.flatnonzero(np.array(rows) == row)), option)
        for row in sorted(set(rows))
        for option in np.eye(OPTIONS, dtype=bool)
    ]
    kinds = [
        Span(np.arange(UNITS) % ALIKE == kind, option)
        for kind in range(ALIKE)
        for option in np.eye(OPTIONS, dtype=bool)
    ]
    members = [Span(group == one, option) for one in range(GROUPS) for option in np.eye(OPTIONS, dtype=bool)]
    base = truth.sum(axis=1)
    most = np.repeat(base[:, None], OPTIONS, axis=1)
    units = Units(truth, np.zeros_like(truth), most, base, several=False)
    block = Block(units, [*shown, *kinds, *members], (), floors)
    published = len(shown) + len(kinds)
    count = len(block.values)
    inside: Flags = np.arange(count) >= published
    pinned = ~inside & (np.arange(count) >= len(shown))
    secrecy = Secrecy(block, inside.copy(), pinned, np.ones(count), np.full(count, 5), 1, inside)
    family = Family(group, np.arange(UNITS) % ALIKE)
    cells = np.array([[row * OPTIONS + option for option in range(OPTIONS)] for row in rows])
    return secrecy, Aim(family, cells)


def _member(secrecy: Secrecy, aim: Aim, group: int, option: int) -> tuple[int, Target]:
    cell = len(secrecy.block.values) - GROUPS * OPTIONS + group * OPTIONS + option
    return cell, Target(aim.family.group == group, option, (aim,))


def test_the_count_of_a_group_given_with_another_becomes_nobody_and_no_published_count_moves() -> None:
    truth = np.array([[2, 3, 4], [0, 1, 2], [1, 4, 0], [2, 2, 2], [5, 5, 5], [5, 5, 5]])
    secrecy, aim = _city(truth, (0, 0, 1))
    cell, target = _member(secrecy, aim, 0, 0)

    world = exchange(secrecy, cell, target, -2)

    assert world is not None
    assert world.moved[cell] == -2
    assert not world.moved[~secrecy.members].any()


def test_answers_are_exchanged_only_with_people_alike() -> None:
    truth = np.array([[2, 0, 0], [0, 0, 0], [0, 0, 0], [0, 9, 9], [0, 0, 0], [0, 9, 9]])
    secrecy, aim = _city(truth, (0, 0, 1))
    cell, target = _member(secrecy, aim, 0, 0)

    assert exchange(secrecy, cell, target, -2) is None


def test_who_answered_a_follow_up_keeps_an_answer_that_leads_there() -> None:
    truth = np.array([[2, 3, 4], [0, 1, 2], [1, 4, 0], [2, 2, 2], [5, 5, 5], [5, 5, 5]])
    leads = np.array([True, True, False])
    floors = tuple(
        Floor(np.arange(UNITS) == unit, leads, int(truth[unit, :2].sum())) for unit in range(UNITS)
    )
    secrecy, aim = _city(truth, (0, 0, 1), floors)
    cell, target = _member(secrecy, aim, 0, 0)

    world = exchange(secrecy, cell, target, -2)

    assert world is not None
    assert (world.change[:, 2] == 0).all()


@given(Table, st.integers(0, GROUPS - 1), st.integers(0, OPTIONS - 1), st.integers(-6, 6).filter(bool))
def test_what_is_found_is_a_world(numbers: list[int], group: int, option: int, change: int) -> None:
    truth = np.array(numbers, dtype=np.int64).reshape(UNITS, OPTIONS)
    secrecy, aim = _city(truth, (0, 0, 1))
    cell, target = _member(secrecy, aim, group, option)

    world = exchange(secrecy, cell, target, change)

    if world is not None:
        now = truth + world.change
        assert (now >= 0).all()
        assert (now.sum(axis=1) == truth.sum(axis=1)).all()
        assert (
            now[aim.family.group == group, option].sum()
            == truth[aim.family.group == group, option].sum() + change
        )
        assert not world.moved[secrecy.pinned].any()
