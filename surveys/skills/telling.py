"""What experts tell of themselves: whoever is glad to be asked about a skill is taken for known at their level in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from surveys.disclosure import Told
from surveys.question import Attribute
from surveys.skills.assessment import ExpertProfile
from surveys.skills.store import SkillStore
from surveys.store import SurveyStore


def told_by_experts(round_id: str, skills: SkillStore, surveys: SurveyStore) -> Told:
    """What all profiles tell of a round, those included that wait to be shown."""
    asked = {one.person_id: {*one.skills, *one.waiting} for one in skills.list_profiles()}
    return told_by(asked, round_id, surveys)


def told_with(
    profiles: Iterable[ExpertProfile], one: ExpertProfile, skill: str, round_id: str, surveys: SurveyStore
) -> Told | None:
    """What is told once `one` shows a skill beside all that is shown; None where that tells nothing more of the round."""
    shown = {each.person_id: {*each.skills} for each in profiles}
    before = told_by(shown, round_id, surveys)
    after = told_by(shown | {one.person_id: {*one.skills, skill}}, round_id, surveys)
    return None if after == before else after


def told_by(shown: Mapping[str, Collection[str]], round_id: str, surveys: SurveyStore) -> Told:
    """By skill, 課 and answer: how many of the round's respondents show that skill. More than they tell: a profile has no level."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for sheet in surveys.list_sheets(round_id) if shown else ():
        section = sheet.attributes.get(Attribute.SECTION, "")
        for skill in shown.get(sheet.person_id, ()):
            answer = sheet.answers.get(skill)
            if isinstance(answer, str):
                here = found.setdefault(skill, {}).setdefault(section, {})
                here[answer] = here.get(answer, 0) + 1
    return found
