"""育成計画: how many people of a tier are to be at a level by 年度, and how many the published rounds show.

    plan = read_plan(stores.skills, stores.surveys, stores.publications, today)
    for line in plan.lines: line.tier, line.skill, line.level, line.cells[k] (of plan.years[k]): target, actual, seen

The whole plan has a line for each tier (`skill` "", level 0: everybody of the tier) and, skill by skill, a line for each tier and
level from 1 to 4: people of the tier at that level *or above*. Actual numbers count who answered the self-assessment; they are
read from publications, never from answers, so what disclosure control hid stays hidden (`seen` HIDDEN, `actual` None).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Protocol

from pydantic import Field

from staff.calendar import date_in_japan, fiscal_year
from surveys.disclosure import CITY, Publication, Table
from surveys.publishing import Publications
from surveys.round import Round, State
from surveys.skills.asking import SURVEY_ID, TIER
from surveys.skills.city_map import Seen, at_least
from surveys.skills.framework import LEVELS, Framework, Frozen, LevelNumber, Skill
from surveys.skills.reading import SkillSets, skill_set_in_use

MOST_PEOPLE = 100_000
EVERY_SKILL = ""
_YEARS_AHEAD = 2


class Goal(Frozen):
    """`people` of a tier at `level` or above in a skill by the end of 年度 `year` (of its April); without a skill, of the tier at all."""

    year: int
    tier: str
    skill: str = EVERY_SKILL
    level: LevelNumber = 0
    people: Annotated[int, Field(ge=0, le=MOST_PEOPLE)]


class DevelopmentGoals(Protocol):
    """The targets the city set itself. No personal data."""

    def save_goals(self, year: int, skill: str, goals: Sequence[Goal]) -> None:
        """The goals of a 年度 for a skill (or, with an empty one, for tiers at all), in the place of the earlier ones."""

    def list_goals(self) -> Sequence[Goal]:
        """All, by 年度."""


class PlanStores(DevelopmentGoals, SkillSets, Protocol):
    """Goals beside the framework in use."""


class Rounds(Protocol):
    """The rounds of surveys."""

    def list_rounds(self, state: State | None = None, survey_id: str | None = None) -> Sequence[Round]:
        """Rounds in a state, of a survey."""


@dataclass(frozen=True)
class PlanCell:
    """One 年度 of a line. `seen`: SHOWN with `actual`, HIDDEN, or BLANK where no round of that 年度 is published."""

    target: int | None
    actual: int | None
    seen: Seen


@dataclass(frozen=True)
class PlanLine:
    """People of a tier at `level` or above in `skill`; a cell for each year of the plan."""

    tier: str
    skill: str
    level: int
    cells: tuple[PlanCell, ...]


@dataclass(frozen=True)
class DevelopmentPlan:
    """`years` are 年度 by the year of their April, rising."""

    framework: Framework
    years: tuple[int, ...]
    lines: tuple[PlanLine, ...]

    def of_skill(self, skill: str) -> tuple[PlanLine, ...]:
        """The lines of one skill; of the tiers at all when it is empty."""
        return tuple(line for line in self.lines if line.skill == skill)


def read_plan(skills: PlanStores, rounds: Rounds, publications: Publications, today: date) -> DevelopmentPlan:
    """The whole plan, from the first 年度 with a published round or a goal to two 年度 ahead of `today`."""
    framework, goals = skill_set_in_use(skills).framework, skills.list_goals()
    measured = _by_year(rounds.list_rounds(State.CLOSED, SURVEY_ID), publications)
    this = fiscal_year(today)
    known = {*measured, *(goal.year for goal in goals), *range(this, this + _YEARS_AHEAD + 1)}
    years = tuple(range(min(known), max(known) + 1))
    targets = {(goal.year, goal.tier, goal.skill, goal.level): goal.people for goal in goals}
    lines = [
        PlanLine(
            tier,
            skill.id if skill else EVERY_SKILL,
            level,
            tuple(_cell(year, tier, skill, level, measured.get(year), targets) for year in years),
        )
        for tier, skill, level in _places(framework)
    ]
    return DevelopmentPlan(framework, years, tuple(lines))


def rated_skills(framework: Framework) -> list[Skill]:
    """Skills that have goals by level; what is checked by ○× items is published by item and has no levels."""
    return [skill for skill in framework.skills if not skill.checks]


def _places(framework: Framework) -> Iterator[tuple[str, Skill | None, int]]:
    yield from ((tier.id, None, 0) for tier in framework.tiers)
    for skill in rated_skills(framework):
        yield from ((tier.id, skill, level) for tier in framework.tiers for level in LEVELS[1:])


def _by_year(rounds: Iterable[Round], publications: Publications) -> Mapping[int, Sequence[Table]]:
    """The tables of the last published round that closed in each 年度."""
    found: dict[int, Sequence[Table]] = {}
    for round_ in sorted(rounds, key=lambda one: one.closes_at):
        if published := publications.list_publications(round_.id):
            found[fiscal_year(date_in_japan(round_.closes_at))] = _tables(published)
    return found


def _tables(publications: Iterable[Publication]) -> Sequence[Table]:
    return [table for one in publications for table in one.tables if table.by in ((TIER,), (CITY,))]


def _cell(
    year: int,
    tier: str,
    skill: Skill | None,
    level: int,
    tables: Sequence[Table] | None,
    targets: Mapping[tuple[int, str, str, int], int],
) -> PlanCell:
    target = targets.get((year, tier, skill.id if skill else EVERY_SKILL, level))
    if tables is None:
        return PlanCell(target, None, Seen.BLANK)
    actual = _of_tier(tables, tier) if skill is None else _at_level(tables, tier, skill, level)
    return PlanCell(target, actual, Seen.HIDDEN if actual is None else Seen.SHOWN)


def _of_tier(tables: Sequence[Table], tier: str) -> int | None:
    table = next((one for one in tables if one.question == TIER and one.by == (CITY,)), None)
    if table is None or tier not in table.columns:
        return None
    return next((row.cells[table.columns.index(tier)].value for row in table.rows), None)


def _at_level(tables: Sequence[Table], tier: str, skill: Skill, level: int) -> int | None:
    """From the table of the skill by tier, under whichever id the round asked for it."""
    ids = (skill.id, *skill.was)
    for table in sorted(tables, key=lambda one: ids.index(one.question) if one.question in ids else len(ids)):
        if table.question in ids and table.by == (TIER,):
            row = next((one for one in table.rows if one.members == (tier,)), None)
            return at_least(table, row, level) if row else None
    return None
