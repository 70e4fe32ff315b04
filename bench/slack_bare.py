"""The measure's other side: a bare Bolt app that posts a constant, with a shared session.

Run as `python -m bench.slack_bare`; it says the address it listens on, as `dxbot serve` does.
"""

from __future__ import annotations

import asyncio
import logging
import os
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.cli.serve import stop_signal
from bot.texts.ja.cli import READY


async def main() -> None:
    """Serve until told to stop."""
    quiet = logging.getLogger("bare")
    quiet.setLevel(logging.ERROR)
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token=os.environ["SLACK_BOT_TOKEN"],
            base_url=os.environ["SLACK_API_URL"],
            session=session,
            retry_handlers=[],
        )
        bolt = AsyncApp(client=client, logger=quiet, signing_secret=os.environ["SLACK_SIGNING_SECRET"])

        @bolt.event("message")
        async def answer(event: dict[str, Any], client: AsyncWebClient) -> None:
            await client.chat_postMessage(channel=event["channel"], text="ok")

        async def receive(request: web.Request) -> web.Response:
            answered = await bolt.async_dispatch(await to_bolt_request(request))
            return await to_aiohttp_response(answered)

        app = web.Application()
        app.router.add_post("/slack/events", receive)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(READY.format(address=f"http://127.0.0.1:{runner.addresses[0][1]}"), flush=True)
        await stop_signal().wait()
        await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
