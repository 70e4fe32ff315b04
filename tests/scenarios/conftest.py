"""Each conversation runs on every channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.services import Services
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.scenarios.drivers import DRIVERS, Driver, factory
from tests.web.city import settle


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """The made-up city, over real stores and the real knowledge base."""
    settle(sqlite_stores)
    return Services(
        settings=Settings(content=()),
        stores=sqlite_stores,
        knowledge=KnowledgeBase(sqlite_stores.articles, ()),
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture(params=list(DRIVERS))
async def driver(request: pytest.FixtureRequest, services: Services) -> AsyncIterator[Driver]:
    """A person on one channel."""
    async with factory(request.param)(services) as opened:
        yield opened
