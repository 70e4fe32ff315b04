"""自分のデータ on every channel: seen, deleted only when confirmed, and told what stays and why."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.texts.ja import own_data as texts
from bot.texts.ja.personal_data import ITEMS
from staff.privacy.holding import lift_hold, place_hold
from storage.stores import SqlStores
from surveys.skills.asking import assessment_of
from surveys.skills.reading import read_skill_set
from tests.scenarios.towns import TOWNS, Shown, Town, factory
from tests.surveys.city import city
from tests.surveys.samples import NOW
from tests.web.city import LEADER, STAFF

SHIPPED = read_skill_set()
TOLD = {"tier": "leader", "sheet": "2"}


@pytest.fixture(params=list(TOWNS))
async def town(
    request: pytest.FixtureRequest, sqlite_stores: SqlStores, tmp_path: Path
) -> AsyncIterator[Town]:
    """The city on one channel; two people have assessed themselves and have been there before."""
    services = replace(
        city(sqlite_stores, DXBOT_ERASED_LIST=str(tmp_path / "erased")),
        clock=lambda: NOW + timedelta(hours=1),
    )
    services.stores.skills.add_set(SHIPPED.model_dump_json(by_alias=True), NOW)
    async with factory(request.param)(services) as opened:
        for person in (STAFF, LEADER):
            services.stores.skills.add_assessment(assessment_of(SHIPPED.framework, person, TOLD, NOW))
            assert (await opened.seat(person).say("使いかた")).text
        yield opened


def _assert_says(shown: Shown, *words: str) -> None:
    for word in words:
        assert re.sub(r"\s", "", word) in re.sub(r"\s", "", shown.text), (word, shown.text)


async def test_my_data_is_shown_deleted_when_confirmed_and_what_stays_is_told(town: Town) -> None:
    seat, skills = town.seat(STAFF), town.services.stores.skills
    shown = await seat.say(texts.TITLE)
    _assert_says(shown, texts.INTRO, ITEMS["assessments"].title, ITEMS["directory"].title, texts.CORRECT)
    form = await seat.press(shown, texts.DELETE)
    _assert_says(form, "元には戻せません")
    assert form.asks == ("items", "sure")

    unsure = await seat.fill(form, items=["assessments"])
    _assert_says(unsure, texts.CONFIRM)
    assert skills.latest_assessment(STAFF.id) is not None

    gone = await seat.fill(form, items=["assessments"], sure="yes")
    _assert_says(gone, "消しました", ITEMS["assessments"].title, texts.STAYS, ITEMS["directory"].title)
    _assert_says(gone, ITEMS["directory"].stays)
    assert skills.latest_assessment(STAFF.id) is None
    assert skills.latest_assessment(LEADER.id) is not None, "another's stays"
    assert town.services.stores.directory.person(STAFF.id) == STAFF
    assert ITEMS["assessments"].title not in (await seat.say(texts.TITLE)).text
    (proof,) = town.services.stores.records.list_deletions()
    assert (proof.cause, proof.remaining) == ("own", 0)


async def test_what_the_record_rules_hold_is_not_deleted_until_released(town: Town) -> None:
    seat, stores = town.seat(STAFF), town.services.stores
    form = await seat.press(await seat.say(texts.TITLE), texts.DELETE)
    hold = place_hold(stores, "cli/test", "skills", "情報公開請求", NOW)
    held = await seat.fill(form, items=["assessments"], sure="yes")
    _assert_says(held, texts.HELD.format(reasons="情報公開請求"))
    assert "dxbot" not in held.text, "staff have no command line"
    assert stores.skills.latest_assessment(STAFF.id) is not None
    lift_hold(stores, "cli/test", hold.id, NOW)
    form = await seat.press(await seat.say(texts.TITLE), texts.DELETE)
    _assert_says(await seat.fill(form, items=["assessments"], sure="yes"), "消しました")
    assert stores.skills.latest_assessment(STAFF.id) is None
