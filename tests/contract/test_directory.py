"""The directory on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.services import Stores
from staff.model import Department, Person, Post, Role
from storage.session import UnstorableText
from storage.stores import SqlStores

DEPARTMENTS = [
    Department(id="20", name="企画部"),
    Department(id="10", name="総務部"),
    Department(id="11", name="職員課", parent_id="10", valid_from=date(2026, 4, 1)),
]


def person(id_: str, email: str = "", department: str = "11", name: str = "見本 花子") -> Person:
    posts = (
        Post(department_id=department, roles=frozenset({Role.STAFF, Role.HR})),
        Post(department_id="20"),
    )
    return Person(id=id_, name=name, email=email or f"{id_}@example.lg.jp", posts=posts)


def test_the_directory_comes_back_as_saved(stores: SqlStores) -> None:
    people = [person("000010"), person("000002"), person("A-1")]
    stores.directory.save(DEPARTMENTS, people, [])
    assert stores.directory.list_departments() == DEPARTMENTS
    assert stores.directory.list_people() == sorted(people, key=lambda one: one.id)
    assert stores.directory.person("000002") == person("000002")
    assert stores.directory.person("2") is None


def test_saving_changes_adds_and_removes(stores: SqlStores) -> None:
    stores.directory.save(DEPARTMENTS, [person("1"), person("2"), person("3")], [])
    renamed = person("2", name="例示 太郎")
    stores.directory.save(DEPARTMENTS[:2], [renamed, person("4")], ["3", "nobody"])
    assert stores.directory.list_people() == [person("1"), renamed, person("4")]
    assert stores.directory.list_departments() == DEPARTMENTS[:2]


def test_mail_addresses_match_whatever_their_case(stores: SqlStores) -> None:
    stores.directory.save(DEPARTMENTS, [person("1", "Hanako.Mihon@Example.lg.jp")], [])
    found = stores.directory.person_by_email(" hanako.mihon@EXAMPLE.LG.JP")
    assert found == person("1", "Hanako.Mihon@Example.lg.jp")
    assert stores.directory.person_by_email("") is None
    assert stores.directory.person_by_email("other@example.lg.jp") is None


def test_two_people_may_exchange_addresses_but_not_share_one(stores: SqlStores) -> None:
    stores.directory.save(DEPARTMENTS, [person("1", "a@x.jp"), person("2", "b@x.jp")], [])
    stores.directory.save(DEPARTMENTS, [person("1", "b@x.jp"), person("2", "a@x.jp")], [])
    found = stores.directory.person_by_email("a@x.jp")
    assert found is not None
    assert found.id == "2"
    with pytest.raises(Exception, match=r"(?i)unique"):
        stores.directory.save([], [person("3", "A@X.jp")], ["1"])
    assert [one.id for one in stores.directory.list_people()] == ["1", "2"]
    assert stores.directory.list_departments() == DEPARTMENTS


def test_a_chat_user_is_remembered_until_the_person_leaves(stores: SqlStores) -> None:
    stores.directory.save(DEPARTMENTS, [person("1"), person("2")], [])
    stores.directory.link_user("slack", "U1", "1")
    stores.directory.link_user("teams", "U1", "2")
    assert stores.directory.linked_person("slack", "U1") == person("1")
    assert stores.directory.linked_person("teams", "U1") == person("2")
    assert stores.directory.linked_person("web", "U1") is None
    stores.directory.link_user("slack", "U1", "2")
    assert stores.directory.linked_person("slack", "U1") == person("2")
    stores.directory.save(DEPARTMENTS, [person("2", name="別名")], ["1"])
    assert stores.directory.linked_person("slack", "U1") == person("2", name="別名")
    stores.directory.save(DEPARTMENTS, [], ["2"])
    assert stores.directory.linked_person("slack", "U1") is None
    stores.directory.save(DEPARTMENTS, [person("2")], [])
    assert stores.directory.linked_person("slack", "U1") is None


def test_many_chat_users_are_told_at_once(stores: SqlStores) -> None:
    everybody = [person(str(number)) for number in range(40)]
    stores.directory.save(DEPARTMENTS, everybody, [])
    for one in everybody:
        stores.directory.link_user("slack", f"U{one.id}", one.id)
    asked = [f"U{number}" for number in range(-1, 50)] * 2
    told = stores.directory.linked_people("slack", asked)
    assert told == {f"U{one.id}": one for one in everybody}
    assert stores.directory.linked_people("teams", asked) == {}
    assert stores.directory.linked_people("slack", []) == {}


def test_a_match_ends_when_the_address_changes_hands(stores: SqlStores) -> None:
    stores.directory.save(
        DEPARTMENTS, [person("1", email="a@example.lg.jp"), person("2", email="b@example.lg.jp")], []
    )
    stores.directory.link_user("slack", "U1", "1")
    stores.directory.link_user("slack", "U2", "2")
    stores.directory.save(
        DEPARTMENTS, [person("1", email="c@example.lg.jp"), person("2", email="B@example.lg.jp")], []
    )
    assert stores.directory.linked_person("slack", "U1") is None
    kept = stores.directory.linked_person("slack", "U2")
    assert kept
    assert kept.id == "2"


def test_linking_somebody_unknown_is_refused(stores: SqlStores) -> None:
    with pytest.raises(LookupError, match="名簿にいません"):
        stores.directory.link_user("slack", "U1", "9")


@pytest.mark.parametrize("text", ["\x00", "a\ud800"])
def test_text_that_cannot_be_kept_is_refused_alike(stores: SqlStores, text: str) -> None:
    calls: tuple[Callable[[], object], ...] = (
        lambda: stores.directory.save(DEPARTMENTS, [person("1", name=text)], []),
        lambda: stores.directory.save([Department(id="1", name=text)], [], []),
        lambda: stores.directory.linked_person("slack", text),
        lambda: stores.directory.link_user("slack", text, "1"),
        lambda: stores.directory.person_by_email(text),
        lambda: stores.directory.person(text),
    )
    for call in calls:
        with pytest.raises(UnstorableText):
            call()
    assert stores.directory.list_people() == []


def test_stores_of_one_transaction_see_and_lose_each_others_changes(stores: SqlStores) -> None:
    def work(inside: Stores) -> None:
        inside.directory.save(DEPARTMENTS, [person("1")], [])
        inside.transaction(lambda joined: joined.directory.link_user("web", "u", "1"))
        assert inside.directory.linked_person("web", "u") == person("1")
        raise KeyError

    with pytest.raises(KeyError):
        stores.transaction(work)
    assert stores.directory.list_people() == []
    assert stores.directory.linked_person("web", "u") is None


def synthetic(id_: str, *roles: Role) -> Person:
    posts = tuple(Post(department_id="11", roles=frozenset({role})) for role in roles)
    return person(id_).model_copy(update={"posts": posts, "synthetic": True})


def test_synthetic_people_are_listed_by_their_main_role(stores: SqlStores) -> None:
    staff = [synthetic(f"{number}", Role.STAFF) for number in (3, 1, 2)]
    both, none = synthetic("4", Role.STAFF, Role.OPERATOR), synthetic("5")
    stores.directory.save(DEPARTMENTS, [*staff, both, none, person("6")], [])
    assert [one.id for one in stores.directory.list_synthetic(Role.STAFF, 2)] == ["1", "2"]
    assert [one.id for one in stores.directory.list_synthetic(Role.STAFF, 9)] == ["1", "2", "3", "5"]
    assert stores.directory.list_synthetic(Role.OPERATOR, 9) == [both]
    assert stores.directory.list_synthetic(Role.HR, 9) == []
    stores.directory.save(DEPARTMENTS, [both.model_copy(update={"synthetic": False})], [])
    assert stores.directory.list_synthetic(Role.OPERATOR, 9) == []
