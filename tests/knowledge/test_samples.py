"""The sample procedures: whole, plainly marked, of a 課, and found in the words that people use."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.handlers.ask import reply_to
from bot.messages import Items
from bot.texts.ja import ask as texts
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
        ("端末の貸出申請書の様式", "端末貸出申込書（見本） https://", "翌開庁日まで"),
        ("RPAの申請書の様式はありますか", "RPA化依頼書（見本） https://", "打合せ"),
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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("それは誰に出すの", "職員課"),
        ("期限と必要なものは", "5開庁日前"),
    ],
)
def test_a_follow_up_gets_its_row(decider: Decider, question: str, said: str) -> None:
    answer = decider.follow(question, ["sample-telework"])
    assert answer
    assert answer.outcome == "answer"
    assert said in reply_to(answer, IN_FORCE).text


def test_a_follow_up_for_what_no_row_tells_is_unwritten(decider: Decider) -> None:
    answer = decider.follow("それって何日かかる", ["sample-rpa"])
    assert answer
    assert answer.outcome == "unknown"


def test_a_topic_of_another_office_is_no_aspect_of_the_subject(decider: Decider) -> None:
    assert decider.follow("給料いつ振り込まれる？", ["sample-rpa"]) is None


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("テレワク申請", "【見本】テレワークの申請"),
        ("RPA化のお願いはどうやるの", "【見本】RPA化の依頼"),
        ("パソコンを借りたいのですが、どうすればいいですか", "【見本】端末の貸出"),
        ("テレワークの申請の期限と必要なものは", "【見本】テレワークの申請"),
        ("端末の貸出の手順と期限は", "【見本】端末の貸出"),
        ("端末貸出はいつまでに申し込む", "【見本】端末の貸出"),
    ],
)
def test_who_wants_a_thing_done_gets_the_procedure(decider: Decider, question: str, title: str) -> None:
    assert decider.decide(question, 3).title == title


def test_trouble_is_answered_by_no_procedure_that_speaks_of_none(decider: Decider) -> None:
    assert decider.decide("パソコンが動かなくなったときはどうすれば", 3).outcome == "unknown"


def test_need_is_led_to_the_procedure_first(decider: Decider) -> None:
    answer = decider.decide("病気の子どもがいるので在宅で働きたいのですが、どうすればいいですか", 3)
    assert answer.outcome == "unknown"
    assert answer.candidates[0].title == "【見本】テレワークの申請"


def test_days_of_a_procedure_are_told(decider: Decider) -> None:
    valid = reply_to(decider.decide("端末の貸出の有効期間は", 3), IN_FORCE).text
    assert texts.VALID_SINCE.format(since="令和8年4月1日") in valid
    assert "必要なもの" not in valid
    review = decider.follow("見直し日は？", ["sample-terminal"])
    assert review
    assert texts.TO_REVIEW.format(day="令和9年3月31日") in reply_to(review, IN_FORCE).text


def test_a_day_that_a_procedure_lacks_is_unwritten() -> None:
    article = SAMPLES[1].model_copy(update={"valid_from": None, "valid_until": None})
    decider = build_decider(load_pack("fujisawa"), [article], load_vocabulary(["fujisawa"]))
    assert decider.decide("端末の貸出の有効期間は", 3).outcome == "unknown"
