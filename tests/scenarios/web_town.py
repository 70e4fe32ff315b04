"""The local chat with a seat for each synthetic person: the cookie says who it is."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.web.people import COOKIE
from staff.model import Person
from tests.forms.web import Controls, links_in
from tests.scenarios.towns import Shown
from tests.web.html import Html

ARTICLE = re.compile(r"<article class=\"message bot\".*?</article>", re.DOTALL)
LABEL = re.compile(r'<button type="button" class="action[^"]*" data-name=[^>]*>(.*?)</button>', re.DOTALL)


@asynccontextmanager
async def open_web(services: Services) -> AsyncIterator[WebTown]:
    """A browser for everybody."""
    async with TestClient(TestServer(create_app(services))) as client:
        yield WebTown(services, client)


class WebTown:
    """The local chat."""

    def __init__(self, services: Services, client: TestClient[web.Request, web.Application]) -> None:
        self.services = services
        self.client = client
        self._seats: dict[str, WebSeat] = {}

    def seat(self, person: Person) -> WebSeat:
        """A browser with that person chosen."""
        return self._seats.setdefault(person.id, WebSeat(self.client, person))


class WebSeat:
    """One browser."""

    def __init__(self, client: TestClient[web.Request, web.Application], person: Person) -> None:
        self._client = client
        self._cookies = {"Cookie": f"{COOKIE}={person.id}"}
        self._read = 0

    async def say(self, text: str) -> Shown:
        """Type a question."""
        return await self._send({"name": "ask", "text": text})

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button."""
        name, value, controls = shown.buttons[label]
        values = controls.by_script() if controls else {}
        return await self._send({"name": name, "value": value, "values": values})

    async def fill(self, shown: Shown, **values: str | list[str]) -> Shown:
        """Send the form."""
        controls: Controls = shown.form
        sent = controls.fill(values).by_script()
        return await self._send({"name": controls.name, "value": controls.value, "values": sent})

    async def leave(self, shown: Shown, label: str, **values: str | list[str]) -> Shown:
        """Press another button of the form."""
        controls: Controls = shown.form
        name, value = json.loads(controls.buttons[label])
        return await self._send({"name": name, "value": value, "values": controls.fill(values).by_script()})

    async def told(self) -> list[Shown]:
        """What is new on the inbox page, the oldest first."""
        async with self._client.get("/inbox", headers=self._cookies) as response:
            assert response.status == 200
            articles = ARTICLE.findall(await response.text())[::-1]
        new, self._read = articles[self._read :], len(articles)
        return [_shown(source) for source in new]

    async def _send(self, command: dict[str, object]) -> Shown:
        async with self._client.post("/chat", json=command, headers=self._cookies) as response:
            assert response.status == 200
            return _shown(await response.text())


def _shown(source: str) -> Shown:
    html = Html(source)
    controls = Controls(source)
    named = zip(map(unescape, LABEL.findall(source)), html.buttons, strict=True)
    buttons = {label: (name, value, None) for label, (name, value) in named}
    for label, carried in controls.buttons.items():
        buttons[label] = (*json.loads(carried), controls)
    form = controls if controls.name else None
    return Shown(html.text, buttons, form, controls.asks, links_in(source))
