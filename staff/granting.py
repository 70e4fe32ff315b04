"""Roles that operators give beside the directory: for a while or for good, in one 課 or for the whole city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

from bot.texts.ja import granting as texts
from staff.model import Person, Post, Role
from staff.permissions import Permission, require
from staff.store import AuditEvent, AuditLog, Directory

T = TypeVar("T")

OF_CITY = (Role.HR, Role.AUDITOR, Role.OPERATOR)
OF_DEPARTMENT = (Role.LEADER, Role.MANAGER)
GRANTABLE = (*OF_DEPARTMENT, *OF_CITY)


class RoleGrant(BaseModel):
    """A role given to a person, from `valid_from` until before `valid_until`; "" is the whole city."""

    model_config = ConfigDict(frozen=True)

    id: str
    person_id: str
    role: Role
    department_id: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    granted_by: str
    granted_at: datetime

    def in_force(self, day: date) -> bool:
        """Whether it counts on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


class RoleGrants(Protocol):
    """Grants that stand or wait for their day. A person's go with the person."""

    def list_grants(self, person_id: str = "") -> list[RoleGrant]:
        """A person's grants, or everybody's, oldest first."""

    def add(self, grant: RoleGrant) -> None:
        """Keep a grant. Raises LookupError when the directory lacks the person."""

    def remove(self, grant_id: str) -> RoleGrant | None:
        """Take a grant back; None when there is none of that id."""

    def put_in_force(self, day: date) -> int:
        """Let exactly the grants of that day count; for how many people something changed."""


class GrantingStores(Protocol):
    """The stores that granting writes to, over one database."""

    @property
    def directory(self) -> Directory:
        """People and departments."""

    @property
    def role_grants(self) -> RoleGrants:
        """Grants."""

    @property
    def audit(self) -> AuditLog:
        """The audit chain."""

    def transaction(self, work: Callable[[GrantingStores], T]) -> T:
        """Run `work` with stores that share one transaction."""


class GrantRefused(Exception):
    """A role cannot be given or taken like that; the text says why and what to do."""


class LastOperator(GrantRefused):
    """Nobody would be left who can give roles."""

    def __init__(self) -> None:
        super().__init__(texts.LAST_OPERATOR)


def with_grants(person: Person, grants: Iterable[tuple[Role, str]]) -> Person:
    """A person with granted roles laid over their posts. One for a 課 the person is no longer in counts for nothing."""
    posts = list(person.posts)
    for role, department_id in grants:
        for place, post in enumerate(posts):
            if post.department_id == department_id or (not department_id and place == 0):
                posts[place] = Post(department_id=post.department_id, roles=post.roles | {role})
    return person.model_copy(update={"posts": tuple(posts)})


def grant_role(
    stores: GrantingStores,
    by: Person | str,
    person_id: str,
    role: Role,
    now: datetime,
    today: date,
    *,
    department_id: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> RoleGrant:
    """Give a role, on record; it counts at once, or from its day on. `by` is a person, or the operator on the host.

    Raises NotAllowed, GrantRefused.
    """
    actor = _admitted(by)

    def work(inside: GrantingStores) -> RoleGrant:
        person = inside.directory.person(person_id)
        if person is None:
            raise GrantRefused(texts.NOBODY)
        _check(person, role, department_id, valid_from, valid_until, today)
        if _has_it(inside, person, role, department_id):
            raise GrantRefused(texts.HAS_IT_ALREADY)
        grant = RoleGrant(
            id=uuid4().hex,
            person_id=person_id,
            role=role,
            department_id=department_id,
            valid_from=valid_from,
            valid_until=valid_until,
            granted_by=actor,
            granted_at=now,
        )
        inside.role_grants.add(grant)
        inside.role_grants.put_in_force(today)
        inside.audit.append(_event("roles.grant", actor, grant, now))
        return grant

    return stores.transaction(work)


def revoke_role(
    stores: GrantingStores, by: Person | str, grant_id: str, now: datetime, today: date
) -> RoleGrant:
    """Take a granted role back, on record and at once. Raises NotAllowed, GrantRefused, LastOperator."""
    actor = _admitted(by)

    def work(inside: GrantingStores) -> RoleGrant:
        grant = inside.role_grants.remove(grant_id)
        if grant is None:
            raise GrantRefused(texts.NO_GRANT)
        inside.role_grants.put_in_force(today)
        if grant.role is Role.OPERATOR and not operators(inside.directory.list_people()):
            raise LastOperator
        inside.audit.append(_event("roles.revoke", actor, grant, now))
        return grant

    return stores.transaction(work)


def operators(people: Iterable[Person]) -> list[Person]:
    """Those who may give roles."""
    return [person for person in people if Role.OPERATOR in person.roles]


def _admitted(by: Person | str) -> str:
    if isinstance(by, str):
        return by
    require(by, Permission.ROLES_GRANT)
    return by.id


def _has_it(inside: GrantingStores, person: Person, role: Role, department_id: str) -> bool:
    wanted = (role, department_id)
    if any((one.role, one.department_id) == wanted for one in inside.role_grants.list_grants(person.id)):
        return True
    return any(
        role in post.roles
        for post in person.posts
        if not department_id or post.department_id == department_id
    )


def _check(
    person: Person, role: Role, department_id: str, begin: date | None, until: date | None, today: date
) -> None:
    if role not in GRANTABLE:
        raise GrantRefused(texts.NOT_GRANTABLE)
    if role in OF_CITY and department_id:
        raise GrantRefused(texts.OF_CITY)
    if role in OF_DEPARTMENT and department_id not in _departments(person):
        raise GrantRefused(texts.NOT_IN_DEPARTMENT)
    if until is not None and until <= max(begin or today, today):
        raise GrantRefused(texts.ENDS_TOO_EARLY)


def _departments(person: Person) -> Sequence[str]:
    return [post.department_id for post in person.posts]


def _event(action: str, actor: str, grant: RoleGrant, at: datetime) -> AuditEvent:
    detail: dict[str, str | int] = {"role": grant.role.value, "department": grant.department_id}
    if grant.valid_from:
        detail["from"] = grant.valid_from.isoformat()
    if grant.valid_until:
        detail["until"] = grant.valid_until.isoformat()
    return AuditEvent(at=at, actor=actor, action=action, target=f"person/{grant.person_id}", detail=detail)
