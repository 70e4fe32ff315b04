"""Publishes the results of closed rounds, and lets go of the answers of closing in time."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial

from bot.faults import report
from bot.handlers.notices import tell_operators
from bot.handlers.publishing import told_in
from bot.handlers.survey_results import RESULTS_STUCK
from bot.jobs.apart import Apart, Stopped
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.texts.ja import results as texts
from staff.privacy.holding import is_held
from surveys.disclosure import Declared, Progress, Publication, PublicKnowledge, Refusal, publish
from surveys.disclosure.microdata import Microdata, Presence
from surveys.publishing import Decide, forget_old_answers, publish_round
from surveys.round import Round, State

APART = Apart()
log = logging.getLogger(__name__)


def publish_results_apart(services: Services) -> Mapping[str, int]:
    """The same with the audit in a process of its own, which `APART.stop()` ends; it is begun anew at the next start."""
    return publish_results(services, partial(decided_apart, APART))


def publish_results(services: Services, decide: Decide = publish) -> Mapping[str, int]:
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
                decide,
            )
        except Stopped:
            log.info("results of %s: stopped, and decided anew at the next start", round_.id)
        except Exception as error:  # one round that cannot be counted holds no other up
            report(f"results of {round_.id}", error)
            _tell_of_trouble(services, round_)
    return {
        "published": published,
        "answers forgotten": forget_old_answers(
            stores.surveys,
            stores.publications,
            now,
            lambda round_id: is_held(stores.records, "answers", round_id),
        ),
    }


def decided_apart(
    apart: Apart,
    microdata: Microdata,
    declared: Sequence[Declared],
    earlier: Sequence[Publication],
    public: PublicKnowledge,
    progress: Progress,
    presences: Sequence[Presence],
) -> Publication | Refusal:
    """The audit in a process of its own. Raises Stopped."""
    answer: Publication | Refusal = apart.run(
        _decide, microdata, declared, earlier, public, presences, tell=progress
    )
    return answer


def _decide(
    microdata: Microdata,
    declared: Sequence[Declared],
    earlier: Sequence[Publication],
    public: PublicKnowledge,
    presences: Sequence[Presence],
    progress: Progress,
) -> Publication | Refusal:
    return publish(microdata, declared, earlier, public, progress, presences)


def _tell_of_trouble(services: Services, round_: Round) -> None:
    """Put it on record for whoever asks for the results, and tell the operators, once a day."""
    services.stores.surveys.mark(round_.id, RESULTS_STUCK)
    text = texts.STUCK_ROUND.format(title=round_.definition.title, id=round_.id)
    parts = (Paragraph(text=text), Paragraph(text=texts.STUCK_NEXT, tone="note"))
    reply = Reply(title=texts.STUCK_TITLE, parts=parts)
    tell_operators(services, f"results/{round_.id}/trouble/{services.today()}", reply)


def _tell(round_id: str, done: int, questions: int) -> None:
    log.info("results of %s: %d of %d questions decided", round_id, done, questions)
