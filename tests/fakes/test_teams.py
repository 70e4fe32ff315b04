"""The fake connector fails as it is told, as often as it is told: if it did not, the tests on it would prove nothing."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import cast

import aiohttp
import pytest

from tests.fakes.teams import FakeTeams, Fault, Faults, serving

MESSAGE = {"type": "message", "text": "文"}


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with serving() as fake:
        fake.authorise = False
        fake.activity(user=fake.person("1", "a@city.example"))
        yield fake


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def post(session: aiohttp.ClientSession, teams: FakeTeams) -> int:
    url = f"{teams.url}/v3/conversations/a:aad-1/activities"
    async with session.post(url, json=MESSAGE) as response:
        return response.status


@pytest.mark.parametrize("fault", ["401", "403", "404", "412", "429", "500", "502", "503", "504"])
async def test_a_refusal_lasts_as_often_as_planned(
    teams: FakeTeams, session: aiohttp.ClientSession, fault: Fault
) -> None:
    teams.faults.repeat(fault, 2)
    assert [await post(session, teams) for _ in range(3)] == [int(fault), int(fault), 201]
    assert len(teams.posted) == 1


@pytest.mark.parametrize(("fault", "posted"), [("hang reply", 1), ("hang", 0)])
async def test_a_hanging_connector_has_the_message_or_not(
    teams: FakeTeams, session: aiohttp.ClientSession, fault: Fault, posted: int
) -> None:
    teams.faults.repeat(fault, 1)
    url = f"{teams.url}/v3/conversations/a:aad-1/activities"
    with pytest.raises(TimeoutError):
        await session.post(url, json=MESSAGE, timeout=aiohttp.ClientTimeout(total=0.3))
    assert len(teams.posted) == posted


def test_a_fault_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="418"):
        Faults().repeat(cast("Fault", "418"), 1)


async def test_the_key_server_is_slow_and_fails_as_told(
    teams: FakeTeams, session: aiohttp.ClientSession
) -> None:
    teams.faults.key_seconds, teams.faults.key_failures = 0.2, 1
    began, told = time.perf_counter(), []
    for _ in range(2):
        async with session.get(f"{teams.url}/openid/metadata") as response:
            told.append(response.status)
    assert told == [503, 200]
    assert time.perf_counter() - began >= 0.4
