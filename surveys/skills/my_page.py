"""What one person sees of themselves: levels against targets, change, gaps, the way on, and the plan they took on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from surveys.skills.assessment import Assessment, Comment, PlanItem, Training, changes
from surveys.skills.catalogue import Resource
from surveys.skills.framework import Framework, Skill
from surveys.skills.reading import SkillSet
from surveys.skills.roadmap import Gap, Roadmap, list_gaps, plan_roadmap
from surveys.skills.store import SkillStore


@dataclass(frozen=True)
class Bar:
    """One skill: `level` None when it was not rated (`answer` says why, or is empty); `moved` since the last time."""

    skill: Skill
    level: int | None
    answer: str
    target: int
    moved: int


@dataclass(frozen=True)
class PlanStep:
    """A step somebody took on; `resource` None when the catalogue no longer has it."""

    item: PlanItem
    resource: Resource | None


@dataclass(frozen=True)
class MyPage:
    """One person's skills at a glance. `roadmap` leads from here; `plan` is what was taken on."""

    framework: Framework
    assessment: Assessment
    before: Assessment | None
    bars: tuple[Bar, ...]
    gaps: tuple[Gap, ...]
    roadmap: Roadmap
    plan: tuple[PlanStep, ...]
    shared_since: datetime | None
    comments: tuple[Comment, ...]
    trainings: tuple[Training, ...]

    @property
    def reached(self) -> int:
        """How many of the rated skills are at their target."""
        return sum(bar.level is not None and bar.level >= bar.target for bar in self.bars)

    @property
    def rated(self) -> int:
        """How many skills have a level."""
        return sum(bar.level is not None for bar in self.bars)


def my_page(store: SkillStore, skill_set: SkillSet, person_id: str) -> MyPage | None:
    """A person's page; None while they have no assessment."""
    history = store.list_assessments(person_id)
    if not history:
        return None
    framework, now = skill_set.framework, history[0]
    before = history[1] if len(history) > 1 else None
    levels, tier = framework.carried_over(now.levels), _tier(framework, now.tier)
    plan, trainings = store.list_plan(person_id), store.list_trainings(person_id)
    done = [item.resource_id for item in plan if item.done_on]
    attended = [one.resource_id for one in trainings if one.resource_id]
    return MyPage(
        framework=framework,
        assessment=now,
        before=before,
        bars=tuple(_bars(framework, now, before, tier)),
        gaps=tuple(list_gaps(framework, levels, tier)),
        roadmap=plan_roadmap(framework, skill_set.catalogue, levels, tier, {*done, *attended}),
        plan=tuple(PlanStep(item, skill_set.catalogue.by_id.get(item.resource_id)) for item in plan),
        shared_since=store.shared_since(person_id),
        comments=tuple(store.list_comments(person_id)),
        trainings=tuple(trainings),
    )


def _bars(framework: Framework, now: Assessment, before: Assessment | None, tier: str) -> Sequence[Bar]:
    answers, moved = framework.carried_over(now.answers), changes(before, now, framework)
    levels = framework.carried_over(now.levels)
    return [
        Bar(
            skill=skill,
            level=levels.get(skill.id),
            answer=answers.get(skill.id, ""),
            target=skill.targets[tier],
            moved=moved.get(skill.id, 0),
        )
        for skill in framework.skills
    ]


def _tier(framework: Framework, tier: str) -> str:
    """The tier, or the first when the framework no longer has it."""
    tiers = [one.id for one in framework.tiers]
    return tier if tier in tiers else tiers[0]
