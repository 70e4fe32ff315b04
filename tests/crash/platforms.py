"""Slack and the Bot Connector within one process, failing by chance: they lose replies and requests, delay, refuse, hang.

Below the real messengers: Slack's Web API client, and the connector's HTTP session, are stood in for.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.teams.connector import Connector, ServiceAddresses

FAULTS = ("lose reply", "lose request", "late", "429", "500", "html", "502", "hang", "hang reply")
LATE_SECONDS = 10.0
SERVICE = "http://127.0.0.1/"
Object = dict[str, Any]
_ERROR: Any = SlackApiError


class Killed(BaseException):
    """The process is gone: kill -9. Nothing of it runs any more."""


@dataclass
class Life:
    """One worker's life: it ends at a step drawn beforehand, or never. Every step after its end ends what runs it."""

    ends_at: int | None = None
    steps: int = 0
    dead: bool = False
    where: str = ""

    def step(self, name: str) -> None:
        """Live through a step, or end."""
        self.steps += 1
        if not self.dead and self.steps == self.ends_at:
            self.dead, self.where = True, name
        if self.dead:
            raise Killed(name)


@dataclass
class Platform:
    """What both have in common: chance, what arrived, and what went wrong."""

    chance: Random
    share: float
    posted: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)

    async def call(self, life: Life, do: Callable[[], Object]) -> tuple[str, Object]:
        """One request: (what came instead of a reply, or "", the reply). It may have been done all the same."""
        life.step("asking")
        fault = self.chance.choice(FAULTS) if self.chance.random() < self.share else ""
        if fault:
            self.faults[fault] += 1
        if fault == "late":
            asyncio.get_running_loop().call_later(self.chance.uniform(0, LATE_SECONDS), do)
        elif fault == "hang":
            await asyncio.sleep(3600)
        is_done = fault in ("", "lose reply", "hang reply") or (fault == "500" and self.chance.random() < 0.5)
        reply = do() if is_done else {}
        life.step("asked")
        await asyncio.sleep(self.chance.uniform(0.01, 0.3))
        if fault == "hang reply":
            await asyncio.sleep(3600)
        life.step("answered")
        return fault, reply


class _SlackAnswer(dict[str, Any]):
    """What slack_sdk makes of a reply."""

    def __init__(self, status: int, data: object, headers: Mapping[str, str]) -> None:
        super().__init__(data if isinstance(data, dict) else {})
        self.status_code, self.data, self.headers = status, data, headers


@dataclass
class Workspace(Platform):
    """A Slack workspace: conversations with their history, and the marks that messages carry."""

    history: dict[str, list[Object]] = field(default_factory=dict)
    number: int = 0

    def client(self, life: Life) -> Any:
        """The Web API client of one worker."""
        return _Client(self, life)

    def open(self, user: str) -> Object:
        return {"channel": {"id": f"D{user[1:]}"}}

    def post(self, fields: Object) -> Object:
        self.number += 1
        now = asyncio.get_running_loop().time()
        message = {"ts": f"{now:.0f}.{self.number:06d}", "metadata": fields["metadata"]}
        channel = f"D{fields['channel'][1:]}"  # a user's id stands for their conversation with the bot
        self.history.setdefault(channel, []).append(message)
        self.posted[fields["metadata"]["event_payload"]["key"]] += 1
        return {"ts": message["ts"]}

    def read(self, channel: str) -> Object:
        return {"messages": list(reversed(self.history.get(channel, [])))}


@dataclass
class _Client:
    workspace: Workspace
    life: Life
    session: None = None

    async def conversations_open(self, users: str) -> Object:
        return await self._ask(lambda: self.workspace.open(users))

    async def post_message(self, message: bytes) -> str:
        return str((await self._ask(lambda: self.workspace.post(json.loads(message))))["ts"])

    async def conversations_history(self, **fields: Any) -> Object:
        return await self._ask(lambda: self.workspace.read(fields["channel"]))

    async def _ask(self, do: Callable[[], Object]) -> Object:
        fault, reply = await self.workspace.call(self.life, do)
        match fault:
            case "":
                return reply
            case "429":
                raise _refused(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "3"})
            case "500":
                raise _refused(500, {"ok": False, "error": "fatal_error"}, {})
            case "html" | "502":
                raise _refused(200 if fault == "html" else 502, "<html></html>", {})
        raise aiohttp.ServerDisconnectedError


def _refused(status: int, data: object, headers: Mapping[str, str]) -> Exception:
    error: Exception = _ERROR("refused", _SlackAnswer(status, data, headers))
    return error


@dataclass
class Tenant(Platform):
    """A Teams tenant behind the Bot Connector. It has no history that a bot may read."""

    number: int = 0

    def connector(self, life: Life) -> Connector:
        """The connector of one worker."""
        return _Connector(self, life)

    def take(self, body: Object) -> Object:
        self.number += 1
        card = body["attachments"][0]["content"]["body"]
        self.posted[_key_in(card)] += 1
        return {"id": f"f:{self.number}"}


class _Connector(Connector):
    def __init__(self, tenant: Tenant, life: Life) -> None:
        super().__init__(ServiceAddresses((), loopback=True))
        self._asked: Any = _Session(tenant, life)

    def session(self) -> Any:
        return self._asked


@dataclass
class _Session:
    tenant: Tenant
    life: Life

    def request(self, method: str, url: object, *, data: bytes, **_: object) -> _Exchange:
        return _Exchange(self, json.loads(data))


@dataclass
class _Exchange:
    session: _Session
    body: Object
    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    async def __aenter__(self) -> Self:
        tenant = self.session.tenant
        fault, reply = await tenant.call(self.session.life, lambda: tenant.take(self.body))
        if fault in ("lose reply", "lose request", "late", "hang", "hang reply"):
            raise aiohttp.ServerDisconnectedError
        self.text = "<html></html>" if fault == "html" else json.dumps(reply)
        if fault.isdigit():
            self.status = int(fault)
            self.headers = {"Retry-After": "3"} if fault == "429" else {}
        if fault == "html":
            self.status = 200
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def read(self) -> bytes:
        return self.text.encode()


def _key_in(card: list[Object]) -> str:
    """Messages of the crash test say their key."""
    texts: list[str] = [run["text"] for element in card for run in element.get("inlines", ())]
    return next(text for text in texts if text.startswith("key "))[4:]
