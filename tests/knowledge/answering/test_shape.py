"""The shape of a question: what it names by how that stands in the entry, the rest in its own words."""

from __future__ import annotations

from dataclasses import fields

import pytest

from knowledge.answering.evidence import Evidence
from knowledge.answering.judging import Judged
from knowledge.answering.wording import ShapeCurve, shape_curve
from knowledge.article import Article, Kind, Layer, Passage
from tests.knowledge.small_city import small_decider

DECIDER = small_decider()
EVIDENCE = Evidence(cover=1.0, gap=0.0, unwritten=0.0, lead=0.5, held=0.4)


def _judged(question: str, *more: Article) -> Judged:
    found = (small_decider(*more) if more else DECIDER).judge(question)
    assert found is not None
    return found[0]


def test_what_is_named_is_told_by_how_it_stands_in_the_entry() -> None:
    traits = _judged("テレワークの端末と座席の定員は何人ですか").traits
    assert "<title> の <has>" in traits  # 端末
    assert "<has> と <nowhere>" in traits  # 座席
    assert "<nowhere> は 何人" in traits  # 定員
    assert {"lacks 定員", "asks count", "asks count, no figure", "entry initiative"} <= traits


def test_questions_alike_but_for_what_they_name_have_the_same_runs() -> None:
    telework, meeting = (
        {trait for trait in _judged(question).traits if trait.startswith("^")}
        for question in ("テレワークの定員は何人ですか", "DX推進会議の定員は何人ですか")
    )
    assert telework == meeting


def test_a_figure_is_a_figure_whatever_it_is() -> None:
    forty, other = (_judged(f"電子申請の{figure}手続はいつまでですか").traits for figure in ("40", "９８"))
    # The plan's own figure points at its row; else they are the same.
    assert {trait for trait in forty ^ other if not trait.startswith("asks")} == {"row KPI"}
    assert "の 0 <has>" in forty & other


def test_the_curve_adds_up_what_it_knows_and_ignores_the_rest() -> None:
    curve = ShapeCurve(bias=-1.0, evidence={"cover": 2.0, "lead": 1.0}, traits={"何 人": -0.5})
    assert curve.log_odds(EVIDENCE, ["何 人", "never seen"]) == pytest.approx(1.0)


def test_the_curve_that_ships_weighs_all_the_evidence_and_many_traits() -> None:
    curve = shape_curve()
    assert curve.evidence.keys() == {one.name for one in fields(Evidence)}
    assert len(curve.traits) > 1_000
    assert "asks price" in curve.traits


def test_a_missing_word_forbids_where_an_entry_answers_one_question_of_its_own() -> None:
    faq = Article(
        id="faq-1",
        kind=Kind.FAQ,
        layer=Layer.EDITORIAL,
        title="図書室の本は何冊まで借りられますか",
        passages=(Passage(text="図書室の本は5冊まで借りられます。"),),
    )
    judged = _judged("図書室の本は水濡れも弁償ですか", faq)
    assert judged.hit.entry.id == "faq-1"
    assert judged.missing
    assert judged.refused
    assert not judged.can_answer
