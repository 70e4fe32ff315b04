"""Socket Mode: the same payloads, over a connection that the bot opens. No address of ours need be reachable."""

from __future__ import annotations

import asyncio
import logging
import time

from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.body import Refused
from bot.slack.door import HELD, Door
from bot.slack.failures import failure_of
from bot.slack.intake import check_shape

log = logging.getLogger(__name__)

FIRST_WAIT, LAST_WAIT = 1.0, 60.0


class Socket:
    """One Socket Mode connection of a process. Slack spreads deliveries over the connections of an app."""

    def __init__(self, door: Door, client: AsyncWebClient, app_token: str) -> None:
        self._door = door
        quiet = logging.getLogger("bot.slack.socket.sdk")
        quiet.setLevel(logging.CRITICAL)  # its lines quote what was delivered
        self._socket = SocketModeClient(app_token=app_token, web_client=client, logger=quiet)
        self._socket.socket_mode_request_listeners.append(self._serve)

    async def connect(self) -> None:
        """Connect, trying again until it works; from then on a lost connection is opened anew by itself."""
        wait = FIRST_WAIT
        while True:
            try:
                await self._socket.connect()  # type: ignore[no-untyped-call]
            except Exception as error:
                log.error("Socket Mode cannot connect (%s); trying again in %.0f s", failure_of(error), wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LAST_WAIT)
            else:
                log.info("Socket Mode is connected")
                return

    async def close(self) -> None:
        """End the connection: Slack delivers to the app's other connections, or again later."""
        await self._socket.close()  # type: ignore[no-untyped-call]

    async def _serve(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """One envelope. Unless it is held or of no use to us it is not acknowledged: Slack delivers it again."""
        began = time.time()
        try:
            check_shape(request.payload)
            answer = await self._door.admit(request.payload)
        except Refused as refused:
            log.warning("an envelope was refused (%s)", refused.reason)
            answer = BoltResponse(status=HELD)
        if answer.status == HELD:
            await send_async_response(client, request, answer, began)
