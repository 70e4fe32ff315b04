"""The server's side of Socket Mode: envelopes out, acknowledgements back."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

from aiohttp import WSMsgType, web


class Sockets:
    """The connections of an app."""

    def __init__(self) -> None:
        self._open: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)
        self.connected = asyncio.Event()
        self.closed = False

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """GET /socket; refused while `closed`."""
        if self.closed:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self._open.append(socket)
        self.connected.set()
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(message.json())
        self._open.remove(socket)
        return socket

    async def deliver(self, kind: str, payload: dict[str, Any], seconds: float = 3.0) -> dict[str, Any]:
        """Send an envelope and return its acknowledgement. Raises TimeoutError where none comes, as Slack sees it."""
        envelope = f"e{next(self._numbers)}"
        done: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = done
        sent = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await self._open[-1].send_json(sent)
        async with asyncio.timeout(seconds):
            return await done

    async def drop(self) -> None:
        """Close every connection."""
        for socket in list(self._open):
            await socket.close()

    def _acknowledged(self, answer: dict[str, Any]) -> None:
        done = self._waiting.pop(answer.get("envelope_id", ""), None)
        if done is not None and not done.done():
            done.set_result(answer)
