"""The web channel over real stores and the real knowledge base, behind a real HTTP server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot import router
from bot.services import Services
from bot.settings import Settings
from bot.web.listeners import add_routes
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.web.city import settle
from tests.web.specimen import HANDLERS

Client = TestClient[web.Request, web.Application]


def make_services(stores: SqlStores, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Services:
    """Services over the made-up city alone: no pack is loaded."""
    return Services(
        settings=Settings(content=()),
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ()),
        clock=clock,
    )


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    settle(sqlite_stores)
    return make_services(sqlite_stores)


@pytest.fixture
def app(services: Services, monkeypatch: pytest.MonkeyPatch) -> web.Application:
    """The channel as `create_app` mounts it, with the specimen handlers beside the product's own."""
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, **HANDLERS})
    application = web.Application()
    add_routes(application, services)
    return application


@pytest.fixture
async def client(app: web.Application, aiohttp_client: AiohttpClient) -> Client:
    return await aiohttp_client(app)
