"""Comparisons of anything: both sides are shown, or the side that nobody wrote about is named."""

from __future__ import annotations

import pytest

from knowledge.answering.comparing import sides_of
from tests.knowledge.small_city import small_decider

DECIDER = small_decider()


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("bprとrpaの違いは", ("bpr", "rpa")),
        ("テレワークと電子申請の課題を比べて", ("テレワーク", "電子申請の課題")),
        ("アジャイルはウォーターフォールとどう違うの", ("アジャイル", "ウォーターフォール")),
        ("確認ですが、本編と実行編はどう使い分けるの", ("本編", "実行編")),
        ("「標準化」と「共通化」の違い", ("標準化", "共通化")),
        ("テレワークの課題は", None),
    ],
)
def test_sides(text: str, sides: tuple[str, str] | None) -> None:
    assert sides_of(text) == sides


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("BPRとRPAの違いは", {"yogo-BPR", "yogo-RPA"}),
        ("テレワークと電子申請の拡大の違いは", {"jikko-1", "jikko-2"}),
        ("テレワークと電子申請のKPIを比べて", {"jikko-1", "jikko-2"}),
        ("RPAと電子申請の拡大はどう違いますか", {"yogo-RPA", "jikko-2"}),
    ],
)
def test_both_sides_are_shown(question: str, ids: set[str]) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "answer"
    assert {excerpt.article_id for excerpt in answer.excerpts} == ids


def test_rows_are_those_compared() -> None:
    answer = DECIDER.decide("テレワークと電子申請のKPIを比べて", 3)
    assert {excerpt.label for excerpt in answer.excerpts} == {"KPI"}


@pytest.mark.parametrize(
    "question",
    ["電子申請の拡大と鎌倉市の電子申請を比べて", "鎌倉市の電子申請と比べて窓口はどこが進んでる？"],
)
def test_another_place_is_a_side_that_nobody_wrote_about(question: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "unknown"
    assert "鎌倉市" in answer.notes[0]


@pytest.mark.parametrize(
    "question", ["BPRとウォーターフォールの違いは", "ウォーターフォールとBPRはどう違うの"]
)
def test_the_unwritten_side_is_named(question: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert answer.outcome == "unknown"
    assert "ウォーターフォール" in answer.notes[0]
    assert [candidate.title for candidate in answer.candidates] == ["BPR"]
