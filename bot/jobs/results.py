"""Publishes the results of closed rounds, and lets go of the answers of closing in time."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from bot.faults import report
from bot.handlers.publishing import told_in
from bot.services import Services
from staff.privacy.holding import is_held
from surveys.publishing import forget_old_answers, publish_round
from surveys.round import State

log = logging.getLogger(__name__)


def publish_results(services: Services) -> Mapping[str, int]:
    """Publish every closed round that is not published; two workers publish it once."""
    stores, now = services.stores, services.clock()
    published = 0
    for round_ in stores.surveys.list_rounds(State.CLOSED):
        try:
            published += publish_round(
                round_,
                stores.surveys,
                stores.publications,
                now,
                partial(told_in, round_, services),
                partial(_tell, round_.id),
            )
        except Exception as error:  # one round that cannot be counted holds no other up
            report(f"results of {round_.id}", error)
    return {
        "published": published,
        "answers forgotten": forget_old_answers(
            stores.surveys,
            stores.publications,
            now,
            lambda round_id: is_held(stores.records, "answers", round_id),
        ),
    }


def _tell(round_id: str, done: int, questions: int) -> None:
    log.info("results of %s: %d of %d questions decided", round_id, done, questions)
