"""The framework: skills with an anchor for each level, targets for each tier, prerequisites, and knowledge checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.texts.ja import skills as texts

T = TypeVar("T")
LEVELS = range(5)
HIGHEST_BY_CHECK = 3
ALONE_LEVEL = 3
"""From this level on somebody does it alone."""
_AnchorText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=75)]
LevelNumber = Annotated[int, Field(ge=0, le=4)]

NOT_MY_WORK, DECLINED = "not_my_work", "declined"
"""Answers without a level: 担当業務にない and 答えたくない."""


class Frozen(BaseModel):
    """A value as people write it, with no field we do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Level(Frozen):
    """What a level is called everywhere."""

    level: LevelNumber
    label: Label


class Tier(Frozen):
    """A group of staff with targets of its own."""

    id: Id
    label: Label


class Area(Frozen):
    """A group of skills: one page of the assessment."""

    id: Id
    label: Label


class Check(Frozen):
    """A ○× item. `why` is shown afterwards, whatever was answered."""

    id: Id
    text: _AnchorText
    answer: bool
    why: str = Field(min_length=1)


class Requirement(Frozen):
    """To reach level `from_` of the skill that names it (or more), one needs `level` of `skill` first."""

    skill: Id
    level: Annotated[int, Field(ge=1, le=4)]
    from_: Annotated[int, Field(ge=1, le=4, alias="from")]


class Skill(Frozen):
    """One skill. `anchors` say what somebody at each level does; `was` names the ids it had in earlier versions."""

    id: Id
    area: Id
    name: Label
    anchors: tuple[_AnchorText, ...]
    targets: Mapping[str, LevelNumber]
    was: tuple[str, ...] = ()
    dss: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    checks: tuple[Check, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Skill:
        if len(self.anchors) != len(LEVELS):
            raise ValueError(texts.anchors_wanted(self.name, len(self.anchors)))
        if self.checks and max(self.targets.values(), default=0) > HIGHEST_BY_CHECK:
            raise ValueError(texts.target_beyond_check(self.name, HIGHEST_BY_CHECK))
        if len({check.id for check in self.checks}) < len(self.checks):
            raise ValueError(texts.checks_twice(self.name))
        return self

    def needs(self, level: int) -> Iterator[Requirement]:
        """What one needs before reaching that level."""
        return (one for one in self.requires if one.from_ <= level)

    def level_by_checks(self, correct: int) -> int:
        """The level that so many right answers show: all of them the highest a check can show, half of them 1."""
        wrong = len(self.checks) - correct
        return max(0, HIGHEST_BY_CHECK - wrong)


class Framework(Frozen):
    """A version of the framework. Skills no longer asked for stand in `retired`, so that none vanishes unsaid."""

    id: Id
    version: Label
    title: Label
    levels: tuple[Level, ...]
    tiers: tuple[Tier, ...]
    areas: tuple[Area, ...]
    skills: Annotated[tuple[Skill, ...], Field(min_length=1)]
    retired: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Framework:
        problems = [*_twice(self), *_levels(self), *_unknown(self), *_circular(self)]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    @cached_property
    def by_id(self) -> Mapping[str, Skill]:
        """The skills by id."""
        return {skill.id: skill for skill in self.skills}

    def in_area(self, area: str) -> tuple[Skill, ...]:
        """The skills of an area, in order."""
        return tuple(skill for skill in self.skills if skill.area == area)

    def carried_over(self, values: Mapping[str, T]) -> dict[str, T]:
        """What is known by the ids of an earlier version, under the ids of this one; both halves of a split get it."""
        found: dict[str, T] = {}
        for skill in self.skills:
            known = next((id_ for id_ in (skill.id, *skill.was) if id_ in values), None)
            if known is not None:
                found[skill.id] = values[known]
        return found

    def label(self, level: int | None) -> str:
        """What a level is called; 未回答 without one."""
        return texts.NO_LEVEL if level is None else self.levels[level].label


def vanished(new: Framework, old: Framework) -> list[str]:
    """Ids of the old version that the new one neither has, nor names as what a skill was, nor retires."""
    kept = {*new.by_id, *new.retired, *(id_ for skill in new.skills for id_ in skill.was)}
    return [skill.id for skill in old.skills if skill.id not in kept]


def _twice(framework: Framework) -> Iterator[str]:
    for kind, ids in (
        (texts.SKILL, [skill.id for skill in framework.skills]),
        (texts.TIER, [tier.id for tier in framework.tiers]),
        (texts.AREA, [area.id for area in framework.areas]),
    ):
        yield from (texts.id_twice(kind, id_) for id_ in dict.fromkeys(ids) if ids.count(id_) > 1)


def _levels(framework: Framework) -> Iterator[str]:
    if [one.level for one in framework.levels] != list(LEVELS):
        yield texts.LEVELS_WANTED


def _unknown(framework: Framework) -> Iterator[str]:
    areas = {area.id for area in framework.areas}
    tiers = {tier.id for tier in framework.tiers}
    for skill in framework.skills:
        if skill.area not in areas:
            yield texts.unknown_area(skill.name, skill.area)
        if wrong := sorted(set(skill.targets) ^ tiers):
            yield texts.targets_differ(skill.name, wrong)
        for one in skill.requires:
            if one.skill not in framework.by_id:
                yield texts.unknown_requirement(skill.name, one.skill)


def _circular(framework: Framework) -> Iterator[str]:
    """Prerequisites that need each other, looked at level by level."""
    graph: TopologicalSorter[tuple[str, int]] = TopologicalSorter()
    for skill in framework.skills:
        for level in range(1, len(LEVELS)):
            below = [(skill.id, level - 1)] if level > 1 else []
            graph.add((skill.id, level), *below, *((one.skill, one.level) for one in skill.needs(level)))
    try:
        graph.prepare()
    except CycleError as error:
        names = [framework.by_id[id_].name for id_, _ in error.args[1] if id_ in framework.by_id]
        yield texts.circular(list(dict.fromkeys(names)))
