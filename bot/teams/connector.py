"""Talks to the Bot Connector: one aiohttp session, one attempt a call, every failure named."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp
from yarl import URL

from bot.delivery import Doubtful, PermanentFailure, TemporaryFailure
from bot.outgoing import has_proxy, json_bytes
from bot.teams.tokens import NoToken, TokenSource

SEND_SECONDS = 20.0
CONNECT_SECONDS = 5.0
ALLOWED_PATH = "/v3/conversations"
REFUSED_FOR_GOOD = frozenset({400, 403, 404, 405, 410, 413, 415})
# Refused, not resolved, not trusted, or refused by the proxy: nothing was sent. What breaks later leaves it open.
NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
NOT_TAKEN = frozenset({401, 408, 412, 429, 502, 503, 504})
Body = Mapping[str, Any] | bytes  # an object, or its JSON


class ServiceAddresses:
    """The addresses that may be talked to: those of the setting, and in the playground this machine's own."""

    def __init__(self, allowed: Sequence[str], *, loopback: bool) -> None:
        self._allowed = tuple(urlsplit(url) for url in allowed)
        self.loopback = loopback

    def allow(self, service_url: str) -> bool:
        """Whether a service address is one of ours: same scheme, host and port, and below the path."""
        try:
            asked = urlsplit(service_url)
            _ = asked.port
        except ValueError:
            return False
        if "@" in asked.netloc or "\\" in service_url or asked.query or asked.fragment or ".." in asked.path:
            return False
        if self.loopback and asked.scheme == "http" and asked.hostname in ("127.0.0.1", "localhost", "::1"):
            return True
        return any(
            (asked.scheme, asked.netloc.lower()) == (one.scheme, one.netloc.lower())
            and f"{asked.path.rstrip('/')}/".startswith(f"{one.path.rstrip('/')}/")
            for one in self._allowed
        )


class Connector:
    """Sends and reads for one bot. Without `tokens` (the playground) no Authorization goes along."""

    def __init__(self, addresses: ServiceAddresses, tokens: TokenSource | None = None) -> None:
        self.addresses = addresses
        self.tokens = tokens
        self._session: aiohttp.ClientSession | None = None

    def session(self) -> aiohttp.ClientSession:
        """The session, opened at first use inside the running loop."""
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(total=SEND_SECONDS, connect=CONNECT_SECONDS)
            self._session = aiohttp.ClientSession(
                timeout=timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=has_proxy() and not self.addresses.loopback,
            )
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def send(
        self, service_url: str, conversation: str, payload: Body, reply_to: str | None = None
    ) -> str:
        """Post an activity and return its id. Raises TemporaryFailure, PermanentFailure or Doubtful."""
        path = f"{_quoted(conversation)}/activities" + (f"/{_quoted(reply_to)}" if reply_to else "")
        answer = await self._call("POST", service_url, path, payload)
        return str(answer.get("id") or "")

    async def update(self, service_url: str, conversation: str, activity: str, payload: Body) -> None:
        """Replace an activity of ours."""
        await self._call(
            "PUT", service_url, f"{_quoted(conversation)}/activities/{_quoted(activity)}", payload
        )

    async def open_personal(self, service_url: str, payload: Body) -> str:
        """Open (or find) the personal conversation with a user and return its id."""
        answer = await self._call("POST", service_url, "", payload)
        if not answer.get("id"):
            raise Doubtful("no conversation id")
        return str(answer["id"])

    async def member(self, service_url: str, conversation: str, user: str) -> Mapping[str, Any]:
        """A member of a conversation, with e-mail where the platform tells it."""
        return await self._call("GET", service_url, f"{_quoted(conversation)}/members/{_quoted(user)}", None)

    async def _call(
        self, method: str, service_url: str, path: str, payload: Body | None
    ) -> Mapping[str, Any]:
        if not self.addresses.allow(service_url):
            raise PermanentFailure("serviceUrl is not allowed")
        below = f"/{path}" if path else ""
        url = URL(f"{service_url.rstrip('/')}{ALLOWED_PATH}{below}", encoded=True)
        token = await self._token()
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {token}"} if token else {}
        )
        body = payload if payload is None or isinstance(payload, bytes) else json_bytes(payload)
        try:
            asked = self.session().request(method, url, data=body, headers=headers, allow_redirects=False)
            async with asked as response:
                text = (await response.read()).decode(errors="replace")
        except NOT_CONNECTED as error:
            raise TemporaryFailure(f"no connection: {type(error).__name__}") from None
        except (aiohttp.ClientError, TimeoutError, asyncio.IncompleteReadError, OSError) as error:
            raise Doubtful(f"no reply: {type(error).__name__}") from None
        if response.status == 401 and self.tokens is not None:
            self.tokens.forget(token)
        return _read(response.status, response.headers, text)

    async def _token(self) -> str:
        if self.tokens is None:
            return ""
        try:
            return await self.tokens.token()
        except NoToken as error:
            raise TemporaryFailure(f"no token: {error}") from None


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _read(status: int, headers: Mapping[str, str], text: str) -> Mapping[str, Any]:
    """The reply's JSON object. Only a status that says it was not taken counts as not sent."""
    if status in NOT_TAKEN:
        raise TemporaryFailure(f"status {status}", retry_after(headers.get("Retry-After")))
    if status in REFUSED_FOR_GOOD:
        raise PermanentFailure(f"status {status} {_error_code(text)}".strip())
    if not 200 <= status < 300:
        raise Doubtful(f"status {status}")
    try:
        answer = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        raise Doubtful("the reply is no JSON") from None
    if not isinstance(answer, dict):
        raise Doubtful("the reply is no JSON object")
    return answer


def retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, given as a number or as a date; None without a readable one."""
    if value is None:
        return None
    try:
        if value.strip().isdigit():
            return min(float(value), 86_400.0)
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _error_code(text: str) -> str:
    try:
        code = json.loads(text)["error"]["code"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return code[:60] if isinstance(code, str) else ""
