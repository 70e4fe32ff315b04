"""The public keys that incoming tokens are signed with: fetched aside, never waited for longer than a moment."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

import aiohttp
import jwt

FETCH_SECONDS = 5.0
WAIT_SECONDS = 0.07
FLOOR_SECONDS = 10.0
RETRY_SECONDS = 1.0
SLOWEST_RETRY_SECONDS = 60.0
KEEP_SECONDS = 3600.0
MOST_BYTES = 1024 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SigningKey:
    """One public key and the channels whose tokens it may sign."""

    key: Any
    endorsements: frozenset[str]


class Undecided(Exception):
    """The key is not known, and the list that would have it is not here yet: nobody can tell who is genuine."""


class KeyCache:
    """Keys by `kid`. An unknown `kid` starts a fetch, and waits WAIT_SECONDS for it. One fetch is under way at a time;
    after one that succeeded the next is not before FLOOR_SECONDS, after one that failed not before RETRY_SECONDS.
    """

    def __init__(
        self,
        session: Callable[[], aiohttp.ClientSession],
        metadata_url: str,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._clock = clock
        self._keys: Mapping[str, SigningKey] = {}
        self._fetched_at = float("-inf")
        self._tried_at = float("-inf")
        self._fetching: asyncio.Task[None] | None = None
        self._keeping: asyncio.Task[None] | None = None

    @property
    def loaded(self) -> bool:
        """Whether keys were fetched, however long ago."""
        return bool(self._keys)

    async def start(self) -> None:
        """Fetch the keys, for FETCH_SECONDS at most; then keep them fresh aside, trying on where that fails."""
        self._begin()
        await self._fetched()
        self._keeping = asyncio.create_task(self._keep_fresh(), name="teams-keys-fresh")

    async def find(self, key_id: str) -> SigningKey | None:
        """The key, or None where the list of the last FLOOR_SECONDS lacks it. Raises Undecided where there is none."""
        found = self._keys.get(key_id)
        if found is None or self._clock() - self._fetched_at > KEEP_SECONDS:
            self.refresh()
        if found is None:
            await self._fetched(WAIT_SECONDS)
            found = self._keys.get(key_id)
        if found is None and self._clock() - self._fetched_at > FLOOR_SECONDS:
            raise Undecided
        return found

    def refresh(self) -> None:
        """Begin to fetch the keys, unless that was tried a moment ago."""
        pause = FLOOR_SECONDS if self._fetched_at >= self._tried_at else RETRY_SECONDS
        if self._clock() - self._tried_at >= pause:
            self._begin()

    async def close(self) -> None:
        """End what is under way."""
        under_way = {task for task in (self._keeping, self._fetching) if task is not None}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    def _begin(self) -> None:
        if self._fetching is None or self._fetching.done():
            self._tried_at = self._clock()
            self._fetching = asyncio.create_task(self._fetch(), name="teams-keys")

    async def _fetched(self, seconds: float | None = None) -> None:
        """Wait for the fetch under way, if there is one."""
        if self._fetching is not None:
            await asyncio.wait({self._fetching}, timeout=seconds)

    async def _keep_fresh(self) -> None:
        retry = RETRY_SECONDS
        while True:
            age = self._clock() - self._fetched_at
            if age < KEEP_SECONDS:
                retry = RETRY_SECONDS
                await asyncio.sleep(KEEP_SECONDS - age)
            else:
                await asyncio.sleep(retry)
                retry = min(2 * retry, SLOWEST_RETRY_SECONDS)
            self._begin()
            await self._fetched()

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(FETCH_SECONDS):
                keys = await fetch_keys(self._session(), self._metadata_url)
        except Exception as error:  # whatever the key server sends, the keys that are known stay
            log.warning("the keys of the Bot Framework cannot be fetched: %s", type(error).__name__)
            return
        self.hold(keys)

    def hold(self, keys: Mapping[str, SigningKey]) -> None:
        """Take these keys as the ones that are valid from now on."""
        self._keys, self._fetched_at = keys, self._clock()


async def fetch_keys(session: aiohttp.ClientSession, metadata_url: str) -> Mapping[str, SigningKey]:
    """The keys that the metadata document leads to. Raises what aiohttp raises, ValueError, KeyError or TypeError."""
    metadata = await _json(session, metadata_url)
    return read_keys(await _json(session, str(metadata["jwks_uri"])))


async def _json(session: aiohttp.ClientSession, url: str) -> Any:
    async with session.get(url, raise_for_status=True, allow_redirects=False) as response:
        body = bytearray()
        async for chunk in response.content.iter_chunked(65536):
            body += chunk
            if len(body) > MOST_BYTES:
                raise ValueError("too large")
        return json.loads(body)


def read_keys(document: Any) -> dict[str, SigningKey]:
    """The RSA keys of a JWKS document by `kid`. Raises ValueError or KeyError when there is none that can be used."""
    keys = {}
    for entry in document["keys"]:
        if entry.get("kty") == "RSA" and isinstance(entry.get("kid"), str):
            public = jwt.PyJWK(entry, algorithm="RS256").key
            keys[entry["kid"]] = SigningKey(public, frozenset(entry.get("endorsements", ())))
    if not keys:
        raise ValueError("no key")
    return keys
