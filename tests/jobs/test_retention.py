"""What was kept goes in time, by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.jobs.retention import forget_expired
from bot.jobs.running import Job, keep_doing
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
