"""A token that was right is remembered, and no longer than it is right."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.teams.bearer import LEEWAY_SECONDS, BearerCheck, Unauthorised
from bot.teams.keys import FLOOR_SECONDS, KEEP_SECONDS, KeyCache
from tests.fakes.teams import APP_ID, FakeTeams


class Clock:
    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def keys(teams: FakeTeams) -> AsyncIterator[KeyCache]:
    async with aiohttp.ClientSession() as session:
        cache = KeyCache(lambda: session, f"{teams.url}/openid/metadata", clock=Clock())
        yield cache
        await cache.close()


async def test_a_remembered_token_ends_with_its_time(teams: FakeTeams, keys: KeyCache) -> None:
    clock = Clock()
    check = BearerCheck(APP_ID, keys, clock)
    bearer = teams.bearer()
    first = await check.check(bearer)
    assert await check.check(bearer) is first
    clock.now += 600 + LEEWAY_SECONDS + 1
    assert await check.check(bearer) is not first  # looked at anew, and by the real clock still right
    with pytest.raises(Unauthorised):
        await check.check(teams.bearer(claims={"exp": int(time.time()) - LEEWAY_SECONDS - 1}))


async def test_a_remembered_token_ends_with_its_key(teams: FakeTeams, keys: KeyCache) -> None:
    check = BearerCheck(APP_ID, keys)
    bearer = teams.bearer()
    await check.check(bearer)
    teams.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    clock = keys._clock
    assert isinstance(clock, Clock)
    clock.now += KEEP_SECONDS + FLOOR_SECONDS
    keys.refresh()
    assert keys._fetching is not None
    await keys._fetching
    with pytest.raises(Unauthorised):
        await check.check(bearer)


async def test_what_changes_a_letter_of_a_remembered_token_is_refused(
    teams: FakeTeams, keys: KeyCache
) -> None:
    check = BearerCheck(APP_ID, keys)
    bearer = teams.bearer()
    await check.check(bearer)
    middle = len(bearer) // 2
    changed = bearer[:middle] + ("A" if bearer[middle] != "A" else "B") + bearer[middle + 1 :]
    with pytest.raises(Unauthorised):
        await check.check(changed)
