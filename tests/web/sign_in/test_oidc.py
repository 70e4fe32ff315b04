"""Signing in at the city's OpenID provider; everything it could say wrong, or somebody else could say for it."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import urlencode

import jwt
import pytest
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretStr
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import create_app
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import access as texts
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.fakes.openid import CLIENT, SECRET, FakeProvider
from tests.web.city import STAFF, settle
from tests.web.sign_in.outside import SESSION, SITE, Outsider, Seen

CALLBACK = "/console/sign-in/callback"
OTHER = rsa.generate_private_key(65537, 2048)


@pytest.fixture
async def provider() -> AsyncIterator[FakeProvider]:
    made = FakeProvider(redirect=f"{SITE}{CALLBACK}")
    async with TestServer(made.app()) as server:
        made.issuer = f"http://127.0.0.1:{server.port}"
        yield made


@pytest.fixture
async def browser(
    sqlite_stores: SqlStores, provider: FakeProvider, aiohttp_client: AiohttpClient
) -> Outsider:
    settle(sqlite_stores)
    settings = Settings(
        _env_file=None,
        content=(),
        public_url=SITE,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SecretStr(SECRET),
    )
    services = Services(
        settings=settings,
        stores=sqlite_stores,
        knowledge=KnowledgeBase(sqlite_stores.articles, ()),
        clock=lambda: datetime.now(UTC),
    )
    return Outsider(await aiohttp_client(create_app(services)))


async def leave(browser: Outsider, goal: str = "/inbox") -> str:
    """Press the button; where the browser is sent."""
    seen = await browser.post("/console/sign-in/oidc", {"next": goal})
    assert seen.status == 200
    found = re.search(r'href="(http://127[^"]+)"', seen.text)
    assert found is not None
    return unescape(found[1])


async def come_back(browser: Outsider, answer: dict[str, str]) -> Seen:
    return await browser.get(f"{CALLBACK}?{urlencode(answer)}")


async def test_there_and_back(browser: Outsider, provider: FakeProvider) -> None:
    answer = provider.sign_in(await leave(browser))
    seen = await come_back(browser, answer)
    assert (seen.status, seen.location) == (303, "/inbox")
    assert list(browser.cookies) == [SESSION], "the errand's cookie is gone"
    assert STAFF.name in (await browser.get("/inbox")).text
    again = Outsider(browser.client)
    assert (await come_back(again, provider.sign_in(await leave(again)))).status == 303
    assert provider.asked == {"discovery": 1, "keys": 1, "token": 2}


async def test_an_answer_is_worth_nothing_in_another_browser(
    browser: Outsider, provider: FakeProvider
) -> None:
    """Login CSRF: somebody else's answer must not sign this browser in."""
    answer = provider.sign_in(await leave(Outsider(browser.client)))
    for victim in (Outsider(browser.client), browser):
        if victim is browser:
            await leave(victim)
        seen = await come_back(victim, answer)
        assert seen.status == 403
        assert texts.NOT_VOUCHED in seen.text
        assert SESSION not in victim.cookies


async def test_an_answer_is_used_once(browser: Outsider, provider: FakeProvider) -> None:
    location = await leave(browser)
    errand = dict(browser.cookies)
    answer = provider.sign_in(location)
    assert (await come_back(browser, answer)).status == 303
    thief = Outsider(browser.client, cookies=errand)
    assert (await come_back(thief, answer)).status == 403


FORGERIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "other"},
    "for another client": {"aud": [CLIENT, "other"], "azp": "other"},
    "another issuer": {"iss": "http://127.0.0.1:1"},
    "expired": {"exp": int(time.time()) - 3600},
    "without end": {"exp": None},
    "unverified address": {"email_verified": False},
    "no address": {"email": None},
    "odd address": {"email": ["p900001@city.example"]},
    "empty address": {"email": " "},
}


@pytest.mark.parametrize("forged", FORGERIES)
async def test_forged_claims_sign_nobody_in(browser: Outsider, provider: FakeProvider, forged: str) -> None:
    def forge(claims: dict[str, Any]) -> dict[str, Any]:
        changed = claims | FORGERIES[forged]
        return {name: value for name, value in changed.items() if value is not None}

    provider.forge = forge
    seen = await come_back(browser, provider.sign_in(await leave(browser)))
    assert seen.status == 403
    assert SESSION not in browser.cookies


@pytest.mark.parametrize("way", ["none", "hmac", "another key", "an unknown key", "no token at all"])
async def test_forged_signatures_sign_nobody_in(browser: Outsider, provider: FakeProvider, way: str) -> None:
    public = "x" * 64
    ways = {
        "none": lambda claims: jwt.encode(claims, "", algorithm="none"),
        "hmac": lambda claims: jwt.encode(claims, public, algorithm="HS256", headers={"kid": "key-1"}),
        "another key": lambda claims: provider.signed(claims, key=OTHER),
        "an unknown key": lambda claims: provider.signed(claims, kid="key-9", key=OTHER),
        "no token at all": lambda claims: "no.token.here",
    }
    provider.sign = ways[way]
    seen = await come_back(browser, provider.sign_in(await leave(browser)))
    assert seen.status == 403
    assert SESSION not in browser.cookies


async def test_somebody_the_directory_lacks(browser: Outsider, provider: FakeProvider) -> None:
    provider.forge = lambda claims: claims | {"email": "stranger@city.example"}
    seen = await come_back(browser, provider.sign_in(await leave(browser)))
    assert seen.status == 403
    assert texts.NOT_IN_DIRECTORY in seen.text


@pytest.mark.parametrize(
    ("error", "logged"),
    [
        ("access_denied", "access_denied"),
        ("青葉 花\nfaked line", "an unknown error"),
        ("", "an unknown error"),
    ],
)
async def test_somebody_declines(
    browser: Outsider, provider: FakeProvider, caplog: pytest.LogCaptureFixture, error: str, logged: str
) -> None:
    state = provider.sign_in(await leave(browser))["state"]
    assert (await come_back(browser, {"error": error, "state": state})).status == 403
    assert f"no code: {logged}" in caplog.text
    assert "青葉" not in caplog.text, "what stands in an address is anybody's"


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
async def test_a_discovery_document_that_is_not_to_be_trusted(
    browser: Outsider, provider: FakeProvider, document: dict[str, Any]
) -> None:
    provider.document = lambda told: told | document
    seen = await browser.post("/console/sign-in/oidc", {})
    assert seen.status == 503
    assert texts.OIDC_AWAY in seen.text


async def test_nobody_is_sent_elsewhere_afterwards(browser: Outsider, provider: FakeProvider) -> None:
    seen = await come_back(browser, provider.sign_in(await leave(browser, "//evil.example/")))
    assert (seen.status, seen.location) == (303, "/console")
