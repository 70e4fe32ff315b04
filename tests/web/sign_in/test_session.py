"""Sessions: how they end, and what is tried against them."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.services import Services
from bot.texts.ja import access as texts
from bot.texts.ja import web as web_texts
from bot.web.sign_in.routes import own_path
from tests.web.city import DEPARTMENTS, OPERATOR, STAFF
from tests.web.sign_in.conftest import Clock, Opening
from tests.web.sign_in.outside import HOST, SESSION, SITE
from tests.web.sign_in.test_link import LINK, ask_for_link, sign_in


@pytest.mark.parametrize("path", ["/", "/inbox", "/console", "/knowledge", "/console/health"])
async def test_who_is_not_signed_in_is_shown_the_way(outside: Opening, path: str) -> None:
    seen = await outside().get(path)
    assert seen.status == 303
    assert seen.location == f"/console/sign-in?next={path.replace('/', '%2F')}"


async def test_asking_works_for_the_signed_in(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside(), STAFF)
    page = await browser.get("/")
    assert STAFF.name in page.text
    assert OPERATOR.name not in page.text, "no switch between people"
    response = await browser.client.post(
        "/chat",
        json={"name": "ask", "text": "BPR"},
        headers={
            "Host": browser.host,
            "Cookie": f"{SESSION}={browser.cookies[SESSION]}",
            "X-Form-Token": page.form_token,
        },
    )
    assert response.status == 200
    assert "組み立て直す" in await response.text()


async def test_a_session_ends_by_itself(city: Services, outside: Opening, clock: Clock) -> None:
    browser = await sign_in(city, outside())
    for _ in range(3):
        clock.pass_time(minutes=25)
        assert (await browser.get("/console")).status == 200
    clock.pass_time(minutes=31)
    assert (await browser.get("/console")).status == 303
    browser = await sign_in(city, outside())
    for _ in range(24):
        clock.pass_time(minutes=25)
        await browser.get("/console")
    assert (await browser.get("/console")).status == 303, "after ten hours, however busy"


async def test_signing_out_ends_it_on_the_server(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside())
    stolen, page = dict(browser.cookies), await browser.get("/console")
    seen = await browser.post("/console/sign-out", {".token": page.form_token})
    assert (seen.status, SESSION in browser.cookies) == (303, False)
    browser.cookies = stolen
    assert (await browser.get("/console")).status == 303


async def test_the_operator_ends_sessions(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside())
    link = ask_for_link(city)
    assert city.sign_in.sign_out_everywhere(OPERATOR.id, "cli/root") == 1
    assert (await browser.get("/console")).status == 303
    assert (await outside().get(link)).status == 410


async def test_who_leaves_is_signed_out(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside(), STAFF)
    city.stores.directory.save(DEPARTMENTS, [], [STAFF.id])
    assert (await browser.get("/console")).status == 303


async def test_a_planted_session_is_not_taken_over(city: Services, outside: Opening) -> None:
    """Session fixation: what the browser held before signing in is worth nothing after."""
    browser = outside()
    browser.cookies[SESSION] = "planted"
    await sign_in(city, browser)
    assert browser.cookies[SESSION] != "planted"
    thief = outside()
    thief.cookies[SESSION] = "planted"
    assert (await thief.get("/console")).status == 303


async def test_signing_in_again_ends_the_session_before(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside())
    before = dict(browser.cookies)
    await sign_in(city, browser, STAFF)
    browser.cookies = before
    assert (await browser.get("/console")).status == 303


def posts(app: web.Application) -> set[str]:
    found = {
        route.resource.canonical for route in app.router.routes() if route.resource and route.method == "POST"
    }
    elsewhere = {"/s/{token}"}  # a page with a token of its own
    return (
        found
        - elsewhere
        - {LINK, "/console/sign-in/code", "/console/sign-in/oidc", "/slack/events", "/api/messages"}
    )


async def test_every_form_needs_the_sessions_token(city: Services, outside: Opening) -> None:
    browser, other = await sign_in(city, outside()), await sign_in(city, outside(), STAFF)
    foreign = (await other.get("/console")).form_token
    own = (await browser.get("/console")).form_token
    assert own and foreign and own != foreign
    paths = posts(browser.client.app)
    assert len(paths) > 8
    for path in paths - {"/chat", "/person"}:
        for token in ({}, {".token": ""}, {".token": foreign}, {".token": "0" * 64}):
            seen = await browser.post(path, {"id": "x", **token})
            assert seen.status == 403, path
            assert texts.STALE_FORM in seen.text
    headers = {"Host": browser.host, "Cookie": f"{SESSION}={browser.cookies[SESSION]}"}
    for told in ({}, {"X-Form-Token": foreign}):
        response = await browser.client.post("/chat", json={"name": "help"}, headers=headers | told)
        assert response.status == 403


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}],
)
async def test_another_site_cannot_sign_anybody_in(
    city: Services, outside: Opening, headers: dict[str, str]
) -> None:
    token = ask_for_link(city).partition("token=")[2]
    seen = await outside().post(LINK, {"token": token}, **headers)
    assert seen.status == 403
    assert web_texts.CROSS_SITE in seen.text


async def test_our_own_origin_is_known_behind_tls(city: Services, outside: Opening) -> None:
    token, browser = ask_for_link(city).partition("token=")[2], outside()
    response = await browser.client.post(
        LINK,
        data={"token": token},
        headers={"Host": browser.host, "Origin": "https://dxbot.example.lg.jp"},
        allow_redirects=False,
    )
    assert response.status == 303


async def test_another_name_is_refused(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside())
    browser.host = "rebound.example.jp"
    for path in ("/console", "/console/sign-in"):
        assert (await browser.get(path)).status == 403


async def test_the_switch_is_this_machines_alone(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside(), STAFF)
    page = await browser.get("/console")
    assert (await browser.post("/person", {"person": OPERATOR.id, ".token": page.form_token})).status == 403
    browser.cookies = {"dxbot_person": OPERATOR.id}
    assert (await browser.get("/console")).status == 303


OWN = ["/", "/console", "/knowledge?q=%E3%81%82", "/console/audit?page=2"]
FOREIGN = [
    "",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "/%5cevil.example",
    "/%2F/evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "evil",
    "/console\r\nSet-Cookie: a=b",
    "/console%0d%0aSet-Cookie:a=b",
    "/あ",
    "/console/sign-in",
    "/\t/evil.example",
]


@pytest.mark.parametrize("path", OWN)
def test_one_goes_on_to_a_page_of_ours(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize("path", FOREIGN)
def test_nobody_is_sent_elsewhere(path: str) -> None:
    assert own_path(path) == "/console"


async def test_the_pages_are_locked_down(city: Services, outside: Opening) -> None:
    browser = await sign_in(city, outside())
    for path in ("/console", "/console/sign-in", "/knowledge"):
        response = await browser.client.get(
            path, headers={"Host": browser.host, "Cookie": f"{SESSION}={browser.cookies[SESSION]}"}
        )
        policy = response.headers["Content-Security-Policy"]
        assert (
            "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        )
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"


async def test_without_tls_nothing_is_used_up_and_the_way_is_shown(city: Services, outside: Opening) -> None:
    """A browser on http drops the session's cookie: it would look signed out, with its link or code spent."""
    browser = outside()
    (code, *_) = city.sign_in.print_codes(OPERATOR.id, "test")
    fields = {"person": OPERATOR.id, "code": code}
    plain = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin"}
    for path, sent in (("code", fields), ("link", {"token": "x" * 43})):
        seen = await browser.post(f"/console/sign-in/{path}", sent, **plain)
        assert (seen.status, seen.set_cookies) == (403, ())
        assert "https で開いてください" in seen.text and f'href="{SITE}/console/sign-in' in seen.text
    assert (await browser.post("/console/sign-in/code", fields)).status == 303, "the code is still good"


async def test_another_name_is_told_the_address(outside: Opening) -> None:
    browser = outside()
    browser.host = "10.1.2.3:8080"
    seen = await browser.get("/console")
    assert seen.status == 403 and SITE in seen.text
