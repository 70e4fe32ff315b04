"""Overdue reviews: the owner 課 is reminded once a month, and nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery import Message
from bot.jobs.reviews import remind_of_reviews
from bot.jobs.running import Job, keep_doing
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import reminders as texts
from knowledge.article import Article, Kind, Layer, Passage
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.web.city import LEADER, OPERATOR, settle

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def _article(id_: str, owner: str, review_on: date | None) -> Article:
    return Article(
        id=id_,
        kind=Kind.PROCEDURE,
        layer=Layer.EDITORIAL,
        title=f"手続{id_}",
        passages=(Passage(text="窓口へ出します。"),),
        owner=owner,
        review_on=review_on,
    )


ARTICLES = [
    _article("old", "市民窓口課", date(2026, 11, 23)),
    _article("today", "市民窓口課", date(2026, 11, 24)),
    _article("nobodys", "なくなった課", date(2026, 1, 1)),
    _article("never", "市民窓口課", None),
]


def _services(stores: SqlStores, now: datetime) -> Services:
    knowledge = KnowledgeBase(stores.articles, ())
    return Services(settings=Settings(content=()), stores=stores, knowledge=knowledge, clock=lambda: now)


@pytest.fixture
def stores(sqlite_stores: SqlStores) -> SqlStores:
    """The made-up city with one article of each standing."""
    settle(sqlite_stores)
    sqlite_stores.articles.replace_source("procedures", ARTICLES)
    return sqlite_stores


def _waiting(stores: SqlStores, at: datetime) -> Sequence[Message]:
    found: list[Message] = []
    while claimed := stores.outbox.claim("test", at, 60):
        found.append(claimed.message)
        assert stores.outbox.settle_sent(claimed.message.key, "test", "x", at)
    return found


def test_the_owner_is_reminded_of_what_is_overdue(stores: SqlStores) -> None:
    assert remind_of_reviews(_services(stores, NOW)) == {"reminders": 2}
    told = {message.recipient: message for message in _waiting(stores, NOW)}
    assert set(told) == {LEADER.id, OPERATOR.id}
    assert told[LEADER.id].key == f"review/old/2026-11/{LEADER.id}"
    assert texts.OVERDUE.format(title="手続old", day="令和8年11月23日") in told[LEADER.id].reply.text
    assert [(action.name, action.value) for action in told[LEADER.id].reply.actions] == [("article", "old")]


def test_once_a_month_however_often_it_is_looked_at(stores: SqlStores) -> None:
    for hours in (0, 1, 14):
        remind_of_reviews(_services(stores, NOW + timedelta(hours=hours)))
    assert len(_waiting(stores, NOW + timedelta(hours=14))) == 2
    assert remind_of_reviews(_services(stores, NOW + timedelta(days=10))) == {
        "reminders": 3
    }  # 手続today is overdue by then
    assert {message.key.split("/")[2] for message in _waiting(stores, NOW + timedelta(days=10))} == {
        "2026-12"
    }


async def test_the_clock_reminds_until_it_is_stopped(stores: SqlStores) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.1, stop.set)
    await keep_doing(Job("reviews overdue", remind_of_reviews, 0.01), _services(stores, NOW), stop)
    assert len(_waiting(stores, NOW)) == 2
