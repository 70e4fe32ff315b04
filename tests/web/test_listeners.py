"""The chat through HTTP: ask, candidates, switching people, the inbox, and failures said politely."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime

import pytest

from bot.messages import Action, Paragraph, Reply
from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import web as texts
from bot.web.people import COOKIE
from tests.web.city import DOCUMENT, EDITION, LEADER, OPERATOR, REAL, STAFF, SYNTHETIC
from tests.web.conftest import Client
from tests.web.html import Html

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


async def _ask(client: Client, **command: object) -> Html:
    response = await client.post("/chat", json=command)
    html = Html(await response.text())
    html.assert_clean()
    assert response.status == 200, html.text
    return html


async def _page(client: Client, path: str = "/") -> Html:
    response = await client.get(path)
    assert response.status == 200
    html = Html(await response.text())
    html.assert_clean()
    return html


async def _switch(client: Client, person: str) -> Html:
    response = await client.post("/person", data={"person": person})
    assert response.status == 200
    return Html(await response.text())


async def test_a_question_is_answered_with_its_source(client: Client) -> None:
    html = await _ask(client, text="BPRとは何ですか")
    assert "Business Process Re-engineeringの略。" in html.text
    assert f"{DOCUMENT} 資料編(1)" in html.text
    assert EDITION in html.text
    assert html.one("p", class_="source")


async def test_every_button_of_a_reply_answers(client: Client) -> None:
    seen: set[tuple[str, str]] = set()
    waiting = [("ask", "BPRとRPA"), ("ask", "宇宙旅行の申込み"), ("help", ""), ("specimen", "")]
    while waiting and len(seen) < 40:
        name, value = waiting.pop()
        seen.add((name, value))
        html = await _ask(client, name=name, value=value)
        assert ask_texts.UNKNOWN_ACTION not in html.text
        waiting += [button for button in html.buttons if button not in seen]
    assert len(seen) > 4


async def test_an_article_in_markup_is_shown_as_text(client: Client) -> None:
    html = await _ask(client, text="しるし言語とは")
    assert '<script>alert("印")</script>' in html.text
    assert not html.all("script")
    assert not html.all("b")


async def test_an_unknown_question_says_where_to_ask(client: Client) -> None:
    html = await _ask(client, text="宇宙旅行の申込期限はいつですか")
    assert ask_texts.UNKNOWN_TITLE in html.text


async def test_an_action_nobody_knows_still_answers(client: Client) -> None:
    html = await _ask(client, name="no_such_action", value="x")
    assert ask_texts.UNKNOWN_ACTION in html.text
    assert ("help", "") in html.buttons


async def test_the_page_is_complete(client: Client) -> None:
    html = await _page(client)
    assert html.one("html")["lang"] == "ja"
    log = html.one("div", role="log")
    assert log["aria-live"] == "polite"
    assert log["aria-label"]
    assert [attrs for attrs in html.all("label") if attrs["for"] == "question"]
    assert ("help", "") in html.buttons
    assert f"{STAFF.name}さん" in html.text
    assert html.one("meta", name="viewport")["content"] == "width=device-width, initial-scale=1"


async def test_headers_are_strict_on_every_answer(client: Client) -> None:
    answers = [
        await client.get("/"),
        await client.get("/inbox"),
        await client.get("/nowhere"),
        await client.get("/static/nothing.css"),
        await client.post("/chat", json={"name": "help"}),
        await client.post("/chat", data=b"x"),
        await client.post("/chat", json={"name": "crash"}),
        await client.post("/person", data={"person": "guest"}, allow_redirects=False),
    ]
    for response in answers:
        assert response.headers["Content-Security-Policy"] == POLICY, response.url
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"


async def test_the_first_visit_is_a_member_of_staff(client: Client) -> None:
    response = await client.get("/")
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith(f"{COOKIE}={STAFF.id};")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Set-Cookie" not in (await client.get("/")).headers


@pytest.mark.parametrize("person", SYNTHETIC, ids=lambda person: str(person.id))
async def test_each_synthetic_person_can_be_chosen(client: Client, person: object) -> None:
    chosen = next(one for one in SYNTHETIC if one == person)
    page = await _switch(client, chosen.id)
    assert f"{chosen.name}さん" in page.text
    current = [attrs for attrs in page.all("button", name="person") if attrs.get("aria-current")]
    assert [attrs["value"] for attrs in current] == [chosen.id]
    assert chosen.name in (await _ask(client, name="specimen")).text


async def test_the_guest_is_nobody(client: Client) -> None:
    page = await _switch(client, "guest")
    assert texts.GUEST in page.text
    assert "だれでもない" in (await _ask(client, name="specimen")).text
    assert texts.INBOX_GUEST in (await _page(client, "/inbox")).text


@pytest.mark.parametrize(
    "person", [REAL.id, "999999", "", "900001\0", "9" * 500, "\udcff".encode("utf-8", "replace").decode()]
)
async def test_nobody_else_can_be_chosen(client: Client, person: str) -> None:
    response = await client.post("/person", data={"person": person}, allow_redirects=False)
    assert response.status == 404
    assert texts.UNKNOWN_PERSON in await response.text()
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("value", [REAL.id, "999999", '"\\000"', "%00", "\xe9\xff", "x" * 4000])
async def test_a_forged_cookie_is_not_believed(client: Client, value: str) -> None:
    response = await client.post("/chat", json={"name": "specimen"}, headers={"Cookie": f"{COOKIE}={value}"})
    assert response.status == 200
    assert STAFF.name in await response.text()


async def test_without_people_there_is_the_guest(client: Client, services: Services) -> None:
    services.stores.directory.save([], [], [person.id for person in SYNTHETIC])
    html = await _page(client)
    assert [attrs["value"] for attrs in html.all("button", name="person")] == ["guest"]
    assert texts.greeting("") in html.text


async def test_a_form_is_filled_in_and_answered_for(client: Client) -> None:
    empty = await _ask(client, name="survey")
    assert not empty.all("input", aria_invalid="true")
    wrong = await _ask(client, name="survey", value="round-1", values={"name": "", "tools": []})
    field = wrong.one("input", aria_invalid="true")
    told = field["aria-describedby"].split()
    assert [attrs["id"] for attrs in wrong.all("p", class_="field-error")] == [told[1]]
    assert "お名前を入力してください。" in wrong.text
    right = await _ask(client, name="survey", values={"name": "青葉", "tools": ["chat", "meet"]})
    assert "name=青葉 / tools=['chat', 'meet']" in right.text


async def test_the_inbox_lists_newest_first(client: Client, services: Services) -> None:
    for day in (1, 2):
        reply = Reply(
            title=f"{day}日のお知らせ",
            parts=(Paragraph(text="本文"),),
            actions=(Action(name="help", label="へ"),),
        )
        services.stores.inbox.add(STAFF.id, f"k{day}", reply, datetime(2026, 11, day, 23, 45, tzinfo=UTC))
    services.stores.inbox.add(LEADER.id, "k3", Reply(title="ほかの人へ"), datetime(2026, 11, 3, tzinfo=UTC))
    html = await _page(client, "/inbox")
    assert re.findall(r"\d日のお知らせ", html.text) == ["2日のお知らせ", "1日のお知らせ"]
    assert "2026年11月3日 8:45" in html.text
    assert "ほかの人へ" not in html.text
    assert html.buttons == [("help", ""), ("help", "")]
    assert "2件" in (await _page(client)).text


async def test_an_empty_inbox_says_so(client: Client) -> None:
    assert texts.INBOX_EMPTY in (await _page(client, "/inbox")).text


async def test_a_full_inbox_is_counted_to_99(client: Client, services: Services) -> None:
    for number in range(101):
        services.stores.inbox.add(
            OPERATOR.id, f"k{number}", Reply(title="知らせ"), datetime(2026, 11, 1, tzinfo=UTC)
        )
    page = await _switch(client, OPERATOR.id)
    assert "99+" in page.text
    assert "99件以上" in page.text


async def test_a_defect_is_logged_and_said_politely(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "bot.web.listeners"):
        response = await client.post("/chat", json={"name": "crash", "text": "秘密の質問"})
    html = Html(await response.text())
    assert response.status == 500
    assert texts.ERROR_TEXTS[500] in html.text
    assert html.one("button", class_="retry")
    assert "a defect" not in html.text
    assert "a defect" in caplog.text
    assert "秘密の質問" not in caplog.text


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/chat", 405), ("PUT", "/", 405)]
)
async def test_dead_ends_are_polite(client: Client, method: str, path: str, status: int) -> None:
    response = await client.request(method, path)
    assert response.status == status
    assert texts.ERROR_TITLES[status] in await response.text()
    assert ("Allow" in response.headers) == (status == 405)


@pytest.mark.parametrize(
    "path", ["/%00", "/static/..%2flisteners.py", "/static/%ff", "/" + "x" * 5000, "/?q=%ff"]
)
async def test_odd_addresses_do_no_harm(client: Client, path: str) -> None:
    response = await client.get(path)
    assert response.status in (200, 404)


async def test_head_answers_like_get(client: Client) -> None:
    response = await client.head("/")
    assert response.status == 200
    assert await response.text() == ""
