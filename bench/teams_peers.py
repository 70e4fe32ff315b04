"""What the Teams measure talks to: a connector that costs next to nothing, and the SDK's own adapter with an echo.

Run as `python -m bench.teams_peers connector KEYS EMAIL` or `… stock`; prints its port once it listens.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from botbuilder.core import CloudAdapterBase, TurnContext
from botbuilder.schema import Activity
from botframework.connector.auth import BotFrameworkAuthenticationFactory

LOGIN = b'{"token_type":"Bearer","expires_in":3600,"access_token":"issued"}'
POSTED = b'{"id":"f:1"}'


class StockAdapter(CloudAdapterBase):  # type: ignore[misc]
    """The SDK's adapter as it is."""


async def connector(keys: bytes, email: str) -> None:
    """Login server, key server and Bot Connector with fixed answers."""
    port = 0
    member = b'{"id":"29:u","name":"n","email":"%s"}' % email.encode()

    def answer(path: str) -> bytes:
        if path.startswith("/openid/metadata"):
            return b'{"jwks_uri":"http://127.0.0.1:%d/openid/keys"}' % port
        known = {"/openid/keys": keys, "/login": LOGIN}
        found = next((body for start, body in known.items() if path.startswith(start)), None)
        return found or (member if "/members/" in path else POSTED)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                await reader.readexactly(_length(head))
                body = answer(head.split(" ", 2)[1])
                writer.write(_response(body))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await server.serve_forever()


async def stock() -> None:
    """botbuilder-core's adapter, put together as its integration does it, echoing. Without an app id: it checks
    no token and fetches none.
    """
    adapter = StockAdapter(BotFrameworkAuthenticationFactory.create())

    async def echo(context: TurnContext) -> None:
        await context.send_activity(f"echo: {context.activity.text}")

    async def messages(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        result = await adapter.bot_framework_authentication.authenticate_request(activity, None)
        await adapter.process_activity(result, activity, echo)
        return web.Response(status=HTTPStatus.OK)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


def _response(body: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body


def main(arguments: list[str]) -> None:
    """Run one of them until it is ended."""
    peers: dict[str, Callable[[], object]] = {
        "connector": lambda: asyncio.run(connector(Path(arguments[1]).read_bytes(), arguments[2])),
        "stock": lambda: asyncio.run(stock()),
    }
    peers[arguments[0]]()


if __name__ == "__main__":
    main(sys.argv[1:])
