"""Socket Mode when Slack cannot be reached: said once, seen by probes, and begun again until it works."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.slack import socket
from bot.texts.ja import slack as texts
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import direct, event, read
from tests.scenarios.slack_driver import with_slack
from tests.slack.conftest import USER

NOT_READY = "not ready: slack socket mode\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "FIRST_WAIT", 0.1)
    monkeypatch.setattr(socket, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(socket, "LOST_SECONDS", 0.3)


@pytest.fixture
async def client(services: Services, slack: FakeSlack) -> AsyncIterator[TestClient[Any, Any]]:
    """The application in Socket Mode, not served before the test enters it."""
    client: TestClient[web.Request, web.Application]
    client = TestClient(TestServer(create_app(with_slack(services, slack, socket=True))))
    yield client
    await client.close()


async def _ready(client: TestClient[Any, Any]) -> tuple[int, str]:
    response = await client.get("/readyz")
    return response.status, await response.text()


async def _becomes(client: TestClient[Any, Any], status: int) -> None:
    for _ in range(250):
        if (await _ready(client))[0] == status:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(await _ready(client))


def _errors(log: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in log.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("fault", ["lose_request", "500", "502", "html"])
async def test_out_of_reach_it_says_so_once_and_connects_when_it_can(
    client: TestClient[Any, Any], slack: FakeSlack, caplog: pytest.LogCaptureFixture, fault: Any
) -> None:
    slack.fail("apps.connections.open", fault, times=1_000)
    await client.start_server()
    await asyncio.sleep(2 * socket.FIRST_WAIT)
    assert await _ready(client) == (503, NOT_READY)
    slack.recover("apps.connections.open")
    await slack.sockets.connected.wait()
    await _becomes(client, 200)
    (line,) = _errors(caplog)
    assert "Socket Mode cannot connect" in line
    assert "check SLACK_APP_TOKEN and the way out to 127.0.0.1" in line


async def test_a_wrong_token_is_named(
    client: TestClient[Any, Any], slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.app_token = "xapp-another"
    await client.start_server()
    await slack.until(lambda: len(slack.called("apps.connections.open")) > 1)
    assert await _ready(client) == (503, NOT_READY)
    (line,) = _errors(caplog)
    assert "invalid_auth" in line


async def test_a_socket_that_does_not_open_is_asked_for_anew(
    client: TestClient[Any, Any],
    slack: FakeSlack,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "CONNECT_SECONDS", 0.3)
    slack.sockets.closed = True
    await client.start_server()
    await slack.until(lambda: len(slack.called("apps.connections.open")) > 1)
    assert await _ready(client) == (503, NOT_READY)
    slack.sockets.closed = False
    await _becomes(client, 200)
    assert len(_errors(caplog)) == 1


async def test_a_lost_connection_is_told_and_comes_back_by_itself(
    client: TestClient[Any, Any], slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    await client.start_server()
    await slack.sockets.connected.wait()
    await _becomes(client, 200)
    slack.fail("apps.connections.open", "502", times=3)
    await slack.sockets.drop()
    await _becomes(client, 503)
    await _becomes(client, 200)
    assert [line for line in _errors(caplog) if "has been disconnected for" in line]
    await slack.sockets.deliver("events_api", event(direct(USER, "BPRとは")))
    await slack.until(lambda: bool(slack.posts))


async def test_over_http_nothing_is_waited_for(services: Services) -> None:
    async with TestClient(TestServer(create_app(services))) as client:
        assert (await _ready(client))[0] == 200


async def test_a_form_is_acknowledged_with_its_outcome_and_taken_once(
    client: TestClient[Any, Any], slack: FakeSlack
) -> None:
    await client.start_server()
    await slack.sockets.connected.wait()
    await slack.sockets.deliver("events_api", event(direct(USER, "使いかた")))
    await slack.until(lambda: bool(slack.posts))
    submitted = {
        "type": "view_submission",
        "user": {"id": USER},
        "trigger_id": slack.trigger(),
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": "dx-form",
            "private_metadata": '{"name": "survey", "value": "round-1"}',
            "state": {"values": {"name": {"value": {"type": "plain_text_input", "value": "青葉"}}}},
        },
    }
    first = (await slack.sockets.deliver("interactive", submitted))["payload"]
    assert first["response_action"] == "update"
    assert "name=青葉" in read(first["view"]["blocks"])
    again = (await slack.sockets.deliver("interactive", submitted))["payload"]
    assert texts.TAKEN_ALREADY in read(again["view"]["blocks"])
