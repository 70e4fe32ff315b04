"""Teams over real stores and the real knowledge base: the product's endpoint before a strict fake connector."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.settings import Settings
from bot.teams.channel import build_messenger
from bot.teams.messenger import TeamsMessenger
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.fakes.teams import (
    APP_ID,
    BOT,
    SECRET,
    TENANT,
    FakeTeams,
    Member,
    Posted,
    card_texts,
    serving,
)
from tests.web.city import settle

Client = TestClient[web.Request, web.Application]
Deliver = Callable[..., Awaitable[ClientResponse]]
CHANNEL_CHAT = "19:general@thread.tacv2;messageid=1700"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def card(posted: Posted) -> dict[str, Any]:
    """The card of a message."""
    content = posted.activity["attachments"][0]["content"]
    assert isinstance(content, dict)
    return content


def words(posted: Posted) -> str:
    """What a reader of a message sees."""
    return "\n".join(card_texts(card(posted)))


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with serving() as fake:
        yield fake


def make_settings(fake: FakeTeams, **changes: Any) -> Settings:
    """The settings of a SingleTenant bot whose platform is the fake."""
    told: dict[str, Any] = {
        "content": (),
        "teams_app_id": APP_ID,
        "teams_app_password": SECRET,
        "teams_app_tenant_id": TENANT,
        "teams_service_urls": (fake.url,),
        "teams_login_url": f"{fake.url}/login",
        "teams_openid_url": f"{fake.url}/openid/metadata",
        "teams_identity_url": f"{fake.url}/identity/token",
    }
    return Settings(_env_file=None, **(told | changes))


@pytest.fixture
def services(sqlite_stores: SqlStores, teams: FakeTeams) -> Services:
    settle(sqlite_stores)
    return Services(
        settings=make_settings(teams),
        stores=sqlite_stores,
        knowledge=KnowledgeBase(sqlite_stores.articles, ()),
        clock=lambda: datetime.now(UTC),
    )


@pytest.fixture
async def client(services: Services) -> AsyncIterator[Client]:
    async with TestClient(TestServer(create_app(services))) as opened:
        yield opened


@pytest.fixture
def asker(teams: FakeTeams) -> Member:
    """A person whom the directory knows by e-mail."""
    return teams.person("900001", "P900001@city.example")


@pytest.fixture
def deliver(client: Client, teams: FakeTeams) -> Deliver:
    """Delivers an activity as the Bot Connector does, with a right token."""

    async def send(activity: dict[str, Any], **changes: Any) -> ClientResponse:
        headers = {"Authorization": teams.bearer(**changes)}
        return await client.post("/api/messages", json=activity, headers=headers)

    return send


@pytest.fixture
async def messenger(services: Services) -> AsyncIterator[TeamsMessenger]:
    built = build_messenger(services)
    yield built
    await built.close()


@pytest.fixture
def known(services: Services, teams: FakeTeams, asker: Member) -> Member:
    """A person whose personal conversation is known."""
    teams.conversations[f"a:{asker.aad}"] = {asker.id}
    remember(services, teams, asker, conversation=f"a:{asker.aad}")
    return asker


def remember(services: Services, teams: FakeTeams, user: Member, **changes: str) -> None:
    """Save a conversation reference as the endpoint does on first contact."""
    reference = {"serviceUrl": teams.url, "bot": BOT, "user": user.id, "tenantId": TENANT, "conversation": ""}
    at = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    services.stores.conversations.save("teams", user.aad, "900001", reference | changes, at)
