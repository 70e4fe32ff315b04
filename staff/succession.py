"""課 that were merged, split or renamed: who is in charge now of what an earlier 課 had."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from staff.model import Department, Person, Post


def department_called(name: str, departments: Sequence[Department], day: date) -> Department | None:
    """The 課 in charge on `day` of what belongs to the 課 called `name`: itself, or who took its work over first."""
    named = [one for one in departments if one.name == name]
    for one in named:
        if one.in_force(day):
            return one
    by_id = {one.id: one for one in departments}
    ended = sorted(
        (one for one in named if one.valid_until and one.valid_until <= day),
        key=lambda one: str(one.valid_until),
    )
    return heir(ended[-1], by_id, day) if ended else None


def heir(department: Department, by_id: Mapping[str, Department], day: date) -> Department | None:
    """The first successor in force on `day`, however many steps away; None where nobody took over."""
    return next((one for one in _line(department, by_id) if one.in_force(day)), None)


def heirs(department: Department, by_id: Mapping[str, Department], day: date) -> list[Department]:
    """Every 課 in force on `day` that took over a part of an ended one; itself while it is in force."""
    return [one for one in _line(department, by_id) if one.in_force(day)]


def names_in_charge(department_ids: Collection[str], departments: Sequence[Department]) -> frozenset[str]:
    """The names under which things belong to these 課: their own, and those of 課 whose work they took over.

    A name that another 課 carries on is that one's.
    """
    by_id = {one.id: one for one in departments}
    carried_on = {one.name for one in departments if one.valid_until is None}
    own = {by_id[id_].name for id_ in department_ids if id_ in by_id}
    taken_over = {
        one.name
        for one in departments
        if one.successors and any(later.id in department_ids for later in _line(one, by_id))
    }
    return frozenset((own | (taken_over - carried_on)) - {""})


def follow_succession(person: Person, by_id: Mapping[str, Department], day: date) -> Person:
    """A person whose 課 ended and has one successor moves there; posts in a 課 that was split stay for a clerk to move."""
    posts = [_moved(post, by_id, day) for post in person.posts]
    return person.model_copy(update={"posts": tuple(_merged(posts))})


def _moved(post: Post, by_id: Mapping[str, Department], day: date) -> Post:
    department = by_id.get(post.department_id)
    now = heirs(department, by_id, day) if department is not None else []
    return Post(department_id=now[0].id, roles=post.roles) if len(now) == 1 else post


def _merged(posts: Sequence[Post]) -> Iterator[Post]:
    """Two posts that came together in one 課 are one, with the roles of both."""
    for id_ in dict.fromkeys(post.department_id for post in posts):
        roles = frozenset(role for post in posts if post.department_id == id_ for role in post.roles)
        yield Post(department_id=id_, roles=roles)


def _line(department: Department, by_id: Mapping[str, Department]) -> Iterator[Department]:
    """A department and everything that followed, nearest first; each once, however they are tangled."""
    seen: set[str] = set()
    waiting = [department.id]
    while waiting:
        id_ = waiting.pop(0)
        found = by_id.get(id_)
        if found is None or id_ in seen:
            continue
        seen.add(id_)
        yield found
        waiting += found.successors
