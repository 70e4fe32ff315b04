"""What deciding one question works on: its task, the cells of its tables, and how they become a block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from surveys.disclosure.block import Block, Counts, Flags, Floor, Span
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Declared, Question
from surveys.disclosure.people import Grid, People
from surveys.disclosure.publication import State
from surveys.disclosure.rows import (
    Partition,
    Row,
    tells_of_member,
    to_hide,
)
from surveys.disclosure.secrecy import Secrecy

Key = tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]
Columns = tuple[int, ...]
Place = tuple[Key, Row, Columns]
WHOLE: frozenset[int] = frozenset()
_SLACK = 1
_CITY_WORTH = 50.0


class Unpublishable(Exception):
    """No safe form of this question's tables was found."""


@dataclass(frozen=True, eq=False)
class Followers:
    """Who answered a question that only `options` of this one lead to: (people,), and its groups of 課."""

    answered: Flags
    options: Flags
    groups: Partition


@dataclass(frozen=True, eq=False)
class Tie:
    """A count in another question's table that is broken down by this one: these people's answers among `options`."""

    people: Flags
    options: Flags


@dataclass(frozen=True, eq=False)
class Task:
    """One question with its tables, its followers, what earlier publications settled, and where other tables show its answers.

    `tied_by_division`: whether one of those is by 部 too. `told`: (課, options) people who tell everybody what they answered.
    """

    people: People
    tables: tuple[Declared, ...]
    followers: tuple[Followers, ...] = ()
    settled: Mapping[Place, State] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    tied_by_division: bool = False
    told: Counts | None = None


@dataclass
class Decided:
    """State and count of every cell of one decision, by table, row and column.

    `worlds`: (課, options) changes of the whole city that prove what is hidden; `most_together`: the most 課 with one row.
    """

    columns: tuple[int, ...]
    worlds: list[Counts] = field(default_factory=list)
    most_together: int = 1
    cells: dict[Place, tuple[State, int]] = field(default_factory=dict)
    hides_above: bool = False
    hides_in: set[int] = field(default_factory=set)


def columns_of(people: People, table: Declared, options: Sequence[int]) -> list[tuple[int, Flags]]:
    """(column, which of `options` it adds up) of a table, for those columns that these options fill."""
    names = people.question.options
    if not table.groups:
        return [(option, np.array([one == option for one in options])) for option in options]
    return [
        (place, np.array([names[option] in members for option in options]))
        for place, (_, members) in enumerate(table.groups)
    ]


def mask_of(keys: Mapping[str, np.ndarray], by: tuple[str, ...], row: Row) -> Flags:
    """Who is in a row of a table by these dimensions."""
    mask = np.isin(keys[by[0]], list(row[0]))
    return mask & np.isin(keys[by[1]], list(row[1])) if len(by) > 1 else mask


def ties_of(task: Task, unit: Grid, options: Sequence[int]) -> list[Span]:
    """What other questions' tables show of these options, over the units people were counted in."""
    chosen = list(options)
    spans = [Span(tie.people[unit.first], tie.options[chosen]) for tie in task.ties]
    return [span for span in spans if span.units.any() and span.options.any()]


def secrecy_of(
    task: Task,
    block: Block,
    places: Sequence[Place],
    unit: Grid,
    rowless: Mapping[int, list[int]] | None = None,
) -> Secrecy:
    """A block with what must be hidden at first sight, and what earlier publications settled.

    `rowless`: by 部, the bases of its 課 where they have no rows of their own but only their 部's. Raises Unpublishable where
    what is published already would have to be hidden.
    """
    question = task.people.question
    hidden = to_hide(question, block.values, block.bases)
    for place, (key, row, _) in enumerate(places):
        members = _members(unit, key[0], row) if len(row[0]) > 1 or len(row[1]) > 1 else []
        members += _rowless(key[0], row, rowless or {})
        if members:
            hidden[place] |= tells_of_member(
                int(block.values[place]), int(block.bases[place]), members, question.threshold
            ) or (question.several and _all_alone(question, unit, mask_of(unit.keys, key[0], row)))
    states = [task.settled.get(place) for place in places]
    pinned = np.array([state is State.SHOWN for state in states], dtype=bool)
    if (hidden & pinned).any():
        raise Unpublishable
    hidden = (hidden & ~pinned) | np.array([state is State.HIDDEN for state in states], dtype=bool)
    city = np.array([key[0] == (CITY,) for key, _, _ in places], dtype=bool)
    if not hidden[city].any():
        pinned |= city
    weight = np.where(city, _CITY_WORTH, 1.0) * (1.0 + 0.2 * np.log1p(block.values))
    width = np.full(len(places), question.threshold, dtype=np.int64)
    return Secrecy(block, hidden, pinned, weight, width, _SLACK, np.zeros(len(places), dtype=bool))


def _all_alone(question: Question, unit: Grid, inside: Flags) -> bool:
    """Whether everybody ticked an exclusive option: that nobody ticked another would tell it."""
    alone = [option in question.exclusive for option in question.options]
    return int(unit.counts[inside][:, alone].sum()) == int(unit.base[inside].sum())


def grouped_shadows(
    task: Task,
    unit: Grid,
    options: Sequence[int],
    rows: Sequence[tuple[tuple[str, ...], Row]],
    rowless: Mapping[int, list[int]],
) -> list[tuple[Place, Span]]:
    """Sums that tables by 課 would give, over rows above 課 that stand for 課 without rows and would tell of them."""
    found: list[tuple[Place, Span]] = []
    for table in (one for one in task.tables if one.by == (SECTION,) and one.groups):
        for by, row in rows:
            members, mask = _rowless(by, row, rowless), mask_of(unit.keys, by, row)
            for column, chosen in columns_of(task.people, table, options):
                value, base = (
                    int(unit.counts[mask][:, list(options)][:, chosen].sum()),
                    int(unit.base[mask].sum()),
                )
                if members and tells_of_member(value, base, members, task.people.question.threshold):
                    found.append((((by, table.groups), row, (column,)), Span(mask, chosen)))
    return found


def _rowless(by: tuple[str, ...], row: Row, rowless: Mapping[int, list[int]]) -> list[int]:
    """The bases of the 課 that are given with this row of 部, or with the city's."""
    if by == (CITY,):
        return [size for sizes in rowless.values() for size in sizes]
    return [size for division in row[0] for size in rowless.get(division, [])] if by == (DIVISION,) else []


def _members(unit: Grid, by: tuple[str, ...], row: Row) -> list[int]:
    """The bases of the groups given together."""
    inside = mask_of(unit.keys, by, row)
    pairs = np.stack([unit.keys[name] for name in by], axis=1)[inside]
    _, which = np.unique(pairs, axis=0, return_inverse=True)
    return [int(count) for count in np.bincount(which.reshape(-1), weights=unit.base[inside])]


def floors_of(
    task: Task, unit: Grid, options: Sequence[int], inside: Counts, *, by_groups: bool
) -> list[Floor]:
    """What people who answered a follow-up question must have answered here.

    Over each unit of `unit`, which are the places `inside` of the grid people were counted in; or `by_groups` of 課 that a
    row of the follow-up's tables puts together.
    """
    floors = []
    for follower in task.followers:
        leads = follower.options[list(options)]
        where = unit.unit_of[follower.answered]
        least = np.bincount(where, minlength=int(unit.unit_of.max(initial=-1)) + 1)[inside]
        if leads.any() and least.any():
            cover = _follower_groups(unit, follower) if by_groups else list(np.eye(len(least), dtype=bool))
            floors += [Floor(mask, leads, int(least[mask].sum())) for mask in cover if least[mask].any()]
    return floors


def _follower_groups(unit: Grid, follower: Followers) -> list[Flags]:
    masks = []
    for group in follower.groups:
        inside = np.isin(unit.keys[SECTION], list(group))
        masks += [inside & (unit.profile == profile) for profile in np.unique(unit.profile[inside])]
    return masks


def told_floors(task: Task, unit: Grid, options: Sequence[int], level: str) -> list[Floor]:
    """What people tell of themselves, over each 課 or 部 of the units: nobody takes it for otherwise."""
    if task.told is None:
        return []
    told = task.told
    if level == DIVISION:
        homes = [task.people.divisions.index(one) for one in task.people.homes]
        told = np.zeros((len(task.people.divisions), told.shape[1]), dtype=np.int64)
        np.add.at(told, homes, task.told)
    found = []
    for place in np.unique(unit.keys[level]):
        for at, option in enumerate(options):
            if told[place, option]:
                one = np.arange(len(options)) == at
                found.append(Floor(unit.keys[level] == place, one, int(told[place, option])))
    return found
