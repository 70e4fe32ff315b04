"""Where a question goes, and who may answer it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from knowledge.learning.routing import may_answer, owners_to_choose, read_channels, route_to
from staff.model import Department, Person, Post, Role
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, OPERATOR, STAFF

DAY = date(2026, 11, 24)
EVERYONE = (STAFF, LEADER, MANAGER, HR, OPERATOR)


def route(owner: str, *people: Person, role: Role = Role.LEADER) -> list[str]:
    return [person.id for person in route_to(owner, DEPARTMENTS, people or EVERYONE, DAY, role).people]


def test_the_leaders_of_the_office_are_told() -> None:
    assert route("市民窓口課") == [LEADER.id]
    assert route("市民窓口課", role=Role.MANAGER) == [MANAGER.id]


def test_without_a_leader_the_manager_without_both_the_operators() -> None:
    assert route("市民窓口課", STAFF, MANAGER, OPERATOR) == [MANAGER.id]
    assert route("市民窓口課", STAFF, OPERATOR) == [OPERATOR.id]
    assert route("職員課") == [OPERATOR.id]
    assert route("無い課") == [OPERATOR.id]
    assert route("無い課", STAFF) == []


def test_a_leader_elsewhere_is_none_here() -> None:
    posts = (
        Post(department_id="D21", roles=frozenset({Role.STAFF, Role.LEADER})),
        Post(department_id="D11"),
    )
    both = STAFF.model_copy(update={"posts": posts})
    assert route("市民窓口課", both, OPERATOR) == [OPERATOR.id]
    assert route("職員課", both, OPERATOR) == [both.id]


def test_an_office_that_is_no_more_is_passed_over() -> None:
    old = Department(id="D99", name="旧課", parent_id="D10", valid_until=DAY)
    assert route_to("旧課", (*DEPARTMENTS, old), EVERYONE, DAY, Role.LEADER).department_id == ""
    assert old not in owners_to_choose((*DEPARTMENTS, old), DAY)
    assert [one.id for one in owners_to_choose(DEPARTMENTS, DAY)] == ["D11", "D21", "D22"]


@pytest.mark.parametrize(
    ("person", "department", "may"),
    [
        (LEADER, "D11", True),
        (MANAGER, "D11", True),
        (STAFF, "D11", False),
        (LEADER, "D21", False),
        (OPERATOR, "D21", True),
        (OPERATOR, "", True),
        (LEADER, "", False),
        (None, "D11", False),
    ],
)
def test_who_may_answer(person: Person | None, department: str, may: bool) -> None:
    assert may_answer(person, department) is may


def test_channels_stand_for_offices() -> None:
    assert read_channels(("職員課=slack/C0123", " 市民窓口課 = slack/G9 ")) == {
        "職員課": ("slack", "C0123"),
        "市民窓口課": ("slack", "G9"),
    }
    for wrong in ("職員課", "=slack/C1", "職員課=mail/C1", "職員課=slack/"):
        with pytest.raises(ValueError, match=re.escape(wrong)):
            read_channels((wrong,))
