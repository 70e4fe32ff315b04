"""Chat users and the directory."""

from __future__ import annotations

from staff.matching import recognise
from staff.model import Department, Person, Post
from storage.stores import SqlStores


def person(id_: str, email: str) -> Person:
    return Person(id=id_, name="見本 花子", email=email, posts=(Post(department_id="11"),))


def test_a_user_is_matched_once_by_mail_and_then_remembered(stores: SqlStores) -> None:
    directory, departments = stores.directory, [Department(id="11", name="職員課")]
    hanako = person("1", "hanako@example.lg.jp")
    directory.save(departments, [hanako], [])
    assert recognise(directory, "slack", "U1") is None
    assert recognise(directory, "slack", "U1", "other@example.lg.jp") is None
    assert recognise(directory, "slack", "U1", "Hanako@example.lg.jp") == hanako
    moved = person("1", "new@example.lg.jp")
    directory.save(departments, [moved], [])
    assert recognise(directory, "slack", "U1") is None, "the address may be somebody else's by now"
    assert recognise(directory, "slack", "U1", "new@example.lg.jp") == moved
    assert recognise(directory, "slack", "U1") == moved
    assert recognise(directory, "teams", "U1") is None
    directory.save(departments, [person("2", "someone@example.lg.jp")], ["1"])
    assert recognise(directory, "slack", "U1", "new@example.lg.jp") is None
