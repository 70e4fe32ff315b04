"""What other domains tell the digest, each by one narrow function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from bot.handlers.skills.page import skill_set
from bot.services import Services
from knowledge.initiatives.issue import Responses, SurveyLine, TrainingLine
from staff.calendar import JAPAN, date_in_japan
from surveys.definition import Identity
from surveys.question import THRESHOLD
from surveys.rates import own_rate, shown_rates
from surveys.round import ResponseCount, Round, State
from surveys.skills.catalogue import Resource, Session

AHEAD = timedelta(days=28)


def running_surveys(services: Services, day: date) -> Sequence[SurveyLine]:
    """Rounds that take answers on a day, with how many answered; by 課 only for rounds that are not anonymous."""
    rounds = services.stores.surveys.list_rounds(State.OPEN)
    return [_line(services, one) for one in rounds if date_in_japan(one.closes_at) >= day]


def trainings(services: Services, day: date) -> Sequence[TrainingLine]:
    """Trainings of the catalogue within four weeks that have a seat left, the next first."""
    ids = {one.name: one.id for one in services.stores.directory.list_departments() if one.in_force(day)}
    opens = datetime.combine(day, time(), JAPAN)
    found = [
        (one.starts_at, _training(resource, one, ids))
        for resource in skill_set(services).catalogue.resources
        for one in resource.upcoming(opens)
        if date_in_japan(one.starts_at) <= day + AHEAD and one.left != 0
    ]
    return [line for _, line in sorted(found, key=lambda one: (one[0], one[1].title))]


def _training(resource: Resource, session: Session, ids: Mapping[str, str]) -> TrainingLine:
    begins = session.starts_at.astimezone(JAPAN)
    return TrainingLine(
        on=begins.date(),
        title=resource.title,
        place=session.place,
        begins=f"{begins:%H:%M}",
        left=session.left,
        apply=resource.apply or resource.link,
        department_ids=tuple(ids[name] for name in session.departments if name in ids),
    )


def _line(services: Services, found: Round) -> SurveyLine:
    counts = services.stores.surveys.count_responses(found.id)
    rows = () if found.definition.identity is Identity.ANONYMOUS else tuple(_rows(found, counts))
    return SurveyLine(
        id=found.id,
        title=f"{found.definition.title} {found.wave}".strip(),
        closes_on=date_in_japan(found.closes_at),
        answered=sum(one.answered for one in counts),
        asked=sum(one.asked for one in counts),
        rows=rows,
    )


def _rows(found: Round, counts: Sequence[ResponseCount]) -> Iterator[Responses]:
    """For each 課 the row that 回答の数 shows it: its 部's where a 課 of it is small, or the two would tell that one apart."""
    names = {department.id: department.name for department in found.departments}
    rates = shown_rates(found, counts)
    for one in counts:
        row = own_rate(rates, one.section_id, one.division_id)
        if row is not None and row.asked >= THRESHOLD:
            yield Responses(
                department_id=one.section_id,
                name="・".join(names.get(id_, id_) for id_ in row.departments),
                answered=row.answered,
                asked=row.asked,
            )
