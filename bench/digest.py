"""The digest of a large city: composed and in the outbox, then sent within the platforms' rates, in flat memory."""

from __future__ import annotations

import asyncio
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.harness import Result
from bot.delivery import Message
from bot.handlers.digest.sending import send
from bot.messages import Paragraph, Reply
from bot.pace import RATES, Rate
from bot.services import Services
from bot.settings import Settings
from bot.worker import Worker
from knowledge.base import KnowledgeBase
from staff.calendar import JAPAN
from staff.demo import synthetic_city
from staff.model import Person, Post, Role
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores

READERS = 4000
WEEK, AT = "2026-W48", datetime(2026, 11, 24, 8, 45, tzinfo=JAPAN)
REPLY_SECONDS = 0.2  # of a platform far away
SENDING_SECONDS = 20.0


def measure() -> Result:
    """Seconds to the outbox (three times), the share of the permitted rate while sending, memory before and after."""
    times = [_compose() for _ in range(3)]
    rows: list[tuple[str | float, ...]] = [
        ("composed and in the outbox, best (s)", min(times)),
        ("composed and in the outbox, median (s)", sorted(times)[1]),
    ]
    for channel, rate in RATES.items():
        share, before, after = asyncio.run(_send(channel, rate))
        rows += [
            (f"{channel}: share of {rate.a_second:.0f} messages/s kept (%)", 100 * share),
            (f"{channel}: memory after a quarter and at the end (MB)", before),
            ("", after),
        ]
    return Result("digest", f"The digest for {READERS:,} readers", ("measure", "value"), tuple(rows))


def _compose() -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'x.db'}") as database,
    ):
        migrate(database)
        stores = SqlStores(database)
        departments, people = synthetic_city(READERS, 1)
        stores.directory.save(departments, [_leading(person) for person in people], [])
        services = Services(
            settings=Settings(_env_file=None),
            stores=stores,
            knowledge=KnowledgeBase(stores.articles, ("fujisawa",)),
            clock=lambda: AT,
        )
        services.knowledge.refresh()
        began = time.perf_counter()
        sent = send(services, WEEK)
        took = time.perf_counter() - began
        assert sent.put == READERS, sent
        return took


def _leading(person: Person) -> Person:
    post = Post(department_id=person.department_id, roles=frozenset({Role.STAFF, Role.LEADER}))
    return person.model_copy(update={"posts": (post,)})


class _Far:
    """A platform that takes every message after a while, and remembers when."""

    def __init__(self, quarter: int) -> None:
        self.times: list[float] = []
        self.early = 0.0
        self._quarter = quarter

    async def send(self, message: Message) -> str:
        """Take it."""
        self.times.append(time.monotonic())
        if len(self.times) == self._quarter:
            self.early = _megabytes()
        await asyncio.sleep(REPLY_SECONDS)
        return message.key

    async def find(self, message: Message, since: datetime) -> str | None:  # noqa: ARG002
        """Nothing is doubted here."""
        raise AssertionError(message.key)


async def _send(channel: str, rate: Rate) -> tuple[float, float, float]:
    """The share of the rate kept, and the memory after a quarter of the messages and at the end."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'x.db'}") as database,
    ):
        migrate(database)
        stores, now = SqlStores(database), datetime.now(UTC)
        reply = Reply(title="DX推進だより", parts=tuple(Paragraph(text="取組の状況 " * 20) for _ in range(8)))
        count = round(rate.a_second * SENDING_SECONDS)
        stores.transaction(
            lambda inside: [
                inside.outbox.put(
                    Message(
                        key=f"{n:05}",
                        channel=channel,
                        recipient=f"u{n}",
                        reply=reply,
                        due_at=now - timedelta(1),
                    )
                )
                for n in range(count)
            ]
        )
        far = _Far(count // 4)
        worker = Worker(
            "bench", stores.outbox, {channel: far}, lambda: datetime.now(UTC), rates={channel: rate}
        )
        await worker.drain_once()
        took = far.times[-1] - far.times[0]
        return (count - 1) / took / rate.a_second, far.early, _megabytes()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
