from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.teams import keys as module
from bot.teams.keys import FLOOR_SECONDS, KEEP_SECONDS, KeyCache, Undecided, read_keys
from tests.fakes.teams import FakeTeams


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(teams: FakeTeams, session: aiohttp.ClientSession, clock: Clock) -> AsyncIterator[KeyCache]:
    cache = KeyCache(lambda: session, f"{teams.url}/openid/metadata", clock)
    yield cache
    await cache.close()


async def settled(keys: KeyCache, teams: FakeTeams) -> None:
    """Wait until keys are fetched (once more)."""
    teams.keys_told.clear()
    async with asyncio.timeout(5):
        await teams.keys_told.wait()
    assert keys._fetching is not None
    await keys._fetching


async def test_keys_are_fetched_once(keys: KeyCache, teams: FakeTeams) -> None:
    found = await asyncio.gather(*(keys.find("key-1") for _ in range(20)))
    assert all(key is not None and key.endorsements == {"msteams"} for key in found)
    assert teams.calls["keys"] == 1


async def test_a_new_key_is_found_and_unknown_ones_cost_one_fetch_a_minute(
    keys: KeyCache, teams: FakeTeams, clock: Clock
) -> None:
    assert await keys.find("key-1") is not None
    teams.key_id, teams.key = "key-2", rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for number in range(50):
        assert await keys.find(f"forged-{number}") is None
    assert await keys.find("key-2") is None
    assert teams.calls["keys"] == 1
    clock.now += FLOOR_SECONDS + 1
    assert await keys.find("key-2") is not None
    assert teams.calls["keys"] == 2


async def test_keys_are_renewed_without_waiting(keys: KeyCache, teams: FakeTeams, clock: Clock) -> None:
    assert await keys.find("key-1") is not None
    clock.now += KEEP_SECONDS + 1
    teams.faults.key_seconds = 30.0
    async with asyncio.timeout(0.05):
        assert await keys.find("key-1") is not None


async def test_a_withdrawn_key_is_no_longer_taken(keys: KeyCache, teams: FakeTeams, clock: Clock) -> None:
    assert await keys.find("key-1") is not None
    teams.key_id = "key-2"
    clock.now += KEEP_SECONDS + 1
    await keys.find("key-1")
    assert keys._fetching is not None
    await keys._fetching
    assert await keys.find("key-1") is None


async def test_a_hanging_server_costs_a_moment(keys: KeyCache, teams: FakeTeams) -> None:
    teams.faults.key_seconds = 30.0
    async with asyncio.timeout(0.1):
        with pytest.raises(Undecided):
            await keys.find("key-1")


async def test_a_slow_server_is_waited_for_at_the_start(keys: KeyCache, teams: FakeTeams) -> None:
    teams.faults.key_seconds = 0.5
    await keys.start()
    assert keys.loaded
    assert await keys.find("key-1") is not None
    assert teams.calls["keys"] == 1


async def test_a_hanging_server_is_not_waited_for_at_the_start_for_ever(
    keys: KeyCache, teams: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FETCH_SECONDS", 0.1)
    teams.faults.key_seconds = 30.0
    async with asyncio.timeout(1):
        await keys.start()
    assert not keys.loaded


async def test_the_first_keys_are_tried_for_until_they_come(
    keys: KeyCache, teams: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.02)
    teams.faults.key_failures = 3
    await keys.start()
    with pytest.raises(Undecided):
        await keys.find("key-1")
    await settled(keys, teams)
    assert await keys.find("key-1") is not None
    assert (teams.calls["metadata"], teams.calls["keys"]) == (4, 1)


async def test_keys_are_renewed_where_nobody_writes(
    keys: KeyCache, teams: FakeTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key that came into use over night is known in the morning."""
    monkeypatch.setattr(module, "KEEP_SECONDS", 0.1)
    await keys.start()
    teams.key_id = "key-2"
    await settled(keys, teams)
    async with asyncio.timeout(0.05):
        assert await keys.find("key-2") is not None


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"keys": []},
        {"keys": [{"kty": "oct", "kid": "a"}]},
        {"keys": [{"kty": "RSA", "kid": 1}]},
        [],
        None,
    ],
)
def test_a_document_without_keys_is_refused(document: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_keys(document)


async def test_what_is_no_key_document_keeps_the_known_keys(
    keys: KeyCache, teams: FakeTeams, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await keys.find("key-1") is not None
    clock.now += KEEP_SECONDS + 1
    keys._metadata_url = f"{teams.url}/nothing/here"
    assert await keys.find("key-1") is not None
    await asyncio.sleep(0.05)
    assert await keys.find("key-1") is not None
