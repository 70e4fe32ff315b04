"""Where the time of one Teams message goes: each step by itself, in one process, without a network."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.answering import questions
from bench.harness import Result, city
from bench.teams_rate import APP_ID, request, token
from bot.app import build_services
from bot.delivery import Arrival
from bot.router import handle
from bot.settings import load_settings
from bot.teams.activity import read_activity
from bot.teams.adapter import Payload, TeamsAdapter, Turn
from bot.teams.bearer import BearerCheck
from bot.teams.card import card_message
from bot.teams.connector import Connector, ServiceAddresses
from bot.teams.keys import KeyCache, SigningKey
from bot.teams.listeners import typed

TIMES = 300
SERVICE = "http://127.0.0.1:1"
Step = Callable[[], Awaitable[object]]


class _Nowhere(Connector):
    """A connector that takes everything and sends nothing."""

    async def send(self, *told: Any, **_: object) -> str:
        """Stop there."""
        return str(len(told[2]))


def measure() -> Result:
    """The median of TIMES of each step, in microseconds."""
    with tempfile.TemporaryDirectory() as folder:
        rows = asyncio.run(_steps(Path(folder)))
    return Result("teams-parts", "One Teams message, step by step", ("step", "us"), tuple(rows))


async def _steps(folder: Path) -> list[tuple[str, float]]:
    services = build_services(load_settings(database_url=city(folder, plan=False)["DATABASE_URL"]))
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    bearer = token(key, SERVICE)
    body = request(SERVICE, bearer, 0).partition(b"\r\n\r\n")[2]
    activity = read_activity(body)
    asked = typed(activity)
    reply = handle(asked, services)
    adapter = TeamsAdapter(_Nowhere(ServiceAddresses((), loopback=True)))
    payload = Payload(card_message(reply, asked))
    keys = itertools.count()
    others = itertools.cycle([asked.model_copy(update={"text": text}) for text in questions()])

    async def answer(turn: Turn) -> None:
        await turn.reply(payload)

    def receipt() -> object:
        now, place = datetime.now(UTC), next(keys)
        taken = [Arrival(f"k{place}", "teams", activity.raw)]
        until = now + timedelta(seconds=30)
        return services.stores.receipts.exchange("b", now, until, arrivals=taken, answered=[f"k{place - 1}"])

    try:
        return [
            ("token, first seen", await _timed(lambda: _checker(key).check(bearer))),
            ("token, seen before", await _timed(_remembering(_checker(key), bearer))),
            ("body read and checked", await _timed(_plain(lambda: read_activity(body)))),
            ("receipt, one commit by itself", await _timed(lambda: asyncio.to_thread(receipt))),
            ("answer, one question again and again", await _timed(_plain(lambda: handle(asked, services)))),
            (
                "answer, the bench's questions in turn",
                await _timed(_plain(lambda: handle(next(others), services))),
            ),
            (
                "card, of a reply that is new",
                await _timed(_plain(lambda: Payload(card_message(reply, asked)))),
            ),
            ("the SDK's turn, without the network", await _timed(lambda: adapter.run(activity, {}, answer))),
            ("a hop to a thread and back", await _timed(lambda: asyncio.to_thread(int))),
        ]
    finally:
        services.close()


def _checker(key: rsa.RSAPrivateKey) -> BearerCheck:
    keys = KeyCache(aiohttp.ClientSession, SERVICE)
    keys.hold({"k": SigningKey(key.public_key(), frozenset())})
    return BearerCheck(APP_ID, keys)


def _remembering(check: BearerCheck, bearer: str) -> Step:
    return lambda: check.check(bearer)


def _plain(work: Callable[[], object]) -> Step:
    async def step() -> object:
        return work()

    return step


async def _timed(step: Step) -> float:
    await step()
    taken = []
    for _ in range(TIMES):
        began = perf_counter()
        await step()
        taken.append((perf_counter() - began) * 1e6)
    return statistics.median(taken)
