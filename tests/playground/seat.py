"""Where a person of the playground sits: a strict fake platform, and `dxbot serve` in a process of its own before it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from aiohttp import ClientResponse, ClientSession

from bot.settings import setting_names
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.fakes.slack import BOT_TOKEN, SIGNING_SECRET, FakeSlack, served
from tests.fakes.slack_client import Object, SlackServers
from tests.fakes.slack_faults import Fault as SlackFault
from tests.fakes.teams import APP_ID, SECRET, TENANT, serving
from tests.fakes.teams import Fault as TeamsFault
from tests.scenarios.drivers import Driver
from tests.scenarios.slack_driver import SlackDriver
from tests.scenarios.teams_driver import TeamsDriver
from tests.web.city import DEPARTMENTS, SYNTHETIC

START_SECONDS, STOP_SECONDS = 60.0, 20.0


@dataclass(frozen=True)
class Seat:
    """A person on one channel, and the platform's refusals so far (they grow).

    `fail` plans a fault for the bot's next posts, that many times. Raises ValueError for one the platform has not.
    """

    driver: Driver
    refused: Sequence[tuple[object, str]]
    fail: Callable[[str, int], None]


@asynccontextmanager
async def at_slack(folder: Path, slack: FakeSlack | None = None) -> AsyncIterator[Seat]:
    """A direct conversation in Slack; the bot's files lie in `folder`."""
    async with served(slack or FakeSlack()) as slack:
        told = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_API_URL": f"{slack.url}/api/",
        }
        async with running_bot(folder, told) as session:
            servers = SlackServers(session)

            async def deliver(payload: Object) -> None:
                response: ClientResponse = await servers.deliver(payload)
                assert response.status == 200, response.status

            def fail(fault: str, times: int) -> None:
                if fault not in get_args(SlackFault):
                    raise ValueError(fault)
                slack.fail("chat.postMessage", cast("SlackFault", fault), times=times)

            yield Seat(SlackDriver(slack, deliver), slack.refused, fail)


@asynccontextmanager
async def at_teams(folder: Path) -> AsyncIterator[Seat]:
    """A personal chat in Teams; the bot's files lie in `folder`."""
    async with serving() as teams:
        told = {
            "TEAMS_APP_ID": APP_ID,
            "TEAMS_APP_PASSWORD": SECRET,
            "TEAMS_APP_TENANT_ID": TENANT,
            "TEAMS_SERVICE_URLS": teams.url,
            "TEAMS_LOGIN_URL": f"{teams.url}/login",
            "TEAMS_OPENID_URL": f"{teams.url}/openid/metadata",
            "TEAMS_IDENTITY_URL": f"{teams.url}/identity/token",
        }
        async with running_bot(folder, told) as session:

            def fail(fault: str, times: int) -> None:
                teams.faults.repeat(cast("TeamsFault", fault), times)

            yield Seat(TeamsDriver(session, teams), teams.refused, fail)


SEATS: dict[str, Callable[[Path], AbstractAsyncContextManager[Seat]]] = {
    "slack": at_slack,
    "teams": at_teams,
}


@asynccontextmanager
async def running_bot(folder: Path, told: dict[str, str]) -> AsyncIterator[ClientSession]:
    """`dxbot serve` with the pack and the synthetic city, as a session on its address. Its log is `folder`/bot.log."""
    settings = told | {"DATABASE_URL": settled(folder), "PORT": "0"}
    others = {name: value for name, value in os.environ.items() if name not in setting_names()}
    log = folder / "bot.log"
    with log.open("w") as written:
        bot = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.cli", "serve"),
            cwd=folder,
            env=others | settings,
            stdout=PIPE,
            stderr=written,
        )
    try:
        async with ClientSession(await _address(bot, log)) as session:
            yield session
    finally:
        await _end(bot)


def settled(folder: Path) -> str:
    """The address of a new database in `folder`, with the synthetic people in it."""
    url = f"sqlite:///{folder / 'playground.db'}"
    with open_database(url) as database:
        migrate(database)
        SqlStores(database).directory.save(DEPARTMENTS, SYNTHETIC, [])
    return url


async def _address(bot: Process, log: Path) -> str:
    assert bot.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        line = (await bot.stdout.readline()).decode()
    found = re.search(r"http://\S+", line)
    if found is None:
        written = await asyncio.to_thread(log.read_text)
        raise RuntimeError(f"dxbot serve did not start:\n{written}")
    return found[0]


async def _end(bot: Process) -> None:
    if bot.returncode is None:
        bot.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await bot.communicate()
    except TimeoutError:
        bot.kill()
        await bot.wait()
