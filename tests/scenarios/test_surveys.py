"""Surveys on every channel, from the list to the receipt: both questionnaires of the plan, and one of the city's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services import Services
from bot.texts.ja import forms as form_texts
from bot.texts.ja import slack as slack_texts
from bot.texts.ja import surveys as texts
from storage.stores import SqlStores
from surveys.definition import Definition
from surveys.submission import Sheet
from tests.scenarios.linked_page import LinkedPage
from tests.scenarios.slack_town import SlackSeat
from tests.scenarios.towns import TOWNS, Seat, Shown, Town, factory
from tests.surveys.city import city, open_round
from tests.surveys.content import shipped
from tests.surveys.samples import NOW, survey
from tests.web.city import HR, STAFF

HERE = "https://dx.city.example"
IN_CHAT = {"channels": ["web", "slack", "teams"], "chat_allowed": True}
ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "telework-needs": {
        "N3": "office",
        "N4": ["childcare", "focus"],
        "N5": "few_weekly",
        "N6": ["home"],
        "N7.documents": "can",
        "N7.calls": "hard",
        "N8": ["paper", "terminals", "phone"],
        "N9": "shared",
        "N10": ["terminal", "licence"],
        "N12": "朝の時間が助かります。\n続けてください。",
    },
    "telework-usage": {
        "U2": "2.5",
        "U3": ["home"],
        "U4": ["documents", "meetings"],
        "U13": ["declined"],
        "U5": "s4",
        "U6.superior": "s5",
        "U6.outside": "not_applicable",
        "U7": ["paper"],
        "U8": "s4",
        "U9": "same",
        "U11": "s4",
        "U12": "more",
    },
    "open-data-needs": {
        "D1": "sometimes",
        "D2": ["statistics"],
        "D3": ["residents", "press"],
        "D4": ["format"],
        "D5.lists": "spreadsheet",
        "D6": "3",
        "D7": "",
    },
}

# Of each questionnaire the pages before, what is filled in wrongly there, and what is said of it.
Wrong = tuple[int, tuple[dict[str, str | list[str]], ...], tuple[str, ...]]
MISTAKES: dict[str, Wrong] = {
    "telework-needs": (1, ({"N8": ["paper", "none"]},), (texts.alone("特にない"),)),
    "telework-usage": (0, ({"U2": ""}, {"U2": "2.3"}), (texts.REQUIRED, texts.out_of_step(0.5))),
}


@dataclass
class Clock:
    """The town's time."""

    now: datetime = field(default_factory=lambda: NOW + timedelta(hours=1))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Towns:
    """The same city on as many channels as a test needs."""

    services: Services
    clock: Clock
    stack: AsyncExitStack

    async def on(self, channel: str) -> Town:
        """The city on this channel."""
        town = await self.stack.enter_async_context(factory(channel)(self.services))
        assert (await town.seat(STAFF).say("使いかた")).text
        return town

    def open(self, definition: Definition) -> str:
        """Open a round to everybody; the label of its button in the list."""
        open_round(self.services.stores, definition)
        return f"{texts.ANSWER}: {definition.title}"

    @property
    def sheets(self) -> list[Sheet]:
        """What is stored."""
        return list(self.services.stores.surveys.list_sheets("round-1"))


@pytest.fixture
async def towns(sqlite_stores: SqlStores) -> AsyncIterator[Towns]:
    from dataclasses import replace

    clock = Clock()
    services = replace(city(sqlite_stores, DXBOT_PUBLIC_URL=HERE), clock=clock)
    async with AsyncExitStack() as stack:
        yield Towns(services, clock, stack)


async def begin(seat: Seat, label: str) -> Shown:
    notice = await seat.press(await seat.say("アンケート"), label)
    assert texts.PURPOSE in notice.text
    in_full = await seat.press(notice, texts.DETAILS)
    assert texts.IDENTITIES_IN_FULL["confidential"] in in_full.text
    return await seat.press(in_full, texts.START)


async def fill_in(
    seat: Seat | LinkedPage, shown: Shown, answers: dict[str, str | list[str]], pages: int = 99
) -> Shown:
    """Fill in every page that comes, `pages` at most."""
    while shown.asks and pages:
        values = {name: answers[name] for name in shown.asks if name in answers}
        shown, pages = await seat.fill(shown, **values), pages - 1
    return shown


def _stored(answers: dict[str, str | list[str]], sheet: Sheet) -> dict[str, Any]:
    """The answers as they should be stored, of the questions that were asked."""
    found: dict[str, Any] = {}
    for name, value in answers.items():
        question, dot, row = name.partition(".")
        if dot:
            found.setdefault(question, {})[row] = value
        elif value:
            found[name] = (
                tuple(value) if isinstance(value, list) else float(value) if name in ("U2", "D6") else value
            )
    assert set(sheet.answers) == set(found)
    return found


@pytest.mark.parametrize("name", list(ANSWERS))
@pytest.mark.parametrize("channel", list(TOWNS))
async def test_from_the_list_to_the_receipt(towns: Towns, channel: str, name: str) -> None:
    label = towns.open(shipped(name, **IN_CHAT))
    seat = (await towns.on(channel)).seat(STAFF)
    first = await begin(seat, label)
    assert form_texts.page_of(1, 2)[:2] in first.text
    confirmation = await fill_in(seat, first, ANSWERS[name])
    assert texts.CONFIRM_TITLE in confirmation.text
    assert texts.CONFIRM_INTRO in confirmation.text
    assert towns.sheets == []
    receipt = await seat.fill(confirmation)
    assert texts.RECEIPT_TITLE in receipt.text
    (sheet,) = towns.sheets
    assert dict(sheet.answers) == _stored(ANSWERS[name], sheet)
    again = await seat.fill(confirmation)
    assert texts.RECEIPT_TITLE in again.text
    assert len(towns.sheets) == 1
    assert texts.DONE in (await seat.say("アンケート")).text


@pytest.mark.parametrize("name", ["telework-needs", "telework-usage"])
@pytest.mark.parametrize("channel", [one for one in TOWNS if one != "web"])
async def test_what_is_sensitive_is_answered_on_its_own_page(towns: Towns, channel: str, name: str) -> None:
    label = towns.open(shipped(name))
    town = await towns.on(channel)
    seat = town.seat(STAFF)
    told = await seat.press(await seat.say("アンケート"), label)
    assert texts.LINK_WHY in told.text and texts.LINK_KEEP in told.text
    assert not told.asks
    page = LinkedPage(town.client, told.links[texts.OPEN_PAGE])
    confirmation = await fill_in(page, await page.press(await page.open(), texts.START), ANSWERS[name])
    receipt = await page.fill(confirmation)
    assert texts.RECEIPT_DELICATE in receipt.text
    (sheet,) = towns.sheets
    assert dict(sheet.answers) == _stored(ANSWERS[name], sheet)
    assert await seat.told() == []


@pytest.mark.parametrize("channel", list(TOWNS))
async def test_mistakes_are_told_and_mended(towns: Towns, channel: str) -> None:
    label = towns.open(survey())
    seat = (await towns.on(channel)).seat(STAFF)
    first = await begin(seat, label)
    wrong = await seat.fill(first)
    assert texts.REQUIRED in wrong.text
    second = await seat.fill(wrong, S="b")
    assert second.asks == ("M",)
    too_many = await seat.fill(second, M=["x", "none"])
    assert texts.alone("none") in too_many.text
    third = await seat.fill(too_many, M=["x"])
    assert third.asks == ("F",)


@pytest.mark.parametrize("channel", list(TOWNS))
async def test_back_keeps_what_is_filled_in_and_saving_ends(towns: Towns, channel: str) -> None:
    label = towns.open(survey())
    seat = (await towns.on(channel)).seat(STAFF)
    second = await seat.fill(await begin(seat, label), S="b")
    first = await seat.leave(second, texts.BACK, M=["y"])
    assert first.asks == ("S",)
    again = await seat.fill(first)
    third = await seat.fill(again)
    saved = await seat.leave(third, texts.SAVE, F="4")
    assert texts.SAVED_TITLE in saved.text
    fourth = await seat.press(saved, texts.GO_ON)
    (draft,) = [towns.services.stores.surveys.find_draft("round-1", STAFF.id)]
    assert draft is not None
    assert draft.answers == {"S": "b", "M": ("y",), "F": "4"}
    assert fourth.asks == ("F",)


@pytest.mark.parametrize("name", list(MISTAKES))
@pytest.mark.parametrize("channel", ["web", "slack-http", "teams"])
async def test_back_through_a_questionnaire_loses_nothing(towns: Towns, channel: str, name: str) -> None:
    label = towns.open(shipped(name, **IN_CHAT))
    seat = (await towns.on(channel)).seat(STAFF)
    first = shown = await begin(seat, label)
    passed = []
    for _ in shipped(name).pages[1:]:
        passed.append(shown.asks)
        shown = await fill_in(seat, shown, ANSWERS[name], pages=1)
    typed = {one: ANSWERS[name][one] for one in shown.asks if one in ANSWERS[name]}
    for asked in reversed(passed):
        shown = await seat.leave(shown, texts.BACK, **typed)
        assert shown.asks == asked
        typed = {}
    assert shown.asks == first.asks
    for _ in (*passed, "the page that was left first"):  # each as it comes, with what was filled in before
        shown = await seat.fill(shown)
    shown = await fill_in(seat, shown, ANSWERS[name])
    assert texts.RECEIPT_TITLE in (await seat.fill(shown)).text
    (sheet,) = towns.sheets
    assert dict(sheet.answers) == _stored(ANSWERS[name], sheet)


@pytest.mark.parametrize(
    ("channel", "other"), [("slack-http", "teams"), ("teams", "web"), ("web", "slack-socket")]
)
async def test_a_draft_is_resumed_and_an_answer_edited_elsewhere(
    towns: Towns, channel: str, other: str
) -> None:
    label = towns.open(survey())
    here, there = (await towns.on(channel)).seat(STAFF), (await towns.on(other)).seat(STAFF)
    answers: dict[str, str | list[str]] = {"S": "b", "M": ["x"], "F": "4", "X.r1": "ok", "D": "2026-05-01"}
    await fill_in(here, await begin(here, label), answers, pages=2)
    listed = await there.say("アンケート")
    assert texts.DRAFTED in listed.text
    notice = await there.press(listed, f"{texts.GO_ON}: {survey().title}")
    third = await there.press(notice, texts.GO_ON)
    assert third.asks == ("F",)
    receipt = await there.fill(await fill_in(there, third, answers))
    assert texts.RECEIPT_TITLE in receipt.text
    notice = await here.press(await here.say("アンケート"), f"{texts.EDIT}: {survey().title}")
    first = await here.press(notice, texts.START)
    await here.fill(await fill_in(here, first, answers | {"F": "5"}))
    (sheet,) = towns.sheets
    assert sheet.answers["F"] == "5"
    assert sheet.answers["M"] == ("x",)


@pytest.mark.parametrize("channel", list(TOWNS))
async def test_it_closes_while_somebody_is_on_page_two(towns: Towns, channel: str) -> None:
    label = towns.open(survey())
    seat = (await towns.on(channel)).seat(STAFF)
    second = await seat.fill(await begin(seat, label), S="b")
    towns.clock.now += timedelta(days=8)
    late = await seat.fill(second, M=["x"])
    assert "締め切りました" in late.text
    assert not late.asks
    assert towns.sheets == []


@pytest.mark.parametrize("name", list(MISTAKES))
@pytest.mark.parametrize("channel", ["web", "slack-http", "teams"])
async def test_mistakes_in_the_questionnaires_are_told_at_their_field(
    towns: Towns, channel: str, name: str
) -> None:
    label = towns.open(shipped(name, **IN_CHAT))
    seat = (await towns.on(channel)).seat(STAFF)
    pages, wrong, told = MISTAKES[name]
    shown = await fill_in(seat, await begin(seat, label), ANSWERS[name], pages)
    asked = shown.asks
    for values, words in zip(wrong, told, strict=True):
        shown = await seat.fill(shown, **values)
        assert words in shown.text
        assert shown.asks == asked
    shown = await fill_in(seat, shown, ANSWERS[name])
    assert texts.RECEIPT_TITLE in (await seat.fill(shown)).text
    (sheet,) = towns.sheets
    assert dict(sheet.answers) == _stored(ANSWERS[name], sheet)


@pytest.mark.parametrize(
    ("channel", "other", "name"),
    [
        ("slack-http", "teams", "telework-needs"),
        ("teams", "web", "telework-usage"),
        ("web", "slack-http", "telework-needs"),
    ],
)
async def test_a_questionnaire_begun_here_goes_on_there_until_it_closes(
    towns: Towns, channel: str, other: str, name: str
) -> None:
    label = towns.open(shipped(name, **IN_CHAT))
    here, there = (await towns.on(channel)).seat(STAFF), (await towns.on(other)).seat(STAFF)
    second = await fill_in(here, await begin(here, label), ANSWERS[name], pages=1)
    notice = await there.press(await there.say("アンケート"), f"{texts.GO_ON}: {shipped(name).title}")
    resumed = await there.press(notice, texts.GO_ON)
    assert resumed.asks == second.asks
    receipt = await there.fill(await fill_in(there, resumed, ANSWERS[name]))
    assert texts.RECEIPT_TITLE in receipt.text
    notice = await here.press(await here.say("アンケート"), f"{texts.EDIT}: {shipped(name).title}")
    second = await fill_in(here, await here.press(notice, texts.START), ANSWERS[name], pages=1)
    towns.clock.now += timedelta(days=30)
    late = await here.fill(second, **{one: ANSWERS[name][one] for one in second.asks if one in ANSWERS[name]})
    assert "締め切りました" in late.text
    (sheet,) = towns.sheets
    assert dict(sheet.answers) == _stored(ANSWERS[name], sheet)


@pytest.mark.parametrize(
    ("channel", "name"), [("slack-http", "telework-needs"), ("slack-socket", "telework-usage")]
)
async def test_a_window_that_came_too_late_is_opened_by_the_next_press(
    towns: Towns, channel: str, name: str
) -> None:
    label = towns.open(shipped(name, **IN_CHAT))
    seat = (await towns.on(channel)).seat(STAFF)
    assert isinstance(seat, SlackSeat)
    notice = await seat.press_late(await seat.say("アンケート"), label)
    assert texts.PURPOSE in notice.text
    late = await seat.press_late(notice, texts.START)
    assert slack_texts.TOO_LATE in late.text
    assert not late.asks
    (again,) = late.buttons
    receipt = await seat.fill(await fill_in(seat, await seat.press(late, again), ANSWERS[name]))
    assert texts.RECEIPT_TITLE in receipt.text
    assert len(towns.sheets) == 1


@pytest.mark.parametrize("channel", list(TOWNS))
async def test_a_personal_number_is_not_kept(towns: Towns, channel: str) -> None:
    label = towns.open(shipped("open-data-needs"))
    seat = (await towns.on(channel)).seat(STAFF)
    last = await fill_in(seat, await begin(seat, label), {"D1": "never"}, pages=1)
    assert last.asks[-1] == "D7"
    refused = await seat.fill(last, D7="番号は 1234 5678 9018 です")
    assert texts.PERSONAL_NUMBER in refused.text
    told = texts.STILL_IN_CHAT.get(channel.partition("-")[0], "")
    assert told in refused.text
    draft = towns.services.stores.surveys.find_draft("round-1", STAFF.id)
    assert draft is not None
    assert "D7" not in draft.answers
    confirmation = await seat.fill(refused, D7="番号は書きません")
    assert texts.CONFIRM_TITLE in confirmation.text


@pytest.mark.parametrize("channel", list(TOWNS))
async def test_who_is_not_asked_is_told_so(towns: Towns, channel: str) -> None:
    definition = survey()
    towns.open(definition)
    town = await towns.on(channel)
    await town.seat(HR).say("使いかた")
    assert definition.title in (await town.seat(HR).say("アンケート")).text
