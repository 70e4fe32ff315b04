"""Publishes the results of closed rounds, and lets go of the answers of closing in time."""

from __future__ import annotations

from collections.abc import Mapping

from bot.faults import report
from bot.services import Services
from surveys.publishing import forget_old_answers, publish_round
from surveys.round import State


def publish_results(services: Services) -> Mapping[str, int]:
    """Publish every closed round that is not published; two workers publish it once."""
    stores, now = services.stores, services.clock()
    published = 0
    for round_ in stores.surveys.list_rounds(State.CLOSED):
        try:
            published += publish_round(round_, stores.surveys, stores.publications, now)
        except Exception as error:  # one round that cannot be counted holds no other up
            report(f"results of {round_.id}", error)
    return {
        "published": published,
        "answers forgotten": forget_old_answers(stores.surveys, stores.publications, now),
    }
