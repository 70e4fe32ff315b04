"""The framework as a survey, and what was answered as an assessment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.texts.ja import skill_survey as texts
from staff.model import Person, Role
from surveys.definition import Definition
from surveys.skills.assessment import Assessment
from surveys.skills.framework import ALONE_LEVEL, DECLINED, LEVELS, NOT_MY_WORK, Area, Framework, Skill
from surveys.submission import Value

SURVEY_ID = "skills"
TIER = "tier"
YES, NO, UNKNOWN = "yes", "no", "unknown"
KEPT_DAYS = 5 * 366
MINUTES = 5
"""Of a first time, each skill read up to the level after one's own (`python -m bench skills-minutes`)."""
_TIER_OF_ROLE = {Role.MANAGER: "manager", Role.LEADER: "leader"}


def survey_of(framework: Framework) -> Definition:
    """The self-assessment as a named survey: a page for each area, a question for each skill, anchors as options."""
    return Definition.model_validate(
        {
            "id": SURVEY_ID,
            "title": framework.title,
            "purpose": texts.PURPOSE,
            "readers": texts.READERS,
            "not_used_for": texts.NOT_USED_FOR,
            "contact": texts.CONTACT,
            "kept_days": KEPT_DAYS,
            "minutes": MINUTES,
            "identity": "named",
            "share": "readers",
            "breakdowns": [TIER],
            "questions": [_tier_question(framework), *_questions(framework)],
        }
    )


def assessment_of(
    framework: Framework, person: Person, answers: Mapping[str, Value], at: datetime, round_id: str = ""
) -> Assessment:
    """What somebody answered to `survey_of(framework)`."""
    told = {skill.id: answer for skill in framework.skills if (answer := _answer(skill, answers))}
    examples = {
        area.id: text for area in framework.areas if (text := str(answers.get(_example(area), "")).strip())
    }
    return Assessment.model_validate(
        {
            "person_id": person.id,
            "framework": framework.version,
            "tier": tier_of(framework, person, answers),
            "department_id": person.department_id,
            "at": at,
            "answers": told,
            "evidence": examples,
            "round_id": round_id,
        }
    )


def answers_of(framework: Framework, assessment: Assessment) -> dict[str, Value]:
    """An assessment as answers to begin from: what was rated; knowledge is checked anew each time."""
    carried = framework.carried_over(assessment.answers)
    rated = {
        skill.id: str(carried[skill.id])
        for skill in framework.skills
        if skill.id in carried and not skill.checks
    }
    return {TIER: assessment.tier, **rated}


def tier_of(framework: Framework, person: Person, answers: Mapping[str, Value] | None = None) -> str:
    """The tier somebody chose, else the one that their role in the directory says, else the first."""
    tiers = [tier.id for tier in framework.tiers]
    guessed = _TIER_OF_ROLE.get(person.main_role, "")
    return next(tier for tier in ((answers or {}).get(TIER), guessed, tiers[0]) if tier in tiers)


def common_target(framework: Framework, skill: Skill) -> int:
    """The level asked of the first tier, the one of most people; at least 1, so that it parts them."""
    return max(1, skill.targets[framework.tiers[0].id])


def _parts(wanted: int) -> tuple[tuple[str, range], tuple[str, range]]:
    """The levels below and from that one on: how tables by 課 put them together."""
    return (texts.BELOW, LEVELS[:wanted]), (texts.REACHED, LEVELS[wanted:])


def _tier_question(framework: Framework) -> dict[str, Any]:
    return {
        "id": TIER,
        "type": "single",
        "text": texts.TIER,
        "hint": texts.TIER_HINT,
        "options": [{"id": tier.id, "label": tier.label} for tier in framework.tiers],
    }


def _questions(framework: Framework) -> Iterator[dict[str, Any]]:
    for area in framework.areas:
        page = {"page": area.label}
        yield from (_question(framework, skill) | page for skill in framework.in_area(area.id))
        yield {
            "id": _example(area),
            "type": "short_text",
            "text": texts.EXAMPLE,
            "hint": texts.EXAMPLE_HINT,
            "max_length": 300,
        } | page


def _question(framework: Framework, skill: Skill) -> dict[str, Any]:
    if skill.checks:
        return {
            "id": skill.id,
            "type": "matrix",
            "text": texts.check(skill.name),
            "hint": texts.CHECK_HINT,
            "rows": [{"id": check.id, "label": check.text} for check in skill.checks],
            "options": [{"id": YES, "label": texts.YES}, {"id": NO, "label": texts.NO}],
            "besides": [{"id": UNKNOWN, "label": texts.UNKNOWN}],
        }
    return {
        "id": skill.id,
        "type": "single",
        "text": skill.name,
        "options": [
            {"id": str(level), "label": texts.anchor(level, anchor)}
            for level, anchor in enumerate(skill.anchors)
        ],
        "by_section": [
            {"label": label, "options": [str(level) for level in levels]}
            for label, levels in _parts(common_target(framework, skill))
        ],
        "somebody": [str(level) for level in LEVELS[ALONE_LEVEL:]],
        "besides": [
            {"id": NOT_MY_WORK, "label": texts.NOT_MY_WORK},
            {"id": DECLINED, "label": texts.DECLINED},
        ],
    }


def _answer(skill: Skill, answers: Mapping[str, Value]) -> str:
    answer = answers.get(skill.id, "")
    if not skill.checks:
        return answer if isinstance(answer, str) else ""
    if not isinstance(answer, Mapping) or not answer:
        return ""
    right = sum(answer.get(check.id) == (YES if check.answer else NO) for check in skill.checks)
    return str(skill.level_by_checks(right))


def _example(area: Area) -> str:
    return f"example-{area.id}"
