"""The digest on every channel: asked for, sent once, read, answered with its buttons; mistakes stay at their field."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import pytest

from bot.jobs.digests import nudge_owners, send_digests
from bot.services import Services
from bot.texts.ja import digest as texts
from bot.texts.ja import initiatives as initiative_texts
from storage.stores import SqlStores
from tests.digest.town import ONLINE, jst
from tests.digest.town import Town as Ground
from tests.scenarios.towns import TOWNS, Town, factory, send_waiting
from tests.web.city import LEADER, OPERATOR, STAFF

REPORT = texts.REPORT_LABEL.format(title=ONLINE.title)
SAME = texts.SAME_LABEL.format(title=ONLINE.title)


class Clock:
    """The town's time."""

    def __init__(self) -> None:
        self.now = jst("2026-11-20 13:00")

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=list(TOWNS))
async def town(request: pytest.FixtureRequest, sqlite_stores: SqlStores, clock: Clock) -> AsyncIterator[Town]:
    """The city on one channel with one initiative; everybody has been there before."""
    ground = Ground(sqlite_stores)
    ground.begin(ONLINE)
    async with factory(request.param)(replace(ground.services, clock=clock)) as opened:
        for person in (STAFF, LEADER, OPERATOR):
            assert (await opened.seat(person).say("使いかた")).text
        yield opened


async def send_week(services: Services) -> None:
    """What the worker does by the clock, and sends."""
    send_digests(services)
    await send_waiting(services)


async def test_a_leader_acts_on_the_digest_and_gets_it_once(town: Town, clock: Clock) -> None:
    leader, operator = town.seat(LEADER), town.seat(OPERATOR)
    form = await operator.press(await operator.say("使いかた"), initiative_texts.ASSIGN_TITLE)
    asked = {"title": "端末の台数調査", "due_on": "2026-11-27", "text": "台数を表に入れてください。"}
    assert "端末の台数調査" in (await operator.fill(form, **asked)).text

    clock.now = jst("2026-11-24 08:45")
    for _ in range(3):
        await send_week(town.services)
    (digest,) = await leader.told()
    for told in (
        "第48週 11月24日（火）",
        "端末の台数調査　11月27日（金）まで",
        "台数を表に入れてください。",
        "⚪未報告 1",
    ):
        assert told in digest.text
    assert await town.seat(STAFF).told() == []

    more = await leader.press(digest, texts.MORE)
    assert "転出届の受付開始" in more.text
    assert "済みとして受け付けました" in (await leader.press(digest, "済: 端末の台数調査")).text

    form = await leader.press(digest, REPORT)
    given = {"status": "at_risk", "value": "80件", "as_of": "2026-11-20", "blocked": "様式の確認待ち"}
    wrong = await leader.fill(form, **given)
    assert "単位は「手続」です" in wrong.text
    wrong = await leader.fill(wrong, value="80手続", as_of="2026-11-25")
    assert initiative_texts.AS_OF_IN_FUTURE in wrong.text
    assert not town.services.stores.initiatives.list_reports(ONLINE.id)
    kept = await leader.fill(wrong, as_of="2026-11-20")
    assert "「🟡遅れ気味」で受け付けました" in kept.text


async def test_nothing_changed_is_one_press_on_the_nudge(town: Town, clock: Clock) -> None:
    leader = town.seat(LEADER)
    clock.now = jst("2026-11-20 14:00")
    nudge_owners(town.services)
    await send_waiting(town.services)
    (nudge,) = await leader.told()
    form = await leader.press(nudge, REPORT)
    await leader.fill(form, status="on_track", value="80", as_of="2026-11-20")
    clock.now = jst("2026-12-18 14:00")
    nudge_owners(town.services)
    await send_waiting(town.services)
    (nudge,) = await leader.told()
    assert "変化なしで受け付けました" in (await leader.press(nudge, SAME)).text
    newest, first = town.services.stores.initiatives.list_reports(ONLINE.id)
    assert (newest.unchanged, newest.value, newest.as_of) == (True, first.value, first.as_of)
