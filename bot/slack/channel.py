"""Slack as one channel of the application: its address, its socket, and what runs behind them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from functools import partial

from aiohttp import web
from pydantic import ValidationError

from bot.body import Refused
from bot.delivery import Arrival, Receipt
from bot.faults import report
from bot.ledger import LEASE_SECONDS, Ledger
from bot.services import Services
from bot.slack.answering import Answering, failed
from bot.slack.bot_user import BotUser
from bot.slack.client import build_client, open_session, require
from bot.slack.delivering import Delivery
from bot.slack.door import HELD, Door
from bot.slack.errand import Errand
from bot.slack.identity import CHANNEL, Addresses, linked_askers
from bot.slack.intake import read_payload
from bot.slack.listeners import build_bolt
from bot.slack.manifest import PATH
from bot.slack.messenger import SlackMessenger
from bot.slack.replays import Replays
from bot.slack.socket import Socket
from bot.slack.windows import Windows

log = logging.getLogger(__name__)

OVERDUE_SECONDS = 5.0
MOST_ATTEMPTS = 5
SOCKET_READY = "slack socket mode"


def add_slack(app: web.Application, services: Services) -> None:
    """Add POST /slack/events where a signing secret is set, and Socket Mode where an app token is.

    Raises SettingsError when the settings do not suffice.
    """
    require(services.settings)
    channel = SlackChannel(services)
    app.cleanup_ctx.append(channel.run)
    if services.settings.slack_signing_secret is not None:
        app.router.add_post(PATH, channel.receive)


class SlackChannel:
    """Serves Slack for one Services."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        secret = settings.slack_signing_secret
        self._secret = secret.get_secret_value().encode() if secret else b""
        self._replays = Replays()
        self._client = build_client(settings)
        whose = partial(linked_askers, services.stores.directory)
        self._ledger = Ledger(services.stores.receipts, services.clock, LEASE_SECONDS, whose)
        self._delivery = Delivery(services, self._ledger, SlackMessenger(services, self._client))
        self._answering = Answering(services, self._ledger, self._delivery, Addresses(self._client))
        self._windows = Windows(services, self._client, self._ledger, self._answering, self._delivery)
        self._bot_user = BotUser(self._client)
        bolt = build_bolt(self._answering, self._windows, self._work, self._bot_user)
        self._door = Door(bolt, self._answering, self._work, self._bot_user)
        token = settings.slack_app_token
        self._socket = Socket(self._door, self._client, token.get_secret_value()) if token else None
        if self._socket is not None:
            services.readiness[SOCKET_READY] = partial(_is_up, self._socket)

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        """Open what calls need; at the end finish what is under way."""
        async with open_session() as session:
            self._client.session = session
            work = [self._bot_user.learn(), self._sweep()]
            if self._socket is not None:
                work.append(self._socket.run())
            running = [asyncio.create_task(one) for one in work]
            yield
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            if self._socket is not None:
                await self._socket.close()
            await self._answering.close()
            await self._bot_user.close()
            await self._ledger.close()

    async def receive(self, request: web.Request) -> web.Response:
        """POST /slack/events."""
        try:
            payload = await read_payload(request, self._secret)
            self._replays.refuse(request.headers)
            answer = await self._door.admit(payload)
        except Refused as refused:
            log.warning("a request was refused (%s, %s)", refused.status, refused.reason)
            return web.Response(status=refused.status)
        if answer.status == HELD:
            self._replays.remember(request.headers, time.time())
        kind = answer.first_headers().get("content-type", "text/plain").partition(";")[0]
        return web.Response(status=answer.status, text=answer.body, content_type=kind)

    async def _sweep(self) -> None:
        """Work what a process that is gone had taken."""
        await asyncio.sleep(OVERDUE_SECONDS)
        await self._ledger.sweep(self._work_overdue, OVERDUE_SECONDS)

    async def _work_overdue(self) -> None:
        for arrival in await self._ledger.list_overdue(CHANNEL):
            try:
                await self._work_again(arrival)
            except Exception as error:  # one that fails must not keep the others waiting
                report("an overdue errand", error)

    async def _work_again(self, arrival: Arrival) -> None:
        receipt = await self._ledger.take(arrival)
        if receipt is None:
            return
        if not receipt.body:  # with a personal number nothing is kept to answer by
            self._ledger.settle(arrival.key)
        elif receipt.attempts > MOST_ATTEMPTS:
            log.error("an errand was given up after %s attempts (%s)", MOST_ATTEMPTS, arrival.key)
            await self._delivery.give_up(arrival.key, _user_of(receipt), failed(), MOST_ATTEMPTS)
        else:
            errand = Errand.model_validate_json(receipt.body)
            self._answering.start(self._work(errand, receipt))

    async def _work(self, errand: Errand, receipt: Receipt) -> None:
        desk = self._answering if errand.kind == "message" else self._windows
        await desk.work(errand, receipt)


def _user_of(receipt: Receipt) -> str:
    """Whose errand it is; "-" where this version cannot read it."""
    try:
        return Errand.model_validate_json(receipt.body).user
    except ValidationError:
        return "-"


def _is_up(socket: Socket) -> bool:
    return socket.is_up
