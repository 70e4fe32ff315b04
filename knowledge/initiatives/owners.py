"""Who reports on an initiative: the role of its 課, asked anew each time, so that 人事異動 moves it by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from knowledge.initiatives.initiative import Initiative
from knowledge.learning.routing import roles_in
from staff.model import Department, Person, Role
from staff.permissions import Permission, allowed
from staff.succession import department_called

_MAY_REPORT = frozenset({Role.LEADER, Role.MANAGER})


def owning_department(
    initiative: Initiative, departments: Sequence[Department], day: date
) -> Department | None:
    """The 課 in charge on a day, of whatever name by then; None where the directory lacks it."""
    return department_called(initiative.owner, departments, day)


def owners_of(
    initiative: Initiative, departments: Sequence[Department], people: Iterable[Person], day: date
) -> tuple[Person, ...]:
    """Those who hold the initiative's role in its 課, else its 所属長; empty when there is nobody."""
    department = owning_department(initiative, departments, day)
    if department is None:
        return ()
    everyone = list(people)
    for role in dict.fromkeys((initiative.role, Role.MANAGER)):
        if holders := tuple(one for one in everyone if role in roles_in(one, department.id)):
            return holders
    return ()


def may_report(
    person: Person | None, initiative: Initiative, departments: Sequence[Department], day: date
) -> bool:
    """Whether somebody may report: a leader or manager of the owner 課, or デジタル推進室."""
    if person is None or not allowed(person, Permission.INITIATIVE_REPORT):
        return False
    if Role.OPERATOR in person.roles:
        return True
    department = owning_department(initiative, departments, day)
    return department is not None and not roles_in(person, department.id).isdisjoint(_MAY_REPORT)


def own_departments(person: Person, *roles: Role) -> tuple[str, ...]:
    """The ids of the 課 in which a person holds one of the roles."""
    return tuple(
        dict.fromkeys(post.department_id for post in person.posts if not post.roles.isdisjoint(roles))
    )
