"""Three rounds of self-assessments of the made-up city, with plans and experts. The same seed gives the same city."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol, TypeVar

from staff.calendar import JAPAN, BusinessCalendar
from staff.model import Person
from staff.store import Directory
from surveys.opening import open_with
from surveys.question import Attribute
from surveys.round import Member, Round
from surveys.schedule import plan_round
from surveys.skills.asking import NO, TIER, UNKNOWN, YES, assessment_of, survey_of, tier_of
from surveys.skills.assessment import Assessment, ExpertProfile, PlanItem
from surveys.skills.catalogue import Catalogue, Kind, Session
from surveys.skills.framework import DECLINED, LEVELS, NOT_MY_WORK, Framework, Skill
from surveys.skills.reading import SkillSet, read_skill_set
from surveys.skills.roadmap import plan_roadmap
from surveys.skills.store import SkillStore
from surveys.store import SurveyStore
from surveys.submission import Submission, Value

T = TypeVar("T")
BATCH = 500
DAYS_AGO = (760, 395, 30)
SHARES = (0.58, 0.66, 0.74)
GROWTH = 0.28
_LEAN = {"general": 0.0, "field": -0.5, "leader": 0.9, "manager": 0.5, "expert": 1.7}
_PLANNING_SHARE, _EXPERT_SHARE, _ASIDE_SHARE = 0.3, 0.02, 0.06
_SESSION_DAYS = (9, 23, 44)


class SkillStores(Protocol):
    """What filling needs of the stores."""

    @property
    def surveys(self) -> SurveyStore:
        """Rounds and answers."""

    @property
    def skills(self) -> SkillStore:
        """Assessments and plans."""

    @property
    def directory(self) -> Directory:
        """Who is asked."""

    def transaction(self, work: Callable[[SkillStores], T]) -> T:
        """All of it, or nothing."""


def fill_skills(stores: SkillStores, today: date, seed: int) -> list[tuple[str, int]]:
    """Fill three rounds, as (round, submissions); a city that has skill rounds is left as it is."""
    skill_set = _with_dates(read_skill_set(), today)
    people = stores.directory.list_people()
    if not people or stores.skills.newest_number():
        return []
    stores.skills.add_set(skill_set.model_dump_json(by_alias=True), _at(today))
    filled = [
        _fill(stores, skill_set.framework, people, today - timedelta(days=days), number, seed)
        for number, days in enumerate(DAYS_AGO)
    ]
    _plans_and_experts(stores, skill_set, today, random.Random(f"{seed}/plans"))  # noqa: S311
    return filled


def _fill(
    stores: SkillStores, framework: Framework, people: Sequence[Person], began: date, number: int, seed: int
) -> tuple[str, int]:
    planned = plan_round(survey_of(framework), began, BusinessCalendar())
    planned = planned.model_copy(update={"repeats_from": None})
    opening = open_with(planned, people, stores.directory.list_departments(), (), began)
    stores.surveys.plan_round(planned)
    stores.surveys.open_round(opening.round, opening.members)
    by_id = {person.id: person for person in people}
    chance = random.Random(f"{seed}/{number}")  # noqa: S311
    answering = [member for member in opening.members if chance.random() < SHARES[number]]
    made = [
        _answered(framework, opening.round, member, by_id[member.person_id], number, seed)
        for member in answering
    ]
    for start in range(0, len(made), BATCH):
        stores.transaction(_keep(made[start : start + BATCH]))
    stores.surveys.close_round(planned.id)
    return planned.id, len(made)


def _answered(
    framework: Framework, round_: Round, member: Member, person: Person, number: int, seed: int
) -> tuple[Submission, Assessment]:
    answers = plausible_levels(framework, person, number, seed)
    at = round_.opens_at + (round_.closes_at - round_.opens_at) * 0.3
    known = {
        Attribute.SECTION: member.section_id,
        Attribute.DIVISION: member.division_id,
        Attribute.ROLE: member.role.value,
    }
    submission = Submission(
        round_id=round_.id,
        person_id=person.id,
        revision=1,
        sent_at=at,
        attributes={attribute: known[attribute] for attribute in round_.definition.kept_attributes},
        answers=answers,
    )
    return submission, assessment_of(framework, person, answers, at, round_.id)


def plausible_levels(framework: Framework, person: Person, number: int, seed: int) -> dict[str, Value]:
    """One person's answers in round `number` (0, 1, 2): steady in what they are good at, growing a little with time."""
    steady = random.Random(f"{seed}/{person.id}")  # noqa: S311
    chance = random.Random(f"{seed}/{person.id}/{number}")  # noqa: S311
    tier = tier_of(framework, person)
    if tier == framework.tiers[0].id and steady.random() < 0.18:
        tier = "field"
    base = steady.gauss(0.9, 0.6) + _LEAN.get(tier, 0.0) + GROWTH * number
    answers: dict[str, Value] = {TIER: tier}
    for skill in framework.skills:
        talent = steady.gauss(0.0, 0.6)
        answers[skill.id] = _rated(skill, base + talent, chance)
    return answers


def _rated(skill: Skill, level: float, chance: random.Random) -> Value:
    if skill.checks:
        knows = min(0.97, 0.45 + 0.18 * max(level, 0.0))
        return {
            check.id: (YES if check.answer else NO)
            if chance.random() < knows
            else chance.choice((YES, NO, UNKNOWN))
            for check in skill.checks
        }
    if chance.random() < _ASIDE_SHARE:
        return chance.choice((NOT_MY_WORK, NOT_MY_WORK, DECLINED))
    return str(min(max(round(level + chance.gauss(0.0, 0.3)), LEVELS[0]), LEVELS[-1]))


def _keep(made: Sequence[tuple[Submission, Assessment]]) -> Callable[[SkillStores], None]:
    def work(stores: SkillStores) -> None:
        for submission, assessment in made:
            stores.surveys.keep_submission(submission)
            stores.skills.add_assessment(assessment)

    return work


def _plans_and_experts(stores: SkillStores, skill_set: SkillSet, today: date, chance: random.Random) -> None:
    latest = stores.skills.list_latest()
    plans = list(_plans(latest, skill_set, today, chance))
    experts = list(_experts(latest, chance))

    def work(within: SkillStores) -> None:
        for person_id, items in plans:
            within.skills.save_plan(person_id, items)
        for profile in experts:
            within.skills.save_profile(profile)

    stores.transaction(work)


def _plans(
    latest: Sequence[Assessment], skill_set: SkillSet, today: date, chance: random.Random
) -> Iterator[tuple[str, list[PlanItem]]]:
    framework, catalogue = skill_set.framework, skill_set.catalogue
    for one in latest:
        if chance.random() < _PLANNING_SHARE:
            steps = plan_roadmap(framework, catalogue, one.levels, one.tier).steps[:6]
            ids = dict.fromkeys(step.resource.id for step in steps)
            done = today - timedelta(days=5)
            yield (
                one.person_id,
                [
                    PlanItem(
                        resource_id=id_,
                        accepted_on=today - timedelta(days=20),
                        done_on=done if chance.random() < 0.3 else None,
                    )
                    for id_ in ids
                ],
            )


def _experts(latest: Sequence[Assessment], chance: random.Random) -> Iterator[ExpertProfile]:
    for one in latest:
        best = tuple(skill for skill, level in one.levels.items() if level >= LEVELS[-2])
        if best and chance.random() < _EXPERT_SHARE * 3:
            yield ExpertProfile(person_id=one.person_id, skills=best[:3])


def _with_dates(skill_set: SkillSet, today: date) -> SkillSet:
    """The catalogue with dates and seats for its courses, in the weeks to come."""
    calendar = BusinessCalendar()
    resources = []
    for number, one in enumerate(skill_set.catalogue.resources):
        days = [calendar.on_or_after(today + timedelta(days=ahead + number % 5)) for ahead in _SESSION_DAYS]
        dates = tuple(_session(day, one.hours) for day in days) if one.kind is Kind.COURSE else ()
        resources.append(one.model_copy(update={"sessions": dates}))
    return skill_set.model_copy(update={"catalogue": Catalogue(resources=tuple(resources))})


def _session(day: date, hours: float) -> Session:
    starts_at = datetime.combine(day, time(13, 30), JAPAN)
    return Session(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), place="研修室", seats=30, taken=18
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), JAPAN)
