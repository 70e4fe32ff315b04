"""The roadmap: which resources, in which order, lead from the levels somebody has to the targets of their tier."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from surveys.skills.catalogue import Catalogue, Raise, Resource
from surveys.skills.framework import Framework, Skill


@dataclass(frozen=True)
class Gap:
    """A skill below its target."""

    skill: Skill
    level: int
    target: int

    @property
    def size(self) -> int:
        """How many levels are missing."""
        return self.target - self.level


@dataclass(frozen=True)
class Gain:
    """A skill that a step takes from one level to another."""

    skill: str
    level: int
    to: int


@dataclass(frozen=True)
class Step:
    """One resource and what it raises at that point of the way."""

    resource: Resource
    gains: tuple[Gain, ...]


@dataclass(frozen=True)
class Roadmap:
    """Steps in order; `missing` is what no resource of the catalogue leads to."""

    steps: tuple[Step, ...]
    missing: tuple[Gain, ...]

    @property
    def hours(self) -> float:
        """How long all steps take, as a guide."""
        return sum(step.resource.hours for step in self.steps)


def list_gaps(framework: Framework, levels: Mapping[str, int], tier: str) -> list[Gap]:
    """Skills with a level below the tier's target, the largest gap first, then in the framework's order."""
    gaps = [
        Gap(skill, levels[skill.id], skill.targets[tier])
        for skill in framework.skills
        if skill.id in levels and levels[skill.id] < skill.targets[tier]
    ]
    return sorted(gaps, key=lambda gap: -gap.size)


def plan_roadmap(
    framework: Framework,
    catalogue: Catalogue,
    levels: Mapping[str, int],
    tier: str,
    avoided: Collection[str] = (),
) -> Roadmap:
    """The way from `levels` (skill → 0..4; skills without an answer are left out) to the targets of `tier`.

    A prerequisite that has no level counts as 0. `avoided`: ids of resources not to be suggested again.
    """
    planner = _Planner(framework, catalogue, dict(levels), frozenset(avoided))
    for gap in list_gaps(framework, levels, tier):
        planner.reach(gap.skill.id, gap.target)
    return Roadmap(tuple(planner.steps), _missing(framework, planner.levels, levels, tier))


def _missing(
    framework: Framework, reached: Mapping[str, int], levels: Mapping[str, int], tier: str
) -> tuple[Gain, ...]:
    return tuple(
        Gain(gap.skill.id, reached[gap.skill.id], gap.target)
        for gap in list_gaps(framework, levels, tier)
        if reached[gap.skill.id] < gap.target
    )


@dataclass
class _Planner:
    framework: Framework
    catalogue: Catalogue
    levels: dict[str, int]
    avoided: frozenset[str]
    steps: list[Step] = field(default_factory=list)
    under_way: set[tuple[str, int]] = field(default_factory=set)

    def reach(self, skill: str, target: int) -> bool:
        """Add steps until the skill is at `target`; as far as the catalogue leads when it does not lead there."""
        if (skill, target) in self.under_way:  # a resource that leads too far may need what it is wanted for
            return self.level(skill) >= target
        self.under_way.add((skill, target))
        try:
            while self.level(skill) < target:
                if not any(
                    self._take(resource, one, skill) for resource, one in self._options(skill, target)
                ):
                    return False
            return True
        finally:
            self.under_way.discard((skill, target))

    def level(self, skill: str) -> int:
        """The level at this point of the way."""
        return self.levels.get(skill, 0)

    def _options(self, skill: str, target: int) -> Sequence[tuple[Resource, Raise]]:
        """What raises the skill now: what stays within the target first, then what leads furthest in the least time.

        What is on the way already comes last: done again, when nothing else leads on.
        """
        level = self.level(skill)
        found = [
            (resource, one)
            for resource in self.catalogue.by_skill.get(skill, ())
            if resource.id not in self.avoided
            for one in resource.raises
            if one.skill == skill and one.from_ <= level < one.to
        ]
        return sorted(
            found,
            key=lambda option: (
                self._is_taken(option[0]),
                option[1].to > target,
                -option[1].to,
                option[0].hours,
                option[0].id,
            ),
        )

    def _is_taken(self, resource: Resource) -> bool:
        return any(step.resource.id == resource.id for step in self.steps)

    def _take(self, resource: Resource, one: Raise, skill: str) -> bool:
        """Add the resource, with what it needs before it; nothing is added when that cannot be reached."""
        before = dict(self.levels), list(self.steps)
        for need in self.framework.by_id[skill].needs(one.to):
            if not self.reach(need.skill, need.level):
                self.levels, self.steps = before
                return False
        self._add(resource)
        return True

    def _add(self, resource: Resource) -> None:
        if gains := tuple(self._gains(resource)):
            self.levels.update({gain.skill: gain.to for gain in gains})
            self.steps.append(Step(resource, gains))

    def _gains(self, resource: Resource) -> Iterator[Gain]:
        """What the resource raises now. Where a prerequisite is open it raises nothing: that is not its turn."""
        for one in resource.raises:
            skill, level = self.framework.by_id.get(one.skill), self.level(one.skill)
            if skill is None or not one.from_ <= level < one.to:
                continue
            if all(self.level(need.skill) >= need.level for need in skill.needs(one.to)):
                yield Gain(one.skill, level, one.to)
