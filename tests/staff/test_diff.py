"""The changes an import would make, and applying them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from staff.diff import DirectoryChanged, TooManyLeavers, apply_diff, compare, describe, read_roster
from staff.model import Department, Person, Post, Role, Roster
from storage.stores import SqlStores

NOW = datetime(2027, 4, 1, tzinfo=UTC)
DEPARTMENTS = (
    Department(id="10", name="総務部"),
    Department(id="11", name="職員課", parent_id="10"),
    Department(id="12", name="文書課", parent_id="10"),
)


def person(number: int, department: str = "11", role: Role = Role.STAFF, name: str = "見本 花子") -> Person:
    posts = (Post(department_id=department, roles=frozenset({Role.STAFF, role})),)
    return Person(id=f"{number:03}", name=name, email=f"{number}@example.lg.jp", posts=posts)


BEFORE = Roster(DEPARTMENTS, tuple(person(number) for number in range(1, 8)))


def changed() -> Roster:
    departments = (
        DEPARTMENTS[0],
        DEPARTMENTS[1].model_copy(update={"name": "人事課"}),
        Department(id="13", name="新課", parent_id="10", valid_from=date(2027, 4, 1)),
    )
    people = (
        person(1),
        person(2, "13"),
        person(3, role=Role.LEADER),
        person(4, name="例示 花子"),
        person(5, "13", Role.MANAGER),
        person(7),
        person(9),
    )
    return Roster(departments, people)


def test_each_change_is_found() -> None:
    diff = compare(BEFORE, changed())

    def ids(pairs: tuple[tuple[Person, Person], ...]) -> list[str]:
        return [after.id for _, after in pairs]

    assert [one.id for one in diff.joiners] == ["009"]
    assert [one.id for one in diff.leavers] == ["006"]
    assert ids(diff.moves) == ["002", "005"]
    assert ids(diff.role_changes) == ["003", "005"]
    assert ids(diff.other_changes) == ["004"]
    assert [one.id for one in diff.departments_added] == ["13"]
    assert [one.id for one in diff.departments_removed] == ["12"]
    assert [after.name for _, after in diff.departments_changed] == ["人事課"]
    assert not diff.empty


def test_the_changes_are_told_in_japanese() -> None:
    assert describe(compare(BEFORE, changed())) == [
        "新しく加わる人: 1 件",
        "  009 見本 花子（総務部/人事課）",
        "いなくなる人: 1 件",
        "  006 見本 花子（総務部/職員課）",
        "課が変わる人: 2 件",
        "  002 見本 花子: 総務部/職員課 → 総務部/新課",
        "  005 見本 花子: 総務部/職員課 → 総務部/新課",
        "役割が変わる人: 2 件",
        "  003 見本 花子: 職員 → 職員、DX推進リーダー",
        "  005 見本 花子: 職員 → 職員、所属長（DX推進マネージャー）",
        "氏名・メールが変わる人: 1 件",
        "  004 例示 花子: 見本 花子 4@example.lg.jp → 例示 花子 4@example.lg.jp",
        "増える組織: 1 件",
        "  総務部/新課（2027-04-01～）",
        "なくなる組織: 1 件",
        "  総務部/文書課",
        "変わる組織: 1 件",
        "  総務部/職員課 → 総務部/人事課",
    ]
    assert describe(compare(BEFORE, BEFORE)) == ["名簿に変更はありません。"]
    many = Roster(DEPARTMENTS, tuple(person(number) for number in range(100, 150)))
    assert "  ほか 45 件" in describe(compare(Roster((), ()), many), limit=5)


def test_applying_makes_the_directory_what_was_shown_with_one_audit_event(stores: SqlStores) -> None:
    for before, after in ((Roster((), ()), BEFORE), (BEFORE, changed())):
        diff = compare(before, after)
        apply_diff(stores, diff, "000001", NOW)
        assert read_roster(stores.directory) == after
    event = stores.audit.list_events()[0]
    assert (event.actor, event.action, event.at) == ("000001", "directory.import", NOW)
    assert event.detail["moves"] == 2
    assert "見本" not in str(event.detail)
    apply_diff(stores, compare(changed(), changed()), "000001", NOW)
    assert stores.audit.verify() == 2


def test_a_file_with_a_part_of_the_staff_needs_a_confirmation(stores: SqlStores) -> None:
    apply_diff(stores, compare(Roster((), ()), BEFORE), "a", NOW)
    fewer = Roster(DEPARTMENTS, BEFORE.people[:4])
    diff = compare(BEFORE, fewer)
    with pytest.raises(TooManyLeavers, match="7 人のうち 3 人"):
        apply_diff(stores, diff, "a", NOW)
    assert read_roster(stores.directory) == BEFORE
    apply_diff(stores, diff, "a", NOW, leavers_confirmed=True)
    assert read_roster(stores.directory) == fewer
    assert not compare(BEFORE, Roster(DEPARTMENTS, BEFORE.people[:5])).too_many_leavers


def test_a_directory_that_changed_meanwhile_is_left_alone(stores: SqlStores) -> None:
    diff = compare(BEFORE, changed())
    apply_diff(stores, compare(Roster((), ()), Roster(DEPARTMENTS, (person(1),))), "a", NOW)
    with pytest.raises(DirectoryChanged, match="もう一度"):
        apply_diff(stores, diff, "b", NOW)
    assert [one.id for one in stores.directory.list_people()] == ["001"]
    assert stores.audit.verify() == 1
