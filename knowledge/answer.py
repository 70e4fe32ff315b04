"""The shape of an answer: what was decided, in whose words, from where."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from knowledge.article import Audience, Layer, Openness, Outcome, Source


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Excerpt(_Frozen):
    """A verbatim piece of one article. `text` stands in that article word for word."""

    article_id: str
    title: str
    layer: Layer
    text: str
    source: Source
    label: str = ""


class Candidate(_Frozen):
    """An article offered as a button."""

    id: str
    title: str


class Ranked(_Frozen):
    """An article with its score, best first."""

    id: str
    title: str
    score: float


class Standing(_Frozen):
    """How far one of several entries quoted may be relied on: as in Answer, with the entry's title and its 課."""

    title: str
    owner: str
    edition: str = ""
    ended_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    review_on: date | None = None


class Answer(_Frozen):
    """What the knowledge base says to a question.

    `confidence` is between 0 and 1. `candidates` are the choices of a clarify, or the related articles of an unknown.
    `owner` is the 課 a question goes to when nothing is written. `notes` are sentences to show beside the answer.
    `related` are passages shown with an unknown: about the same thing, but no answer to the question.
    `more` is the id of the article that tells more than the excerpts do, or empty. `ended_on` is the last day of the
    period the answer speaks about, where that matters (a word's meaning has none). `openness` says who may be told;
    `valid_from`, `valid_until` and `review_on` are the days of the article answered from; where several are compared,
    each has its own in `standings` instead, `ended_on` too. `earlier` names the edition
    before the one quoted, where there is one. `visible_to` are those who may find it; empty for everybody.
    """

    outcome: Outcome
    title: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    source: Source | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    ranking: tuple[Ranked, ...] = ()
    owner: str = ""
    notes: tuple[str, ...] = ()
    related: tuple[Excerpt, ...] = ()
    more: str = ""
    ended_on: date | None = None
    openness: Openness | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    review_on: date | None = None
    standings: tuple[Standing, ...] = ()
    earlier: str = ""
    visible_to: tuple[Audience, ...] = ()
