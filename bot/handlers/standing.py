"""How far an answer may be relied on: whether it is in force, reviewed, who may be told, and who sees it at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from bot.messages import Paragraph
from bot.texts.ja import ask as texts
from bot.texts.ja.importing import AUDIENCES
from knowledge.answer import Answer
from knowledge.article import Openness

_OPENNESS = {Openness.CITIZENS: texts.FOR_CITIZENS, Openness.STAFF: texts.FOR_STAFF}


def standing_parts(answer: Answer, today: date) -> Iterator[Paragraph]:
    """A warning outside the days it holds for, a note after its review date, who may be told, and who sees it."""
    if answer.valid_from and today < answer.valid_from:
        yield _said(texts.NOT_YET_VALID, answer.valid_from, answer.owner, "warning")
    if answer.valid_until and answer.valid_until < today:
        yield _said(texts.NO_LONGER_VALID, answer.valid_until, answer.owner, "warning")
    if answer.review_on and answer.review_on < today:
        yield _said(texts.REVIEW_OVERDUE, answer.review_on, answer.owner, "note")
    if answer.openness:
        yield Paragraph(text=_OPENNESS[answer.openness], tone="note")
    if answer.visible_to:
        yield Paragraph(text=texts.seen_by([AUDIENCES[one.value] for one in answer.visible_to]), tone="note")


def _said(text: str, day: date, owner: str, tone: Literal["note", "warning"]) -> Paragraph:
    return Paragraph(text=text.format(day=texts.day(day), owner=owner), tone=tone)
