"""The receipts of one process, over a real database that fails when told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import ledger as module
from bot.delivery import Arrival, Asker, Receipt, Receipts
from bot.ledger import Ledger
from staff.model import Person
from storage.stores import SqlStores

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
ASKER = Asker(Person(id="900001", name="見本 花子", email="", posts=()))
SOON = 0.02
PATIENCE = 5.0


class Failing:
    """Real receipts. While `away` is set, a step waits for `go` and fails."""

    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts
        self.away = threading.Event()
        self.began = threading.Event()
        self.go = threading.Event()
        self.list_overdue, self.forget = receipts.list_overdue, receipts.forget

    def exchange(self, *about: Any, **work: Any) -> Sequence[Receipt | None]:
        if self.away.is_set():
            self.began.set()
            self.go.wait(PATIENCE)
            raise ConnectionError("the database is away")
        return self._receipts.exchange(*about, **work)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def receipts(sqlite_stores: SqlStores, monkeypatch: pytest.MonkeyPatch) -> Failing:
    monkeypatch.setattr(module, "TROUBLE_SECONDS", SOON)
    return Failing(sqlite_stores.receipts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(receipts: Failing, clock: Clock) -> Ledger:
    return Ledger(receipts, clock)


def _arrival(key: str) -> Arrival:
    return Arrival(key, "slack", "{}")


async def _began_to_fail(receipts: Failing) -> None:
    assert await asyncio.to_thread(receipts.began.wait, PATIENCE)


def _open_keys(receipts: Failing) -> list[str]:
    return [arrival.key for arrival in receipts.list_overdue("slack", NOW + timedelta(hours=1))]


async def _until_answered(receipts: Failing) -> None:
    for _ in range(int(PATIENCE / SOON)):
        if not _open_keys(receipts):
            return
        await asyncio.sleep(SOON)
    raise AssertionError("never settled")


async def test_what_arrives_while_a_step_fails_is_taken_by_the_next(
    ledger: Ledger, receipts: Failing
) -> None:
    receipts.away.set()
    first = asyncio.create_task(ledger.take(_arrival("first")))
    await _began_to_fail(receipts)
    second = asyncio.create_task(ledger.take(_arrival("second")))
    await asyncio.sleep(0)
    receipts.away.clear()
    receipts.go.set()
    with pytest.raises(ConnectionError):
        await first
    taken = await asyncio.wait_for(second, PATIENCE)
    assert taken is not None
    assert _open_keys(receipts) == ["second"]
    await ledger.close()


async def test_what_is_settled_while_a_step_fails_is_settled_later(ledger: Ledger, receipts: Failing) -> None:
    await asyncio.gather(*(ledger.take(_arrival(key)) for key in "ab"))
    receipts.away.set()
    ledger.settle("b")
    await _began_to_fail(receipts)
    ledger.settle("a")
    await asyncio.sleep(2 * module.SETTLE_SECONDS)
    receipts.away.clear()
    receipts.go.set()
    await _until_answered(receipts)
    await ledger.close()


async def test_what_fails_to_be_settled_is_settled_later(ledger: Ledger, receipts: Failing) -> None:
    await ledger.take(_arrival("a"))
    receipts.go.set()
    receipts.away.set()
    ledger.settle("a")
    await _began_to_fail(receipts)
    receipts.away.clear()
    await _until_answered(receipts)
    await ledger.close()


async def test_closing_settles_what_is_answered(ledger: Ledger, receipts: Failing) -> None:
    await asyncio.gather(*(ledger.take(_arrival(key)) for key in "abc"))
    ledger.settle("a")
    ledger.settle("c")
    await ledger.close()
    assert _open_keys(receipts) == ["b"]


async def test_closing_without_a_database_ends(
    ledger: Ledger, receipts: Failing, caplog: pytest.LogCaptureFixture
) -> None:
    await ledger.take(_arrival("a"))
    receipts.go.set()
    receipts.away.set()
    ledger.settle("a")
    await asyncio.wait_for(ledger.close(), PATIENCE)
    caplog.clear()
    await asyncio.sleep(5 * SOON)
    assert caplog.text == ""
    assert _open_keys(receipts) == ["a"]


async def test_sweeping_goes_on_after_a_failure_and_forgets_what_is_old(
    ledger: Ledger, receipts: Failing, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await ledger.take(_arrival("old"))
    clock.now += module.REMEMBERED + timedelta(seconds=1)
    await ledger.take(_arrival("new"))
    found: list[str] = []
    looked_again = asyncio.Event()

    async def work() -> None:
        found.append(",".join(arrival.key for arrival in await ledger.list_overdue("slack")))
        if len(found) == 1:
            raise RuntimeError("ひみつ")
        if len(found) == 3:
            looked_again.set()

    sweeping = asyncio.create_task(ledger.sweep(work, SOON))
    await asyncio.wait_for(looked_again.wait(), PATIENCE)
    sweeping.cancel()
    assert found == ["old", "old", ""]
    assert "RuntimeError at test_ledger.py" in caplog.text
    assert "ひみつ" not in caplog.text
    clock.now += timedelta(hours=1)
    assert [arrival.key for arrival in await ledger.list_overdue("slack")] == ["new"]
    await ledger.close()


LEASE = 0.9


def _ledger(stores: SqlStores) -> Ledger:
    return Ledger(stores.receipts, lambda: datetime.now(UTC), LEASE)


async def _work_for(ledger: Ledger, arrival: Arrival, seconds: float, worked: list[str]) -> None:
    receipt = await ledger.take(arrival)
    if receipt is None:
        return
    with ledger.holding(arrival.key):
        worked.append(arrival.key)
        await asyncio.sleep(seconds)
        ledger.settle(arrival.key)


@asynccontextmanager
async def _sweeping(ledger: Ledger, seconds: float, worked: list[str]) -> AsyncIterator[None]:
    async def work_overdue() -> None:
        for arrival in await ledger.list_overdue("slack"):
            await _work_for(ledger, arrival, seconds, worked)

    sweeping = asyncio.create_task(ledger.sweep(work_overdue, LEASE / 10))
    try:
        yield
    finally:
        sweeping.cancel()
        await asyncio.gather(sweeping, return_exceptions=True)
        await ledger.close()


async def test_a_work_of_three_leases_is_done_once_by_two_processes(stores: SqlStores) -> None:
    one, two, worked = _ledger(stores), _ledger(stores), list[str]()
    async with _sweeping(one, 0, worked), _sweeping(two, 0, worked):
        await _work_for(one, _arrival("long"), 3 * LEASE, worked)
        await asyncio.sleep(LEASE / 2)
    assert worked == ["long"]


async def test_what_a_dead_process_held_is_worked_by_another(stores: SqlStores) -> None:
    dead, alive, worked = _ledger(stores), _ledger(stores), list[str]()
    stuck = asyncio.create_task(_work_for(dead, _arrival("a"), PATIENCE, worked))
    await asyncio.sleep(LEASE)
    await dead.close()
    async with _sweeping(alive, 0, worked):
        await asyncio.sleep(2 * LEASE)
    stuck.cancel()
    assert worked == ["a", "a"]


async def test_what_is_held_here_is_not_overdue_here_even_when_its_lease_ran_out(
    ledger: Ledger, receipts: Failing, clock: Clock
) -> None:
    await ledger.take(_arrival("a"))
    with ledger.holding("a"):
        clock.now += timedelta(hours=1)
        assert _open_keys(receipts) == ["a"]
        assert await ledger.list_overdue("slack") == []
        assert await ledger.take(_arrival("a")) is None
    assert [arrival.key for arrival in await ledger.list_overdue("slack")] == ["a"]
    await ledger.close()


async def test_what_waits_to_be_settled_is_not_taken_again(
    ledger: Ledger, receipts: Failing, clock: Clock
) -> None:
    await ledger.take(_arrival("a"))
    receipts.go.set()
    receipts.away.set()
    ledger.settle("a")
    await _began_to_fail(receipts)
    clock.now += timedelta(hours=1)
    assert await ledger.list_overdue("slack") == []
    assert await ledger.take(_arrival("a")) is None
    await ledger.close()


async def test_a_lease_that_could_not_be_prolonged_is_prolonged_soon_after(receipts: Failing) -> None:
    ledger = Ledger(receipts, lambda: datetime.now(UTC), 3 * LEASE)
    await ledger.take(_arrival("a"))
    with ledger.holding("a"):
        receipts.go.set()
        receipts.away.set()
        await _began_to_fail(receipts)
        receipts.away.clear()
        await asyncio.sleep(10 * SOON)
        left_from_the_first = datetime.now(UTC) + timedelta(seconds=2.5 * LEASE)
        assert receipts.list_overdue("slack", left_from_the_first) == []
    await ledger.close()


async def test_who_sent_what_was_taken_is_read_for_all_at_once(receipts: Failing, clock: Clock) -> None:
    asked: list[list[str]] = []

    def whose(arrivals: Sequence[Arrival]) -> dict[str, Asker]:
        asked.append([arrival.key for arrival in arrivals])
        return {arrival.key: ASKER for arrival in arrivals if arrival.user == "U1"}

    ledger = Ledger(receipts, clock, whose=whose)
    sent = [Arrival("a", "slack", "{}", "U1"), Arrival("b", "slack", "{}", "U2"), Arrival("c", "slack", "{}")]
    first = await asyncio.gather(*map(ledger.take, sent))
    again = await ledger.take(sent[0])
    assert [receipt and receipt.asker for receipt in first] == [ASKER, None, None]
    assert again is None
    assert asked == [["a", "b"]]
    await ledger.close()


async def test_an_arrival_is_held_even_when_nobody_can_tell_who_sent_it(
    receipts: Failing, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def whose(arrivals: Sequence[Arrival]) -> dict[str, Asker]:
        raise ConnectionError("the database is away")

    ledger = Ledger(receipts, clock, whose=whose)
    taken = await ledger.take(Arrival("a", "slack", "{}", "U1"))
    assert taken is not None
    assert taken.asker is None
    assert _open_keys(receipts) == ["a"]
    assert "reading who asks" in caplog.text
    await ledger.close()
