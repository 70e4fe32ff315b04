"""The synthetic city."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from staff.demo import RealPeoplePresent, load_city, synthetic_city
from staff.model import Role
from storage.stores import SqlStores

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize("staff", [6, 7, 50, 4000])
def test_a_city_of_any_size_is_sound(staff: int) -> None:
    departments, people = synthetic_city(staff, 1)
    ids = {department.id for department in departments}
    assert len(people) == len({person.id for person in people}) == staff
    assert len({person.email for person in people}) == len({person.name for person in people}) == staff
    assert {role for person in people for role in person.roles} == set(Role)
    assert any(person.roles == {Role.STAFF} for person in people)
    assert all(person.synthetic and person.email.endswith("@example.lg.jp") for person in people)
    assert {post.department_id for person in people for post in person.posts} <= ids
    assert {department.parent_id for department in departments} - {None} <= ids


def test_in_a_large_city_every_section_has_one_leader_and_one_manager() -> None:
    departments, people = synthetic_city(1000, 2)
    sections = {department.id for department in departments if department.parent_id}
    for role in (Role.LEADER, Role.MANAGER):
        counts = Counter(person.department_id for person in people if role in person.roles)
        assert counts == dict.fromkeys(sections, 1)
    assert any(len(person.posts) == 2 for person in people)
    names = {department.name for department in departments}
    assert {"職員課", "情報システム課", "デジタル推進室", "市民相談情報課"} <= names


def test_a_city_of_thousands_has_150_sections() -> None:
    names = [one.name for one in synthetic_city(4000, 1)[0] if one.parent_id]
    assert len(names) == len(set(names)) == 150
    assert len([one for one in synthetic_city(4000, 1, big=False)[0] if one.parent_id]) < 100


def test_the_same_numbers_give_the_same_city() -> None:
    assert synthetic_city(300, 7) == synthetic_city(300, 7)
    assert synthetic_city(300, 7) != synthetic_city(300, 8)


def test_a_large_city_is_made_in_less_than_a_second() -> None:
    began = time.process_time()
    synthetic_city(4000, 1)
    assert time.process_time() - began < 1


def test_too_few_people_are_refused() -> None:
    with pytest.raises(ValueError, match="6 人以上"):
        synthetic_city(4, 1)


def test_a_city_takes_the_place_of_the_one_before(stores: SqlStores) -> None:
    for staff in (50, 20):
        departments, people = synthetic_city(staff, 1)
        load_city(stores, departments, people, "cli", NOW)
        assert stores.directory.list_people() == people
        assert stores.directory.list_departments() == departments
    assert [event.detail["people"] for event in stores.audit.list_events()] == [20, 50]


def test_it_is_never_mixed_with_real_people(stores: SqlStores) -> None:
    departments, people = synthetic_city(10, 1)
    real = people[3].model_copy(update={"synthetic": False})
    stores.directory.save(departments, [real], [])
    with pytest.raises(RealPeoplePresent, match="実在の職員が 1 人") as raised:
        load_city(stores, departments, people, "cli", NOW)
    assert raised.value.count == 1
    assert stores.directory.list_people() == [real]
    assert stores.audit.verify() == 0
