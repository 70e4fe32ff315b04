"""Rounds of surveys by the clock, and answers whose time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.handlers.survey_rounds import run_rounds
from bot.jobs.retention import TERM
from bot.services import Services, Stores
from staff.privacy.erasing import prove
from staff.privacy.holding import is_held
from surveys.round import State

__all__ = ["forget_answers", "run_rounds"]


def forget_answers(services: Services) -> Mapping[str, int]:
    """Remove single answers when the time told in the survey is over; published figures stay."""
    now = services.clock()
    over = [
        one.id
        for one in services.stores.surveys.list_rounds(State.CLOSED)
        if one.closes_at + timedelta(days=one.definition.kept_days) <= now
        and not is_held(services.stores.records, "answers", one.id)
    ]
    return {"answers": sum(_forget(services, round_id, now) for round_id in over)}


def _forget(services: Services, round_id: str, now: datetime) -> int:
    """Remove the answers of one round, look whether any is left, and keep a proof of both."""

    def work(stores: Stores) -> int:
        removed = stores.surveys.forget_answers(round_id)
        if removed:
            prove(stores, "answers", TERM, removed, len(stores.surveys.list_sheets(round_id)), now)
        return removed

    return services.stores.transaction(work)
