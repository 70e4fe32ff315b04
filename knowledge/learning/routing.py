"""Which people a question for a 課 goes to, and who may answer or settle it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from staff.model import Department, Person, Role
from staff.permissions import Permission, allowed
from staff.succession import department_called


@dataclass(frozen=True)
class Route:
    """Where a question goes: the 課 (its id, empty when the directory lacks it) and the people who are told."""

    owner: str
    department_id: str
    people: tuple[Person, ...]


def route_to(
    owner: str, departments: Sequence[Department], people: Iterable[Person], day: date, role: Role
) -> Route:
    """The people of the 課 called `owner` who hold `role` there; without any, its 所属長; else デジタル推進室."""
    everyone = list(people)
    found = department_called(owner, departments, day)
    if found is not None:
        for wanted in (role, Role.MANAGER):
            holders = tuple(person for person in everyone if wanted in roles_in(person, found.id))
            if holders:
                return Route(found.name, found.id, holders)
    operators = tuple(person for person in everyone if Role.OPERATOR in person.roles)
    return Route(owner, found.id if found else "", operators)


def roles_in(person: Person, department_id: str) -> frozenset[Role]:
    """The roles somebody holds in one 課."""
    return frozenset(
        role for post in person.posts if post.department_id == department_id for role in post.roles
    )


def may_answer(person: Person | None, department_id: str) -> bool:
    """Whether somebody may answer what was put to a 課: the roles for it there, or デジタル推進室."""
    if person is None or not allowed(person, Permission.INQUIRY_ANSWER):
        return False
    if Role.OPERATOR in person.roles:
        return True
    return not roles_in(person, department_id).isdisjoint({Role.LEADER, Role.MANAGER})


def owners_to_choose(departments: Sequence[Department], day: date) -> list[Department]:
    """The 課 a question can be given to: those in force, in the directory's order."""
    return [department for department in departments if department.parent_id and department.in_force(day)]


def read_channels(told: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """課 → (channel, recipient), from entries such as 職員課=slack/C0123. Raises ValueError naming a wrong entry."""
    found: dict[str, tuple[str, str]] = {}
    for entry in told:
        owner, _, place = entry.partition("=")
        channel, _, recipient = place.partition("/")
        if not (owner.strip() and channel.strip() == "slack" and recipient.strip()):
            raise ValueError(entry)
        found[owner.strip()] = (channel.strip(), recipient.strip())
    return found
