"""The local chat, as a browser uses it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from tests.scenarios.drivers import Button, Said
from tests.web.html import Html

LABEL = re.compile(r'<button type="button" class="action[^"]*" data-name=[^>]*>(.*?)</button>', re.DOTALL)


@asynccontextmanager
async def open_web(services: Services) -> AsyncIterator[WebDriver]:
    """A browser in front of the whole application."""
    async with TestClient(TestServer(create_app(services))) as client:
        yield WebDriver(client)


class WebDriver:
    """Someone in the local chat."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self._client = client

    async def say(self, text: str) -> Said:
        """Type a question."""
        return await self._send("ask", text=text)

    async def press(self, button: Button) -> Said:
        """Press a button."""
        assert isinstance(button.handle, tuple)
        name, value = button.handle
        return await self._send(name, value=value)

    async def _send(self, name: str, **fields: str) -> Said:
        response = await self._client.post("/chat", json={"name": name, **fields})
        assert response.status == 200
        source = await response.text()
        html = Html(source)
        labels = [unescape(label) for label in LABEL.findall(source)]
        buttons = zip(labels, html.buttons, strict=True)
        return Said(html.text, tuple(Button(label, handle) for label, handle in buttons))
