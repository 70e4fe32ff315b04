"""Publishing a closed round: decided once, stored under a number, never computed again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.texts.ja import disclosure as refusals
from bot.texts.ja import results as texts
from surveys.disclosure import (
    CITY,
    SECTION,
    Declared,
    Progress,
    Publication,
    PublicKnowledge,
    Refusal,
    Told,
    publish,
)
from surveys.round import Round, State
from surveys.setbacks import Refused, Setback
from surveys.snapshot import read_snapshot, read_told, write_snapshot
from surveys.store import SurveyStore
from surveys.tabulating import tabulate

Decide = Callable[..., Publication | Refusal]


class Publications(Protocol):
    """What was published, the answers of closing it was made from, and what could not be published so far."""

    def add_publication(self, publication: Publication, at: datetime, snapshot: str = "") -> bool:
        """Keep a publication, the first with the answers of closing; False when that number of the round is there.

        The round's setback ends with it.
        """

    def note_setback(self, setback: Setback) -> None:
        """Keep a failure in the place of the one before. A round that is published has none."""

    def list_setbacks(self) -> dict[str, Setback]:
        """Of every round that could not be published so far."""

    def list_publications(self, round_id: str) -> list[Publication]:
        """All of a round, by number."""

    def list_numbers(self) -> dict[str, int]:
        """The newest number of every round that is published."""

    def published_at(self, round_id: str, number: int = 1) -> datetime | None:
        """When the one of that number was made; None when there is none."""

    def find_snapshot(self, round_id: str) -> str:
        """The answers of closing; empty when they are gone, or the round is not published."""

    def list_snapshots(self) -> list[str]:
        """The rounds whose answers of closing are kept."""

    def forget_snapshot(self, round_id: str) -> None:
        """Remove the answers of closing. Publications stay."""

    def forget_publications(self, closed_before: datetime) -> int:
        """Remove rounds that closed before that time with everything that was published of them; how many rounds."""


def publish_round(
    round_: Round,
    surveys: SurveyStore,
    publications: Publications,
    now: datetime,
    told: Callable[[], Told] = dict,
    progress: Progress = lambda _done, _of: None,
    decide: Decide = publish,
) -> bool:
    """Publish what a closed round declares, unless that is done. True when this call did it.

    The audit takes minutes for thousands of answers and runs outside any transaction; of two workers the first to store wins.
    Raises Refused where nothing may be published, and whatever the audit raises; the answers stay as they are.
    `told`: what people say of themselves at this time. `progress` hears (questions done, of). `decide` is the audit, wherever
    it runs.
    """
    if round_.state is not State.CLOSED or publications.published_at(round_.id) is not None:
        return False
    known = told()
    made = tabulate(round_, surveys.list_sheets(round_.id), surveys.count_responses(round_.id), known)
    answer = decide(made.microdata, made.declared, [], made.public, progress, made.presences)
    if isinstance(answer, Refusal):
        raise Refused(answer.reason)
    return publications.add_publication(answer, now, write_snapshot(made.microdata, known))


def publish_more(
    round_: Round, declared: Sequence[Declared], publications: Publications, now: datetime
) -> Publication | Refusal:
    """Publish further tables of a round, audited together with all before. A refusal says nothing of the numbers."""
    snapshot = publications.find_snapshot(round_.id)
    if not snapshot:
        return Refusal(reason=texts.ANSWERS_GONE)
    microdata = read_snapshot(snapshot)
    apart = {one.question.id for one in microdata.answers if CITY in one.question.never_by}
    if any(apart & {one.question, *one.by} for one in declared):
        return Refusal(reason=refusals.NEVER)
    earlier = publications.list_publications(round_.id)
    known = earlier[0].known
    public = PublicKnowledge(known.headcounts, known.responses, read_told(snapshot))
    answer = publish(microdata, declared, earlier, public)
    if isinstance(answer, Publication) and not publications.add_publication(answer, now):
        return Refusal(reason=texts.ANOTHER_FIRST)
    return answer


def stays_hidden(
    round_id: str, question: str, told: Told, publications: Publications, decide: Decide = publish
) -> bool:
    """Whether what a round has published of a question can still be proved to hide what it hides, for whoever knows `told` too.

    A further table that follows from the published ones is decided as if it were to be added; it is not. False also where no
    proof is found.
    """
    earlier = publications.list_publications(round_id)
    of_question = [_about(question, one) for one in earlier]
    tables = [table.declared for one in of_question for table in one.tables]
    if not tables:
        return True
    grouped = next((one for one in tables if one.by == (SECTION,) and one.groups), None)
    snapshot = publications.find_snapshot(round_id)
    if grouped is None or not snapshot:
        return False
    probe = Declared(question, (CITY,), grouped.groups)
    public = PublicKnowledge(earlier[0].known.headcounts, earlier[0].known.responses, told)
    answer = decide(read_snapshot(snapshot), [probe], of_question, public, lambda _done, _of: None, ())
    return isinstance(answer, Publication)


def _about(question: str, publication: Publication) -> Publication:
    """Only the tables of one question: no other bears on what it hides."""
    kept = tuple(table for table in publication.tables if table.declared.question == question)
    return publication.model_copy(update={"tables": kept})


def forget_old_answers(
    surveys: SurveyStore,
    publications: Publications,
    now: datetime,
    is_held: Callable[[str], bool] = lambda _: False,
) -> int:
    """Remove answers of closing that are older than their survey keeps answers, and not held. How many rounds it was."""
    gone = 0
    for round_id in publications.list_snapshots():
        if is_held(round_id):
            continue
        round_ = surveys.find_round(round_id)
        if round_ is None or round_.closes_at + timedelta(days=round_.definition.kept_days) <= now:
            publications.forget_snapshot(round_id)
            gone += 1
    return gone
