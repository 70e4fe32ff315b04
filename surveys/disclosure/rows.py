"""Rows of tables: groups large enough to be given a row, small ones put together, and what must be hidden at first sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from surveys.disclosure.block import Counts, Flags
from surveys.disclosure.microdata import Question

Group = frozenset[int]
Partition = tuple[Group, ...]
Row = tuple[Group, Group]
Size = int | tuple[bool, int]


def together(partition: Partition, one: Group, other: Group) -> Partition:
    """The partition with two groups made one."""
    return (*(group for group in partition if group not in (one, other)), one | other)


def join(first: Partition, second: Partition) -> Partition:
    """The finest partition coarser than both."""
    groups = list(first)
    for group in second:
        touched = [one for one in groups if one & group]
        groups = [one for one in groups if not one & group] + (
            [frozenset().union(*touched)] if touched else []
        )
    return tuple(groups)


def put_together(
    partition: Partition, size: Callable[[Group], Size], fits: Callable[[Group], bool]
) -> Partition:
    """Join groups that do not fit with the smallest others, until all fit or one is left."""
    while len(partition) > 1 and (small := [group for group in partition if not fits(group)]):
        least = min(small, key=lambda group: (size(group), sorted(group)))
        partition = with_smallest(partition, least, size)
    return partition


def with_smallest(partition: Partition, group: Group, size: Callable[[Group], Size]) -> Partition:
    """Join a group with the smallest of the others."""
    others = [other for other in partition if other != group]
    return together(partition, group, min(others, key=lambda other: (size(other), sorted(other))))


def to_hide(question: Question, values: Counts, bases: Counts) -> Flags:
    """(cells,): counts below the threshold, and for sensitive questions nobody and everybody as well.

    Where options are ticked freely, those who did not tick are a count too.
    """
    hidden = (values > 0) & (values < question.threshold)
    rest = bases - values
    if question.several:
        hidden |= (rest > 0) & (rest < question.threshold)
    if question.sensitive:
        hidden |= (values == 0) | (rest == 0)
    return hidden


def tells_of_member(value: int, base: int, members: Sequence[int], threshold: int) -> bool:
    """Whether a count of groups given together says too much of one of them; `members` are their bases."""
    if value == 0 or len(members) < 2:
        return False
    sizes = np.array(members)
    width = np.minimum(sizes, value) - np.maximum(0, value - (base - sizes))
    return bool((width < np.minimum(sizes, threshold)).any())
