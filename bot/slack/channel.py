"""Slack as one channel of the application: its address, its socket, and what runs behind them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

from aiohttp import web

from bot.body import Refused
from bot.ledger import Ledger
from bot.services import Services
from bot.slack.answering import Answering
from bot.slack.bot_user import BotUser
from bot.slack.client import build_client, missing_settings, open_session
from bot.slack.door import Door
from bot.slack.errand import Errand
from bot.slack.identity import CHANNEL, Addresses
from bot.slack.intake import read_payload
from bot.slack.listeners import build_bolt
from bot.slack.manifest import PATH
from bot.slack.messenger import SlackMessenger
from bot.slack.socket import Socket
from bot.slack.windows import Windows

log = logging.getLogger(__name__)

OVERDUE_SECONDS = 5.0


def add_slack(app: web.Application, services: Services) -> None:
    """Add POST /slack/events where a signing secret is set, and Socket Mode where an app token is.

    Settings that do not suffice are logged, and everything else is served.
    """
    if missing := missing_settings(services.settings):
        log.error("Slack is not served: %s missing", ", ".join(missing))
        return
    channel = SlackChannel(services)
    app.cleanup_ctx.append(channel.run)
    if services.settings.slack_signing_secret is not None:
        app.router.add_post(PATH, channel.receive)


class SlackChannel:
    """Serves Slack for one Services."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        secret = settings.slack_signing_secret
        self._services = services
        self._secret = secret.get_secret_value().encode() if secret else b""
        self._client = build_client(settings)
        self._ledger = Ledger(services.stores.receipts, services.clock)
        messenger = SlackMessenger(self._client)
        self._answering = Answering(services, self._ledger, messenger, Addresses(self._client))
        windows = Windows(services, self._client, self._answering, messenger)
        bot_user = BotUser(self._client)
        self._door = Door(build_bolt(self._answering, windows, bot_user), self._answering, bot_user)

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """Open what calls need; at the end finish what is under way."""
        async with open_session() as session:
            self._client.session = session
            running = [asyncio.create_task(self._sweep())]
            socket = self._socket()
            if socket is not None:
                running.append(asyncio.create_task(socket.connect()))
            yield
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            if socket is not None:
                await socket.close()
            await self._answering.close()
            await self._ledger.close()

    def _socket(self) -> Socket | None:
        token = self._services.settings.slack_app_token
        return Socket(self._door, self._client, token.get_secret_value()) if token else None

    async def receive(self, request: web.Request) -> web.Response:
        """POST /slack/events."""
        try:
            answer = await self._door.admit(await read_payload(request, self._secret))
        except Refused as refused:
            log.warning("a request was refused (%s, %s)", refused.status, refused.reason)
            return web.Response(status=refused.status)
        kind = answer.first_headers().get("content-type", "text/plain").partition(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    async def _sweep(self) -> None:
        """Work what a process that is gone had taken."""
        await asyncio.sleep(OVERDUE_SECONDS)
        await self._ledger.sweep(self._work_overdue, OVERDUE_SECONDS)

    async def _work_overdue(self) -> None:
        for arrival in await self._ledger.list_overdue(CHANNEL):
            if not arrival.body:
                continue
            receipt = await self._ledger.take(arrival)
            if receipt is not None:
                errand = Errand.model_validate_json(receipt.body)
                self._answering.start(self._answering.work(errand, receipt))
