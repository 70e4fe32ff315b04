"""The table of permissions."""

from __future__ import annotations

import pytest

from staff.model import Person, Post, Role
from staff.permissions import ROLES, NotAllowed, Permission, allowed, may, require


def person(role: Role) -> Person:
    posts = (Post(department_id="11"), Post(department_id="12", roles=frozenset({Role.STAFF, role})))
    return Person(id="1", name="見本 花子", email="a@example.lg.jp", posts=posts)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("permission", Permission)
def test_a_refusal_says_who_may(role: Role | None, permission: Permission) -> None:
    who = person(role) if role else None
    assert allowed(who, permission) == may([role, Role.STAFF] if role else [], permission)
    if allowed(who, permission):
        require(who, permission)
    else:
        with pytest.raises(NotAllowed, match="職員名簿への登録" if who is None else "依頼してください"):
            require(who, permission)


def granted(role: Role | None) -> set[Permission]:
    return {permission for permission in Permission if allowed(person(role) if role else None, permission)}


def test_the_least_for_everybody() -> None:
    """What must never widen by accident; docs/permissions.md has the whole table."""
    assert granted(None) == {Permission.ASK}
    for role in Role:
        assert granted(Role.STAFF) <= granted(role)
    assert granted(Role.AUDITOR) == granted(Role.STAFF) | {Permission.AUDIT_READ, Permission.RECORDS_READ}
    staff = granted(Role.STAFF)
    assert not staff & {Permission.AUDIT_READ, Permission.DIRECTORY_READ, Permission.ROLES_GRANT}
    assert [role for role in Role if Permission.ROLES_GRANT in granted(role)] == [Role.OPERATOR]


def test_every_permission_stands_in_the_table() -> None:
    assert set(ROLES) == set(Permission)
