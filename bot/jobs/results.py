"""Publishes the results of closed rounds, and lets go of the answers of closing in time."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from functools import partial

from bot.faults import described
from bot.handlers.notices import operators_notices
from bot.handlers.publishing import told_in
from bot.handlers.survey_troubles import unpublished, what_to_do, why_unpublished
from bot.jobs.apart import Apart, Failed, Stopped
from bot.messages import Paragraph, Reply
from bot.services import Services, Stores
from bot.texts.ja import survey_troubles as texts
from staff.privacy.holding import is_held
from surveys.disclosure import Declared, Progress, Publication, PublicKnowledge, Refusal, publish
from surveys.disclosure.microdata import Microdata, Presence
from surveys.publishing import Decide, forget_old_answers, publish_round
from surveys.round import Round, State
from surveys.setbacks import Refused, Setback, Why, set_back

APART = Apart()
log = logging.getLogger(__name__)


def publish_results_apart(services: Services) -> Mapping[str, int]:
    """The same with the audit in a process of its own, which `APART.stop()` ends; it is begun anew at the next start."""
    return publish_results(services, partial(decided_apart, APART))


def publish_results(services: Services, decide: Decide = publish) -> Mapping[str, int]:
    """Publish every closed round that is not published and whose time it is; two workers publish it once."""
    stores, now = services.stores, services.clock()
    numbers, setbacks = stores.publications.list_numbers(), stores.publications.list_setbacks()
    published = 0
    for round_ in stores.surveys.list_rounds(State.CLOSED):
        setback = setbacks.get(round_.id)
        if round_.id in numbers or (setback and setback.holds_back(now)):
            continue
        try:
            published += attempt(services, round_, partial(_tell, round_.id), decide)
        except Stopped:
            log.info("results of %s: stopped, and decided anew at the next start", round_.id)
    return {
        "published": published,
        "answers forgotten": forget_old_answers(
            stores.surveys,
            stores.publications,
            now,
            lambda round_id: is_held(stores.records, "answers", round_id),
        ),
    }


def attempt(services: Services, round_: Round, progress: Progress, decide: Decide = publish) -> bool:
    """Publish a closed round unless that is done; True when this call did it. Raises Stopped.

    A failure loses nothing and holds no other round up: it is kept with the time of the next attempt.
    """
    stores = services.stores
    told = partial(told_in, round_, services)
    try:
        return publish_round(
            round_, stores.surveys, stores.publications, services.clock(), told, progress, decide
        )
    except Stopped:
        raise
    except Exception as error:
        why, detail = _read(error)
        log.error("results of %s failed (%s)", round_.id, detail)
        _set_back(services, round_, why, detail)
        return False


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


def _set_back(services: Services, round_: Round, why: Why, detail: str) -> None:
    """Keep the failure; the operators are told of the first one of a round."""
    before = services.stores.publications.list_setbacks().get(round_.id)
    setback = set_back(round_.id, why, detail, before, services.clock())
    told = operators_notices(services, f"results/{round_.id}/trouble", _notice(round_, setback))

    def work(stores: Stores) -> None:
        stores.publications.note_setback(setback)
        for message in told if before is None else ():
            stores.outbox.put(message)

    services.stores.transaction(work)


def _read(error: Exception) -> tuple[Why, str]:
    if isinstance(error, Refused):
        return Why.REFUSED, str(error)
    if isinstance(error, MemoryError):
        return Why.MEMORY, type(error).__name__
    return Why.DEFECT, str(error) if isinstance(error, Failed) else described(error)


def _notice(round_: Round, setback: Setback) -> Reply:
    happened = unpublished(round_) + why_unpublished(setback)
    return Reply(
        title=texts.UNPUBLISHED_TITLE,
        parts=(Paragraph(text=happened), Paragraph(text=what_to_do(setback))),
    )


def _tell(round_id: str, done: int, questions: int) -> None:
    log.info("results of %s: %d of %d questions decided", round_id, done, questions)
