"""How far an answer may be relied on: whether it is in force, reviewed, who may be told, and who sees it at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from bot.messages import Paragraph
from bot.texts.ja import ask as texts
from bot.texts.ja.importing import AUDIENCES
from knowledge.answer import Answer, Standing
from knowledge.article import Openness

_OPENNESS = {Openness.CITIZENS: texts.FOR_CITIZENS, Openness.STAFF: texts.FOR_STAFF}


def standing_parts(answer: Answer, today: date) -> Iterator[Paragraph]:
    """A warning outside the days it holds for, a note after its review date, who may be told, and who sees it.

    Of several articles that are compared, each has its own, by its title.
    """
    yield from _days(answer, today)
    for standing in answer.standings:
        for said in _days(standing, today):
            yield said.model_copy(
                update={"text": texts.OF_ARTICLE.format(title=standing.title, said=said.text)}
            )
    if answer.openness:
        yield Paragraph(text=_OPENNESS[answer.openness], tone="note")
    if answer.visible_to:
        yield Paragraph(text=texts.seen_by([AUDIENCES[one.value] for one in answer.visible_to]), tone="note")


def _days(of: Answer | Standing, today: date) -> Iterator[Paragraph]:
    if of.valid_from and today < of.valid_from:
        yield _said(texts.NOT_YET_VALID, of.valid_from, of.owner, "warning")
    if of.valid_until and of.valid_until < today:
        yield _said(texts.NO_LONGER_VALID, of.valid_until, of.owner, "warning")
    if of.review_on and of.review_on < today:
        yield _said(texts.REVIEW_OVERDUE, of.review_on, of.owner, "note")


def _said(text: str, day: date, owner: str, tone: Literal["note", "warning"]) -> Paragraph:
    return Paragraph(text=text.format(day=texts.day(day), owner=owner), tone=tone)
