"""Socket Mode: the same payloads, over a connection that the bot opens. No address of ours need be reachable."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any
from urllib.parse import urlsplit

from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.body import Refused
from bot.outgoing import proxy_for
from bot.slack.door import HELD, Door
from bot.slack.failures import failure_of
from bot.slack.intake import check_shape
from bot.slack.proxied import ProxiedSocket

log = logging.getLogger(__name__)

FIRST_WAIT, LAST_WAIT = 1.0, 60.0
CONNECT_SECONDS = 10.0
LOST_SECONDS = 30.0  # the library reconnects by itself; what takes longer is told, and begun anew
LOOK_SECONDS = 1.0


class Socket:
    """One Socket Mode connection of a process. Slack spreads deliveries over the connections of an app."""

    def __init__(self, door: Door, client: AsyncWebClient, app_token: str) -> None:
        self._door = door
        self._client = client
        self._app_token = app_token
        self._quiet = logging.getLogger("bot.slack.socket.sdk")
        self._quiet.setLevel(logging.CRITICAL)  # its lines quote what was delivered
        self._socket: ProxiedSocket | None = None
        self._up = False

    @property
    def is_up(self) -> bool:
        """Whether deliveries arrive, but for LOST_SECONDS in which the connection may be renewed."""
        return self._up

    async def run(self) -> None:
        """Stay connected until cancelled."""
        while True:
            await self._connect()
            self._up = True
            log.info("Socket Mode is connected")
            await self._watch()
            self._up = False
            log.error("Socket Mode has been disconnected for %.0f s; connecting anew", LOST_SECONDS)

    async def close(self) -> None:
        """End the connection: Slack delivers to the app's other connections, or again later."""
        if self._socket is not None:
            socket, self._socket = self._socket, None
            await socket.close()  # type: ignore[no-untyped-call]

    async def _connect(self) -> None:
        """Connect, trying again until it works; says once what to check."""
        wait = FIRST_WAIT
        while True:
            try:
                await self._open()
                return
            except Exception as error:
                if wait == FIRST_WAIT:
                    host = urlsplit(self._client.base_url).hostname
                    log.error(
                        "Socket Mode cannot connect (%s): check SLACK_APP_TOKEN and the way out to %s and its wss"
                        " hosts (dxbot doctor); trying again until it works",
                        failure_of(error),
                        host,
                    )
            await self.close()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LAST_WAIT)

    async def _open(self) -> None:
        """One attempt, with an address of its own: the library would repeat a failed one forever, and in silence."""
        opened: Any = await self._client.apps_connections_open(app_token=self._app_token)
        await self.close()
        self._socket = ProxiedSocket(app_token=self._app_token, web_client=self._client, logger=self._quiet)
        self._socket.socket_mode_request_listeners.append(self._serve)
        self._socket.wss_uri = opened["url"]
        self._socket.proxy = proxy_for(opened["url"])
        async with asyncio.timeout(CONNECT_SECONDS):
            await self._socket.connect()  # type: ignore[no-untyped-call]

    async def _watch(self) -> None:
        """Return when the connection has been lost for LOST_SECONDS."""
        seen = time.monotonic()
        while time.monotonic() - seen < LOST_SECONDS:
            await asyncio.sleep(LOOK_SECONDS)
            if self._socket is not None and await self._socket.is_connected():
                seen = time.monotonic()

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
