"""Granted roles on both databases: they count at once, from their day on, and end; the last operator stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from staff.granting import GrantRefused, LastOperator, grant_role, revoke_role
from staff.model import Department, Person, Post, Role
from staff.permissions import NotAllowed, Permission, allowed, own_departments
from storage.stores import SqlStores

NOW, TODAY = datetime(2026, 11, 24, tzinfo=UTC), date(2026, 11, 24)
HOST = "cli/root"


def make(number: str, *posts: Post) -> Person:
    return Person(id=number, name=f"見本 {number}", email=f"p{number}@example.lg.jp", posts=posts)


@pytest.fixture
def town(stores: SqlStores) -> SqlStores:
    departments = [Department(id=id_, name=f"見本{id_}課") for id_ in ("A", "B")]
    operator = Post(department_id="A", roles=frozenset({Role.STAFF, Role.OPERATOR}))
    people = [
        make("1", operator),
        make("2", Post(department_id="A"), Post(department_id="B")),
        make("3", Post(department_id="B")),
    ]
    stores.directory.save(departments, people, [])
    stores.directory.link_user("slack", "U2", "2")
    return stores


def roles(town: SqlStores, number: str = "2") -> frozenset[Role]:
    found = town.directory.person(number)
    assert found is not None
    return found.roles


def test_a_role_counts_at_once_everywhere_and_no_longer(town: SqlStores) -> None:
    grant = grant_role(town, HOST, "2", Role.HR, NOW, TODAY)
    linked, by_mail = (
        town.directory.linked_person("slack", "U2"),
        town.directory.person_by_email("P2@example.lg.jp"),
    )
    listed = next(one for one in town.directory.list_people() if one.id == "2")
    for found in (linked, by_mail, listed):
        assert found is not None and Role.HR in found.roles
    assert Role.HR not in next(one for one in town.directory.list_imported() if one.id == "2").roles
    revoke_role(town, HOST, grant.id, NOW, TODAY)
    assert roles(town) == {Role.STAFF}
    assert [one.action for one in town.audit.list_events()] == ["roles.revoke", "roles.grant"]


def test_holders_of_a_role_are_listed_granted_or_not_but_for_those_known_already(town: SqlStores) -> None:
    namesake = Person(id="4", name="operator", email="p4@example.lg.jp", posts=(Post(department_id="A"),))
    town.directory.save(town.directory.list_departments(), [namesake], [])
    grant_role(town, HOST, "3", Role.OPERATOR, NOW, TODAY)
    assert [one.id for one in town.directory.list_holders(Role.OPERATOR)] == ["1", "3"]
    assert [one.id for one in town.directory.list_holders(Role.OPERATOR, but={"1"})] == ["3"]
    assert town.directory.list_holders(Role.LEADER) == []
    (granted,) = town.directory.list_holders(Role.OPERATOR, but={"1"})
    assert granted == town.directory.person("3")


def test_a_role_of_one_department_reaches_no_other(town: SqlStores) -> None:
    grant_role(town, HOST, "2", Role.LEADER, NOW, TODAY, department_id="B")
    found = town.directory.person("2")
    assert found is not None
    assert allowed(found, Permission.KNOWLEDGE_EDIT_OWN)
    assert own_departments(found, Permission.KNOWLEDGE_EDIT_OWN) == {"B"}
    town.directory.save(town.directory.list_departments(), [make("2", Post(department_id="A"))], [])
    assert roles(town) == {Role.STAFF}, "whoever leaves the 課 leaves the role there"


def test_roles_begin_and_end_on_their_day(town: SqlStores) -> None:
    grant_role(
        town, HOST, "2", Role.AUDITOR, NOW, TODAY, valid_from=date(2026, 12, 1), valid_until=date(2027, 4, 1)
    )
    assert roles(town) == {Role.STAFF}
    changes = [
        town.role_grants.put_in_force(date(*day)) for day in ((2026, 11, 30), (2026, 12, 1), (2026, 12, 2))
    ]
    assert changes == [0, 1, 0]
    assert Role.AUDITOR in roles(town)
    town.role_grants.put_in_force(date(2027, 4, 1))
    assert roles(town) == {Role.STAFF}


def test_an_import_keeps_grants_and_leaving_ends_them(town: SqlStores) -> None:
    grant_role(town, HOST, "2", Role.HR, NOW, TODAY)
    departments, imported = town.directory.list_departments(), town.directory.list_imported()
    town.directory.save(departments, imported, [])
    assert Role.HR in roles(town)
    town.directory.save(departments, [], ["2"])
    town.directory.save(departments, [one for one in imported if one.id == "2"], [])
    assert roles(town) == {Role.STAFF}
    assert town.role_grants.list_grants() == []


def test_the_last_operator_stays(town: SqlStores) -> None:
    grant = grant_role(town, HOST, "2", Role.OPERATOR, NOW, TODAY)
    town.directory.save(town.directory.list_departments(), [], ["1"])
    with pytest.raises(LastOperator, match="先に別の人"):
        revoke_role(town, HOST, grant.id, NOW, TODAY)
    assert Role.OPERATOR in roles(town)
    grant_role(town, HOST, "3", Role.OPERATOR, NOW, TODAY)
    revoke_role(town, HOST, grant.id, NOW, TODAY)
    assert roles(town) == {Role.STAFF}


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.OPERATOR)])
def test_only_operators_give_roles(town: SqlStores, role: Role | None) -> None:
    other = make("9", Post(department_id="A", roles=frozenset({role} if role else ())))
    with pytest.raises(NotAllowed):
        grant_role(town, other, "2", Role.OPERATOR, NOW, TODAY)
    with pytest.raises(NotAllowed):
        revoke_role(town, other, "x", NOW, TODAY)


@pytest.mark.parametrize(
    ("role", "department", "until", "told"),
    [
        (Role.STAFF, "", None, "この役割は付けられません"),
        (Role.OPERATOR, "A", None, "市全体"),
        (Role.LEADER, "", None, "所属"),
        (Role.LEADER, "C", None, "所属"),
        (Role.HR, "", TODAY, "終わりの日"),
    ],
)
def test_what_makes_no_sense_is_refused(
    town: SqlStores, role: Role, department: str, until: date | None, told: str
) -> None:
    with pytest.raises(GrantRefused, match=told):
        grant_role(town, HOST, "2", role, NOW, TODAY, department_id=department, valid_until=until)
    with pytest.raises(GrantRefused, match="名簿"):
        grant_role(town, HOST, "nobody", Role.HR, NOW, TODAY)
    assert town.audit.verify() == 0


def test_a_role_is_given_once(town: SqlStores) -> None:
    grant_role(town, HOST, "2", Role.HR, NOW, TODAY)
    with pytest.raises(GrantRefused, match="もう"):
        grant_role(town, HOST, "2", Role.HR, NOW, TODAY)
