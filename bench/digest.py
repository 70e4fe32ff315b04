"""The digest of a large city: composed and in the outbox, then sent to the strict fakes within the platforms' rates."""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from bench.harness import Result
from bench.megabytes import megabytes
from bot.app import build_messengers, build_services
from bot.handlers.digest.sending import send
from bot.pace import RATES
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
from tests.crash.child import settings_of
from tests.fakes.slack import FakeSlack
from tests.fakes.slack import served as slack_served
from tests.fakes.teams import BOT, TENANT, FakeTeams
from tests.fakes.teams import serving as teams_serving

READERS = 4000
WEEK, AT = "2026-W48", datetime(2026, 11, 24, 8, 45, tzinfo=JAPAN)
WORKERS = 2
SAMPLE_SECONDS = 10.0
WARM_SAMPLES = 3
# What Slack permits an app: several hundred messages a minute to a workspace, fifty openings of conversations.
SLACK_LIMITS = {"chat.postMessage": (500, 60.0), "conversations.open": (50, 60.0)}
OURS: Any = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Sent:
    """What one platform took: how many messages, how many different, the share of the rate kept, the most in a second."""

    messages: int
    different: int
    share: float
    busiest: int
    refused: int


def measure() -> Result:
    """Seconds to the outbox (three times); then all readers on each platform at once, by two workers."""
    times = sorted(_compose() for _ in range(3))
    rows: list[tuple[str | float, ...]] = [
        ("composed and in the outbox, best of 3 (s)", times[0]),
        ("composed and in the outbox, median (s)", times[1]),
    ]
    with tempfile.TemporaryDirectory() as folder:
        sent, memory = asyncio.run(_send_all(f"sqlite:///{Path(folder) / 'x.db'}"))
    for channel, found in sent.items():
        rate = RATES[channel].a_second
        rows += [
            (f"{channel}: taken, of {READERS:,} readers", found.messages),
            (f"{channel}: different ones", found.different),
            (f"{channel}: refused by the platform", found.refused),
            (
                f"{channel}: share of {rate:.0f} a second kept by {WORKERS} workers together (%)",
                100 * found.share,
            ),
            (f"{channel}: most within one second", found.busiest),
        ]
    for number, samples in enumerate(memory, 1):
        rows += [
            (
                f"worker {number}: memory after {WARM_SAMPLES * SAMPLE_SECONDS:.0f} s (MB)",
                samples[WARM_SAMPLES],
            ),
            (f"worker {number}: memory halfway (MB)", samples[len(samples) // 2]),
            (f"worker {number}: memory at the end (MB)", samples[-1]),
            (f"worker {number}: slope from then on (MB a minute)", _slope(samples[WARM_SAMPLES:])),
        ]
    return Result("digest", f"The digest for {READERS:,} readers", ("measure", "value"), tuple(rows))


def _compose() -> float:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'x.db'}") as database,
    ):
        migrate(database)
        services = _city(SqlStores(database))
        began = time.perf_counter()
        sent = send(services, WEEK)
        took = time.perf_counter() - began
        assert sent.put == READERS, sent
        return took


def _city(stores: SqlStores) -> Services:
    departments, people = synthetic_city(READERS, 1)
    stores.directory.save(departments, [_leading(person) for person in people], [])
    services = Services(
        settings=Settings(_env_file=None),
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ("fujisawa",)),
        clock=lambda: AT,
    )
    services.knowledge.refresh()
    return services


def _leading(person: Person) -> Person:
    post = Post(department_id=person.department_id, roles=frozenset({Role.STAFF, Role.LEADER}))
    return person.model_copy(update={"posts": (post,)})


async def _send_all(url: str) -> tuple[dict[str, Sent], list[list[float]]]:
    """Every reader's digest to both fakes; what they took, and each worker's memory every SAMPLE_SECONDS."""
    slack = FakeSlack(limits=dict(SLACK_LIMITS))
    with open_database(url) as database:
        migrate(database)
        async with slack_served(slack), teams_serving() as teams:
            await asyncio.to_thread(_put, SqlStores(database), slack, teams)
            taken = _watch(slack, teams)
            settings = settings_of(url, slack.url, teams.url)
            workers = [_start(f"w{number}", settings) for number in range(WORKERS)]
            memory: list[list[float]] = [[] for _ in workers]
            outbox = SqlStores(database).outbox
            try:
                while any(outbox.counts()[state] for state in ("queued", "sending", "doubtful")):
                    await asyncio.sleep(SAMPLE_SECONDS)
                    for samples, (process, _) in zip(memory, workers, strict=True):
                        samples.append(megabytes("VmRSS", process.pid))
            finally:
                for process, line in workers:
                    line.send("stop")
                    await asyncio.to_thread(process.join, 30)
            refused = {"slack": len(slack.refused), "teams": 0}
            return {name: _judged(name, times, refused[name]) for name, times in taken.items()}, memory


def _put(stores: SqlStores, slack: FakeSlack, teams: FakeTeams) -> None:
    """The composed digests, once for each platform: every reader is known to both."""
    services = _city(stores)
    send(services, WEEK)
    now = datetime.now(UTC)
    waiting = list(iter(lambda: stores.outbox.claim_some("bench", now, 3600, 500), []))
    for claimed in (one for some in waiting for one in some):
        person, key = claimed.message.recipient, claimed.message.key
        assert stores.outbox.settle_sent(key, "bench", "", now)
        user, member = slack.add_user(f"U{person}"), teams.person(person, f"{person}@city.example")
        conversation = f"a:{member.aad}"
        teams.conversations.setdefault(conversation, set()).add(member.id)
        reference = {
            "service_url": teams.url,
            "conversation": conversation,
            "user": member.id,
            "bot": BOT,
            "tenant_id": TENANT,
        }
        stores.conversations.save("teams", member.id, None, reference, now)
        for channel, recipient in (("slack", user), ("teams", member.id)):
            told = {"key": f"{channel}/{key}", "channel": channel, "recipient": recipient, "due_at": now}
            stores.outbox.put(claimed.message.model_copy(update=told))


def _watch(slack: FakeSlack, teams: FakeTeams) -> dict[str, list[tuple[float, str]]]:
    """When each message arrives, and to whom, as the fakes keep them: what they say is dropped to save memory."""
    taken: dict[str, list[tuple[float, str]]] = {"slack": [], "teams": []}

    class Posts(list[Any]):
        def __init__(self, name: str, whom: Any) -> None:
            super().__init__()
            self._name, self._whom = name, whom

        def append(self, posted: Any) -> None:
            taken[self._name].append((time.monotonic(), self._whom(posted)))

    slack.posts = Posts("slack", lambda posted: posted["channel"])
    teams.posted = Posts("teams", lambda posted: posted.conversation)
    return taken


def _start(name: str, settings: Settings) -> tuple[Any, Connection]:
    ours, theirs = OURS.Pipe()
    process = OURS.Process(target=_work, args=(name, settings, theirs), daemon=True)
    process.start()
    return process, ours


def _work(name: str, settings: Settings, line: Connection) -> None:
    """One worker process, until it is told to stop."""

    async def run() -> None:
        services = build_services(settings)
        messengers = build_messengers(services)
        worker = Worker(name, services.stores.outbox, messengers, lambda: datetime.now(UTC))
        stop = asyncio.Event()
        running = asyncio.create_task(worker.run(stop))
        await asyncio.to_thread(line.recv)
        stop.set()
        await running

    asyncio.run(run())


def _judged(channel: str, taken: Sequence[tuple[float, str]], refused: int) -> Sent:
    times = [at for at, _ in taken]
    last = max(times) - min(times)
    busiest = max(
        sum(at <= other < at + 1 for other in times[number : number + 200]) for number, at in enumerate(times)
    )
    return Sent(
        messages=len(taken),
        different=len({whom for _, whom in taken}),
        share=(len(times) - 1) / last / RATES[channel].a_second,
        busiest=busiest,
        refused=refused,
    )


def _slope(samples: Sequence[float]) -> float:
    """Megabytes a minute, by least squares."""
    minutes = np.arange(len(samples)) * SAMPLE_SECONDS / 60
    return float(np.polyfit(minutes, samples, 1)[0]) if len(samples) > 1 else 0.0
