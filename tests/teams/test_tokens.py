from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.teams.tokens import RENEW_SECONDS, ClientCredentials, ManagedIdentity, NoToken, TokenSource
from tests.fakes.teams import APP_ID, SECRET, TENANT, FakeTeams


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def by_secret(teams: FakeTeams, session: aiohttp.ClientSession, secret: str = SECRET) -> ClientCredentials:
    return ClientCredentials(lambda: session, f"{teams.url}/login/", TENANT, APP_ID, secret)


async def test_one_token_serves_many_and_is_renewed_before_its_end(
    teams: FakeTeams, session: aiohttp.ClientSession
) -> None:
    clock = Clock()
    source = TokenSource(by_secret(teams, session), clock)
    assert len(set(await asyncio.gather(*(source.token() for _ in range(20))))) == 1
    first = await source.token()
    clock.now = 3600 - RENEW_SECONDS - 1
    assert await source.token() == first
    clock.now = 3600 - RENEW_SECONDS + 1
    assert await source.token() != first
    assert teams.calls["token"] == 2


async def test_a_refused_token_is_dropped(teams: FakeTeams, session: aiohttp.ClientSession) -> None:
    source = TokenSource(by_secret(teams, session))
    first = await source.token()
    source.forget("another")
    assert await source.token() == first
    source.forget(first)
    assert await source.token() != first


async def test_a_wrong_secret_is_told_without_it(teams: FakeTeams, session: aiohttp.ClientSession) -> None:
    with pytest.raises(NoToken) as raised:
        await TokenSource(by_secret(teams, session, "himitsu")).token()
    assert str(raised.value) == "401 invalid_client"


async def test_an_old_token_is_used_while_the_login_server_is_away(
    teams: FakeTeams, session: aiohttp.ClientSession
) -> None:
    clock = Clock()
    fetch = by_secret(teams, session)
    source = TokenSource(fetch, clock)
    first = await source.token()
    fetch._url = "http://127.0.0.1:1/"
    clock.now = 3500
    assert await source.token() == first
    clock.now = 3601
    with pytest.raises(NoToken):
        await source.token()


async def test_a_managed_identity_needs_no_secret(teams: FakeTeams) -> None:
    source = TokenSource(ManagedIdentity(f"{teams.url}/identity/token", APP_ID))
    assert (await source.token()).startswith("issued-")
    assert teams.calls["token"] == 0
