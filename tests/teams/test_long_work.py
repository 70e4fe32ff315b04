"""An answer that takes several leases, with two processes that look for what is overdue: one reply."""

from __future__ import annotations

import asyncio
import time

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import router
from bot.app import create_app
from bot.handlers.ask import ask
from bot.messages import Reply, Request
from bot.services import Services
from bot.teams import channel
from tests.fakes.teams import FakeTeams, Member

LEASE = 0.8


async def test_an_answer_of_three_leases_is_given_once(
    services: Services, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []

    def slowly(request: Request, services: Services) -> Reply:
        worked.append(request.text)
        time.sleep(3 * LEASE)
        return ask(request, services)

    monkeypatch.setattr(channel, "LEASE_SECONDS", LEASE)
    monkeypatch.setattr(channel, "SWEEP_SECONDS", LEASE / 8)
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "ask": slowly})
    async with (
        TestClient(TestServer(create_app(services))) as one,
        TestClient(TestServer(create_app(services))),
    ):
        activity = teams.activity("BPRとは何ですか", user=asker)
        headers = {"Authorization": teams.bearer()}
        assert (await one.post("/api/messages", json=activity, headers=headers)).status == 200
        await asyncio.sleep(2 * LEASE)
    assert (worked, len(teams.posted)) == (["BPRとは何ですか"], 1)
