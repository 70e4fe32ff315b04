"""The whole application as a city installs it: people come in from elsewhere, over its public address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import create_app
from bot.services import Services
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.web.city import settle
from tests.web.sign_in.outside import SITE, Outsider

Opening = Callable[[], Outsider]


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings() -> Settings:
    return Settings(_env_file=None, content=(), public_url=SITE)


@pytest.fixture
def city(sqlite_stores: SqlStores, clock: Clock, settings: Settings) -> Services:
    settle(sqlite_stores)
    knowledge = KnowledgeBase(sqlite_stores.articles, ())
    return Services(settings=settings, stores=sqlite_stores, knowledge=knowledge, clock=clock)


@pytest.fixture
async def outside(city: Services, aiohttp_client: AiohttpClient) -> Opening:
    """Opens browsers."""
    client = await aiohttp_client(create_app(city))
    return lambda: Outsider(client)
