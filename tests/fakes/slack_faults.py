"""The ways a call fails that never reached Slack, or whose reply never came back."""

from __future__ import annotations

import asyncio
from typing import Literal

from aiohttp import web

Fault = Literal["lose_reply", "lose_request", "429", "500", "412", "502", "504", "html", "text", "hang"]


async def failed(request: web.Request, fault: Fault, hang_seconds: float) -> web.StreamResponse:
    """What comes instead of Slack's reply."""
    match fault:
        case "429":
            refused = {"ok": False, "error": "ratelimited"}
            return web.json_response(refused, status=429, headers={"Retry-After": "1"})
        case "500":
            return web.json_response({"ok": False, "error": "fatal_error"}, status=500)
        case "412" | "502" | "504":  # of what stands before Slack
            page = f"<html>{fault}</html>"
            return web.Response(text=page, status=int(fault), content_type="text/html")
        case "html":
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        case "text":
            return web.Response(text="upstream", content_type="text/plain")
        case "hang":
            await asyncio.sleep(hang_seconds)
    return dropped(request)


def dropped(request: web.Request) -> web.StreamResponse:
    """No reply at all: the connection is closed."""
    assert request.transport is not None
    request.transport.close()
    return web.Response(status=500)
