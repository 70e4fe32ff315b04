"""What experts tell of themselves: whoever is glad to be asked about a skill is taken for known at their level in it."""

from __future__ import annotations

from surveys.disclosure import Told
from surveys.question import Attribute
from surveys.skills.store import SkillStore
from surveys.store import SurveyStore


def told_by_experts(round_id: str, skills: SkillStore, surveys: SurveyStore) -> Told:
    """By skill, 課 and answer: how many of the round's respondents show that skill. More than they tell: a profile has no level."""
    shown = {profile.person_id: profile.skills for profile in skills.list_profiles()}
    found: dict[str, dict[str, dict[str, int]]] = {}
    for sheet in surveys.list_sheets(round_id) if shown else ():
        section = sheet.attributes.get(Attribute.SECTION, "")
        for skill in shown.get(sheet.person_id, ()):
            answer = sheet.answers.get(skill)
            if isinstance(answer, str):
                here = found.setdefault(skill, {}).setdefault(section, {})
                here[answer] = here.get(answer, 0) + 1
    return found
