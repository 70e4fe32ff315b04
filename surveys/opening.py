"""Opening a round: whom it asks is worked out once, and kept as it was on that day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.texts.ja import survey_rounds as texts
from staff.model import Department, Person, department_name
from surveys.definition import Audience, Definition, Identity
from surveys.question import MOST_OPTIONS, THRESHOLD, Option
from surveys.round import Member, Round, State

POOL = "others"
FEWEST_POOLED = 2
MOST_UNKNOWN = 10


class OpeningError(ValueError):
    """A round cannot open; the text says why and what to do."""


@dataclass(frozen=True)
class Opening:
    """A round as it opens: frozen, and whom it asks."""

    round: Round
    members: tuple[Member, ...]


def open_with(
    planned: Round,
    people: Iterable[Person],
    departments: Sequence[Department],
    absent: Collection[str],
    on: date,
) -> Opening:
    """Freeze a planned round with the directory of this day. People on leave are not asked. Raises OpeningError."""
    in_force = tuple(department for department in departments if department.in_force(on))
    people = tuple(people)
    if unknown := sorted({*planned.definition.audience.people} - {person.id for person in people}):
        raise OpeningError(texts.nobody_known(planned.definition.title, unknown[:MOST_UNKNOWN], len(unknown)))
    members = tuple(_members(planned.definition.audience, people, in_force, absent))
    if not members:
        raise OpeningError(texts.nobody_asked(planned.definition.title))
    if planned.definition.identity is Identity.ANONYMOUS:
        if len(members) < THRESHOLD:
            raise OpeningError(texts.too_few_for_anonymous(planned.definition.title, len(members), THRESHOLD))
        members, in_force = _pooled(members, in_force)
    definition = _with_directory(planned.definition, in_force)
    opened = planned.model_copy(
        update={
            "state": State.OPEN,
            "definition": definition,
            "content_hash": definition.content_hash,
            "departments": in_force,
            "headcounts": dict(sorted(Counter(member.section_id for member in members).items())),
        }
    )
    return Opening(opened, members)


def section_ids(names: Iterable[str], departments: Sequence[Department]) -> frozenset[str]:
    """The ids of 課 by name; a 部 stands for all of its 課. Raises OpeningError naming what is not there."""
    by_id = {department.id: department for department in departments}
    found: set[str] = set()
    for name in names:
        named = {one.id for one in departments if name in (one.id, one.name, department_name(one, by_id))}
        if not named:
            raise OpeningError(texts.no_such_department(name))
        found |= named | {one.id for one in departments if one.parent_id in named}
    return frozenset(found)


def _members(
    audience: Audience, people: Iterable[Person], departments: Sequence[Department], absent: Collection[str]
) -> Iterable[Member]:
    by_id = {department.id: department for department in departments}
    sections = section_ids(audience.departments, departments)
    roles, listed = frozenset(audience.roles), frozenset(audience.people)
    for person in people:
        place = person.department_id if person.posts else ""
        if person.id in absent or place not in by_id:
            continue
        wanted = (
            (not sections or place in sections)
            and (not roles or not roles.isdisjoint(person.roles))
            and (not listed or person.id in listed)
        )
        if wanted:
            division = by_id[place].parent_id or place
            yield Member(person_id=person.id, section_id=place, division_id=division, role=person.main_role)


def _pooled(
    members: tuple[Member, ...], departments: tuple[Department, ...]
) -> tuple[tuple[Member, ...], tuple[Department, ...]]:
    """部 of fewer than five people put together under one name, so that no anonymous answer comes from so few.

    The smallest others join them until they are five. The 課 stay where they are: answers do not tell them.
    """
    sizes = Counter(member.division_id for member in members)
    pool: set[str] = set()
    for division, size in sorted(sizes.items(), key=lambda item: (item[1], item[0])):
        if size >= THRESHOLD and (not pool or sum(sizes[one] for one in pool) >= THRESHOLD):
            break
        pool.add(division)
    if len(pool) < FEWEST_POOLED:
        return members, departments
    pooled = tuple(
        member.model_copy(update={"division_id": POOL}) if member.division_id in pool else member
        for member in members
    )
    return pooled, (*departments, Department(id=POOL, name=texts.POOL))


def _with_directory(definition: Definition, departments: Sequence[Department]) -> Definition:
    """The definition with the city's 課 as options where it asks for them."""
    parents = {department.parent_id for department in departments}
    options = tuple(
        Option(id=one.id, label=one.name) for one in departments if one.parent_id or one.id not in parents
    )
    if not any(question.is_from_directory for question in definition.questions):
        return definition
    if len(options) > MOST_OPTIONS:
        raise OpeningError(texts.too_many_departments(len(options), MOST_OPTIONS))
    questions = tuple(
        question.model_copy(update={"options": options}) if question.is_from_directory else question
        for question in definition.questions
    )
    return definition.model_copy(update={"questions": questions})
