"""Through a real proxy, past it, and what is said when a server is out of reach."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from aiohttp.test_utils import TestClient, TestServer, unused_port
from pydantic import SecretStr

from bot.app import build_messengers, create_app
from bot.delivery import Message, TemporaryFailure
from bot.messages import Paragraph, Reply
from bot.outgoing import Reach, has_proxy, proxy_for, reach
from bot.services import Services
from bot.settings import Settings
from bot.teams.channel import build_connector
from bot.texts.ja.outgoing import OBSTACLES, reach_line
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.fakes.proxy import Proxy, proxying
from tests.fakes.slack import BOT_TOKEN, FakeSlack, served
from tests.fakes.slack_client import SlackServers, command, direct, event
from tests.fakes.teams import FakeTeams, serving
from tests.scenarios.slack_driver import with_slack
from tests.slack.conftest import USER
from tests.teams.conftest import make_settings
from tests.web.city import STAFF, settle

NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """No proxy but the test's own."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    yield monkeypatch


@pytest.fixture
async def proxy(environment: pytest.MonkeyPatch) -> AsyncIterator[Proxy]:
    """The proxy that the environment names."""
    async with proxying() as opened:
        environment.setenv("HTTP_PROXY", opened.url)
        environment.setenv("HTTPS_PROXY", opened.url)
        yield opened


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with served(FakeSlack()) as fake:
        fake.add_user(USER, STAFF.email)
        yield fake


@pytest.fixture
async def teams() -> AsyncIterator[FakeTeams]:
    async with serving() as fake:
        yield fake


def _place(url: str) -> str:
    return urlsplit(url).netloc


def _services(stores: SqlStores, settings: Settings) -> Services:
    settle(stores)
    return Services(settings, stores, KnowledgeBase(stores.articles, ()), lambda: datetime.now(UTC))


async def _ask_on_slack(services: Services, slack: FakeSlack) -> None:
    async with TestClient(TestServer(create_app(services))) as client:
        await SlackServers(client).deliver(event(direct(USER, "BPRとは何ですか")))
        await slack.until(lambda: len(slack.posts) == 1, 5.0)
        await SlackServers(client).deliver(command(slack, USER, "BPR"))
        await slack.until(lambda: len(slack.responses) == 1, 5.0)


async def test_every_call_to_slack_passes_the_proxy(
    sqlite_stores: SqlStores, slack: FakeSlack, proxy: Proxy
) -> None:
    await _ask_on_slack(with_slack(_services(sqlite_stores, Settings(content=())), slack), slack)
    assert proxy.hosts == {_place(slack.url)}
    # auth.test, users.info, chat.postMessage and the response_url
    assert len(proxy.seen) == 4


async def test_where_no_proxy_says_so_slack_is_called_directly(
    sqlite_stores: SqlStores, slack: FakeSlack, proxy: Proxy, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("NO_PROXY", "127.0.0.1")
    await _ask_on_slack(with_slack(_services(sqlite_stores, Settings(content=())), slack), slack)
    services = with_slack(_services(sqlite_stores, Settings(content=())), slack, socket=True)
    async with TestClient(TestServer(create_app(services))):
        await slack.sockets.connected.wait()
    assert proxy.seen == []


async def test_socket_mode_passes_the_proxy(sqlite_stores: SqlStores, slack: FakeSlack, proxy: Proxy) -> None:
    services = with_slack(_services(sqlite_stores, Settings(content=())), slack, socket=True)
    async with TestClient(TestServer(create_app(services))):
        async with asyncio.timeout(5):
            await slack.sockets.connected.wait()
        await slack.sockets.deliver("events_api", event(direct(USER, "BPRとは何ですか")))
        await slack.until(lambda: len(slack.posts) == 1, 5.0)
    assert proxy.hosts == {_place(slack.url)}
    assert len(proxy.seen) >= 4


async def test_what_the_worker_sends_to_slack_passes_the_proxy(
    sqlite_stores: SqlStores, slack: FakeSlack, proxy: Proxy
) -> None:
    services = with_slack(_services(sqlite_stores, Settings(content=())), slack)
    messenger = build_messengers(services)["slack"]
    reply = Reply(title="お知らせ", parts=(Paragraph(text="本文"),))
    message = Message(key="k1", channel="slack", recipient=USER, reply=reply, due_at=services.clock())
    try:
        assert await messenger.send(message)
    finally:
        if close := getattr(messenger, "close", None):
            await close()
    assert len(proxy.seen) == 1  # chat.postMessage


async def test_a_proxy_that_refuses_leaves_no_doubt_that_nothing_was_posted(
    sqlite_stores: SqlStores, proxy: Proxy
) -> None:
    proxy.refuse = 403
    told = {"slack_bot_token": SecretStr(BOT_TOKEN), "slack_signing_secret": SecretStr("s")}
    settings = Settings(content=()).model_copy(update=told | {"slack_api_url": "https://slack.invalid/api/"})
    messenger = build_messengers(_services(sqlite_stores, settings))["slack"]
    reply = Reply(title="お知らせ", parts=(Paragraph(text="本文"),))
    message = Message(key="k1", channel="slack", recipient="C1", reply=reply, due_at=datetime.now(UTC))
    with pytest.raises(TemporaryFailure):
        await messenger.send(message)
    assert proxy.seen == [("CONNECT", "slack.invalid:443")]


@pytest.mark.parametrize("no_proxy", [False, True])
async def test_teams_passes_the_proxy(
    sqlite_stores: SqlStores,
    teams: FakeTeams,
    proxy: Proxy,
    environment: pytest.MonkeyPatch,
    *,
    no_proxy: bool,
) -> None:
    if no_proxy:
        environment.setenv("NO_PROXY", "127.0.0.1")
    asker = teams.person("900001", "P900001@city.example")
    async with TestClient(TestServer(create_app(_services(sqlite_stores, make_settings(teams))))) as client:
        activity = teams.activity("BPRとは何ですか", user=asker)
        headers = {"Authorization": teams.bearer()}
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        assert len(await teams.wait_for(1)) == 1
    calls = sum(teams.calls[name] for name in ("metadata", "keys", "token", "member", "post"))
    assert calls >= 5
    assert len(proxy.seen) == (0 if no_proxy else calls)


async def test_the_managed_identity_is_never_asked_through_a_proxy(teams: FakeTeams, proxy: Proxy) -> None:
    settings = make_settings(teams, teams_app_type="ManagedIdentity", teams_app_password=None)
    connector = build_connector(settings)
    assert connector.tokens is not None
    try:
        assert (await connector.tokens.token()).startswith("issued-")
    finally:
        await connector.close()
    assert proxy.seen == []


async def test_in_the_playground_this_machine_is_called_directly(teams: FakeTeams, proxy: Proxy) -> None:
    connector = build_connector(make_settings(teams, teams_playground=True))
    try:
        assert not connector.session().trust_env
    finally:
        await connector.close()


def test_the_proxy_of_an_address(environment: pytest.MonkeyPatch) -> None:
    assert (has_proxy(), proxy_for("https://slack.com/api/")) == (False, None)
    environment.setenv("HTTPS_PROXY", "http://proxy.city.example:8080")
    environment.setenv("NO_PROXY", ".city.example,localhost")
    assert has_proxy()
    for url in ("https://slack.com/api/", "wss://wss-primary.slack.com/link/?ticket=1"):
        assert proxy_for(url) == "http://proxy.city.example:8080"
    for url in ("http://slack.com/", "https://files.city.example/", "https://localhost:1/"):
        assert proxy_for(url) is None


async def test_a_server_that_answers_anything_is_reached(teams: FakeTeams, proxy: Proxy) -> None:
    assert await reach(f"{teams.url}/no/such/page") == Reach("127.0.0.1", _place(proxy.url))
    assert len(proxy.seen) == 1
    assert await reach(f"{teams.url}/", direct=True) == Reach("127.0.0.1")
    assert len(proxy.seen) == 1


async def test_what_stands_between_is_told_apart(
    teams: FakeTeams, proxy: Proxy, environment: pytest.MonkeyPatch
) -> None:
    secure = f"https://{_place(teams.url)}/"
    assert (await reach(secure)).obstacle == "tls"
    proxy.refuse = 407
    refused = await reach("https://slack.invalid/")
    assert (refused.obstacle, refused.detail) == ("proxy-refused", "407")
    environment.setenv("HTTPS_PROXY", f"http://clerk:himitsu@127.0.0.1:{unused_port()}")
    away = await reach("https://slack.invalid/")
    assert away.obstacle == "proxy"
    assert "himitsu" not in reach_line(away.host, away.proxy, away.obstacle, away.detail)
    environment.setenv("HTTPS_PROXY", "http://proxy.invalid:8080")
    assert (await reach("https://slack.invalid/")).obstacle == "proxy"
    assert (await reach("https://slack.invalid/", direct=True)).obstacle == "dns"
    assert (await reach(f"http://127.0.0.1:{unused_port()}/", direct=True)).obstacle == "refused"


async def test_a_server_that_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert (await reach(url, direct=True, seconds=0.2)).obstacle == "timeout"


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_every_obstacle_is_one_line_with_what_to_do(obstacle: str) -> None:
    line = reach_line("slack.com", "proxy:8080", obstacle, "407")
    assert line.startswith("slack.com につながりません（プロキシ proxy:8080 を通る）")
    assert line.endswith("ください。")
