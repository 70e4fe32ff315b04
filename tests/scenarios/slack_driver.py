"""Slack, through its front door: signed requests in, the fake Web API out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.app import create_app
from bot.services import Services
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, FakeSlack, served
from tests.fakes.slack_client import SlackServers, buttons, click_on_post, direct, event, read
from tests.scenarios.drivers import Button, NoReply, Said

USER = "U0AOBA"
Deliver = Callable[[dict[str, Any]], Awaitable[None]]


def with_slack(services: Services, slack: FakeSlack, *, socket: bool = False) -> Services:
    """Services whose settings point at the fake."""
    settings = services.settings.model_copy(
        update={
            "slack_bot_token": SecretStr(BOT_TOKEN),
            "slack_signing_secret": None if socket else SecretStr(SIGNING_SECRET),
            "slack_app_token": SecretStr(APP_TOKEN) if socket else None,
            "slack_api_url": f"{slack.url}/api/",
        }
    )
    return replace(services, settings=settings)


@asynccontextmanager
async def open_slack(services: Services) -> AsyncIterator[SlackDriver]:
    """Someone in a direct conversation with the bot; events come over HTTP."""
    async with served(FakeSlack()) as slack:
        app = create_app(with_slack(services, slack))
        async with TestClient(TestServer(app)) as client:
            servers = SlackServers(client)

            async def deliver(payload: dict[str, Any]) -> None:
                assert (await servers.deliver(payload)).status == 200

            yield SlackDriver(slack, deliver)


@asynccontextmanager
async def open_slack_socket(services: Services) -> AsyncIterator[SlackDriver]:
    """The same person; events come in Socket Mode."""
    async with served(FakeSlack()) as slack:
        app = create_app(with_slack(services, slack, socket=True))
        async with TestClient(TestServer(app)):
            await slack.sockets.connected.wait()

            async def deliver(payload: dict[str, Any]) -> None:
                kind = "interactive" if payload["type"] == "block_actions" else "events_api"
                await slack.sockets.deliver(kind, payload)

            yield SlackDriver(slack, deliver)


class SlackDriver:
    """Someone who writes to the bot directly."""

    def __init__(self, slack: FakeSlack, deliver: Deliver) -> None:
        self._slack = slack
        self._deliver = deliver
        slack.add_user(USER, "p900001@city.example")

    async def say(self, text: str) -> Said:
        """Write a direct message."""
        return _said(await self.post(text))

    async def post(self, text: str) -> dict[str, Any]:
        """Write a direct message and take the reply as Slack got it."""
        return await self._reply_to(event(direct(USER, text)))

    async def press(self, button: Button) -> Said:
        """Press a button of a posted message."""
        assert isinstance(button.handle, tuple)
        post, element = button.handle
        return _said(await self._reply_to(click_on_post(self._slack, USER, post, element)))

    async def _reply_to(self, payload: dict[str, Any]) -> dict[str, Any]:
        before = len(self._slack.posts)
        await self._deliver(payload)
        with suppress(TimeoutError):
            await self._slack.until(lambda: len(self._slack.posts) > before)
        if len(self._slack.posts) != before + 1:
            raise NoReply(self._slack.posts[before:])
        return self._slack.posts[-1]


def _said(post: dict[str, Any]) -> Said:
    found = buttons(post["blocks"])
    return Said(
        read(post["blocks"]), tuple(Button(element["text"]["text"], (post, element)) for element in found)
    )
