"""Printed codes, and the header of a trusted proxy."""

from __future__ import annotations

import pytest

from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import access as texts
from staff.access.tokens import CODE_LENGTH
from tests.web.city import STAFF
from tests.web.sign_in.conftest import Clock, Opening
from tests.web.sign_in.outside import SESSION, SITE

CODE = "/console/sign-in/code"


async def test_a_code_signs_in_once(city: Services, outside: Opening) -> None:
    code, *others = city.sign_in.print_codes(STAFF.id, "cli/root")
    assert len(others) == 9 and len(code.replace("-", "")) == CODE_LENGTH
    browser = outside()
    typed = code.lower().replace("-", " ")
    seen = await browser.post(CODE, {"person": STAFF.id, "code": typed, "next": "/inbox"})
    assert (seen.status, seen.location) == (303, "/inbox")
    assert STAFF.name in (await browser.get("/inbox")).text
    again = await outside().post(CODE, {"person": STAFF.id, "code": code})
    assert again.status == 403
    assert texts.CODE_WRONG in again.text
    assert city.stores.access.count_codes(STAFF.id, city.clock()) == 9


async def test_new_codes_end_the_old_and_all_end_in_a_year(
    city: Services, outside: Opening, clock: Clock
) -> None:
    old = city.sign_in.print_codes(STAFF.id, "cli/root")
    new = city.sign_in.print_codes(STAFF.id, "cli/root")
    assert (await outside().post(CODE, {"person": STAFF.id, "code": old[0]})).status == 403
    clock.pass_time(days=366)
    assert (await outside().post(CODE, {"person": STAFF.id, "code": new[0]})).status == 403


async def test_guessing_codes_is_stopped_for_the_person(
    city: Services, outside: Opening, clock: Clock
) -> None:
    code, *_ = city.sign_in.print_codes(STAFF.id, "cli/root")
    for _ in range(5):
        assert (await outside().post(CODE, {"person": STAFF.id, "code": "2222-2222-2222"})).status == 403
    stopped = await outside().post(CODE, {"person": STAFF.id, "code": code})
    assert stopped.status == 429
    assert texts.TOO_MANY_TRIES in stopped.text
    clock.pass_time(minutes=11)
    assert (await outside().post(CODE, {"person": STAFF.id, "code": code})).status == 303


async def test_nobody_learns_who_exists(city: Services, outside: Opening) -> None:
    known = await outside().post(CODE, {"person": STAFF.id, "code": "x"})
    unknown = await outside().post(CODE, {"person": "nobody", "code": "x"})
    assert known.status == unknown.status == 403
    assert known.text.replace(STAFF.id, "") == unknown.text.replace("nobody", "")


PROXIED = Settings(
    _env_file=None,
    content=(),
    public_url=SITE,
    proxy_header="X-Remote-User",
    trusted_proxies=("127.0.0.0/8",),
)


@pytest.mark.parametrize("settings", [PROXIED])
@pytest.mark.parametrize("told", [STAFF.id, STAFF.email, STAFF.email.upper()])
async def test_a_trusted_proxy_vouches(outside: Opening, settings: Settings, told: str) -> None:
    browser = outside()
    browser.headers = {"X-Remote-User": told}
    page = await browser.get("/console")
    assert page.status == 200
    assert STAFF.name in page.text
    first = browser.cookies[SESSION]
    assert (await browser.get("/console")).status == 200
    assert browser.cookies[SESSION] == first, "one session, not one a page"
    browser.headers = {"X-Remote-User": "900005"}
    await browser.get("/console")
    assert browser.cookies[SESSION] != first, "somebody else signed in at the proxy"
    browser.headers = {}
    assert (await browser.get("/console")).status == 303, "the proxy vouches no longer"


@pytest.mark.parametrize("settings", [PROXIED])
@pytest.mark.parametrize("told", ["", "nobody", "900001, 900005", "x" * 5000])
async def test_a_proxy_vouching_for_nobody(outside: Opening, settings: Settings, told: str) -> None:
    browser = outside()
    browser.headers = {"X-Remote-User": told}
    assert (await browser.get("/console")).status == 303


@pytest.mark.parametrize(
    "settings", [PROXIED.model_copy(update={"trusted_proxies": ("192.0.2.0/24",)})], ids=["elsewhere"]
)
async def test_anybody_elses_header_is_not_read(outside: Opening, settings: Settings) -> None:
    browser = outside()
    browser.headers = {"X-Remote-User": STAFF.id}
    assert (await browser.get("/console")).status == 303
