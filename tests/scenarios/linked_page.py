"""The page of a personal link in a browser of its own, without the script."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.test_utils import TestClient

from tests.forms.web import Controls
from tests.scenarios.towns import Shown
from tests.web.html import Html

BUTTON = re.compile(r'<button class="action[^"]*" name=".press"[^>]*>(.*?)</button>')


class LinkedPage:
    """Whoever holds the link."""

    def __init__(self, client: TestClient[web.Request, web.Application], url: str) -> None:
        self._client = client
        self._path = urlsplit(url).path

    async def open(self) -> Shown:
        """Follow the link."""
        async with self._client.get(self._path) as response:
            return _shown(await response.text())

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button below the words."""
        return await self._post([*shown.buttons[label]])

    async def fill(self, shown: Shown, **values: str | list[str]) -> Shown:
        """Send the form."""
        controls: Controls = shown.form
        return await self._post(controls.fill(values).by_browser())

    async def leave(self, shown: Shown, label: str, **values: str | list[str]) -> Shown:
        """Press another button of the form."""
        controls: Controls = shown.form
        return await self._post([*controls.fill(values).by_browser(), (".press", controls.buttons[label])])

    async def _post(self, pairs: list[tuple[str, str]]) -> Shown:
        async with self._client.post(self._path, data=pairs) as response:
            return _shown(await response.text())


def _shown(source: str) -> Shown:
    html = Html(source)
    html.assert_clean()
    controls = Controls(source)
    own = set(controls.buttons.values())
    token = next((one["value"] for one in html.all("input", name=".token")), "")
    labels = dict(zip(map(unescape, BUTTON.findall(source)), html.all("button", name=".press"), strict=True))
    buttons = {
        label: ((".token", token), (".press", button["value"]))
        for label, button in labels.items()
        if button["value"] not in own
    }
    return Shown(html.text, buttons, controls if controls.name else None, controls.asks)
