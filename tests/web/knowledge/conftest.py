"""Browsers of several people on the knowledge pages of the made-up city."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.services import Services
from bot.web.people import COOKIE
from knowledge.article import Article, Kind, Layer, Passage, Source
from staff.model import Person
from tests.web.html import Html

COUNTER = Article(
    id="desk-hours",
    kind=Kind.FAQ,
    layer=Layer.EDITORIAL,
    title="窓口の受付時間",
    passages=(Passage(text="平日の8時30分から17時までです。"),),
    aliases=("受付時間",),
    questions=("窓口は何時までですか",),
    source=Source(document="窓口の手引"),
    owner="市民窓口課",
)


class Browser:
    """One person's browser: pages are parsed, and must be clean."""

    def __init__(self, client: TestClient[web.Request, web.Application], person: Person | None) -> None:
        self._client = client
        self._cookies = {COOKIE: person.id if person else "guest"}

    async def get(self, path: str, status: int = 200, /, **query: str) -> Html:
        """A page."""
        response = await self._client.get(path, params=query, cookies=self._cookies)
        return await self._read(response, status)

    async def post(self, path: str, status: int = 200, /, **fields: str) -> Html:
        """What follows on a form, redirects followed."""
        response = await self._client.post(path, data=fields, cookies=self._cookies)
        return await self._read(response, status)

    async def edit(self, article_id: str) -> dict[str, str]:
        """The fields of an article's edit form as they stand."""
        response = await self._client.get("/knowledge/edit", params={"id": article_id}, cookies=self._cookies)
        return read_form(await response.text(), "/knowledge/edit")

    async def _read(self, response: object, status: int) -> Html:
        assert hasattr(response, "text") and hasattr(response, "status")
        html = Html(await response.text())
        assert response.status == status, html.text
        html.assert_clean()
        return html


def read_form(source: str, action: str) -> dict[str, str]:
    """The values of the form that is sent to `action`, textareas included."""
    from tests.web.knowledge.forms import FormReader

    return FormReader(source, action).values


Open = Callable[[Person | None], Awaitable[Browser]]


@pytest.fixture
def opened(app: web.Application, services: Services, aiohttp_client: AiohttpClient) -> Open:
    """Opens a browser for a person."""
    services.stores.articles.replace_source("窓口.csv", [COUNTER])
    clients: list[TestClient[web.Request, web.Application]] = []

    async def open_(person: Person | None) -> Browser:
        if not clients:
            clients.append(await aiohttp_client(app))
        return Browser(clients[0], person)

    return open_
