"""The table of permissions."""

from __future__ import annotations

import pytest

from staff.model import Person, Post, Role
from staff.permissions import ROLES, NotAllowed, Permission, allowed, require


def person(role: Role) -> Person:
    posts = (Post(department_id="11"), Post(department_id="12", roles=frozenset({Role.STAFF, role})))
    return Person(id="1", name="見本 花子", email="a@example.lg.jp", posts=posts)


MEMBERS = {"ask", "console.use", "inbox.read", "knowledge.read", "knowledge.propose", "inquiry.ask"}
EXPECTED = {
    None: {"ask"},
    Role.STAFF: MEMBERS,
    Role.LEADER: MEMBERS | {"knowledge.edit_own", "inquiry.answer", "questions.read"},
    Role.MANAGER: MEMBERS | {"knowledge.edit_own", "inquiry.answer", "questions.read"},
    Role.HR: MEMBERS | {"directory.read", "directory.import", "metrics.read"},
    Role.AUDITOR: MEMBERS | {"audit.read"},
    Role.OPERATOR: {str(permission) for permission in Permission},
}


@pytest.mark.parametrize("role", EXPECTED)
@pytest.mark.parametrize("permission", Permission)
def test_who_may_do_what(role: Role | None, permission: Permission) -> None:
    who = person(role) if role else None
    expected = permission in EXPECTED[role]
    assert allowed(who, permission) == expected
    if expected:
        require(who, permission)
    else:
        with pytest.raises(NotAllowed, match="職員名簿への登録" if who is None else "依頼してください"):
            require(who, permission)


def test_every_permission_stands_in_the_table() -> None:
    assert set(ROLES) == set(Permission)
    for permission in Permission:
        with_name = person(Role.STAFF)
        if not allowed(with_name, permission):
            with pytest.raises(NotAllowed, match="デジタル推進室"):
                require(with_name, permission)
