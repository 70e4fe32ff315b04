"""Skills on every channel: assessed, refreshed, planned, shown to the 所属長 and taken back; experts and cases found by asking."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import icalendar
import pytest

from bot.handlers.console import public_address
from bot.services import Services
from bot.texts.ja import access as access_texts
from bot.texts.ja import cases as case_texts
from bot.texts.ja import editing as editing_texts
from bot.texts.ja import skill_page as texts
from bot.texts.ja import surveys as survey_texts
from bot.web.people import COOKIE
from staff.model import Person
from storage.stores import SqlStores
from surveys.skills.asking import NO, YES, assessment_of, survey_of
from surveys.skills.catalogue import Catalogue, Kind, Session
from surveys.skills.reading import SkillSet, read_skill_set
from surveys.submission import Value
from tests.scenarios.towns import TOWNS, Seat, Shown, Town, factory, send_waiting
from tests.surveys.city import city, open_round
from tests.surveys.samples import NOW
from tests.web.city import LEADER, MANAGER, OPERATOR, STAFF

HERE = "https://dx.city.example"
SHIPPED = read_skill_set()
FRAMEWORK = SHIPPED.framework
BEFORE = NOW - timedelta(days=180)
TOLD: dict[str, Value] = {
    "tier": "leader",
    "sheet": "2",
    "process": "0",
    "automate": "0",
    "ai": "not_my_work",
}
RIGHT = {
    f"{skill.id}.{check.id}": YES if check.answer else NO
    for skill in FRAMEWORK.skills
    for check in skill.checks
}


@dataclass
class Clock:
    """The town's time."""

    now: datetime = field(default_factory=lambda: NOW + timedelta(hours=1))

    def __call__(self) -> datetime:
        return self.now


def with_dates() -> SkillSet:
    """What ships, with a date for every course."""
    starts = NOW + timedelta(days=30)
    session = Session(starts_at=starts, ends_at=starts + timedelta(hours=2), place="研修室", seats=30)
    resources = [
        one.model_copy(update={"sessions": (session,)}) if one.kind is Kind.COURSE else one
        for one in SHIPPED.catalogue.resources
    ]
    return SkillSet(framework=FRAMEWORK, catalogue=Catalogue(resources=tuple(resources)))


@pytest.fixture(params=list(TOWNS))
async def town(request: pytest.FixtureRequest, sqlite_stores: SqlStores) -> AsyncIterator[Town]:
    """The city on one channel with a self-assessment open; everybody has been there before."""
    services = replace(city(sqlite_stores, DXBOT_PUBLIC_URL=HERE), clock=Clock())
    services.stores.skills.add_set(with_dates().model_dump_json(by_alias=True), BEFORE)
    open_round(services.stores, survey_of(FRAMEWORK))
    async with factory(request.param)(services) as opened:
        for person in (STAFF, LEADER, MANAGER, OPERATOR):
            assert (await opened.seat(person).say("使いかた")).text
        yield opened


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _assert_says(shown: Shown, *words: str) -> None:
    for word in words:
        assert _squeezed(word) in _squeezed(shown.text), (word, shown.text)


def _levels(services: Services, person: Person) -> dict[str, int]:
    found = services.stores.skills.latest_assessment(person.id)
    return dict(found.levels) if found else {}


def _assess(town: Town, person: Person, told: dict[str, Value] = TOLD) -> None:
    town.services.stores.skills.add_assessment(assessment_of(FRAMEWORK, person, told, BEFORE))


async def _only_news(town: Town, seat: Seat) -> Shown:
    await send_waiting(town.services)
    (news,) = await seat.told()
    return news


def _page_filled(shown: Shown, level: str) -> dict[str, str | list[str]]:
    """Every skill of a page at one level, every check right, an example for each area."""
    values: dict[str, str | list[str]] = {}
    for name in shown.asks:
        values[name] = RIGHT.get(name) or (
            "leader" if name == "tier" else "毎月の集計を直した" if name.startswith("example-") else level
        )
    return values


async def test_a_full_assessment_leads_to_my_page_and_a_plan_ticked_off(town: Town) -> None:
    seat = town.seat(STAFF)
    invitation = await seat.say(texts.TITLE)
    _assert_says(invitation, texts.NOT_YET)
    notice = await seat.press(invitation, texts.ASSESS)
    _assert_says(
        notice, "人事評価・昇任・異動の判断には使いません", "所属長が見るのは、個人がわからない集計です"
    )
    page = await seat.press(notice, survey_texts.START)
    asked: list[str] = []
    while page.asks:
        asked += page.asks
        page = await seat.fill(page, **_page_filled(page, "1"))
    assert [one for one in asked if one in FRAMEWORK.by_id] == [
        skill.id for skill in FRAMEWORK.skills if not skill.checks
    ]
    _assert_says(page, survey_texts.CONFIRM_TITLE)
    assert _levels(town.services, STAFF) == {}
    _assert_says(await seat.fill(page), survey_texts.RECEIPT_TITLE)
    levels = _levels(town.services, STAFF)
    assert set(levels) == set(FRAMEWORK.by_id)
    assert {levels[skill.id] for skill in FRAMEWORK.skills if skill.checks} == {3}

    mine = await seat.say(texts.TITLE)
    _assert_says(mine, "DX推進リーダーの目標: 23項目のうち2項目に届いています", texts.GAPS, texts.NOT_USED)
    roadmap = await seat.press(mine, texts.SEE_PLAN)
    _assert_says(roadmap, texts.PLAN_INTRO)
    plan = await seat.press(roadmap, texts.PLAN_ACCEPT)
    _assert_says(plan, texts.PLAN_ACCEPTED)
    (first,) = [label for label in plan.buttons if label.startswith(f"{texts.DONE}: ")][:1]
    ticked = await seat.press(plan, first)
    begins, _, ends = first.removeprefix(f"{texts.DONE}: ").partition(
        "…"
    )  # a long button keeps both its ends
    _assert_says(ticked, f"「{begins}", f"{ends}」を済にしました。", "11月24日に済")
    assert first not in ticked.buttons
    done = [item for item in town.services.stores.skills.list_plan(STAFF.id) if item.done_on]
    assert len(done) == 1
    await _assert_dates_go_into_a_calendar(town, seat, ticked)


async def _assert_dates_go_into_a_calendar(town: Town, seat: Seat, plan: Shown) -> None:
    """By the button of the plan; outside the web signed in with the link that the bot gives."""
    address = urlsplit(plan.links[texts.CALENDAR])
    cookies = {COOKIE: STAFF.id}
    if address.netloc:
        assert f"{address.scheme}://{address.netloc}" == public_address(town.services.settings)
        cookies = await _signed_in(town, seat)
    async with town.client.get(address.path, headers={"Cookie": _as_header(cookies)}) as response:
        assert response.content_type == "text/calendar", await response.text()
        events = icalendar.Calendar.from_ical(await response.read()).walk("VEVENT")
    assert events
    assert {str(event["location"]) for event in events} == {"研修室"}


async def _signed_in(town: Town, seat: Seat) -> dict[str, str]:
    link = urlsplit((await seat.say("コンソール")).links[access_texts.CONSOLE_OPEN])
    token = link.query.partition("token=")[2]
    async with town.client.post(
        link.path, data={"token": token}, headers={"Sec-Fetch-Site": "same-origin"}, allow_redirects=False
    ) as response:
        assert response.status == 303, await response.text()
        return {name: morsel.value for name, morsel in response.cookies.items()}


def _as_header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


async def test_a_refresh_shows_the_last_answers_and_takes_only_changes(town: Town) -> None:
    _assess(town, STAFF)
    seat = town.seat(STAFF)
    which = await seat.press(await seat.say(texts.TITLE), texts.REFRESH)
    _assert_says(which, texts.REFRESH_WHICH, "表計算での集計: 支援があればできる")
    form = await seat.fill(which, which=["sheet", "ai"])
    assert form.asks == ("sheet", "ai")
    _assert_says(form, "3　誤りを直し、集計表を一人で作る", "担当業務にない")
    _assert_says(await seat.fill(form, sheet="3", ai="1"), texts.REFRESHED)
    assert _levels(town.services, STAFF) == {"sheet": 3, "ai": 1, "process": 0, "automate": 0}
    _assert_says(await seat.say(texts.TITLE), "表計算での集計 ＋1")

    town.services.clock.now += timedelta(days=1)  # type: ignore[attr-defined]
    again = await seat.press(await seat.say(texts.TITLE), texts.REFRESH)
    _assert_says(await seat.leave(again, texts.REFRESH_SAME), texts.KEPT_SAME)
    history = town.services.stores.skills.list_assessments(STAFF.id)
    assert len(history) == 3
    assert history[0].answers == history[1].answers


async def test_the_next_round_begins_from_the_last_answers(town: Town) -> None:
    _assess(town, STAFF)
    seat = town.seat(STAFF)
    notice = await seat.press(await seat.say(texts.TITLE), texts.ASSESS)
    page = await seat.press(notice, survey_texts.START)
    asked: list[str] = []
    while page.asks:
        asked += page.asks
        page = await seat.fill(page, **({"sheet": "3"} if "sheet" in page.asks else {}))
    assert "sheet" in asked
    _assert_says(page, survey_texts.CONFIRM_TITLE, "DX推進リーダー", "誤りを直し、集計表を一人で作る")
    _assert_says(await seat.fill(page), survey_texts.RECEIPT_TITLE)
    last = town.services.stores.skills.latest_assessment(STAFF.id)
    assert last is not None
    assert {"tier": last.tier, **last.answers} == TOLD | {"sheet": "3"}


async def test_the_manager_sees_levels_while_they_are_shown_comments_and_then_sees_nothing(
    town: Town,
) -> None:
    _assess(town, STAFF)
    staff, manager, leader = (town.seat(person) for person in (STAFF, MANAGER, LEADER))
    _assert_says(await manager.say(texts.TEAM_TITLE), texts.TEAM_NONE)
    shared = await staff.press(await staff.say(texts.TITLE), texts.SHARE)
    _assert_says(shared, texts.SHARE_DONE)
    _assert_says(await leader.say(texts.TEAM_TITLE), "所属長（DX推進マネージャー）の役割の人ができます")

    team = await manager.say(texts.TEAM_TITLE)
    levels = await manager.press(team, STAFF.name)
    _assert_says(levels, texts.of_person(STAFF.name), "業務の見直し（BPR）")
    event = town.services.stores.audit.list_events(1)[0]
    assert (event.action, event.actor, event.target) == ("skills.view", MANAGER.id, STAFF.id)
    form = await manager.press(levels, texts.COMMENT)
    assert form.asks == ("text",), "a word, never a second level"
    _assert_says(await manager.fill(form, text="集計が早くなりました。"), texts.COMMENT_SENT)
    _assert_says(await _only_news(town, staff), texts.COMMENT_TOLD, "集計が早くなりました。")
    mine = await staff.say(texts.TITLE)
    _assert_says(mine, texts.SHARED, "集計が早くなりました。")

    _assert_says(await staff.press(mine, texts.UNSHARE), texts.UNSHARE_DONE)
    _assert_says(await manager.say(texts.TEAM_TITLE), texts.TEAM_NONE)
    for stale, label in ((team, STAFF.name), (levels, texts.COMMENT)):
        after = await manager.press(stale, label)
        _assert_says(after, texts.NOT_SHARED)
        assert "BPR" not in after.text
    assert "集計が早くなりました。" not in (await staff.say(texts.TITLE)).text


async def test_an_expert_offers_is_found_and_offers_no_more(town: Town) -> None:
    staff, leader = town.seat(STAFF), town.seat(LEADER)
    nobody = await leader.say("RPAに詳しい人は？")
    _assert_says(nobody, texts.EXPERT_NONE.format(word="RPA"))
    form = await staff.press(await staff.say("帳票に詳しい人は？"), texts.EXPERT_OFFER)
    saved = await staff.fill(form, skills=["automate"], words="帳票の自動化。火曜以外")
    _assert_says(saved, texts.EXPERT_SAVED)
    for question in ("RPAに詳しい人は？", "帳票に詳しい職員を教えて"):
        found = await leader.say(question)
        _assert_says(found, STAFF.name, "市民窓口課", "帳票の自動化。火曜以外")
        assert "■" not in found.text
    _assert_says(await staff.press(saved, texts.EXPERT_STOP), texts.EXPERT_STOPPED)
    assert STAFF.name not in (await leader.say("RPAに詳しい人は？")).text


async def test_a_case_is_registered_approved_and_found_by_asking(town: Town) -> None:
    leader, operator, staff = (town.seat(person) for person in (LEADER, OPERATOR, STAFF))
    form = await leader.press(await leader.say("事例"), case_texts.REGISTER)
    sent = await leader.fill(
        form,
        work="会議録の作成",
        tool="ai",
        stage="verified",
        started_on="2026-07-01",
        hours_before="120",
        hours_after="30",
        built="録音から下書きを作り、担当が直します。",
        link="共有フォルダー/AI/会議録",
        contact="DX推進リーダー",
    )
    _assert_says(sent, case_texts.SENT_TITLE)
    question = "会議録の作成をAIで自動化した課はありますか"
    assert "録音から下書き" not in (await staff.say(question)).text
    proposal = await _only_news(town, operator)
    await operator.press(proposal, editing_texts.APPROVE)
    town.services.knowledge.refresh()
    _assert_says(await staff.say(question), "会議録の作成にAIを使っています")
    _assert_says(await staff.say("事例"), "令和8年度は1業務、年間90時間の削減です。")
