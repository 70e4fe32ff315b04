"""Coverage: which 課 have a DX推進リーダー, in how many somebody can work alone, and where that hangs on one person.

Numbers of 課 are those of a round's publication, ranges that are part of its audit; they do not move when somebody's answer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from staff.model import Department, Person, Role
from surveys.disclosure import Publication, Range
from surveys.skills.assessment import Assessment
from surveys.skills.framework import ALONE_LEVEL, Framework


@dataclass(frozen=True)
class LeaderCoverage:
    """Of a 部: how many 課 it has, and the names of those without a DX推進リーダー."""

    division: str
    sections: int
    without: tuple[str, ...]


@dataclass(frozen=True)
class SkillCoverage:
    """Of the city, for one skill: in how many of `sections` 課 somebody is at level 3 or above, and in how many exactly one person.

    As published: ranges, in which the number lies.
    """

    skill: str
    sections: int
    able: Range
    alone: Range


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


def skill_coverage(framework: Framework, publications: Sequence[Publication]) -> list[SkillCoverage]:
    """For each skill whose numbers of 課 were published, in the framework's order; what was renamed is followed."""
    present = {one.question: one for publication in publications for one in publication.present}
    known = framework.carried_over(present)
    return [SkillCoverage(skill, one.sections, one.some, one.alone) for skill, one in known.items()]


def alone_by_division(publications: Sequence[Publication]) -> Mapping[str, Range]:
    """部 (id) → how many (課, skill) pairs hang on one person, as published."""
    return {one.division: one.pairs for publication in publications for one in publication.reliance}


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
