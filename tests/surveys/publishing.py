"""Publishing one round: deciding on every round of a demo city takes half a minute."""

from __future__ import annotations

from functools import partial

from bot.handlers.publishing import told_in
from bot.services import Services
from surveys.publishing import publish_round
from surveys.round import State


def publish_newest(services: Services, survey: str) -> str:
    """Publish the newest closed round of a survey; its id."""
    stores = services.stores
    newest = max(stores.surveys.list_rounds(State.CLOSED, survey), key=lambda one: one.closes_at)
    told = partial(told_in, newest, services)
    assert publish_round(newest, stores.surveys, stores.publications, services.clock(), told)
    return newest.id
