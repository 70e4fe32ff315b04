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
FLOOR_SECONDS = 60.0
KEEP_SECONDS = 3600.0
MOST_BYTES = 1024 * 1024
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SigningKey:
    """One public key and the channels whose tokens it may sign."""

    key: Any
    endorsements: frozenset[str]


class KeyCache:
    """Keys by `kid`. An unknown `kid` starts a fetch, at most one every FLOOR_SECONDS, and waits WAIT_SECONDS for it."""

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

    async def find(self, key_id: str) -> SigningKey | None:
        """The key, or None when nobody knows it (yet)."""
        found = self._keys.get(key_id)
        if found is None or self._clock() - self._fetched_at > KEEP_SECONDS:
            self.refresh()
        if found is None and self._fetching is not None:
            await asyncio.wait({self._fetching}, timeout=WAIT_SECONDS)
            found = self._keys.get(key_id)
        return found

    def refresh(self) -> None:
        """Begin to fetch the keys, unless that goes on already or was tried a moment ago."""
        busy = self._fetching is not None and not self._fetching.done()
        if busy or self._clock() - self._tried_at < FLOOR_SECONDS:
            return
        self._tried_at = self._clock()
        self._fetching = asyncio.create_task(self._fetch(), name="teams-keys")

    async def close(self) -> None:
        """End a fetch that is under way."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.wait({self._fetching})

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
