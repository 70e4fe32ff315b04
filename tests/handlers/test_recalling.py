"""A question that recurs gets the reply it got before, as long as nothing of it can have changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.handlers.recalling import recall
from bot.messages import Reply, Request
from bot.recalled import MOST, Kept, Replies
from bot.router import handle
from bot.services import Services
from knowledge.article import Audience
from knowledge.learning.unanswered import Reason
from tests.knowledge.small_city import ARTICLES, TELEWORK

QUESTION = "電子申請のKPIは何ですか"


def _request(text: str, conversation: str = "") -> Request:
    return Request(channel="web", user="u1", text=text, conversation=conversation)


def test_the_second_asking_gets_the_very_reply_of_the_first(services: Services) -> None:
    assert recall(_request(QUESTION), services) is None
    first = handle(_request(QUESTION), services)
    assert recall(_request(QUESTION), services) is first
    assert handle(_request(QUESTION), services) is first


def test_both_askings_are_counted(services: Services) -> None:
    for _ in range(2):
        handle(_request(QUESTION), services)
    counted = 'dxbot_requests_total{channel="web",name="ask",outcome="answer"} 2.0'
    assert counted in services.meter.exposition().decode()


def test_what_was_answered_is_the_subject_again(services: Services) -> None:
    handle(_request(QUESTION), services)
    handle(_request(QUESTION, "room"), services)
    followed = handle(_request("もう少し詳しく", "room"), services)
    assert followed.answer is not None
    assert followed.answer.title == "電子申請の拡大"


@pytest.mark.parametrize("text", ["それはいつから?", "もう少し詳しく", "担当課は?"])
def test_a_question_without_subject_is_never_recalled(services: Services, text: str) -> None:
    handle(_request(QUESTION, "room"), services)
    handle(_request(text, "room"), services)
    handle(_request(text), services)
    assert recall(_request(text), services) is None


def test_an_unanswered_question_is_kept_account_of_each_time(services: Services) -> None:
    for user in ("u1", "u2"):
        handle(Request(channel="web", user=user, text="コピー機の紙の補充先は?"), services)
    kept = services.stores.learning.list_questions()
    assert [one.reason for one in kept] == [Reason.UNKNOWN, Reason.UNKNOWN]
    assert len({one.asker for one in kept}) == 2


def test_a_changed_article_is_told_at_once(services: Services) -> None:
    before = handle(_request(QUESTION), services)
    others = [article for article in ARTICLES if article.title != "電子申請の拡大"]
    services.stores.articles.replace_source("small city", others)
    services.knowledge.refresh()
    assert recall(_request(QUESTION), services) is None
    assert handle(_request(QUESTION), services).answer != before.answer


def test_the_next_day_it_is_worked_out_anew(services: Services) -> None:
    handle(_request(QUESTION), services)
    tomorrow = replace(services, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC) + timedelta(hours=1))
    assert recall(_request(QUESTION), tomorrow) is None


def test_nobody_is_told_what_another_may_see(services: Services) -> None:
    hidden = [
        article.model_copy(update={"visible_to": (Audience.STAFF,)}) if article.id == TELEWORK.id else article
        for article in ARTICLES
    ]
    services.stores.articles.replace_source("small city", hidden)
    services.knowledge.refresh()
    services.knowledge.prepare()
    whole = services.knowledge.whole
    services.replies.keep(whole, "テレワークの課題は?", services.today(), Reply(title="秘密"))
    assert recall(_request("テレワークの課題は?"), services) is None


def test_the_oldest_replies_make_room(services: Services) -> None:
    view, today, replies = services.knowledge.whole, services.today(), Replies()
    for number in range(MOST + 1):
        replies.keep(view, str(number), today, Reply(title=str(number)))
    assert replies.find(view, "0", today) is None
    assert replies.find(view, str(MOST), today) == Reply(title=str(MOST))


def test_what_is_made_of_a_thing_is_known_by_identity() -> None:
    numbers = count(1)
    kept: Kept[Reply, int] = Kept(lambda _: next(numbers))
    first, equal = Reply(title="a"), Reply(title="a")
    assert [kept.of(first), kept.of(first), kept.of(equal)] == [1, 1, 2]
    for _ in range(MOST):
        kept.of(Reply())
    assert kept.of(first) > MOST
