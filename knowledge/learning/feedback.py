"""Feedback on answers: whether one solved the question. Nobody's name, and no question, is kept with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from knowledge.language.japanese import fold
from knowledge.learning.askers import AskerKeys, code, period_of
from staff.calendar import date_in_japan


class Verdict(StrEnum):
    """What a reader said of an answer."""

    SOLVED = "solved"
    WRONG = "wrong"


@dataclass(frozen=True)
class Feedback:
    """One verdict. `asker` is a code of its quarter (`period`) and article: it counts people, and links no two articles."""

    code: str
    article_id: str
    asker: str
    period: str
    verdict: Verdict
    given_on: date


@dataclass(frozen=True)
class ArticleFeedback:
    """How often an article's answers solved the question, and how often not.

    `askers` is how many different people judged it in the quarter when most did: there may have been more, never fewer.
    """

    article_id: str
    solved: int
    wrong: int
    askers: int


class FeedbackStore(AskerKeys, Protocol):
    """One row for each person and answer, under a code that cannot be traced once its quarter is over."""

    def save_feedback(self, feedback: Feedback) -> None:
        """Keep a verdict; a later one of the same code takes its place."""

    def count_feedback(self, since: date) -> Sequence[ArticleFeedback]:
        """Verdicts by article given on or after that day, the most often wrong first."""

    def forget_feedback(self, before: date) -> int:
        """Remove what was given before that day; return how much."""


def give_feedback(
    store: FeedbackStore, asker: str, article_id: str, question: str, verdict: Verdict, at: datetime
) -> None:
    """Keep what `asker` says of an article's answer to `question`; giving it again changes it."""
    period = period_of(at)
    key = store.key(period)
    store.save_feedback(
        Feedback(
            code=code(key, "feedback", asker, article_id, fold(question)),
            article_id=article_id,
            asker=code(key, "judge", asker, article_id),
            period=period,
            verdict=verdict,
            given_on=date_in_japan(at),
        )
    )
