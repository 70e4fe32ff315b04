"""Self-assessments: what one person answered at one time, kept so that change can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from surveys.skills.framework import DECLINED, NOT_MY_WORK, Framework, Frozen

Answer = Literal["0", "1", "2", "3", "4", "not_my_work", "declined"]
WITHOUT_LEVEL = (NOT_MY_WORK, DECLINED)


class Assessment(Frozen):
    """One person's answers by skill id. `framework` is the version they were asked by; `tier` whose targets count;
    `department_id` where they worked then, so that history stays with the 課 of its time.

    `evidence` holds examples of what somebody did, by area, where they wanted to give one. A skill without an answer was left out.
    """

    person_id: str
    framework: str
    tier: str
    department_id: str = ""
    at: AwareDatetime
    answers: Mapping[str, Answer]
    evidence: Mapping[str, Annotated[str, Field(max_length=300)]] = {}
    round_id: str = ""

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The levels by skill, of the answers that have one."""
        return {skill: int(answer) for skill, answer in self.answers.items() if answer not in WITHOUT_LEVEL}


class PlanItem(Frozen):
    """A step of somebody's roadmap that they took on, and when it was done."""

    resource_id: str
    accepted_on: date
    done_on: date | None = None


class Comment(Frozen):
    """What a 所属長 wrote to somebody who shared their levels; never a level."""

    person_id: str
    by: str
    at: AwareDatetime
    text: Annotated[str, Field(min_length=1, max_length=1000)]


class Training(Frozen):
    """A training somebody attended (研修受講履歴). `resource_id` is empty when the catalogue does not have it."""

    person_id: str
    title: Annotated[str, Field(min_length=1, max_length=200)]
    attended_on: date
    resource_id: str = ""


class ExpertProfile(Frozen):
    """Somebody who is glad to be asked: the skills they chose to show, and a line in their own words.

    `waiting`: skills that are shown once it is certain that they open nothing of the newest published round, each with the
    round in which they would (empty: not looked at yet).
    """

    person_id: str
    skills: tuple[str, ...]
    waiting: Mapping[str, str] = {}
    words: Annotated[str, Field(max_length=200)] = ""

    @property
    def shown_words(self) -> str:
        """The words, once every skill offered is shown: they may name one that waits."""
        return "" if self.waiting else self.words


def changes(before: Assessment | None, now: Assessment, framework: Framework) -> Mapping[str, int]:
    """By how many levels each skill moved since `before`, of those that moved; what was renamed or split is followed."""
    if before is None:
        return {}
    old, new = framework.carried_over(before.levels), framework.carried_over(now.levels)
    moved = {skill: level - old[skill] for skill, level in new.items() if skill in old}
    return {skill: by for skill, by in moved.items() if by}
