"""Surveys on every channel: from the announcement to the receipt; a draft goes on elsewhere; delicate ones on their own page."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.services import Services
from bot.texts.ja import surveys as texts
from storage.stores import SqlStores
from surveys.loading import load_definition
from surveys.opening import open_with
from surveys.round import Round
from tests.handlers.learning_city import later
from tests.scenarios.towns import TOWNS, Seat, Shown, Town, factory
from tests.surveys.city import city
from tests.web.city import STAFF

ROUND = "open-data"
FILLED: dict[str, dict[str, Any]] = {
    "この1年に": {"D1": "sometimes"},
    "どのようなデータ": {"D2": ["facilities", "disaster"], "D3": ["residents"]},
    "公開しにくい理由": {"D4": ["labour", "privacy"]},
    "どのような形ですか": {"D5.lists": "spreadsheet", "D5.maps": "paper"},
    "いくつありますか": {"D6": "3"},
    "あれば書いてください": {"D7": "避難所の一覧"},
}
STORED = {
    "D1": "sometimes",
    "D2": ("facilities", "disaster"),
    "D3": ("residents",),
    "D4": ("labour", "privacy"),
    "D5": {"lists": "spreadsheet", "maps": "paper"},
    "D6": 3.0,
    "D7": "避難所の一覧",
}


def _opened(services: Services, survey: str, round_id: str) -> None:
    now, definition = datetime.now(UTC), load_definition(survey)
    planned = Round(
        id=round_id,
        survey_id=survey,
        definition=definition,
        content_hash=definition.content_hash,
        opens_at=now - timedelta(hours=1),
        closes_at=now + timedelta(days=7),
    )
    directory = services.stores.directory
    opening = open_with(planned, directory.list_people(), directory.list_departments(), (), now.date())
    services.stores.surveys.plan_round(planned)
    services.stores.surveys.open_round(opening.round, opening.members)


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """The city with the open data survey and one on telework open."""
    made = later(city(sqlite_stores, DXBOT_PUBLIC_URL="https://dx.city.example"), datetime.now(UTC))
    _opened(made, "open-data-needs", ROUND)
    _opened(made, "telework-needs", "telework")
    return made


@pytest.fixture(params=list(TOWNS))
async def town(request: pytest.FixtureRequest, services: Services) -> AsyncIterator[Town]:
    """The city on one channel."""
    async with factory(request.param)(services) as opened:
        assert (await opened.seat(STAFF).say("使いかた")).text
        yield opened


async def _begin(seat: Seat) -> Shown:
    listed = await seat.say("調査")
    notice = await seat.press(listed, next(one for one in listed.buttons if "オープンデータ" in one))
    assert "回答は任意です" in re.sub(r"\s", "", notice.text)
    return await seat.press(notice, next(one for one in notice.buttons if one in (texts.START, texts.GO_ON)))


async def _fill(seat: Seat, shown: Shown) -> Shown:
    """Fill this page and every later one, up to the confirmation."""
    while (found := _page(shown)) is not None:
        shown = await seat.fill(shown, **FILLED[found])
    return shown


def _page(shown: Shown) -> str | None:
    """Which page this is; None for the confirmation."""
    text = re.sub(r"\s", "", shown.text)
    if re.sub(r"\s", "", texts.CONFIRM_INTRO) in text:
        return None
    return next(words for words in FILLED if words in text)


async def test_from_the_list_to_the_receipt(town: Town) -> None:
    seat = town.seat(STAFF)
    confirmed = await _fill(seat, await _begin(seat))
    assert "避難所の一覧" in confirmed.text
    assert town.services.stores.surveys.list_sheets(ROUND) == []
    done = await seat.fill(confirmed)
    assert texts.RECEIPT_TITLE in done.text
    (sheet,) = town.services.stores.surveys.list_sheets(ROUND)
    assert sheet.answers == STORED


async def test_a_page_is_left_and_gone_on_with(town: Town) -> None:
    seat = town.seat(STAFF)
    second = await seat.fill(await _begin(seat), D1="often")
    saved = await seat.press(second, texts.SAVE)
    assert texts.SAVED_TITLE in saved.text
    resumed = await _begin(seat)
    assert _page(resumed) == "どのようなデータ"
    first = await seat.press(resumed, texts.BACK)
    assert _page(first) == "この1年に"
    confirmed = await _fill(seat, first)
    await seat.fill(confirmed)
    (sheet,) = town.services.stores.surveys.list_sheets(ROUND)
    assert sheet.answers["D1"] == "sometimes"


async def test_a_delicate_survey_is_answered_on_its_own_page(town: Town) -> None:
    seat = town.seat(STAFF)
    listed = await seat.say("調査")
    shown = await seat.press(listed, next(one for one in listed.buttons if "ニーズ" in one))
    text = re.sub(r"\s", "", shown.text)
    on_the_web = type(seat).__name__ == "WebSeat"
    assert ("あなた専用" in text) != on_the_web
    assert any(label == (texts.START if on_the_web else texts.OPEN_PAGE) for label in shown.buttons)
