"""Receipts on both databases: each arrival is worked once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Arrival, Receipts
from storage.database import Database
from storage.session import UnstorableText
from storage.stores import SqlStores
from tests.contract.processes import run_together, take_all

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
LEASE = timedelta(seconds=15)


@pytest.fixture
def receipts(stores: SqlStores) -> Receipts:
    return stores.receipts


def _arrival(key: str, body: str = "{}") -> Arrival:
    return Arrival(key, "slack", body)


def _take(receipts: Receipts, worker: str, at: datetime, *keys: str) -> list[int | None]:
    taken = receipts.exchange(worker, at, at + LEASE, arrivals=[_arrival(key, f"body {key}") for key in keys])
    return [receipt.attempts if receipt else None for receipt in taken]


def test_an_arrival_is_taken_once(receipts: Receipts) -> None:
    assert _take(receipts, "w1", NOW, "b", "a", "b") == [1, 1, None]
    assert _take(receipts, "w2", NOW, "a", "c", "b") == [None, 1, None]


def test_what_is_taken_comes_back_whole(receipts: Receipts) -> None:
    (receipt,) = receipts.exchange("w", NOW, NOW + LEASE, arrivals=[_arrival("a", '{"日本":"語"}')])
    assert receipt is not None
    assert (receipt.key, receipt.body, receipt.attempts, receipt.received_at) == (
        "a",
        '{"日本":"語"}',
        1,
        NOW,
    )


def test_answered_is_final_and_keeps_no_content(receipts: Receipts, database: Database) -> None:
    _take(receipts, "w1", NOW, "a")
    receipts.exchange("w1", NOW, NOW + LEASE, answered=["a"])
    assert _take(receipts, "w2", NOW + timedelta(hours=9), "a") == [None]
    assert receipts.list_overdue("slack", NOW + timedelta(hours=9)) == []
    assert database.query("select body from receipts")[0]["body"] == ""


def test_a_lease_that_ran_out_is_taken_by_another(receipts: Receipts) -> None:
    _take(receipts, "w1", NOW, "a")
    assert receipts.list_overdue("slack", NOW + LEASE - timedelta(seconds=1)) == []
    (overdue,) = receipts.list_overdue("slack", NOW + LEASE)
    assert overdue == _arrival("a", "body a")
    assert receipts.list_overdue("teams", NOW + LEASE) == []
    taken = receipts.exchange("w2", NOW + LEASE, NOW + 2 * LEASE, arrivals=[overdue])
    assert taken[0] is not None
    assert (taken[0].attempts, taken[0].received_at, taken[0].body) == (2, NOW, "body a")


def test_who_lost_the_lease_settles_nothing(receipts: Receipts) -> None:
    _take(receipts, "w1", NOW, "a")
    _take(receipts, "w2", NOW + LEASE, "a")
    receipts.exchange("w1", NOW + LEASE, NOW + 9 * LEASE, answered=["a"], extended=["a"])
    assert _take(receipts, "w3", NOW + 2 * LEASE, "a") == [3]


def test_a_lease_is_prolonged(receipts: Receipts) -> None:
    _take(receipts, "w1", NOW, "a")
    later = NOW + timedelta(seconds=10)
    receipts.exchange("w1", later, later + LEASE, extended=["a"])
    assert _take(receipts, "w2", NOW + LEASE, "a") == [None]
    assert _take(receipts, "w2", later + LEASE, "a") == [2]


def test_what_is_answered_cannot_be_prolonged(receipts: Receipts) -> None:
    _take(receipts, "w1", NOW, "a")
    receipts.exchange("w1", NOW, NOW + LEASE, answered=["a"], extended=["a"])
    assert _take(receipts, "w2", NOW + 9 * LEASE, "a") == [None]


def test_old_ones_are_forgotten(receipts: Receipts) -> None:
    _take(receipts, "w1", NOW, "a", "b")
    receipts.exchange("w1", NOW, NOW + LEASE, answered=["b"])
    _take(receipts, "w1", NOW + timedelta(hours=1), "c")
    receipts.forget(NOW + timedelta(minutes=1))
    assert _take(receipts, "w2", NOW + timedelta(hours=1), "a", "b", "c") == [1, 1, None]


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d"])
def test_one_that_cannot_be_kept_spoils_the_step_alike(receipts: Receipts, text: str) -> None:
    with pytest.raises(UnstorableText):
        receipts.exchange("w", NOW, NOW + LEASE, arrivals=[_arrival("a"), _arrival("b", text)])
    assert _take(receipts, "w", NOW, "a") == [1]


def test_threads_take_each_arrival_once(database: Database) -> None:
    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(lambda n: take_all(database, f"w{n}"), range(3)))
    taken = Counter(key for result in results for key in result)
    assert set(taken.values()) == {1}
    assert len(taken) == 200


def test_processes_take_each_arrival_once(database_url: str, database: Database) -> None:
    results = run_together("take_all", database_url)
    taken = Counter(key for result in results for key in result)
    assert set(taken.values()) == {1}
    assert len(taken) == 200
