"""The sample procedures: whole, plainly marked, of a 課, and found in the words that people use."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.handlers.ask import reply_to
from bot.messages import Items
from knowledge.answering.deciding import Decider
from knowledge.article import Article, Kind, Openness
from knowledge.base import build_decider
from knowledge.packs import load_pack, load_vocabulary

SAMPLES = load_pack("samples")
IN_FORCE = date(2026, 11, 24)


@pytest.fixture(scope="module")
def decider() -> Decider:
    """The editorial pack with the samples imported."""
    return build_decider(load_pack("fujisawa"), SAMPLES, load_vocabulary(["fujisawa"]))


@pytest.mark.parametrize("article", SAMPLES, ids=lambda article: article.id)
def test_each_is_a_whole_procedure_and_marked(article: Article) -> None:
    assert article.kind is Kind.PROCEDURE
    assert article.title.startswith("【見本】")
    assert "実在しません" in article.source.document
    assert article.steps
    assert article.needs
    assert article.deadline
    assert re.fullmatch(r".+[課室]", article.owner)
    assert article.valid_from
    assert article.review_on
    assert article.openness is Openness.STAFF


@pytest.mark.parametrize("article", SAMPLES, ids=lambda article: article.id)
def test_each_is_answered_as_numbered_steps(decider: Decider, article: Article) -> None:
    answer = decider.decide(article.questions[0], 3)
    reply = reply_to(answer, IN_FORCE)
    assert answer.title == article.title
    lists = [part for part in reply.parts if isinstance(part, Items)]
    assert [part.items for part in lists if part.numbered] == [article.steps]
    assert article.deadline in reply.text
    assert f"【担当】{article.owner}" in reply.text
    assert all(str(need) in reply.text for need in article.needs)


@pytest.mark.parametrize(
    ("question", "shown", "left_out"),
    [
        ("端末を借りるとき何を持っていけばいいですか", "職員証", "翌開庁日まで"),
        ("端末の返却はいつまでですか", "翌開庁日まで", "職員証"),
        ("在宅勤務の申請書はどこにありますか", "テレワーク申請書（見本） https://", "5開庁日前"),
    ],
)
def test_only_the_row_asked_for_is_shown(decider: Decider, question: str, shown: str, left_out: str) -> None:
    answer = decider.decide(question, 3)
    reply = reply_to(answer, IN_FORCE)
    assert shown in reply.text
    assert left_out not in reply.text
    assert answer.more


def test_a_follow_up_gets_the_row_of_who_is_in_charge(decider: Decider) -> None:
    first = decider.decide("端末の貸出の手順", 1)
    answer = decider.follow("担当はどこ", [first.excerpts[0].article_id])
    assert answer is not None
    assert [(excerpt.label, excerpt.text) for excerpt in answer.excerpts] == [("担当", "情報システム課")]
