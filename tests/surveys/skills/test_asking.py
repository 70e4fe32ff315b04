"""The framework as a survey, and answers as assessments."""

from __future__ import annotations

from datetime import UTC, datetime

from staff.model import Person, Post, Role
from surveys.skills.asking import answers_of, assessment_of, survey_of, tier_of
from surveys.skills.assessment import changes
from surveys.skills.reading import read_skill_set
from surveys.submission import Value

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FRAMEWORK = read_skill_set().framework
SURVEY = survey_of(FRAMEWORK)


def person(*roles: Role) -> Person:
    post = Post(department_id="D1", roles=frozenset({Role.STAFF, *roles}))
    return Person(id="001", name="試験", email="a@example.jp", posts=(post,))


def test_it_is_a_named_survey_with_a_page_for_each_area() -> None:
    assert [page.title for page in SURVEY.pages[1:]] == [area.label for area in FRAMEWORK.areas]
    assert SURVEY.identity == "named"
    assert "人事評価・昇任・異動の判断には使いません" in SURVEY.not_used_for
    assert SURVEY.allowed_channels == ("web", "slack", "teams")


def test_checks_take_the_place_of_a_rating() -> None:
    security = FRAMEWORK.by_id["security"]
    right = {check.id: "yes" if check.answer else "no" for check in security.checks}
    told: dict[str, Value] = {
        "security": right,
        "personal-data": {"a": "yes"},
        "sheet": "2",
        "ai": "declined",
    }
    found = assessment_of(FRAMEWORK, person(), told, NOW)
    assert found.levels == {"security": 3, "personal-data": 0, "sheet": 2}
    assert found.answers["ai"] == "declined"
    assert assessment_of(FRAMEWORK, person(), {"security": {}}, NOW).answers == {}


def test_the_tier_is_chosen_or_follows_from_the_role() -> None:
    assert tier_of(FRAMEWORK, person()) == "general"
    assert tier_of(FRAMEWORK, person(Role.LEADER)) == "leader"
    assert tier_of(FRAMEWORK, person(Role.MANAGER), {"tier": "field"}) == "field"
    assert tier_of(FRAMEWORK, person(Role.MANAGER), {"tier": "nobody"}) == "manager"


def test_the_last_answers_are_where_the_next_begin_but_for_checks() -> None:
    before = assessment_of(
        FRAMEWORK,
        person(),
        {"tier": "field", "sheet": "2", "security": {"a": "no"}, "example-tech": "集計"},
        NOW,
    )
    assert before.evidence == {"tech": "集計"}
    assert answers_of(FRAMEWORK, before) == {"tier": "field", "sheet": "2"}


def test_the_change_follows_skills_of_older_versions() -> None:
    now = assessment_of(
        FRAMEWORK, person(), {"improve": "3", "cloud": "1", "network": "2", "sheet": "1"}, NOW
    )
    old = now.model_copy(update={"answers": {"M1": "2", "T4": "2", "sheet": "1"}})
    assert changes(type(now).model_validate(old.model_dump()), now, FRAMEWORK) == {"improve": 1, "cloud": -1}
    assert changes(None, now, FRAMEWORK) == {}
