"""A question that takes something mistaken for granted gets the row that sets it right."""

from __future__ import annotations

import pytest

from tests.knowledge.small_city import small_decider

DECIDER = small_decider()


@pytest.mark.parametrize(
    "question",
    [
        "電子申請は令和6年度に100手続ですよね",
        "電子申請が60手続なのはなぜ",
        "電子申請は99手続で合っていますか",
    ],
)
def test_the_true_figure_is_shown(question: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "answer"
    assert "40手続" in "".join(excerpt.text for excerpt in answer.excerpts)


def test_a_mistaken_year_is_answered_with_the_true_one() -> None:
    answer = DECIDER.decide("国の電子申請の目標は令和9年度末までですよね", 3)
    assert answer.outcome == "answer"
    assert "令和4年度末" in "".join(excerpt.text for excerpt in answer.excerpts)


def test_a_question_about_a_later_year_is_refused() -> None:
    assert DECIDER.decide("令和9年度の電子申請の目標は", 3).outcome == "unknown"
