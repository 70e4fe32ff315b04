"""Rounds of the made-up city, with answers as its staff might give them: by the work they do, and by chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Protocol, TypeVar
from zlib import crc32

from staff.calendar import BusinessCalendar
from staff.store import Directory
from surveys.answering import without_hidden
from surveys.loading import load_definition
from surveys.opening import open_with
from surveys.question import Kind, Question
from surveys.round import Member, Round
from surveys.schedule import plan_round
from surveys.store import SurveyStore
from surveys.submission import Submission, Value

T = TypeVar("T")
BATCH = 500
WORKS = ("counter", "field", "planning", "office", "digital")
_REMOTE = {"counter": 0.25, "field": 0.15, "planning": 1.0, "office": 0.8, "digital": 1.2}
_SKIPPED = 0.04
_PILOT_SHARE = 6


class SurveyStores(Protocol):
    """What filling rounds needs of the stores."""

    @property
    def surveys(self) -> SurveyStore:
        """Rounds and answers."""

    @property
    def directory(self) -> Directory:
        """Who is asked."""

    def transaction(self, work: Callable[[SurveyStores], T]) -> T:
        """All of it, or nothing."""


@dataclass(frozen=True)
class _Plan:
    """One round: its survey, how many days ago it began, how many answer, and how much telework has grown by then."""

    survey: str
    days_ago: int
    share: float
    growth: float
    is_over: bool = True


_PLANS = (
    _Plan("telework-usage", 200, 0.62, 0.8),
    _Plan("telework-usage", 110, 0.66, 1.0),
    _Plan("telework-needs", 60, 0.71, 1.0),
    _Plan("open-data-needs", 3, 0.35, 1.0, is_over=False),
)


def fill_rounds(stores: SurveyStores, today: date, seed: int) -> list[tuple[str, int]]:
    """Open, answer and close the demo's rounds, as (round, submissions). A round that is there already is left as it is."""
    calendar = BusinessCalendar()
    return [
        (filled, count)
        for plan in _PLANS
        for filled, count in _fill(stores, plan, today, calendar, random.Random(f"{seed}/{plan}"))  # noqa: S311
    ]


def plausible_answers(
    questions: Sequence[Question], member: Member, chance: random.Random, growth: float = 1.0
) -> dict[str, Value]:
    """Answers of one person. What the work allows, and who cares for a family, run through all of them."""
    work = (
        WORKS[crc32(member.section_id.encode()) % len(WORKS)]
        if chance.random() < 0.8
        else chance.choice(WORKS)
    )
    remote = _REMOTE[work] * growth
    weights = _weights(work, remote, chance)
    return {
        question.id: value
        for question in questions
        if (question.required or chance.random() > _SKIPPED)
        and (value := _answer(question, weights.get(question.id, {}), remote, chance)) is not None
    }


def _fill(
    stores: SurveyStores, plan: _Plan, today: date, calendar: BusinessCalendar, chance: random.Random
) -> Iterator[tuple[str, int]]:
    began = today - timedelta(days=plan.days_ago)
    planned = plan_round(load_definition(plan.survey), began, calendar).model_copy(
        update={"repeats_from": None}
    )
    departments = stores.directory.list_departments()
    sections = sorted(one.id for one in departments if one.parent_id)
    planned = planned.model_copy(update={"pilots": frozenset(sections[::_PILOT_SHARE])})
    opening = open_with(planned, stores.directory.list_people(), departments, (), began)
    if not stores.surveys.plan_round(planned):
        return
    stores.surveys.open_round(opening.round, opening.members)
    answering = [member for member in opening.members if chance.random() < plan.share]
    made = (_submission(opening.round, member, chance, plan.growth) for member in answering)
    while batch := list(islice(made, BATCH)):
        stores.transaction(_keep(batch))
    if plan.is_over:
        stores.surveys.close_round(planned.id)
    yield planned.id, len(answering)


def _keep(batch: Iterable[Submission]) -> Callable[[SurveyStores], None]:
    def work(stores: SurveyStores) -> None:
        for submission in batch:
            stores.surveys.keep_submission(submission)

    return work


def _submission(round_: Round, member: Member, chance: random.Random, growth: float) -> Submission:
    definition = round_.definition
    pilot = 1.6 if member.section_id in round_.pilots else 1.0
    answers = plausible_answers(definition.questions, member, chance, growth * pilot)
    return Submission(
        round_id=round_.id,
        person_id=member.person_id,
        revision=1,
        sent_at=round_.opens_at + (round_.closes_at - round_.opens_at) * chance.random() * 0.3,
        attributes=round_.attributes_of(member),
        answers=without_hidden(definition, answers),
    )


Weights = Mapping[str, float]


def _weights(work: str, remote: float, chance: random.Random) -> dict[str, Weights]:
    """How likely each option is, for the questions where it matters; every other option has weight 1."""
    cares = chance.random()
    care = {"childcare": 6.0 if cares < 0.18 else 0.1, "family_care": 5.0 if 0.14 < cares < 0.27 else 0.1}
    on_site = {"counter": 6.0 if work == "counter" else 0.4, "field": 6.0 if work == "field" else 0.3}
    return {
        "N3": {work: 30},
        "N4": {**care, "consideration": 0.15, "commuting": 1.5, "focus": 1.8 * remote, "none": 2.2},
        "N5": {
            "never": 1.2,
            "impossible": 3 / (remote + 0.3),
            "weekly": 3 * remote,
            "few_weekly": 2 * remote,
            "few_monthly": 2 * remote,
        },
        "N6": {"home": 8, "satellite": 2.5, "other": 0.2},
        "N8": {**on_site, "privacy": 3, "paper": 3, "terminals": 2.2, "phone": 2, "other": 0.3},
        "N9": {"own": 3 * remote, "shared": 3, "none": 3},
        "N10": {"terminal": 3, "licence": 2.5, "residents": on_site["counter"] / 2},
        "U3": {"home": 8, "satellite": 1.5},
        "U5": {"s1": 0.4, "s2": 1, "s3": 4, "s4": 2, "s5": 1},
        "U9": {"less": 1.5, "same": 5, "more": 1},
        "U10": {"unsuitable": 4 / (remote + 0.3), "terminals": 3, "unneeded": 3, "refused": 0.5},
        "U11": {"s1": 0.5, "s2": 1, "s4": 3, "s5": 2},
        "U12": {"more": 3 * remote, "same": 3, "less": 0.6, "never": 1},
        "U13": {**care, "other": 0.4, "none": 3},
        "D1": {"never": 4, "often": 0.6},
    }


def _answer(question: Question, weights: Weights, remote: float, chance: random.Random) -> Value | None:
    match question.type:
        case Kind.SINGLE | Kind.SCALE5:
            return _one(question, weights, chance)
        case Kind.MULTI:
            return _some(question, weights, chance)
        case Kind.MATRIX:
            return {row.id: _one(question, weights, chance) for row in question.rows}
        case Kind.NUMBER:
            return _number(question, remote, chance)
        case _:
            return None  # nobody's words are made up


def _one(question: Question, weights: Weights, chance: random.Random) -> str:
    ids = [option.id for option in question.choices]
    aside = {option.id: 0.3 for option in question.besides}
    return chance.choices(ids, [weights.get(one, aside.get(one, 1.0)) for one in ids])[0]


def _some(question: Question, weights: Weights, chance: random.Random) -> Value:
    """A first choice, and others beside it where it does not stand alone."""
    first = _one(question, weights, chance)
    if first in question.alone:
        return (first,)
    chosen = {first}
    for _ in range(chance.choice((0, 1, 1, 2)) if question.most is None else chance.randrange(question.most)):
        other = _one(question, weights, chance)
        if other not in question.alone:
            chosen.add(other)
    return tuple(option.id for option in question.choices if option.id in chosen)


def _number(question: Question, remote: float, chance: random.Random) -> float:
    """Zero for many; else around what the work allows, within bounds and on a step."""
    least, step = question.minimum or 0.0, question.step or 1.0
    if chance.random() > min(0.9, 0.45 * remote + 0.05):
        return least
    most = question.maximum if question.maximum is not None else 100.0
    steps = round(chance.expovariate(1 / (10 * remote)) / step) + 1
    return min(most, least + steps * step)
