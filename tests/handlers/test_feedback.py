"""Judging answers: buttons, candidates, counts, through the router."""

from __future__ import annotations

import pytest

from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import learning as texts
from knowledge.learning.feedback import ArticleFeedback
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, Seat, open_city


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return open_city(sqlite_stores)


def labels(reply: Reply) -> list[str]:
    return [action.label for action in reply.actions]


def test_every_answer_can_be_judged_and_the_judgement_changed(services: Services, asker: Seat) -> None:
    answer = asker.ask("BPRとは何ですか")
    assert labels(answer)[-2:] == [texts.SOLVED, texts.WRONG]
    thanks = asker.press(answer, texts.SOLVED)
    assert texts.THANKS in thanks.text
    asker.press(answer, texts.SOLVED)
    counts = services.stores.learning.count_feedback(NOW.date())
    assert counts == [ArticleFeedback("term:bpr", 1, 0, askers=1)]
    asker.press(thanks, texts.STILL_WRONG)
    counts = services.stores.learning.count_feedback(NOW.date())
    assert counts == [ArticleFeedback("term:bpr", 0, 1, askers=1)]


def test_a_wrong_answer_is_followed_by_candidates_and_the_experts(services: Services, asker: Seat) -> None:
    sorry = asker.press(asker.ask("RPAとは何ですか"), texts.WRONG)
    assert texts.ASK_EXPERT in labels(sorry)
    for action in sorry.actions:
        assert ask_texts.UNKNOWN_ACTION not in asker.send(action.name, action.value).text
    assert [q.question for q in services.stores.learning.list_questions()] == ["RPAとは何ですか"]


def test_an_opened_article_can_be_judged_too(asker: Seat) -> None:
    article = asker.send("article", "term:rpa")
    assert texts.SORRY_ASK in asker.press(article, texts.WRONG).text


@pytest.mark.parametrize("value", ["", "|", "|q"])
def test_a_button_that_carries_nothing_is_answered_politely(asker: Seat, value: str) -> None:
    assert texts.FEEDBACK_STALE in asker.send("solved", value).text
    assert texts.FEEDBACK_STALE in asker.send("wrong", value).text


def test_only_the_operator_reads_the_counts_and_that_is_on_record(
    services: Services, asker: Seat, operator: Seat
) -> None:
    assert texts.COUNTS_NONE in operator.send("feedback_counts").text
    asker.press(asker.ask("BPRとは何ですか"), texts.WRONG)
    assert "評価の集計の閲覧" in asker.send("feedback_counts").text
    shown = operator.press(operator.send("help"), texts.COUNTS_TITLE)
    assert "BPR / 0 / 1" in shown.text
    assert [event.action for event in services.stores.audit.list_events()] == [
        "feedback.read",
        "permission.refused",
        "feedback.read",
    ]
    assert labels(operator.press(shown, "BPR"))
