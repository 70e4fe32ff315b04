import numpy as np

from surveys.disclosure import Question
from surveys.disclosure.rows import join, put_together, tells_of_member, to_hide


def sets(*groups: tuple[int, ...]) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(group) for group in groups)


def test_small_groups_are_joined_with_the_smallest_others() -> None:
    sizes = {0: 3, 1: 9, 2: 30, 3: 2}

    def size(group: frozenset[int]) -> int:
        return sum(sizes[one] for one in group)

    found = put_together(sets((0,), (1,), (2,), (3,)), size, lambda group: size(group) >= 5)
    assert set(found) == set(sets((0, 3), (1,), (2,)))


def test_the_finest_common_coarsening() -> None:
    assert set(join(sets((0,), (1,), (2, 3)), sets((0, 1), (2,), (3,)))) == set(sets((0, 1), (2, 3)))


def test_what_is_hidden_at_first_sight() -> None:
    values, bases = np.array([0, 4, 5, 19, 20]), np.full(5, 20)
    assert to_hide(Question("Q", ("a",)), values, bases).tolist() == [False, True, False, False, False]
    freely = Question("Q", ("a",), several=True)
    assert to_hide(freely, values, bases).tolist() == [False, True, False, True, False]
    sensitive = Question("Q", ("a",), sensitive=True)
    assert to_hide(sensitive, values, bases).tolist() == [True, True, False, False, True]


def test_a_count_nearly_all_of_a_joint_row_tells_of_its_small_member() -> None:
    assert tells_of_member(9, 10, [3, 7], 5)
    assert not tells_of_member(12, 30, [8, 22], 5)
    assert not tells_of_member(0, 10, [3, 7], 5)
