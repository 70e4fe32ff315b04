"""The link that the bot gives: looked at by anybody, used once, by a button."""

from __future__ import annotations

import pytest

from bot.messages import Request
from bot.router import handle
from bot.services import Services
from bot.texts.ja import access as texts
from staff.access.tokens import token_hash
from staff.model import Person
from tests.web.city import OPERATOR, STAFF
from tests.web.sign_in.conftest import Clock, Opening
from tests.web.sign_in.outside import HOST, SESSION, SITE, Outsider

LINK = "/console/sign-in/link"


def ask_for_link(city: Services, person: Person = OPERATOR) -> str:
    """What the person gets in a direct message."""
    said = Request(channel="slack", user="U1", text="コンソール", person=person, private=True)
    reply = handle(said, city)
    (action,) = reply.actions
    assert reply.fleeting and action.url.startswith(f"{SITE}{LINK}?token=")
    return action.url.removeprefix(SITE)


async def sign_in(city: Services, browser: Outsider, person: Person = OPERATOR) -> Outsider:
    """Sign a browser in."""
    token = ask_for_link(city, person).partition("token=")[2]
    seen = await browser.post(LINK, {"token": token})
    assert (seen.status, seen.location) == (303, "/console")
    return browser


async def test_from_the_direct_message_to_the_console(city: Services, outside: Opening) -> None:
    link, browser = ask_for_link(city), outside()
    asked = await browser.get(link)
    assert asked.status == 200
    assert texts.confirm(OPERATOR.name) in asked.text
    assert not asked.set_cookies
    seen = await browser.post(LINK, {"token": link.partition("token=")[2]})
    assert (seen.status, seen.location) == (303, "/console")
    (cookie,) = seen.set_cookies
    for mark in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"):
        assert mark in cookie
    assert "Domain" not in cookie
    page = await browser.get("/console")
    assert page.status == 200
    assert OPERATOR.name in page.text


async def test_scanners_open_links_and_consume_nothing(city: Services, outside: Opening) -> None:
    link = ask_for_link(city)
    for _ in range(5):
        assert (await outside().get(link)).status == 200
    await outside().client.head(link, headers={"Host": HOST})
    browser = outside()
    assert (await browser.post(LINK, {"token": link.partition("token=")[2]})).status == 303


async def test_a_link_works_once(city: Services, outside: Opening) -> None:
    token = ask_for_link(city).partition("token=")[2]
    assert (await outside().post(LINK, {"token": token})).status == 303
    again = outside()
    refused = await again.post(LINK, {"token": token})
    assert refused.status == 410
    assert texts.LINK_SPENT in refused.text
    assert SESSION not in again.cookies
    assert (await again.get(f"{LINK}?token={token}")).status == 410


async def test_a_link_expires(city: Services, outside: Opening, clock: Clock) -> None:
    link = ask_for_link(city)
    clock.pass_time(minutes=10, seconds=1)
    assert (await outside().get(link)).status == 410
    assert (await outside().post(LINK, {"token": link.partition("token=")[2]})).status == 410


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "A" * 5000, "%00", "../../etc/passwd", "あ"])
async def test_forged_links_are_refused(city: Services, outside: Opening, token: str) -> None:
    ask_for_link(city)
    assert (await outside().get(LINK + "?token=" + token)).status == 410
    assert (await outside().post(LINK, {"token": token})).status == 410


async def test_no_secret_is_kept(city: Services, outside: Opening) -> None:
    token = ask_for_link(city).partition("token=")[2]
    assert city.stores.access.link_owner(token, city.clock()) is None
    assert city.stores.access.link_owner(token_hash(token), city.clock()) == OPERATOR.id
    browser = await sign_in(city, outside())
    session = browser.cookies[SESSION]
    assert city.stores.access.session(session) is None
    assert city.stores.access.session(token_hash(session)) is not None


async def test_only_so_many_links_in_ten_minutes(city: Services, clock: Clock) -> None:
    for _ in range(5):
        ask_for_link(city)
    said = Request(channel="slack", user="U1", text="console", person=OPERATOR, private=True)
    assert texts.TOO_MANY_TRIES in handle(said, city).text
    assert handle(said.model_copy(update={"person": STAFF}), city).actions[0].url
    clock.pass_time(minutes=11)
    assert ask_for_link(city)


async def test_guessing_is_slowed_down(city: Services, outside: Opening) -> None:
    token = ask_for_link(city).partition("token=")[2]
    for _ in range(20):
        assert (await outside().post(LINK, {"token": "guess"})).status == 410
    assert (await outside().post(LINK, {"token": token})).status == 429


def test_a_link_is_not_given_where_others_read(city: Services) -> None:
    said = Request(channel="slack", user="U1", text="console", person=OPERATOR)
    reply = handle(said, city)
    assert texts.CONSOLE_IN_PRIVATE in reply.text
    assert all(not action.url for action in reply.actions)


def test_somebody_unknown_gets_no_link(city: Services) -> None:
    reply = handle(Request(channel="slack", user="U9", text="console", private=True), city)
    assert "職員名簿への登録" in reply.text
    assert all(not action.url for action in reply.actions)


def test_signing_in_is_on_record_without_the_token(city: Services) -> None:
    token = ask_for_link(city).partition("token=")[2]
    city.sign_in.by_link(token, "192.0.2.7")
    events = city.stores.audit.list_events()
    assert [event.action for event in events[:2]] == ["access.sign_in", "access.link"]
    assert token not in str(events) and "192.0.2.7" not in str(events)
