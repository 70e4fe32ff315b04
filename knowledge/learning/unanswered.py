"""Questions that nobody could answer: kept masked, without who asked, for as long as the city says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from knowledge.asking.question import clean, holds_personal_number
from knowledge.language.japanese import fold
from knowledge.learning.askers import AskerKeys, code, period_of
from knowledge.learning.masking import mask
from staff.calendar import date_in_japan


class Reason(StrEnum):
    """Why a question is unanswered: nothing is written, no candidate fitted, or the answer was wrong."""

    UNKNOWN = "unknown"
    NONE_FITS = "none_fits"
    WRONG = "wrong"


@dataclass(frozen=True)
class UnansweredQuestion:
    """One masked question. `asker` is a code of its quarter (`period`); `owner` the 課 it was referred to.

    `approved`: デジタル推進室 read its wording and lets the digest tell it, however few asked.
    """

    id: str
    question: str
    reason: Reason
    owner: str
    asker: str
    period: str
    asked_on: date
    approved: bool = False


class UnansweredStore(AskerKeys, Protocol):
    """The questions that wait for an article."""

    def add_question(self, question: UnansweredQuestion) -> bool:
        """Keep a question; False when one of that id is there already."""

    def list_questions(self, limit: int = 5000) -> Sequence[UnansweredQuestion]:
        """The questions by day and id, the newest `limit` of them."""

    def approve_questions(self, ids: Sequence[str]) -> int:
        """Let the digest tell questions; return how many there were."""

    def discard_questions(self, ids: Sequence[str]) -> int:
        """Remove questions; return how many there were."""

    def forget_questions(self, before: date) -> int:
        """Remove what was asked before that day; return how much."""


def keep_question(
    store: UnansweredStore, asker: str, question: str, reason: Reason, owner: str, at: datetime
) -> None:
    """Keep a question masked; asked again by the same person on the same day, it is kept once.

    The caller has made sure that the question is on no sensitive topic. A personal number is never kept.
    """
    if holds_personal_number(clean(question)):
        return
    period, day = period_of(at), date_in_japan(at)
    key = store.key(period)
    masked = mask(question).text
    store.add_question(
        UnansweredQuestion(
            id=code(key, "question", asker, fold(masked), day.isoformat()),
            question=masked,
            reason=reason,
            owner=owner,
            asker=code(key, "asker", asker),
            period=period,
            asked_on=day,
        )
    )
