"""One seed of the crash test: workers over one outbox and two failing platforms, killed at steps drawn by the seed.

Time is made up: a loop that jumps to the next moment when nothing is left to do. Everything else is real: the worker, the
outbox on a database, the messengers.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bot.delivery import Doubtful, Message, Messenger, TemporaryFailure
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.settings import Settings
from bot.slack.messenger import SlackMessenger
from bot.teams.messenger import TeamsMessenger
from bot.worker import Worker
from knowledge.base import KnowledgeBase
from storage.columns import from_iso
from storage.database import Database
from storage.outbox import SqlOutbox
from storage.stores import SqlStores
from tests.crash.platforms import SERVICE, Killed, Life, Tenant, Workspace

START = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)
EACH = 6
WORKERS = 2
MOST_KILLS = 3
LATEST_STEP = 60
LAST_HOUR = 30
_NEXT = """
select min(case when state = 'sending' then lease_until else due_at end) as due from outbox
where state in ('queued', 'sending', 'doubtful')
"""
WAITING = ("queued", "sending", "doubtful")


class JumpingLoop(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next timer when nothing is ready."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        """Seconds since the loop was made, none of them real."""
        return self._now

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:  # type: ignore[override]
        """Run it now: a thread would take real time, and the clock would jump meanwhile."""
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except BaseException as error:
            done.set_exception(error)
        return done

    def _run_once(self) -> None:
        loop: Any = self
        coming = [timer.when() for timer in loop._scheduled if not timer.cancelled()]
        if not loop._ready and coming:
            self._now = max(self._now, min(coming))
        super()._run_once()  # type: ignore[misc]


@dataclass
class Outcome:
    """What became of the messages of one seed, or of many together."""

    messages: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    slack: Counter[str] = field(default_factory=Counter)
    teams: Counter[str] = field(default_factory=Counter)

    def add(self, other: Outcome) -> None:
        """Take another seed's counts in."""
        self.messages += other.messages
        for name in ("kills", "faults", "slack", "teams"):
            getattr(self, name).update(getattr(other, name))

    @property
    def is_right(self) -> bool:
        """Slack: each once, none lost, none on the list. Teams: none twice, none lost that is not on the list."""
        wrong = (self.slack["twice"], self.slack["lost"], self.slack["on the list"], self.slack["open"])
        return not any((*wrong, self.teams["twice"], self.teams["lost"], self.teams["open"]))


class _MortalOutbox:
    """The outbox as one worker sees it: its life may end before or after each call's commit."""

    def __init__(self, outbox: SqlOutbox, life: Life) -> None:
        self._outbox = outbox
        self._life = life

    def __getattr__(self, name: str) -> Callable[..., Any]:
        do = getattr(self._outbox, name)

        def call(*arguments: Any, **named: Any) -> Any:
            self._life.step(f"before {name}")
            result = do(*arguments, **named)
            self._life.step(f"after {name}")
            return result

        return call


class Blind:
    """A messenger that retries blindly: what it must not do, to show that the harness sees duplicates."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger

    async def send(self, message: Message) -> str:
        """Send; a doubt is a failure."""
        try:
            return await self._messenger.send(message)
        except Doubtful as doubt:
            raise TemporaryFailure(str(doubt)) from None

    async def find(self, message: Message, since: datetime) -> str | None:
        """Never look."""
        return None


def bare_services(database: Database) -> Services:
    """Services for messengers, without knowledge or platforms set up."""
    stores = SqlStores(database)
    settings = Settings(_env_file=None, DXBOT_CONTENT="")
    return Services(
        settings=settings, stores=stores, knowledge=KnowledgeBase(stores.articles, ()), clock=lambda: START
    )


def run_seed(database: Database, services: Services, seed: int, *, blind: bool = False) -> Outcome:
    """Put the messages, let workers live and die, and count what arrived."""
    loop = JumpingLoop()
    try:
        return loop.run_until_complete(_Run(loop, database, services, Random(seed), blind).run())
    finally:
        loop.close()


@dataclass
class _Run:
    loop: JumpingLoop
    database: Database
    services: Services
    chance: Random
    blind: bool

    def __post_init__(self) -> None:
        share = self.chance.choice((0.1, 0.3, 0.5))
        self.slack = Workspace(Random(self.chance.random()), share)
        self.teams = Tenant(Random(self.chance.random()), share)
        self.outbox = SqlOutbox(self.database)
        self.kills: Counter[str] = Counter()
        self.left = self.chance.randrange(MOST_KILLS + 1)

    def clock(self) -> datetime:
        return START + timedelta(seconds=self.loop.time())

    async def run(self) -> Outcome:
        for table in ("outbox", "send_turns"):
            self.database.transaction(lambda tx, table=table: tx.query(f"delete from {table}"))  # type: ignore[misc]
        keys = self._put()
        workers = [asyncio.create_task(self._keep_alive(number)) for number in range(WORKERS)]
        await asyncio.wait(workers)
        for worker in workers:
            worker.result()
        await asyncio.sleep(30)  # what is late has arrived by now
        return self._outcome(keys)

    def _put(self) -> list[tuple[str, str]]:
        keys = [
            (channel, f"digest/2026-W48/{channel}{number}")
            for number in range(EACH)
            for channel in ("slack", "teams")
        ]
        for number, (channel, key) in enumerate(keys):
            user = f"U0CRASH{number % 4}"  # several messages to one person
            if channel == "teams":
                self._know(user)
            reply = Reply(parts=(Paragraph(text=f"key {key}"),))
            self.outbox.put(Message(key=key, channel=channel, recipient=user, reply=reply, due_at=START))
        return keys

    def _know(self, user: str) -> None:
        reference = {
            "service_url": SERVICE,
            "conversation": f"a:{user}",
            "user": user,
            "bot": "28:b",
            "tenant_id": "t",
        }
        self.services.stores.conversations.save("teams", user, None, reference, START)

    async def _keep_alive(self, number: int) -> None:
        """A worker, and the next in its place whenever it is killed, until nothing waits any more."""
        for life_number in range(MOST_KILLS + 2):
            life = self._life()
            worker = self._worker(f"w{number}-{life_number}", life)
            try:
                await self._work(worker)
            except Killed:
                self.kills[life.where] += 1
                await asyncio.sleep(self.chance.uniform(0, 90))
            else:
                return

    def _life(self) -> Life:
        if self.left == 0:
            return Life()
        self.left -= 1
        return Life(ends_at=self.chance.randrange(1, LATEST_STEP))

    async def _work(self, worker: Worker) -> None:
        while (due := self._next()) is not None and self.loop.time() < LAST_HOUR * 3600:
            await asyncio.sleep(max(worker.timing.idle, (due - self.clock()).total_seconds()))
            await worker.drain_once()

    def _worker(self, name: str, life: Life) -> Worker:
        slack: Messenger = SlackMessenger(self.services, self.slack.client(life))
        teams: Messenger = TeamsMessenger(self.services, self.teams.connector(life))
        if self.blind:
            slack, teams = Blind(slack), Blind(teams)
        outbox: Any = _MortalOutbox(self.outbox, life)
        messengers = {"slack": slack, "teams": teams}
        return Worker(name, outbox, messengers, self.clock, Random(self.chance.random()), at_once=4)

    def _next(self) -> datetime | None:
        """When there is something to do again; None when everything is settled."""
        rows = self.database.query(_NEXT)
        return from_iso(rows[0]["due"]) if rows[0]["due"] else None

    def _outcome(self, keys: list[tuple[str, str]]) -> Outcome:
        states = {row["key"]: row["state"] for row in self.database.query("select key, state from outbox")}
        outcome = Outcome(messages=len(keys), kills=self.kills)
        for channel, key in keys:
            platform = self.slack if channel == "slack" else self.teams
            counted: Counter[str] = getattr(outcome, channel)
            counted[judged(platform.posted[key], states[key])] += 1
            counted["messages"] += 1
        outcome.faults = self.slack.faults + self.teams.faults
        return outcome


def judged(posted: int, state: str) -> str:
    """What became of one message: posted so often, left in that state."""
    if posted > 1:
        return "twice"
    if state in WAITING:
        return "open"
    if state in ("unclear", "failed"):
        return "on the list"
    return "once" if posted == 1 else "lost"
