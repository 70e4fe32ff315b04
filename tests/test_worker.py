"""The worker over a real outbox: sent once, retried, failed, looked up after doubt."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from bot.delivery import Doubtful, Message, PermanentFailure, TemporaryFailure
from bot.messages import Paragraph, Reply
from bot.pace import Rate
from bot.worker import DOUBT_SECONDS, GIVE_UP_AFTER, LEASE_SECONDS, WORK_SECONDS, Timing, Worker, retry_delay
from storage.database import Database, open_database
from storage.migrations import migrate
from storage.outbox import SqlOutbox
from tests.crash.harness import JumpingLoop

START = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class StrictMessenger:
    """A channel that does what it is told, in order, and refuses any call nobody planned."""

    def __init__(self, *plan: tuple[str, object]) -> None:
        self.plan = list(plan)
        self.sent: list[str] = []
        self.looked: list[tuple[str, datetime]] = []

    async def send(self, message: Message) -> str:
        outcome = self._next(f"send {message.key}")
        self.sent.append(message.key)
        if isinstance(outcome, Exception):
            raise outcome
        return str(outcome)

    async def find(self, message: Message, since: datetime) -> str | None:
        outcome = self._next(f"find {message.key}")
        self.looked.append((message.key, since))
        if isinstance(outcome, Exception):
            raise outcome
        return None if outcome is None else str(outcome)

    def _next(self, call: str) -> object:
        assert self.plan, f"unplanned: {call}"
        planned, outcome = self.plan.pop(0)
        assert call.startswith(planned), f"{call}, but {planned} was planned"
        return outcome


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(f"sqlite:///{tmp_path}/outbox.db") as opened:
        migrate(opened)
        yield opened


@pytest.fixture
def outbox(database: Database) -> SqlOutbox:
    return SqlOutbox(database)


def message(key: str = "k1", channel: str = "chat") -> Message:
    reply = Reply(title="お知らせ", parts=(Paragraph(text="本文"),))
    return Message(key=key, channel=channel, recipient="0001", reply=reply, due_at=START)


def worker(outbox: SqlOutbox, messenger: StrictMessenger, clock: Clock, name: str = "w1") -> Worker:
    return Worker(name, outbox, {"chat": messenger}, clock, Random(1))


def state(outbox: SqlOutbox) -> str:
    (only,) = [name for name, count in outbox.counts().items() if count]
    return only


async def test_a_message_goes_out_once(outbox: SqlOutbox) -> None:
    outbox.put(message())
    messenger, clock = StrictMessenger(("send k1", "ref-1")), Clock()
    assert await worker(outbox, messenger, clock).drain_once() == 1
    clock.forward(86_400)
    assert await worker(outbox, messenger, clock).drain_once() == 0
    assert state(outbox) == "sent"


async def test_a_message_waits_until_it_is_due(outbox: SqlOutbox) -> None:
    outbox.put(message().model_copy(update={"due_at": START + timedelta(seconds=10)}))
    messenger, clock = StrictMessenger(("send k1", "ref-1")), Clock()
    sender = worker(outbox, messenger, clock)
    assert await sender.drain_once() == 0
    clock.forward(10)
    assert await sender.drain_once() == 1


async def test_a_temporary_failure_is_tried_again_later(outbox: SqlOutbox) -> None:
    outbox.put(message())
    messenger = StrictMessenger(("send k1", TemporaryFailure("503")), ("send k1", "ref-1"))
    clock = Clock()
    sender = worker(outbox, messenger, clock)
    assert await sender.drain_once() == 1
    assert state(outbox) == "queued"
    assert await sender.drain_once() == 0
    clock.forward(2.0)
    assert await sender.drain_once() == 1
    assert state(outbox) == "sent"


async def test_retry_after_is_honoured(outbox: SqlOutbox) -> None:
    outbox.put(message())
    messenger = StrictMessenger(("send k1", TemporaryFailure("429", retry_after=30)), ("send k1", "ref-1"))
    clock = Clock()
    sender = worker(outbox, messenger, clock)
    await sender.drain_once()
    clock.forward(29.9)
    assert await sender.drain_once() == 0
    clock.forward(2.2)
    assert await sender.drain_once() == 1


async def test_a_permanent_failure_is_not_tried_again(outbox: SqlOutbox) -> None:
    outbox.put(message())
    messenger, clock = StrictMessenger(("send k1", PermanentFailure("left"))), Clock()
    sender = worker(outbox, messenger, clock)
    await sender.drain_once()
    clock.forward(86_400)
    assert await sender.drain_once() == 0
    assert state(outbox) == "failed"


@pytest.mark.parametrize("fault", [Doubtful("reply lost"), ConnectionResetError(), ValueError("broken")])
async def test_after_doubt_a_message_found_there_counts_as_sent(outbox: SqlOutbox, fault: Exception) -> None:
    outbox.put(message())
    messenger = StrictMessenger(("send k1", fault), ("find k1", "ref-1"))
    clock = Clock()
    sender = worker(outbox, messenger, clock)
    await sender.drain_once()
    assert state(outbox) == "doubtful"
    clock.forward(DOUBT_SECONDS - 1)
    assert await sender.drain_once() == 0
    clock.forward(10)
    await sender.drain_once()
    assert state(outbox) == "sent"
    assert messenger.looked == [("k1", START)]
    assert messenger.sent == ["k1"]


async def test_after_doubt_a_message_provably_absent_is_sent_again(outbox: SqlOutbox) -> None:
    outbox.put(message())
    messenger = StrictMessenger(("send k1", Doubtful("lost")), ("find k1", None), ("send k1", "ref-2"))
    clock = Clock()
    sender = worker(outbox, messenger, clock)
    await sender.drain_once()
    clock.forward(60)
    await sender.drain_once()
    assert state(outbox) == "sent"


async def test_a_message_nobody_can_look_up_is_left_to_the_operator(outbox: SqlOutbox) -> None:
    outbox.put(message())
    messenger = StrictMessenger(("send k1", Doubtful("lost")), ("find k1", Doubtful("no history")))
    clock = Clock()
    sender = worker(outbox, messenger, clock)
    await sender.drain_once()
    clock.forward(60)
    await sender.drain_once()
    clock.forward(86_400)
    assert await sender.drain_once() == 0
    assert state(outbox) == "unclear"


async def test_a_history_out_of_reach_keeps_the_doubt(outbox: SqlOutbox) -> None:
    outbox.put(message())
    plan = (("send k1", Doubtful("lost")), ("find k1", TemporaryFailure("503")), ("find k1", "ref-1"))
    messenger, clock = StrictMessenger(*plan), Clock()
    sender = worker(outbox, messenger, clock)
    for _ in plan:
        await sender.drain_once()
        clock.forward(120)
    assert state(outbox) == "sent"
    assert messenger.sent == ["k1"]


async def test_a_temporary_failure_after_proof_of_absence_is_no_doubt(outbox: SqlOutbox) -> None:
    outbox.put(message())
    plan = (
        ("send k1", Doubtful("lost")),
        ("find k1", None),
        ("send k1", TemporaryFailure("503")),
        ("send k1", "ref-1"),
    )
    messenger, clock = StrictMessenger(*plan), Clock()
    sender = worker(outbox, messenger, clock)
    for _ in range(3):
        await sender.drain_once()
        clock.forward(120)
    assert state(outbox) == "sent"


async def test_a_worker_that_died_while_sending_leaves_doubt(outbox: SqlOutbox) -> None:
    outbox.put(message())
    clock = Clock()
    assert outbox.claim("dead", clock(), LEASE_SECONDS) is not None
    messenger = StrictMessenger(("find k1", "ref-1"))
    sender = worker(outbox, messenger, clock)
    assert await sender.drain_once() == 0
    clock.forward(LEASE_SECONDS)
    assert await sender.drain_once() == 1
    assert (state(outbox), messenger.sent) == ("sent", [])


async def test_looking_up_and_sending_share_one_deadline_inside_the_lease(outbox: SqlOutbox) -> None:
    class Slow(StrictMessenger):
        async def send(self, message: Message) -> str:
            await asyncio.sleep(0.3)
            return await super().send(message)

        async def find(self, message: Message, since: datetime) -> str | None:
            await asyncio.sleep(0.3)
            return await super().find(message, since)

    outbox.put(message())
    clock = Clock()
    outbox.claim("dead", clock(), LEASE_SECONDS)
    clock.forward(LEASE_SECONDS)
    sender = worker(outbox, Slow(("find k1", None), ("send k1", "ref-1")), clock)
    sender.timing = Timing(work=0.4)
    began = time.monotonic()
    await sender.drain_once()
    assert time.monotonic() - began < 0.55
    assert state(outbox) == "doubtful"  # the request was on its way when time ran out


def test_a_message_is_worked_well_inside_its_lease() -> None:
    assert WORK_SECONDS <= LEASE_SECONDS - 20


async def test_what_was_delayed_into_the_evening_waits_for_the_morning(outbox: SqlOutbox) -> None:
    morning = START + timedelta(hours=14)
    outbox.put(message().model_copy(update={"in_hours": True}))
    outbox.put(message("k2"))  # an answer to somebody who waits for it
    clock = Clock()
    messenger = StrictMessenger(("send k2", "ref2"))
    sender = replace(worker(outbox, messenger, clock), working=lambda at: max(at, morning))
    assert await sender.drain_once() == 2
    clock.forward(13 * 3600)
    assert await sender.drain_once() == 0
    clock.forward(3600)
    messenger.plan = [
        ("send k1", TemporaryFailure("503"))
    ]  # a first try after a night is not a day of trying
    assert await sender.drain_once() == 1
    assert outbox.counts()["queued"] == 1
    assert outbox.count_waiting("k1", START + timedelta(minutes=1)) == 1  # late all the while


async def test_trying_ends_after_a_day(outbox: SqlOutbox) -> None:
    outbox.put(message())
    clock = Clock()
    tries = 0
    while state(outbox) == "queued":
        messenger = StrictMessenger(("send k1", TemporaryFailure("503")))
        tries += await worker(outbox, messenger, clock).drain_once()
        clock.forward(1000)
        assert tries < 200
    assert state(outbox) == "failed"
    assert clock.now - START > GIVE_UP_AFTER
    assert tries > 50


async def test_a_channel_that_is_not_set_up_waits(outbox: SqlOutbox) -> None:
    outbox.put(message(channel="pigeon"))
    messenger, clock = StrictMessenger(), Clock()
    await worker(outbox, messenger, clock).drain_once()
    assert state(outbox) == "queued"


async def test_several_workers_send_each_message_once(outbox: SqlOutbox) -> None:
    keys = [f"k{number}" for number in range(60)]
    for key in keys:
        outbox.put(message(key))
    messengers = [StrictMessenger(*[("send", "ref")] * 60) for _ in range(3)]
    clock = Clock()
    handled = await asyncio.gather(
        *(worker(outbox, each, clock, f"w{number}").drain_once() for number, each in enumerate(messengers))
    )
    assert sum(handled) == 60
    assert sorted(key for each in messengers for key in each.sent) == sorted(keys)
    assert state(outbox) == "sent"


async def test_run_ends_when_told_and_settles_what_it_holds(outbox: SqlOutbox) -> None:
    stop = asyncio.Event()

    class Stopping(StrictMessenger):
        async def send(self, message: Message) -> str:
            stop.set()
            return await super().send(message)

    outbox.put(message("k1"))
    outbox.put(message("k2"))
    sender = worker(outbox, Stopping(("send k1", "ref")), Clock())
    sender.at_once = 1
    await asyncio.wait_for(sender.run(stop), 5)
    counts = outbox.counts()
    assert (counts["sent"], counts["queued"], sum(counts.values())) == (1, 1, 2)


async def test_a_platform_that_hangs_holds_up_no_other(outbox: SqlOutbox) -> None:
    class Hanging(StrictMessenger):
        async def send(self, message: Message) -> str:
            await asyncio.sleep(3600)
            return ""

    for number in range(40):
        outbox.put(message(f"slow{number}", "hanging"))
    outbox.put(message("quick"))
    stop = asyncio.Event()
    arrived = asyncio.Event()

    class Chat(StrictMessenger):
        async def send(self, message: Message) -> str:
            arrived.set()
            return await super().send(message)

    chat = Chat(("send quick", "ref"))
    sender = worker(outbox, chat, Clock())
    sender.messengers = {"hanging": Hanging(), "chat": chat}
    sender.timing = Timing(work=0.3)
    running = asyncio.create_task(sender.run(stop))
    await asyncio.wait_for(arrived.wait(), 5)
    stop.set()
    await running
    assert outbox.counts()["sent"] == 1


async def test_messages_go_out_side_by_side_but_never_more_than_told(outbox: SqlOutbox) -> None:
    class Busy(StrictMessenger):
        now = most = 0

        async def send(self, message: Message) -> str:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1
            return "ref"

    for number in range(30):
        outbox.put(message(f"k{number}"))
    busy = Busy()
    sender = worker(outbox, busy, Clock())
    sender.at_once = 5
    assert await sender.drain_once() == 30
    assert busy.most == 5


def test_two_workers_together_keep_the_rate_and_each_recipients_gap(outbox: SqlOutbox) -> None:
    loop, at = JumpingLoop(), list[tuple[str, float]]()

    class Noting:
        async def send(self, message: Message) -> str:
            at.append((message.recipient, loop.time()))
            await asyncio.sleep(0.3)
            return "ref"

        async def find(self, message: Message, since: datetime) -> str | None:
            raise AssertionError(message.key)

    def sender(name: str) -> Worker:
        def clock() -> datetime:
            return START + timedelta(seconds=loop.time())

        return Worker(name, outbox, {"chat": Noting()}, clock, rates={"chat": Rate(a_second=10, gap=3)})

    async def both() -> None:
        await asyncio.gather(*(sender(name).drain_once() for name in ("w1", "w2")))

    for number in range(100):
        recipient = "often" if number % 25 == 0 else f"r{number}"
        outbox.put(message(f"k{number:03}").model_copy(update={"recipient": recipient}))
    loop.run_until_complete(both())
    loop.close()
    times = sorted(time for _, time in at)
    assert len(times) == 100
    assert all(
        last - first > 0.99 for first, last in zip(times, times[11:], strict=False)
    )  # never 11 a second
    assert times[-1] < 11  # and never much less
    often = [time for recipient, time in at if recipient == "often"]
    assert all(later - earlier > 2.99 for earlier, later in pairwise(often))


async def test_what_would_outlast_its_lease_waiting_for_a_turn_is_given_back(outbox: SqlOutbox) -> None:
    clock, rate = Clock(), Rate(a_second=1000, gap=40.0)
    outbox.put(message())
    outbox.take_turns("chat", ["0001"], clock(), rate)  # somebody wrote to them just now
    messenger = StrictMessenger(("send k1", "ref"))
    sender = Worker("w1", outbox, {"chat": messenger}, clock, Random(1), rates={"chat": rate})
    await sender.drain_once()
    assert (messenger.sent, state(outbox)) == ([], "queued")
    clock.forward(90)
    await sender.drain_once()
    assert (messenger.sent, state(outbox)) == (["k1"], "sent")


async def test_asked_to_wait_the_whole_channel_waits_for_every_worker(outbox: SqlOutbox) -> None:
    clock, rates = Clock(), {"chat": Rate(a_second=1000)}
    for number in range(3):
        outbox.put(message(f"k{number}"))
    first = StrictMessenger(("send k0", TemporaryFailure("ratelimited", 30.0)))
    sender = Worker("w1", outbox, {"chat": first}, clock, Random(1), rates=rates, at_once=1)
    assert await sender.drain_once() == 1
    other = StrictMessenger(("send", "ref"), ("send", "ref"), ("send", "ref"))
    second = Worker("w2", outbox, {"chat": other}, clock, Random(1), rates=rates, at_once=1)
    assert await second.drain_once() == 0
    clock.forward(40)
    assert await second.drain_once() == 3


def test_delays_double_up_to_a_quarter_of_an_hour() -> None:
    assert [retry_delay(attempts, 1.0) for attempts in (1, 2, 3, 4)] == [2, 4, 8, 16]
    assert retry_delay(1, 0.0) == 1
    assert retry_delay(500, 1.0) == 900
    assert retry_delay(1, 0.0, retry_after=30) > 30
