"""Until Slack says who the bot is: nothing is lost, nobody waits for long, and the log says once what to check."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.slack import bot_user
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import (
    SlackServers,
    direct,
    event,
)
from tests.slack.conftest import QUESTION, USER, posts_of


async def test_until_slack_says_who_the_bot_is_nothing_is_lost(services: Services, slack: FakeSlack) -> None:
    slack.fail("auth.test", "500", "html", "502")
    payload = event(direct(USER, QUESTION))
    async with TestClient(TestServer(create_app(services))) as client:
        servers = SlackServers(client)
        answers = [(await servers.deliver(payload)).status for _ in range(4)]
        assert sorted(answers) == answers[::-1]
        assert (answers[0], answers[-1]) == (503, 200)
        await posts_of(slack)


async def test_a_slow_auth_test_keeps_nobody_waiting_for_long(
    services: Services, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_user, "WAIT_SECONDS", 0.3)
    slack.fail("auth.test", "hang")
    slack.hang_seconds = 1.0
    payloads = [event(direct(USER, QUESTION)) for _ in range(5)]
    async with TestClient(TestServer(create_app(services))) as client:
        servers = SlackServers(client)
        async with asyncio.timeout(0.9):
            answers = await asyncio.gather(*(servers.deliver(payload) for payload in payloads))
        assert [answer.status for answer in answers] == [503] * 5
        await slack.until(lambda: bool(slack.called("auth.test")))
        again = await asyncio.gather(*(servers.deliver(payload) for payload in payloads))
        assert [answer.status for answer in again] == [200] * 5
        await posts_of(slack, 5)


async def test_who_the_bot_is_is_known_before_anyone_asks(services: Services, slack: FakeSlack) -> None:
    async with TestClient(TestServer(create_app(services))):
        await slack.until(lambda: bool(slack.called("auth.test")))


async def test_that_slack_cannot_be_reached_is_said_once(
    services: Services, slack: FakeSlack, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot_user, "FIRST_PAUSE", 0.02)
    slack.fail("auth.test", "502", times=3)
    async with TestClient(TestServer(create_app(services))):
        await slack.until(lambda: bool(slack.called("auth.test")))
    (line,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert "check SLACK_BOT_TOKEN and the way out to 127.0.0.1" in line
