"""Whom a round asks, and which 部 an anonymous answer tells."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.model import Department, Person, Post, Role
from surveys.definition import Definition, Identity
from surveys.opening import POOL, OpeningError, open_with
from tests.surveys.samples import planned, survey

TODAY = date(2026, 11, 24)
DEPARTMENTS = [
    *(Department(id=f"D{number}", name=f"部{number}") for number in range(4)),
    *(
        Department(id=f"D{number}{which}", name=f"課{number}{which}", parent_id=f"D{number}")
        for number in range(4)
        for which in "ab"
    ),
    Department(id="old", name="昔の課", parent_id="D0", valid_until=date(2020, 4, 1)),
]


def person(number: int, department: str, role: Role = Role.STAFF) -> Person:
    posts = (Post(department_id=department, roles=frozenset({Role.STAFF, role})),)
    return Person(id=f"{number:06}", name="見本", email="", posts=posts)


PEOPLE = [
    person(1, "D0a"),
    person(2, "D0b", Role.MANAGER),
    person(3, "D1a"),
    person(4, "D1", Role.MANAGER),
    person(5, "old"),
]


def asked(definition: Definition, absent: tuple[str, ...] = ()) -> list[str]:
    opening = open_with(planned(definition), PEOPLE, DEPARTMENTS, absent, TODAY)
    return [member.person_id for member in opening.members]


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"departments": "部0"}, [1, 2]),
        ({"departments": ["課0a", "部1/課1a"]}, [1, 3]),
        ({"roles": "manager"}, [2, 4]),
        ({"departments": "部1", "roles": ["manager"]}, [4]),
        ({"people": ["000003", "000001"]}, [1, 3]),
    ],
)
def test_the_audience(audience: dict[str, object], expected: list[int]) -> None:
    assert asked(survey(audience=audience)) == [f"{number:06}" for number in expected]


def test_people_on_leave_are_not_asked() -> None:
    assert asked(survey(), ("000001", "000004")) == ["000002", "000003"]


@pytest.mark.parametrize(
    "audience", [{"departments": "ない課"}, {"departments": "昔の課"}, {"people": "999999"}]
)
def test_a_round_for_nobody_does_not_open(audience: dict[str, object]) -> None:
    with pytest.raises(OpeningError):
        asked(survey(audience=audience))


def test_numbers_that_nobody_has_are_named() -> None:
    with pytest.raises(OpeningError, match="職員番号があります: 00003、typo。"):
        asked(survey(audience={"people": ["000003", "typo", "00003"]}))
    assert asked(survey(audience={"people": ["000003", "000001"]}), ("000001",)) == ["000003"]


def test_an_anonymous_round_for_fewer_than_five_does_not_open() -> None:
    with pytest.raises(OpeningError, match="対象が4人"):
        asked(survey(identity="anonymous"))
    assert len(asked(survey(identity="confidential"))) == 4


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(lambda sizes: sum(sizes) >= 5))
def test_no_anonymous_answer_comes_from_fewer_than_five(sizes: list[int]) -> None:
    people = [
        person(number * 100 + one, f"D{number}a") for number, size in enumerate(sizes) for one in range(size)
    ]
    opening = open_with(planned(survey(identity=Identity.ANONYMOUS)), people, DEPARTMENTS, (), TODAY)
    told = Counter(member.division_id for member in opening.members)
    assert sum(told.values()) == sum(sizes)
    assert len(told) == 1 or min(told.values()) >= 5
    assert {one.id for one in opening.round.departments} >= set(told)
    large = {f"D{number}" for number, size in enumerate(sizes) if size >= 5}
    assert len(large - set(told)) <= 1  # at most one large 部 joins the small ones
    if min(size for size in sizes if size) >= 5:
        assert POOL not in told
