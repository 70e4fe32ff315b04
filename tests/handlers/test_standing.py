"""What is said about an answer's standing: not in force, overdue, and who may be told."""

from __future__ import annotations

from datetime import date

import pytest

from bot.handlers.standing import standing_parts
from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.article import Openness

PROCEDURE = Answer(
    outcome="answer",
    owner="職員課",
    openness=Openness.STAFF,
    valid_from=date(2026, 4, 1),
    valid_until=date(2028, 3, 31),
    review_on=date(2027, 3, 31),
)


def _said(today: date, answer: Answer = PROCEDURE) -> list[tuple[str, str]]:
    return [(part.text, part.tone) for part in standing_parts(answer, today)]


def test_in_force_only_the_openness_is_told() -> None:
    assert _said(date(2026, 4, 1)) == _said(date(2027, 3, 31)) == [(texts.FOR_STAFF, "note")]


def test_outside_its_days_it_warns() -> None:
    before, after = _said(date(2026, 3, 31)), _said(date(2028, 4, 1))
    assert before[0] == (texts.NOT_YET_VALID.format(day="令和8年4月1日", owner="職員課"), "warning")
    assert after[0] == (texts.NO_LONGER_VALID.format(day="令和10年3月31日", owner="職員課"), "warning")


def test_an_overdue_review_is_told() -> None:
    assert (texts.REVIEW_OVERDUE.format(day="令和9年3月31日", owner="職員課"), "note") in _said(
        date(2027, 4, 1)
    )


@pytest.mark.parametrize(
    ("openness", "text"), [(Openness.CITIZENS, texts.FOR_CITIZENS), (Openness.STAFF, texts.FOR_STAFF)]
)
def test_who_may_be_told_stands_on_every_answer(openness: Openness, text: str) -> None:
    answer = Answer(outcome="answer", openness=openness)
    assert _said(date(2027, 4, 1), answer) == [(text, "note")]
