"""What other domains tell the digest, each by one narrow function."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.services import Services
from knowledge.initiatives.issue import Responses, SurveyLine, TrainingLine
from staff.calendar import date_in_japan
from surveys.definition import Identity
from surveys.round import Round, State

# A 課 smaller than this is not told by itself: too few to hide who has not answered.
LEAST_ASKED = 5


def running_surveys(services: Services, day: date) -> Sequence[SurveyLine]:
    """Rounds that take answers on a day, with how many answered; by 課 only for rounds that are not anonymous."""
    rounds = services.stores.surveys.list_rounds(State.OPEN)
    return [_line(services, one) for one in rounds if date_in_japan(one.closes_at) >= day]


def trainings(services: Services, day: date) -> Sequence[TrainingLine]:  # noqa: ARG001
    """Trainings with a date: nothing in the product enters any yet."""
    return ()


def _line(services: Services, found: Round) -> SurveyLine:
    counts = services.stores.surveys.count_responses(found.id)
    names = {department.id: department.name for department in found.departments}
    anonymous = found.definition.identity is Identity.ANONYMOUS
    rows = tuple(
        Responses(
            department_id=one.section_id,
            name=names.get(one.section_id, one.section_id),
            answered=one.answered,
            asked=one.asked,
        )
        for one in counts
        if one.asked >= LEAST_ASKED and not anonymous
    )
    return SurveyLine(
        id=found.id,
        title=f"{found.definition.title} {found.wave}".strip(),
        closes_on=date_in_japan(found.closes_at),
        answered=sum(one.answered for one in counts),
        asked=sum(one.asked for one in counts),
        rows=rows,
    )
