"""How users are reached, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from staff.model import Department, Person, Post
from storage.session import UnstorableText
from storage.stores import SqlStores

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
DEPARTMENT = Department(id="D1", name="市民窓口課")
PERSON = Person(id="900001", name="青葉 花", email="a@city.example", posts=(Post(department_id="D1"),))
REFERENCE = {
    "serviceUrl": "https://a.example/",
    "conversation": "19:会話",
    "nested": {"list": [1, None, True]},
}


@pytest.fixture(autouse=True)
def _people(stores: SqlStores) -> None:
    stores.directory.save([DEPARTMENT], [PERSON], [])


def test_a_reference_is_kept_as_it_is(stores: SqlStores) -> None:
    stores.conversations.save("teams", "u1", "900001", REFERENCE, NOW)
    found = stores.conversations.find("teams", "u1")
    assert found is not None
    assert (found.channel, found.user, found.person_id) == ("teams", "u1", "900001")
    assert (found.reference, found.updated_at) == (REFERENCE, NOW)
    assert stores.conversations.find("slack", "u1") is None
    assert stores.conversations.find("teams", "u2") is None


def test_several_are_found_at_once(stores: SqlStores) -> None:
    for channel, user in (("teams", "u1"), ("teams", "u2"), ("slack", "u3")):
        stores.conversations.save(channel, user, "900001", {"user": user}, NOW)
    many = [f"nobody{number}" for number in range(250)]
    found = stores.conversations.find_each("teams", ["u2", "u3", *many, "u1", "u2"])
    assert {user: one.reference for user, one in found.items()} == {
        "u1": {"user": "u1"},
        "u2": {"user": "u2"},
    }
    assert stores.conversations.find_each("teams", []) == {}


def test_the_newest_stands_and_a_known_person_stays_known(stores: SqlStores) -> None:
    stores.conversations.save("teams", "u1", None, {"a": 1}, NOW)
    stores.conversations.save("teams", "u1", "900001", {"a": 2}, NOW)
    stores.conversations.save("teams", "u1", None, {"a": 3}, NOW + timedelta(days=1))
    found = stores.conversations.find("teams", "u1")
    assert found is not None
    assert (found.person_id, found.reference) == ("900001", {"a": 3})
    assert found.updated_at == NOW + timedelta(days=1)


def test_a_persons_references_come_newest_first_by_channel(stores: SqlStores) -> None:
    for number, user in enumerate(("u1", "u2", "u3")):
        stores.conversations.save("teams", user, "900001", {}, NOW + timedelta(minutes=number))
    stores.conversations.save("slack", "u4", "900001", {}, NOW)
    assert [one.user for one in stores.conversations.list_for("teams", "900001")] == ["u3", "u2", "u1"]
    assert [one.user for one in stores.conversations.list_for("slack", "900001")] == ["u4"]
    assert stores.conversations.list_for("teams", "900002") == []


def test_someone_the_directory_does_not_know_is_kept_without_a_person(stores: SqlStores) -> None:
    stores.conversations.save("teams", "u1", "no-such", {}, NOW)
    found = stores.conversations.find("teams", "u1")
    assert found is not None
    assert found.person_id is None


def test_a_leaver_takes_the_reference_along(stores: SqlStores) -> None:
    stores.conversations.save("teams", "u1", "900001", {}, NOW)
    stores.directory.save([DEPARTMENT], [], ["900001"])
    assert stores.conversations.find("teams", "u1") is None


def test_a_forgotten_reference_is_gone(stores: SqlStores) -> None:
    stores.conversations.save("teams", "u1", None, {}, NOW)
    stores.conversations.forget("teams", "u1")
    stores.conversations.forget("teams", "u1")
    assert stores.conversations.find("teams", "u1") is None


@pytest.mark.parametrize("text", ["\0", "\ud800"])
def test_what_no_database_keeps_is_refused(stores: SqlStores, text: str) -> None:
    with pytest.raises(UnstorableText):
        stores.conversations.save("teams", "u1", None, {"a": text}, NOW)
