"""Confidence: a probability that moves the way its evidence does, and decides with its thresholds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.answering.confidence import ANSWER, CLARIFY, WEIGHTS, confidence, features
from knowledge.answering.evidence import Evidence
from tests.knowledge.small_city import small_decider

STRONG = Evidence(cover=1.0, gap=0.0, unwritten=0.0, lead=0.6, held=0.6)
WEAK = Evidence(cover=0.1, gap=1.0, unwritten=1.0, lead=0.0, held=0.2)
DECIDER = small_decider()


def test_strong_evidence_is_believed_and_weak_is_not() -> None:
    assert confidence(STRONG) > 0.9 > ANSWER
    assert confidence(WEAK) < CLARIFY < ANSWER
    assert confidence(STRONG, refused=True) < ANSWER


@pytest.mark.parametrize(
    ("name", "better"),
    [("cover", 0.9), ("gap", 0.1), ("unwritten", 0.0), ("lead", 0.5), ("held", 0.8)],
)
def test_each_kind_of_evidence_counts_its_own_way(name: str, better: float) -> None:
    middling = Evidence(cover=0.5, gap=0.5, unwritten=0.5, lead=0.2, held=0.4)
    assert confidence(replace(middling, **{name: better})) > confidence(middling)


def test_every_weight_has_its_figure() -> None:
    assert features(STRONG, refused=False).keys() == WEIGHTS.keys()


@pytest.mark.parametrize(
    "question", ["BPRとは何ですか", "テレワークの課題を教えて", "複合機が紙詰まりして動かない", "デジタル"]
)
def test_an_answer_is_given_only_above_the_threshold(question: str) -> None:
    answer = DECIDER.decide(question, 3)
    assert 0 <= answer.confidence <= 1
    assert (answer.confidence >= ANSWER) == (
        answer.outcome in {"answer", "clarify"}
    ) or answer.outcome == "clarify"
