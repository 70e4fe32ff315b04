"""The pages of initiatives, digests, requests and the operator's list, over HTTP."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from datetime import date
from urllib.parse import quote

import pytest
from aiohttp.test_utils import TestClient
from docx import Document
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import create_app
from bot.jobs.digests import send_digests
from bot.texts.ja import digest as digest_texts
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.entering import written
from staff.model import Person
from storage.stores import SqlStores
from tests.digest.town import ONLINE, TELEWORK, Town, jst
from tests.web.city import LEADER, OPERATOR, STAFF

Get = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    made = Town(sqlite_stores)
    made.begin(ONLINE, TELEWORK)
    made.now = jst("2026-11-24 08:45")
    send_digests(made.services)
    return made


@pytest.fixture
async def get(aiohttp_client: AiohttpClient, town: Town) -> Get:
    client: TestClient = await aiohttp_client(create_app(town.services))  # type: ignore[type-arg]

    async def ask(person: Person, path: str, **data: str) -> tuple[int, str]:
        client.session.cookie_jar.update_cookies({"dxbot_person": person.id}, client.make_url("/"))
        headers = {"Host": "127.0.0.1", "Sec-Fetch-Site": "same-origin"}
        asked = client.post(path, data=data, headers=headers) if data else client.get(path, headers=headers)
        async with asked as response:
            return response.status, await response.text()

    return ask


async def test_staff_see_how_initiatives_stand(get: Get) -> None:
    status, html = await get(STAFF, "/initiatives")
    assert status == 200
    assert ONLINE.title in html
    assert "⚪未報告" in html
    status, html = await get(STAFF, f"/initiatives/one?id={ONLINE.id}")
    assert status == 200
    assert "令和9年度" in html
    assert texts.REPORT_SUBMIT not in html
    assert texts.PAGE_CLOSE not in html
    assert texts.BLANK in (await get(STAFF, f"/initiatives/one?id={TELEWORK.id}"))[1]
    assert (await get(STAFF, "/initiatives/one?id=none"))[0] == 404


async def test_what_begins_later_stands_on_the_page(get: Get, town: Town) -> None:
    town.begin(
        ONLINE.model_copy(update={"id": "later", "title": "窓口の予約", "starts_on": date(2027, 4, 1)})
    )
    html = (await get(STAFF, "/initiatives"))[1]
    assert html.index(texts.PAGE_COMING) < html.index("窓口の予約")
    assert texts.BEFORE in (await get(STAFF, "/initiatives/one?id=later"))[1]


async def test_who_leads_no_section_is_told_of_no_tasks(get: Get) -> None:
    assert digest_texts.TASKS in (await get(LEADER, "/digests/2026-W48"))[1]
    assert digest_texts.TASKS not in (await get(STAFF, "/digests/2026-W48"))[1]


async def test_a_leader_gets_the_form_and_an_operator_decides(get: Get, town: Town) -> None:
    assert texts.REPORT_SUBMIT in (await get(LEADER, f"/initiatives/one?id={ONLINE.id}"))[1]
    status, html = await get(OPERATOR, "/initiatives/decide", id=ONLINE.id, state="closed", reason="")
    assert (status, texts.PAGE_REASON_MISSING in html) == (422, True)
    assert (await get(LEADER, "/initiatives/decide", id=ONLINE.id, state="closed", reason="理由"))[0] == 403
    status, html = await get(
        OPERATOR, "/initiatives/decide", id=ONLINE.id, state="closed", reason="目標を達した"
    )
    assert status == 200
    assert "目標を達した" in html
    assert town.stores.initiatives.list_latest()[0].initiative.state == "closed"
    assert (await get(OPERATOR, "/initiatives/decide", id=ONLINE.id, state="odd", reason="x"))[0] == 404


async def test_reports_and_moved_dates_stay_to_be_seen(get: Get, town: Town) -> None:
    town.report("on_track", "80", "2026-10-20", "2026-10-22 10:00", done="試行を終えた", next="全庁へ広げる")
    town.report("off_track", "81", "2026-11-20", "2026-11-22 10:00", blocked="様式が決まらない")
    assert (await get(LEADER, f"/initiatives/enter?id={ONLINE.id}"))[0] == 403
    status, html = await get(OPERATOR, f"/initiatives/enter?id={ONLINE.id}")
    assert (status, "2026-12-10 転出届の受付開始" in html) == (200, True)
    assert (await get(OPERATOR, "/initiatives/enter"))[0] == 200
    assert (await get(OPERATOR, "/initiatives/enter?id=none"))[0] == 404
    typed = written(ONLINE) | {"milestones": "2027-01-20 転出届の受付開始", "reason": "端末の納品の遅れ"}
    named = {".name": "initiative_enter", ".value": f"{ONLINE.id}|1"}
    assert "令和9年1月20日" in (await get(OPERATOR, "/form", **named, **typed))[1]
    html = (await get(STAFF, f"/initiatives/one?id={ONLINE.id}"))[1]
    for told in (
        "工程表「転出届の受付開始」: 令和8年12月10日 → 令和9年1月20日",
        "端末の納品の遅れ",
        "🟢順調 → 🔴要対応",
        "したこと: 試行を終えた",
        "次にすること: 全庁へ広げる",
        "困っていること: 様式が決まらない",
    ):
        assert told in html
    assert texts.ENTER_CHANGE not in html


async def test_a_long_course_is_shown_a_page_at_a_time(get: Get, town: Town) -> None:
    for number in range(26):
        town.report(
            "on_track", str(number + 1), "2026-10-20", "2026-10-22 10:00", done=f"したこと{number:02}"
        )
    for number in range(11):  # taken up again and closed, the first of the 23 versions being the town's own
        for state in ("closed", "running"):
            await get(
                OPERATOR, "/initiatives/decide", id=ONLINE.id, state=state, reason=f"{state}の理由{number:02}"
            )
    path = f"/initiatives/one?id={ONLINE.id}"
    newest = (await get(STAFF, path))[1]
    assert "したこと25" in newest and "したこと02" in newest and "したこと01" not in newest
    assert texts.FIRST not in newest, "what stands last on this page was not the first report"
    assert "runningの理由10" in newest and "closedの理由00" not in newest
    oldest = (await get(STAFF, f"{path}&number=2&course=2"))[1]
    assert "したこと01" in oldest and "したこと00" in oldest and "したこと02" not in oldest
    assert "closedの理由00" in oldest and "runningの理由10" not in oldest
    assert f"{path}&number=2&course=1".replace("&", "&amp;") in oldest
    for odd in ("99", "-1", "x", "9" * 30):
        assert (await get(STAFF, f"{path}&number={odd}&course={odd}"))[0] == 200


async def test_a_reason_that_is_too_long_is_not_cut(get: Get, town: Town) -> None:
    said = {"id": ONLINE.id, "state": "closed"}
    status, html = await get(OPERATOR, "/initiatives/decide", **said, reason="あ" * 301)
    assert (status, texts.PAGE_REASON_LONG.format(most=300) in html) == (422, True)
    assert "あ" * 301 in html, "what was typed is still there"
    assert len(town.stores.initiatives.list_versions(ONLINE.id)) == 1
    assert (await get(OPERATOR, "/initiatives/decide", **said, reason="あ" * 300))[0] == 200


async def test_nothing_changed_is_one_click_on_the_page(get: Get, town: Town) -> None:
    assert (
        "変化なし" not in (await get(LEADER, f"/initiatives/one?id={ONLINE.id}"))[1]
    )  # nothing was reported yet
    town.report("on_track", "80", "2026-10-20", "2026-10-22 10:00")
    assert "変化なし" in (await get(LEADER, f"/initiatives/one?id={ONLINE.id}"))[1]
    status, html = await get(LEADER, "/form", **{".press": f'["progress_same", "{ONLINE.id}"]'})
    assert status == 200
    assert "変化なしで受け付けました" in html
    assert "変化なし: " not in (await get(STAFF, f"/initiatives/one?id={ONLINE.id}"))[1]


async def test_every_issue_is_kept_and_previewed_by_operators(get: Get) -> None:
    assert "/digests/2026-W48" in (await get(STAFF, "/digests"))[1]
    status, html = await get(LEADER, "/digests/2026-W48")
    assert status == 200
    assert texts.entry_label("")[:2] in html
    assert (await get(LEADER, "/digests/2026-W40"))[0] == 404
    assert (await get(LEADER, f"/digests/preview?person={LEADER.id}"))[0] == 403
    status, html = await get(OPERATOR, f"/digests/preview?person={LEADER.id}&week=2026-W49")
    assert status == 200
    assert digest_texts.PREVIEW_OF.format(name=LEADER.name) in html
    for wrong in (f"person={STAFF.id}", "person=none", f"person={LEADER.id}&week=2026-W99"):
        assert (await get(OPERATOR, f"/digests/preview?{wrong}"))[0] == 404, wrong


async def test_the_councils_page_is_kept_by_operators(get: Get) -> None:
    assert digest_texts.COUNCIL in (await get(OPERATOR, "/digests"))[1]
    assert digest_texts.COUNCIL not in (await get(LEADER, "/digests"))[1]
    assert (await get(LEADER, "/digests/council"))[0] == 403
    assert (await get(OPERATOR, "/digests/council?week=2026-W99"))[0] == 404


async def test_the_councils_page_is_a_word_document(aiohttp_client: AiohttpClient, town: Town) -> None:
    client: TestClient = await aiohttp_client(create_app(town.services))  # type: ignore[type-arg]
    cookies = {"dxbot_person": OPERATOR.id}
    async with client.get("/digests/council?week=2026-W48", cookies=cookies) as response:
        document = Document(io.BytesIO(await response.read()))
        named = response.headers["Content-Disposition"]
    assert quote("令和8年度_取組の進捗_20261124.docx") in named
    assert any("進捗状況について" in paragraph.text for paragraph in document.paragraphs)


async def test_a_leader_sets_on_the_page_when_it_comes(get: Get) -> None:
    assert digest_texts.SETTINGS_LABEL in (await get(LEADER, "/digests"))[1]
    assert digest_texts.SETTINGS_LABEL not in (await get(STAFF, "/digests"))[1]
    html = (await get(LEADER, "/form", **{".press": '["digest_settings", ""]'}))[1]
    assert digest_texts.SETTINGS_TIME in html


async def test_requests_show_who_has_done_them(get: Get, town: Town) -> None:
    town.send(OPERATOR, "assign", "", title="調査票", due_on="2026-11-27", text="")
    (asked,) = town.stores.assignments.list_since(town.now.date())
    town.send(LEADER, "assignment_done", asked.id)
    status, html = await get(OPERATOR, "/requests")
    assert status == 200
    assert "1／3" in html
    assert "職員課" in html
    assert (await get(LEADER, "/requests"))[0] == 403
    assert (await get(OPERATOR, "/requests/withdraw", id=asked.id))[0] == 200
    assert texts.NO_ASSIGNMENT in town.send(LEADER, "assignment_done", asked.id).text
    assert (await get(OPERATOR, "/requests/withdraw", id="none"))[0] == 404


async def test_many_requests_are_shown_a_page_at_a_time(get: Get, town: Town) -> None:
    for number in range(23):
        town.send(
            OPERATOR, "assign", "", title=f"調査票{number:02}", due_on=f"2026-12-{number + 1:02}", text=""
        )
    first, second = (await get(OPERATOR, "/requests"))[1], (await get(OPERATOR, "/requests?number=2"))[1]
    assert first.count('action="/requests/withdraw"') == 20 and "調査票19" in first
    assert second.count('action="/requests/withdraw"') == 3 and "調査票19" not in second
    assert 'href="/requests?number=2"' in first and 'href="/requests?number=1"' in second
    assert (await get(OPERATOR, "/requests?number=9"))[1].count('action="/requests/withdraw"') == 3


async def test_an_operator_settles_doubt_on_the_page_and_in_chat(get: Get, town: Town) -> None:
    outbox = town.stores.outbox
    (claimed,) = outbox.claim_some("w", town.now, 60, 1)
    outbox.settle_unclear(claimed.message.key, "w", "no reply: TimeoutError", town.now)
    status, html = await get(OPERATOR, "/outbox")
    assert status == 200
    assert LEADER.name in html
    assert "返事が来ないまま切れました。届いたかどうかは分かりません（no reply: TimeoutError）" in html
    assert (await get(LEADER, "/outbox"))[0] == 403
    buttons = [action.name for action in town.send(OPERATOR, "outbox").actions]
    assert buttons == ["outbox_sent", "outbox_resend"]
    assert (await get(OPERATOR, "/outbox/resend", key=claimed.message.key))[0] == 200
    assert outbox.counts()["queued"] == 1
    assert (await get(OPERATOR, "/outbox/sent", key=claimed.message.key))[0] == 404
    assert {event.action for event in town.stores.audit.list_events()} >= {"outbox.resend"}
