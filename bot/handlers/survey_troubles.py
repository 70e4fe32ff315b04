"""Rounds that need somebody's eye: closed ones without results, and planned ones that did not open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.handlers.survey_seat import soon
from bot.services import Services
from bot.texts.ja import survey_troubles as texts
from surveys.opening import OpeningError, open_with
from surveys.round import Round, State
from surveys.setbacks import Setback

PATIENCE = timedelta(minutes=15)


def unpublished(round_: Round, times: str = "") -> str:
    """That a round has no results yet; `times` tells how often it was tried."""
    return texts.UNPUBLISHED.format(title=round_.definition.title, id=round_.id, times=times)


def why_unpublished(setback: Setback) -> str:
    """What went wrong, and that nothing is lost."""
    return f"{texts.WHY[setback.why]}{texts.KEPT}"


def stuck_words(setback: Setback) -> str:
    """The same for whoever wants to see the results."""
    return texts.STUCK.format(why=texts.WHY[setback.why], kept=texts.KEPT, when=soon(setback.retry_at))


def what_to_do(setback: Setback) -> str:
    """What デジタル推進室 does about it."""
    done = texts.TO_DO[setback.why].format(id=setback.round_id, detail=setback.detail)
    return done + texts.AGAIN.format(id=setback.round_id, when=soon(setback.retry_at))


def unpublished_lines(services: Services) -> list[str]:
    """One line for each closed round without results: what went wrong, how often it was tried, and what to do."""
    found = [
        (round_, setback)
        for id_, setback in services.stores.publications.list_setbacks().items()
        if (round_ := services.stores.surveys.find_round(id_)) is not None
    ]
    return [
        unpublished(round_, texts.ATTEMPTS.format(count=setback.attempts))
        + why_unpublished(setback)
        + what_to_do(setback)
        for round_, setback in found
    ]


def unopened_lines(services: Services) -> list[str]:
    """One line for each planned round that should be open for a while: why it is not, and what to do."""
    return [
        texts.UNOPENED.format(
            title=one.definition.title,
            id=one.id,
            since=soon(one.opens_at),
            reason=reason_unopened(services, one),
        )
        for one in overdue(services)
    ]


def overdue(services: Services) -> Iterator[Round]:
    """The planned rounds that should be open for a while."""
    latest = services.clock() - PATIENCE
    return (one for one in services.stores.surveys.list_rounds(State.PLANNED) if one.opens_at <= latest)


def reason_unopened(services: Services, planned: Round) -> str:
    """Why a round that is due is not open, with what to do."""
    stores = services.stores
    try:
        open_with(
            planned,
            stores.directory.list_people(),
            stores.directory.list_departments(),
            stores.surveys.list_absent(),
            services.today(),
        )
    except OpeningError as error:
        return f"{error}{texts.UNOPENED_NEXT.format(id=planned.id)}"
    return texts.UNOPENED_WORKER
