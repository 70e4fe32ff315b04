"""Coverage: which 課 have a DX推進リーダー, in how many somebody can work alone, and where that hangs on one person.

Numbers of 課, never of people; where a city or 部 has too few 課 for a number to say nothing of one of them, it is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from staff.model import Department, Person, Role
from surveys.skills.assessment import Assessment
from surveys.skills.framework import Framework

ALONE_LEVEL = 3
FEWEST_SECTIONS = 10


@dataclass(frozen=True)
class LeaderCoverage:
    """Of a 部: how many 課 it has, and the names of those without a DX推進リーダー."""

    division: str
    sections: int
    without: tuple[str, ...]


@dataclass(frozen=True)
class SkillCoverage:
    """Of the city, for one skill: in how many 課 somebody is at level 3 or above, and in how many exactly one person is."""

    skill: str
    able: int
    alone: int


@dataclass(frozen=True)
class Alone:
    """For 職員課 only: the one person of a 課 who can do something alone."""

    skill: str
    section_id: str
    person_id: str


def leader_coverage(departments: Sequence[Department], people: Iterable[Person]) -> list[LeaderCoverage]:
    """By 部 in the city's order; 兼務 counts in every 課."""
    led = {post.department_id for person in people for post in person.posts if Role.LEADER in post.roles}
    found = []
    for division in (one for one in departments if one.parent_id is None):
        sections = [one for one in departments if one.parent_id == division.id]
        without = tuple(one.name for one in sections if one.id not in led)
        if sections:
            found.append(LeaderCoverage(division.name, len(sections), without))
    return found


def skill_coverage(framework: Framework, latest: Sequence[Assessment]) -> list[SkillCoverage] | None:
    """For each skill, over the newest assessment of everybody; None where too few 課 have any."""
    by_section = _able(framework, latest)
    if len({one.department_id for one in latest}) < FEWEST_SECTIONS:
        return None
    return [
        SkillCoverage(
            skill.id,
            able=len(by_section[skill.id]),
            alone=sum(len(people) == 1 for people in by_section[skill.id].values()),
        )
        for skill in framework.skills
    ]


def alone_by_division(
    framework: Framework, latest: Sequence[Assessment], departments: Sequence[Department]
) -> Mapping[str, int]:
    """部 (id) → number of (課, skill) pairs that hang on one person; 部 with too few answering 課 are left out."""
    parents = {one.id: one.parent_id or one.id for one in departments}
    answering: dict[str, set[str]] = {}
    for one in latest:
        answering.setdefault(parents.get(one.department_id, ""), set()).add(one.department_id)
    found: Counter[str] = Counter()
    for sections in _able(framework, latest).values():
        for section, people in sections.items():
            found[parents.get(section, "")] += len(people) == 1
    return {
        division: found[division]
        for division, sections in answering.items()
        if division and len(sections) >= FEWEST_SECTIONS
    }


def list_alone(framework: Framework, latest: Sequence[Assessment]) -> list[Alone]:
    """Whom a 課 would miss, by skill and 課."""
    return [
        Alone(skill, section, people[0])
        for skill, sections in _able(framework, latest).items()
        for section, people in sorted(sections.items())
        if len(people) == 1
    ]


def _able(framework: Framework, latest: Sequence[Assessment]) -> dict[str, dict[str, list[str]]]:
    """Skill → 課 → who is at level 3 or above."""
    found: dict[str, dict[str, list[str]]] = {skill.id: {} for skill in framework.skills}
    for one in latest:
        for skill, level in framework.carried_over(one.levels).items():
            if level >= ALONE_LEVEL:
                found[skill].setdefault(one.department_id, []).append(one.person_id)
    return found
