"""The crash test with real processes: `python -m tests.crash.processes 50` kills -9 two workers again and again.

Slack and the Bot Connector are the strict fakes over HTTP, failing by chance. Several seeds run side by side.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.delivery import Message
from bot.messages import Paragraph, Reply
from storage.database import Database, open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.crash.child import work
from tests.crash.harness import WAITING, Outcome, judged
from tests.fakes.slack import FakeSlack
from tests.fakes.slack import served as slack_served
from tests.fakes.slack_faults import Fault as SlackFault
from tests.fakes.teams import BOT, TENANT, FakeTeams
from tests.fakes.teams import Fault as TeamsFault
from tests.fakes.teams import serving as teams_serving

EACH = 4
WORKERS = 2
LANES = 8
KILLS = 3
FAULTS_EACH = 4
LONGEST = 120.0
SLACK_FAULTS: tuple[SlackFault, ...] = ("lose_reply", "lose_request", "500", "html", "hang", "502")
TEAMS_FAULTS: tuple[TeamsFault, ...] = (
    "lose reply",
    "lose request",
    "500",
    "html",
    "hang reply",
    "hang",
    "502",
)
OURS: Any = multiprocessing.get_context("forkserver")


async def run_seed(seed: int, folder: Path) -> Outcome:
    """One seed: its own database, fakes, workers and deaths."""
    chance = Random(seed)
    url = f"sqlite:///{folder / f'seed-{seed}.db'}"
    with open_database(url) as database:
        migrate(database)
        slack = FakeSlack()
        async with slack_served(slack), teams_serving() as teams:
            teams.faults.retry_after = "0"
            keys = _put(SqlStores(database), slack, teams)
            for method in ("chat.postMessage", "conversations.history", "conversations.open"):
                slack.fail(method, *chance.choices(SLACK_FAULTS, k=chance.randrange(FAULTS_EACH)))
            teams.faults.plan.extend(chance.choices(TEAMS_FAULTS, k=chance.randrange(FAULTS_EACH)))
            kills = await _live_and_die(chance, database, (url, slack.url, teams.url))
            return _outcome(database, keys, slack, teams, kills)


def _put(stores: SqlStores, slack: FakeSlack, teams: FakeTeams) -> list[tuple[str, str]]:
    now, keys = datetime.now(UTC), []
    for number in range(EACH):
        user, member = slack.add_user(f"U0CRASH{number % 2}"), teams.person(f"{number % 2}", "p@city.example")
        teams.conversations.setdefault(f"a:{member.aad}", set()).add(member.id)
        reference = {
            "service_url": teams.url,
            "conversation": f"a:{member.aad}",
            "user": member.id,
            "bot": BOT,
            "tenant_id": TENANT,
        }
        stores.conversations.save("teams", member.id, None, reference, now)
        for channel, recipient in (("slack", user), ("teams", member.id)):
            key = f"digest/2026-W48/{channel}{number}"
            reply = Reply(parts=(Paragraph(text=f"key {key}"),))
            stores.outbox.put(Message(key=key, channel=channel, recipient=recipient, reply=reply, due_at=now))
            keys.append((channel, key))
    return keys


async def _live_and_die(chance: Random, database: Database, addresses: tuple[str, str, str]) -> int:
    kills, until = 0, time.monotonic() + LONGEST
    workers = [_start(number, addresses) for number in range(WORKERS)]
    deaths = [time.monotonic() + chance.uniform(0.05, 1.2) for _ in range(chance.randrange(1, KILLS + 1))]
    try:
        while _waits(database) and time.monotonic() < until:
            await asyncio.sleep(0.05)
            if deaths and time.monotonic() > min(deaths):
                deaths.remove(min(deaths))
                victim = chance.randrange(WORKERS)
                workers[victim].kill()
                kills += 1
                workers[victim] = _start(WORKERS + kills, addresses)
    finally:
        for worker in workers:
            worker.kill()
        for worker in workers:
            await asyncio.to_thread(worker.join)
    return kills


def _start(number: int, addresses: tuple[str, str, str]) -> Any:
    process = OURS.Process(target=work, args=(f"w{number}", *addresses), daemon=True)
    process.start()
    return process


def _waits(database: Database) -> bool:
    counts = SqlStores(database).outbox.counts()
    return any(counts[state] for state in WAITING)


def _outcome(
    database: Database, keys: list[tuple[str, str]], slack: FakeSlack, teams: FakeTeams, kills: int
) -> Outcome:
    posted = Counter(post["metadata"]["event_payload"]["key"] for post in slack.posts)
    for taken in teams.posted:
        runs = [
            run["text"]
            for block in taken.activity["attachments"][0]["content"]["body"]
            for run in block["inlines"]
        ]
        posted[next(text for text in runs if text.startswith("key "))[4:]] += 1
    states = {row["key"]: row["state"] for row in database.query("select key, state from outbox")}
    outcome = Outcome(messages=len(keys), kills=Counter({"kill -9": kills}))
    for channel, key in keys:
        counted: Counter[str] = getattr(outcome, channel)
        counted[judged(posted[key], states[key])] += 1
        counted["messages"] += 1
    return outcome


async def run(seeds: int) -> Outcome:
    """All seeds, LANES at a time."""
    OURS.set_forkserver_preload(["tests.crash.child"])
    total, lanes = Outcome(), asyncio.Semaphore(LANES)
    with tempfile.TemporaryDirectory() as folder:

        async def one(seed: int) -> None:
            async with lanes:
                outcome = await run_seed(seed, Path(folder))
            if not outcome.is_right:
                print(f"seed {seed}: {outcome}", file=sys.stderr)
            total.add(outcome)

        await asyncio.gather(*(one(seed) for seed in range(seeds)))
    return total


def main() -> int:
    """Run and print the counts; 1 when anything was doubled or lost."""
    began = time.monotonic()
    total = asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 50))
    print(f"kill -9: {sum(total.kills.values())}  {time.monotonic() - began:.0f} s")
    for name in ("slack", "teams"):
        print(f"{name}: {dict(getattr(total, name))}")
    return 0 if total.is_right else 1


if __name__ == "__main__":
    sys.exit(main())
