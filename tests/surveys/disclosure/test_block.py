"""The audit against counting every possible world."""

from itertools import product

import numpy as np
import pytest

from surveys.disclosure.block import FREE, Block, Floor, Span, Units
from surveys.disclosure.protecting import Memory, Unprotectable, hopeless, protect
from surveys.disclosure.secrecy import Secrecy
from surveys.disclosure.together import together

TRUTH = np.array([[6, 2, 5], [7, 8, 3]])


def block(truth: np.ndarray) -> Block:
    rows, columns = truth.shape
    base = truth.sum(axis=1)
    units = Units(truth, np.zeros_like(truth), np.repeat(base[:, None], columns, axis=1), base, False)
    spans = [
        Span(np.arange(rows) == row, np.arange(columns) == column)
        for row, column in product(range(rows), range(columns))
    ]
    return Block(units, spans, [np.ones(rows, dtype=bool)])


def secret(made: Block, width: int) -> Secrecy:
    hidden = (made.values > 0) & (made.values < 5)
    size = len(made.values)
    return Secrecy(
        made,
        hidden,
        np.zeros(size, dtype=bool),
        np.ones(size),
        np.full(size, width),
        0,
        np.zeros(size, dtype=bool),
    )


def ranges(truth: np.ndarray, hidden: np.ndarray) -> np.ndarray:
    """The least and the greatest of each cell over all tables with the same totals and shown cells, by counting them."""
    found = []
    first, total = truth[0].sum(), truth.sum(axis=0)
    for row in product(*(range(int(one) + 1) for one in total)):
        world = np.array([row, total - np.array(row)])
        if world[0].sum() == first and (world == truth)[~hidden].all():
            found.append(world)
    spread: np.ndarray = np.ptp(np.array(found), axis=0)
    return spread


def test_every_hidden_count_is_unknown_over_the_width() -> None:
    made = block(TRUTH)
    secrecy = secret(made, 3)
    protect(secrecy)
    hidden = secrecy.hidden.reshape(TRUTH.shape)
    assert hidden[0, 1]
    assert hidden[1, 2]
    assert (ranges(TRUTH, hidden)[hidden] >= 3).all()


def test_worlds_keep_bases_totals_and_shown_counts() -> None:
    made = block(TRUTH)
    secrecy = secret(made, 3)
    worlds = protect(secrecy)
    assert worlds
    for world in worlds:
        assert not world.change.sum(axis=0).any()
        assert not world.change.sum(axis=1).any()
        assert ((TRUTH + world.change) >= 0).all()
        assert not world.moved[~secrecy.hidden].any()


def test_what_no_table_hides_is_refused() -> None:
    with pytest.raises(Unprotectable):
        protect(secret(block(np.array([[20, 1], [20, 0]])), 5))


def test_what_nothing_can_prove_is_known_before_anything_is_proved() -> None:
    truth = np.array([[20, 1, 3, 0, 9], [20, 0, 9, 9, 9]])
    made = block(truth)
    secrecy, memory = secret(made, 5), Memory()
    names = list(range(len(made.values)))
    nothing = lambda _secrecy, _cell, _change: None  # noqa: E731
    assert hopeless(secrecy, names, nothing, memory) == 1, "its option was chosen once in both rows"
    secrecy.hidden[1] = False
    assert hopeless(secrecy, names, nothing, memory) is None
    assert memory.possible == {2}


def test_one_world_proves_many_counts_and_moves_only_what_is_hidden() -> None:
    truth = np.tile([4, 9, 3, 12, 8, 11], (6, 1))
    secrecy = secret(block(truth), 2)
    secrecy.hidden[6:] = True
    left = secrecy.unproved().sum()
    (world,) = together(secrecy)
    assert not world.moved[~secrecy.hidden].any()
    secrecy.admit(world)
    assert left - secrecy.unproved().sum() >= 2


def test_a_joint_row_is_hidden_where_a_follow_up_question_tells_of_its_members() -> None:
    """Three and three of 25 and 14 people said no; 21 and 10 went on to what only a yes leads to: so two to four in each."""
    truth = np.array([[3, 22], [3, 11]])
    base = truth.sum(axis=1)
    no, yes, each = np.array([True, False]), np.array([False, True]), np.eye(2, dtype=bool)
    joint = [Span(np.ones(2, dtype=bool), chosen) for chosen in (no, yes)]
    made = Block(
        Units(truth, np.zeros_like(truth), np.repeat(base[:, None], 2, axis=1), base, False),
        [*joint, *(Span(one, no) for one in each)],
        (),
        [Floor(one, yes, least) for one, least in zip(each, (21, 10), strict=True)],
    )
    members = np.array([False, False, True, True])
    secrecy = Secrecy(made, members.copy(), np.zeros(4, dtype=bool), np.ones(4), np.full(4, 5), 1, members)
    worlds = protect(secrecy)
    assert secrecy.hidden[:2].all()
    for at in range(2):
        assert min((truth + world.change)[at, 0] for world in worlds) == 0


@pytest.mark.parametrize("change", [1, -2, 3])
def test_a_world_changes_no_more_people_than_it_must(change: int) -> None:
    truth = np.full((6, 5), 9)
    base = truth.sum(axis=1)
    units = Units(truth, np.zeros_like(truth), np.repeat(base[:, None], 5, axis=1), base, False)
    spans = [Span(np.arange(6) < rows, np.arange(5) == rows - 1) for rows in (1, 2, 3)]
    made = Block(units, spans, [np.ones(6, dtype=bool)])
    world = made.world(np.full(3, FREE), np.zeros(3, dtype=bool), {0: change})
    assert world is not None
    assert world.moved[0] == change
    assert np.abs(world.change).sum() == 4 * abs(change)
