"""Services over a real database that holds the small city; who asks, who answers, who runs it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.services import Services
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.handlers.learning_city import Seat
from tests.knowledge.small_city import ARTICLES
from tests.web.city import LEADER, OPERATOR, STAFF


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """Services with the small city's articles imported and no pack."""
    sqlite_stores.articles.replace_source("small city", ARTICLES)
    return Services(
        settings=Settings(_env_file=None, DXBOT_CONTENT=""),
        stores=sqlite_stores,
        knowledge=KnowledgeBase(sqlite_stores.articles, ()),
        clock=lambda: datetime(2026, 11, 24, tzinfo=UTC),
    )


@pytest.fixture
def asker(services: Services) -> Seat:
    return Seat(services, STAFF)


@pytest.fixture
def expert(services: Services) -> Seat:
    return Seat(services, LEADER)


@pytest.fixture
def operator(services: Services) -> Seat:
    return Seat(services, OPERATOR)
