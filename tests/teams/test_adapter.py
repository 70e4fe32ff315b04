"""The SDK's measured defects, closed: each of these fails on botbuilder's own CloudAdapter."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import pytest
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth._user_token_client_impl import _UserTokenClientImpl
from msrest.universal_http import requests as msrest_requests

from bot.delivery import TemporaryFailure
from bot.teams.activity import Activity, read_activity
from bot.teams.adapter import Payload, TeamsAdapter, Turn
from bot.teams.connector import Connector, ServiceAddresses
from tests.fakes.teams import BOT, FakeTeams, Member
from tests.teams.conftest import Deliver


@pytest.fixture
def adapter(teams: FakeTeams) -> TeamsAdapter:
    teams.authorise = False
    return TeamsAdapter(Connector(ServiceAddresses((teams.url,), loopback=False)))


def arrived(teams: FakeTeams, user: Member, **more: Any) -> Activity:
    return read_activity(json.dumps(teams.activity("問い", user=user, **more)).encode())


async def test_an_invokes_body_is_serialised_once(
    adapter: TeamsAdapter, teams: FakeTeams, asker: Member
) -> None:
    async def answer(turn: Turn) -> None:
        await turn.respond({"task": {"type": "message", "value": "はい"}})

    activity = arrived(teams, asker, type="invoke", name="task/fetch", value={})
    assert await adapter.run(activity, {}, answer) == (200, {"task": {"type": "message", "value": "はい"}})


async def test_an_invoke_nobody_answers_is_501(
    adapter: TeamsAdapter, teams: FakeTeams, asker: Member
) -> None:
    async def leave(turn: Turn) -> None:
        pass

    activity = arrived(teams, asker, type="invoke", name="signin/verifyState", value={})
    assert await adapter.run(activity, {}, leave) == (501, None)


async def test_a_turn_builds_no_client_of_the_sdk(
    teams: FakeTeams, asker: Member, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """msrest's retry policy (a list searched 999 times) comes with every client, the user-token one too."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a client of the SDK was built")

    for one in (ConnectorClient, _UserTokenClientImpl, msrest_requests.RequestsHTTPSender):
        monkeypatch.setattr(one, "__init__", refuse)
    assert (await deliver(teams.activity("BPRとは何ですか", user=asker))).status == 200
    assert len(teams.posted) == 1


async def test_replies_need_no_threads_of_the_sdk(
    adapter: TeamsAdapter, teams: FakeTeams, asker: Member
) -> None:
    """The SDK's own sender works in six threads: 21 messages a second against a connector of 200 ms."""
    before = set(threading.enumerate())

    async def answer(turn: Turn) -> None:
        await turn.reply(Payload({"text": "はい"}))

    await asyncio.gather(*(adapter.run(arrived(teams, asker), {}, answer) for _ in range(30)))
    assert len(teams.posted) == 30
    assert set(threading.enumerate()) <= before
    await adapter._connector.close()


async def test_a_failure_of_the_connector_is_raised(
    adapter: TeamsAdapter, teams: FakeTeams, asker: Member
) -> None:
    teams.faults.plan.append("429")

    async def answer(turn: Turn) -> None:
        await turn.reply(Payload({"text": "はい"}))

    with pytest.raises(TemporaryFailure) as raised:
        await adapter.run(arrived(teams, asker), {}, answer)
    assert raised.value.retry_after == 1.0
    await adapter._connector.close()


async def test_a_message_of_ours_can_be_replaced(
    adapter: TeamsAdapter, teams: FakeTeams, asker: Member
) -> None:
    async def answer(turn: Turn) -> None:
        sent = await turn.reply(Payload({"text": "はじめ"}))
        await turn.update(sent, Payload({"text": "つぎ"}))

    await adapter.run(arrived(teams, asker), {}, answer)
    assert [posted.activity["text"] for posted in teams.posted + teams.updated] == ["はじめ", "つぎ"]
    assert teams.updated[0].activity["from"]["id"] == BOT
    await adapter._connector.close()


async def test_no_request_is_authenticated_by_the_sdk(
    adapter: TeamsAdapter, teams: FakeTeams, asker: Member
) -> None:
    """Its own way switches authentication off when the app id is empty."""
    from bot.teams.adapter import _to_sdk

    async def leave(_: object) -> None:
        raise AssertionError("a turn ran")

    for header in ("", "Bearer x"):
        with pytest.raises(PermissionError):
            await adapter.process_activity(header, _to_sdk(arrived(teams, asker)), leave)
