"""Rounds of surveys by the clock, and answers whose time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.handlers.survey_rounds import run_rounds
from bot.services import Services
from surveys.round import State

__all__ = ["forget_answers", "run_rounds"]


def forget_answers(services: Services) -> Mapping[str, int]:
    """Remove single answers when the time told in the survey is over; published figures stay."""
    now = services.clock()
    over = [
        one.id
        for one in services.stores.surveys.list_rounds(State.CLOSED)
        if one.closes_at + timedelta(days=one.definition.kept_days) <= now
    ]
    return {"answers": sum(services.stores.surveys.forget_answers(round_id) for round_id in over)}
