"""What was kept goes in time, by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery import Message
from bot.jobs.retention import forget_expired
from bot.jobs.running import Job, keep_doing
from bot.messages import Paragraph, Reply
from knowledge.learning.unanswered import Reason, keep_question
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, later, open_city

EXPIRED = Job("expired", forget_expired, 0.01)


async def test_the_worker_forgets_what_is_old_and_ends_when_told(
    sqlite_stores: SqlStores, caplog: pytest.LogCaptureFixture
) -> None:
    services = later(open_city(sqlite_stores), NOW + timedelta(days=400))
    for days in (0, 390):
        keep_question(
            sqlite_stores.learning, "1", "名刺の作り方", Reason.UNKNOWN, "職員課", NOW + timedelta(days=days)
        )
    stop = asyncio.Event()
    with caplog.at_level(logging.INFO):
        work = asyncio.create_task(keep_doing(EXPIRED, services, stop))
        await _until(lambda: len(sqlite_stores.learning.list_questions()) == 1)
        stop.set()
        await asyncio.wait_for(work, 5)
    assert "questions 1" in caplog.text
    assert "名刺" not in caplog.text


def test_messages_go_with_their_time_and_are_not_sent_again(stores: SqlStores) -> None:
    city = open_city(stores)
    reply = Reply(parts=(Paragraph(text="名刺の作り方"),))
    for key in ("sent", "failed", "waiting"):
        assert stores.outbox.put(Message(key=key, channel="web", recipient="1", reply=reply, due_at=NOW))
    claimed = [stores.outbox.claim("w", NOW, 60) for _ in range(2)]
    assert all(claimed)
    stores.outbox.settle_failed("failed", "w", "x", NOW)
    stores.outbox.settle_sent("sent", "w", "1", NOW)
    stores.inbox.add("1", "sent", reply, NOW)
    assert forget_expired(later(city, NOW + timedelta(days=364)))["messages"] == 0
    done = forget_expired(later(city, NOW + timedelta(days=366)))
    assert (done["messages"], done["inbox"]) == (2, 1)
    bodies = stores._session.query("select key, body from outbox order by key")
    assert {row["key"]: "名刺" in row["body"] for row in bodies} == {
        "failed": False,
        "sent": False,
        "waiting": True,
    }
    assert stores.inbox.list_for("1") == []
    assert stores.outbox.list_unsettled() == []
    assert not stores.outbox.put(Message(key="sent", channel="web", recipient="1", reply=reply, due_at=NOW))


async def test_a_database_that_is_away_does_not_end_it(
    sqlite_stores: SqlStores, caplog: pytest.LogCaptureFixture
) -> None:
    services = open_city(sqlite_stores)
    sqlite_stores._session.transaction(lambda tx: tx.query("alter table asker_keys rename to away"))
    stop = asyncio.Event()
    work = asyncio.create_task(keep_doing(EXPIRED, services, stop))
    await _until(lambda: "expired failed" in caplog.text)
    sqlite_stores._session.transaction(lambda tx: tx.query("alter table away rename to asker_keys"))
    stop.set()
    await asyncio.wait_for(work, 5)


async def _until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")
