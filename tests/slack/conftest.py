"""The whole application with Slack set up, behind a real HTTP server, before the strict fake of Slack's Web API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import router
from bot.app import build_messengers, create_app
from bot.services import Services
from bot.settings import Settings
from bot.worker import Worker
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.fakes.slack import FakeSlack, served
from tests.fakes.slack_client import SlackServers
from tests.scenarios.slack_driver import with_slack
from tests.web.city import STAFF, settle
from tests.web.specimen import HANDLERS

USER = "U0AOBA"
STRANGER = "U0NEMO"
CHANNEL = "C0ROOM"
QUESTION = "BPRとは何ですか"
WORDS = "Business Process Re-engineeringの略。"


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """The fake, with a member of staff, a stranger and a channel that the bot is in."""
    async with served(FakeSlack()) as fake:
        fake.add_user(USER, STAFF.email)
        fake.add_user(STRANGER, "nobody@elsewhere.example")
        fake.add_channel(CHANNEL)
        yield fake


@pytest.fixture
def services(sqlite_stores: SqlStores, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> Services:
    """The made-up city, with the specimen handlers beside the product's own."""
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, **HANDLERS})
    settle(sqlite_stores)
    return with_slack(make_services(sqlite_stores), slack)


def make_services(stores: SqlStores) -> Services:
    """Services over the made-up city alone."""
    return Services(
        settings=Settings(content=()),
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ()),
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture
async def servers(services: Services) -> AsyncIterator[SlackServers]:
    """Slack's servers in front of the application."""
    client: TestClient[web.Request, web.Application]
    async with TestClient(TestServer(create_app(services))) as client:
        yield SlackServers(client)


async def posts_of(slack: FakeSlack, count: int = 1, seconds: float = 5.0) -> list[dict[str, Any]]:
    """What the bot posted: `count` messages, and no more."""
    await slack.until(lambda: len(slack.posts) >= count, seconds)
    await asyncio.sleep(0.1)
    assert len(slack.posts) == count
    return slack.posts


async def worked(services: Services, seconds: float) -> int:
    """How many messages a worker handled, `seconds` from now."""
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return await Worker("w", services.stores.outbox, build_messengers(services), lambda: at).drain_once()
