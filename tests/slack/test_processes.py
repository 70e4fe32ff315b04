"""Several real processes over one database: one reply, whatever is delivered to whom, and whoever is killed."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.ledger import LEASE_SECONDS
from bot.slack.channel import OVERDUE_SECONDS
from bot.texts.ja.cli import READY
from storage.database import open_database
from storage.migrations import migrate
from tests.fakes.slack import BOT_TOKEN, SIGNING_SECRET, FakeSlack
from tests.fakes.slack_client import PATH, direct, encoded, event, signed
from tests.slack.conftest import USER

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    """A `dxbot serve` that is ready."""

    process: asyncio.subprocess.Process
    address: str


@asynccontextmanager
async def serving(url: str, slack: FakeSlack) -> AsyncIterator[Server]:
    """A process of its own for the time of a test."""
    environment = os.environ | {
        "DATABASE_URL": url,
        "PORT": "0",
        "DXBOT_CONTENT": "",
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": f"{slack.url}/api/",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.cli",
        "serve",
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        assert line.startswith(READY.partition("{")[0])
        yield Server(process, "http" + line.strip().rpartition("http")[2])
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'shared.db'}"
    with open_database(address) as database:
        migrate(database)
    return address


async def _deliver(server: Server, body: bytes, kind: str, later: int = 0, **headers: str) -> int:
    told = signed(body, kind, at=time.time() + later) | headers
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{server.address}{PATH}", data=body, headers=told)
        return answer.status


async def test_delivered_four_times_to_two_processes_there_is_one_reply(url: str, slack: FakeSlack) -> None:
    async with serving(url, slack) as one, serving(url, slack) as two:
        for _ in range(5):
            before = len(slack.posts)
            body, kind = encoded(event(direct(USER, "BPRとは")))
            deliveries = [
                _deliver(server, body, kind, later) for later, server in enumerate((one, two, one, two))
            ]
            assert await asyncio.gather(*deliveries) == [200] * 4
            await slack.called_again("chat.postMessage", before)
            await asyncio.sleep(0.2)
            assert len(slack.posts) == before + 1


async def test_a_process_killed_between_acknowledging_and_answering_loses_nothing(
    url: str, slack: FakeSlack
) -> None:
    body, kind = encoded(event(direct(USER, "BPRとは")))
    async with serving(url, slack) as one, serving(url, slack) as two:
        slack.fail("chat.postMessage", "hang")
        slack.hang_seconds = 5.0
        assert await _deliver(one, body, kind) == 200
        await asyncio.sleep(0.5)
        one.process.kill()
        await one.process.wait()
        assert slack.posts == []
        assert await _deliver(two, body, kind, 0, **{"X-Slack-Retry-Num": "1"}) == 200
        await slack.until(lambda: len(slack.posts) == 1, LEASE_SECONDS + 2 * OVERDUE_SECONDS)
        assert await _deliver(two, body, kind, 1, **{"X-Slack-Retry-Num": "2"}) == 200
        await asyncio.sleep(1)
        assert len(slack.posts) == 1
