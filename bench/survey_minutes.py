"""How many minutes the telework questionnaires take: three people walk each of them from the purpose notice to the receipt.

On the web Chromium is driven by keyboard alone and every key is counted; the time until a page stands there is the clock's. Slack's
windows and Teams' dialogs are those that the strict fakes took, with the mouse, for a city that allows both questionnaires in chats (as
they ship, chats lead to the web page); what the platforms' own networks take is not in it.

The time is modelled, of values that others measured. Sentences are read at 500 and at 600 characters a minute (adults: 400 to 600 of Japanese,
silently; staff who read documents all day the upper end; the purpose notice and every question are read whole, by those who skip them as
well), options and rows are scanned at twice that (Rayner et al. 2016: scanning is two to three times as fast as reading). What has been
there before is recognised; at the confirmation, which repeats one's own answers, a glance is a moment. Keys,
pointing, clicks and a moment to decide on each answer and each page are those of the keystroke-level model (Card, Moran, Newell 1980:
K .28 s, P 1.1 s, B .2 s, M 1.35 s). As a check: Pew Research Center counts about ten seconds for a question of its own.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bench.harness import Cell, Result
from bot.services import Services
from bot.teams.press import INPUT
from bot.texts.ja import surveys as texts
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.definition import Definition
from tests.browser.running import run_script, running_app
from tests.fakes.teams import elements
from tests.scenarios.towns import Seat, Shown, factory
from tests.surveys.city import city, open_round
from tests.surveys.content import shipped
from tests.surveys.samples import NOW
from tests.web.city import STAFF

SLOW, QUICK = 500, 600
"""Characters a minute that are read; twice as many are scanned."""
KEY, POINT, CLICK, DECIDE = 0.28, 1.1, 0.2, 1.35
"""Seconds of the keystroke-level model: K, P, B and M."""
CHATS = {"slack": "slack-http", "teams": "teams"}

Answers = Mapping[str, str | list[str]]
_TASKS = {
    "N7.documents": "can",
    "N7.meetings": "can",
    "N7.approvals": "partly",
    "N7.data": "can",
    "N7.calls": "hard",
    "N7.site": "not_applicable",
}
_TALKS = {"U6.superior": "s4", "U6.colleagues": "s4", "U6.outside": "not_applicable"}
PEOPLE: Mapping[str, Mapping[str, Answers]] = {
    "telework-needs": {
        "typical": {
            "N3": "office",
            "N4": ["commuting"],
            "N5": "few_monthly",
            "N6": ["home"],
            **_TASKS,
            "N8": ["paper"],
            "N9": "shared",
            "N10": ["terminal"],
        },
        "cares": {
            "N3": "office",
            "N4": ["childcare", "family_care", "commuting"],
            "N5": "few_weekly",
            "N6": ["home", "satellite"],
            **_TASKS,
            "N8": ["paper", "terminals", "phone"],
            "N9": "shared",
            "N10": ["terminal", "licence", "line"],
        },
        "skips": {},
    },
    "telework-usage": {
        "typical": {
            "U2": "3",
            "U3": ["home"],
            "U4": ["documents"],
            "U13": ["none"],
            "U5": "s4",
            **_TALKS,
            "U7": ["paper"],
            "U8": "s4",
            "U9": "same",
            "U11": "s4",
            "U12": "same",
        },
        "cares": {
            "U2": "12.5",
            "U3": ["home", "satellite"],
            "U4": ["documents", "meetings", "data"],
            "U13": ["childcare", "family_care"],
            "U5": "s4",
            **_TALKS,
            "U7": ["paper", "phone", "hours"],
            "U8": "s4",
            "U9": "more",
            "U11": "s4",
            "U12": "more",
        },
        "skips": {"U2": "0"},
    },
}
"""Of each questionnaire somebody without care duties who answers everything, one tick where several may be ticked; somebody with
育児 and 介護 who is asked everything and ticks up to three; and somebody who gives only what must be given."""


@dataclass
class Walk:
    """What a questionnaire asked of somebody. Characters, counts and seconds."""

    read: int = 0
    scanned: int = 0
    answers: int = 0
    decisions: int = 0
    keys: int = 0
    clicks: int = 0
    pages: int = 0
    waited: float = 0.0

    def seconds(self, pace: int) -> float:
        """The modelled time of somebody who reads so many characters a minute."""
        acting = self.decisions * DECIDE + self.keys * KEY + self.clicks * (POINT + CLICK)
        return 60 * (self.read + self.scanned / 2) / pace + acting + self.waited


class Reader:
    """Somebody who knows a line that has been there before, and scans what is offered to choose from."""

    def __init__(self, definition: Definition) -> None:
        self._offered = {
            one.label for question in definition.questions for one in (*question.choices, *question.rows)
        }
        self._known: set[str] = set()

    def see(self, walk: Walk, lines: Sequence[str]) -> None:
        """Count a page's new lines; what repeats one's own answers is glanced at."""
        if texts.CONFIRM_TITLE in lines:
            walk.decisions += 1
            return
        for line in dict.fromkeys(filter(None, map(str.strip, lines))):
            if line in self._known:
                continue
            self._known.add(line)
            if line in self._offered:
                walk.scanned += len(line)
            else:
                walk.read += len(line)


def measure() -> Result:
    """Each questionnaire, person and channel."""
    rows = [
        row
        for name, people in PEOPLE.items()
        for person, answers in people.items()
        for row in (_row(name, person, "web", on_the_web(name, answers)), *_chats(name, person, answers))
    ]
    columns = (
        "questionnaire",
        "person",
        "channel",
        "pages",
        "read",
        "scanned",
        "answers",
        "keys",
        "clicks",
        "waited, s",
        f"seconds at {SLOW}",
        f"at {QUICK}",
    )
    return Result("surveys-minutes", "Minutes a questionnaire takes (modelled)", columns, tuple(rows))


def _row(name: str, person: str, channel: str, walk: Walk) -> tuple[Cell, ...]:
    counts = (walk.pages, walk.read, walk.scanned, walk.answers, walk.keys, walk.clicks)
    seconds = (round(walk.seconds(pace)) for pace in (SLOW, QUICK))
    return name, person, channel, *counts, round(walk.waited, 1), *seconds


def _answer(walk: Walk, answers: Answers, asked: Sequence[str]) -> None:
    """One more page: each answer and each tick is decided on; so is going on."""
    given = [answers[name] for name in asked if name in answers]
    count = sum(len(one) if isinstance(one, list) else 1 for one in given)
    walk.pages += 1
    walk.answers += count
    walk.decisions += count + 1


def on_the_web(name: str, answers: Answers) -> Walk:
    """By keyboard, in Chromium."""
    definition = shipped(name)
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder), "--bare", "--surveys") as address:
        told = json.loads(run_script("walk.cjs", address, STAFF.id, definition.title, json.dumps(answers)))
    walk, reader = Walk(), Reader(definition)
    for page in told:
        reader.see(walk, page["lines"])
        _answer(walk, answers, page["asks"])
        walk.keys += page["keys"]
        walk.waited += page["milliseconds"] / 1000
    return walk


@contextmanager
def asked(name: str) -> Iterator[Services]:
    """A small city in which everybody is asked this questionnaire, in chats as well."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'm.db'}") as database,
    ):
        migrate(database)
        services = replace(city(SqlStores(database)), clock=lambda: NOW + timedelta(hours=1))
        open_round(services.stores, shipped(name, channels=["web", "slack", "teams"], chat_allowed=True))
        yield services


def _chats(name: str, person: str, answers: Answers) -> Iterator[tuple[Cell, ...]]:
    for channel, town in CHATS.items():
        with asked(name) as services:
            yield _row(name, person, channel, asyncio.run(in_chat(services, name, town, answers)))


async def in_chat(services: Services, name: str, town: str, answers: Answers) -> Walk:
    """With the mouse, in windows as the strict fake of the platform took them."""
    definition = shipped(name)
    async with factory(town)(services) as place:
        seat: Seat = place.seat(STAFF)
        await seat.say("使いかた")
        listed = await seat.say("アンケート")
        walk, reader = Walk(), Reader(definition)
        shown = await seat.press(listed, next(label for label in listed.buttons if definition.title in label))
        while texts.RECEIPT_TITLE not in shown.text:
            reader.see(walk, shown.text.splitlines())
            given = {one: answers[one] for one in shown.asks if one in answers}
            _answer(walk, answers, shown.asks)
            clicks, keys = _acts(shown, given)
            walk.clicks += clicks + 1
            walk.keys += keys
            since = time.perf_counter()
            shown = await (seat.fill(shown, **given) if shown.form else seat.press(shown, texts.START))
            walk.waited += time.perf_counter() - since
    return walk


def _acts(shown: Shown, given: Answers) -> tuple[int, int]:
    """The clicks and keys that these answers take: a menu is opened first, a number is typed."""
    clicks = keys = 0
    menus, typed = _kinds(shown)
    for name, answer in given.items():
        clicks += (len(answer) if isinstance(answer, list) else 1) + (name in menus)
        keys += len(answer) if name in typed else 0
    return clicks, keys


def _kinds(shown: Shown) -> tuple[set[str], set[str]]:
    """Which fields of a window are menus, and which are typed into."""
    if shown.view is not None:
        kinds = {
            one["block_id"]: one["element"]["type"] for one in shown.view["blocks"] if one["type"] == "input"
        }
    elif shown.form is not None:
        kinds = {
            one["id"].removeprefix(INPUT): f"{one['type']}/{one.get('style')}"
            for one in elements(shown.form[1])
            if one["type"].startswith("Input.")
        }
    else:
        return set(), set()
    menus = {name for name, kind in kinds.items() if "select" in kind or kind.endswith("/compact")}
    typed = {name for name, kind in kinds.items() if kind in ("number_input", "Input.Number/None")}
    return menus, typed
