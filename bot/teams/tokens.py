"""The token that we send with: fetched by client credentials or from the managed identity, kept, renewed in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp

SCOPE = "https://api.botframework.com/.default"
RESOURCE = "https://api.botframework.com"
FETCH_SECONDS = 10.0
RENEW_SECONDS = 300.0
log = logging.getLogger(__name__)

Session = Callable[[], aiohttp.ClientSession]


class NoToken(Exception):
    """The login server gave no token; the text says why, without any secret."""


@dataclass(frozen=True)
class Token:
    """A bearer token and when it is over, on the monotonic clock."""

    value: str
    expires_at: float


class TokenSource:
    """Keeps one token; `fetch` gets a new one as (value, seconds it lasts)."""

    def __init__(
        self, fetch: Callable[[], Awaitable[tuple[str, float]]], clock: Callable[[], float] = monotonic
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token: Token | None = None
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token that is valid now. Raises NoToken."""
        async with self._lock:
            held = self._token
            if held is None or self._clock() > held.expires_at - RENEW_SECONDS:
                held = await self._renew(held)
            return held.value

    def forget(self, value: str) -> None:
        """Drop a token that was refused."""
        if self._token is not None and self._token.value == value:
            self._token = None

    async def _renew(self, held: Token | None) -> Token:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                value, lasts = await self._fetch()
        except (NoToken, aiohttp.ClientError, TimeoutError, ValueError) as error:
            if held is not None and self._clock() < held.expires_at:
                log.warning("the token for Teams cannot be renewed yet: %s", type(error).__name__)
                return held
            raise NoToken(str(error) or type(error).__name__) from None
        self._token = Token(value, self._clock() + lasts)
        return self._token


class ClientCredentials:
    """A SingleTenant app: id and secret against the tenant's login server."""

    def __init__(self, session: Session, login_url: str, tenant_id: str, app_id: str, secret: str) -> None:
        self._session = session
        self._url = f"{login_url.rstrip('/')}/{tenant_id}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": secret,
            "scope": SCOPE,
        }

    async def __call__(self) -> tuple[str, float]:
        """Ask the login server. Raises NoToken."""
        async with self._session().post(self._url, data=self._form, allow_redirects=False) as response:
            return await _read(response)


class ManagedIdentity:
    """A user-assigned managed identity: the machine's own token service, without any secret of ours."""

    def __init__(self, identity_url: str, app_id: str) -> None:
        self._url = identity_url
        self._query = {"api-version": "2018-02-01", "resource": RESOURCE, "client_id": app_id}

    async def __call__(self) -> tuple[str, float]:
        """Ask the token service. Raises NoToken."""
        query, headers = self._query, {"Metadata": "true"}
        async with (
            aiohttp.ClientSession() as session,  # this machine's own address: no proxy can reach it for us
            session.get(self._url, params=query, headers=headers, allow_redirects=False) as response,
        ):
            return await _read(response)


async def _read(response: aiohttp.ClientResponse) -> tuple[str, float]:
    try:
        answer: Any = await response.json(content_type=None)
    except ValueError:
        answer = None
    if response.status != 200 or not isinstance(answer, dict) or not answer.get("access_token"):
        code = answer.get("error") if isinstance(answer, dict) else None
        raise NoToken(f"{response.status} {code or ''}".strip()[:200])
    return str(answer["access_token"]), float(answer.get("expires_in", 3600))
