"""How many minutes a self-assessment takes: presses and words on each channel, counted through its front door.

What is read: every character of every window, anchors of all levels and the purpose notice included, at the pace of a slow reader. A line
that has been there before (担当業務にない under each skill, hints, buttons) is recognised, not read; anchors are read each time. What
repeats one's own answers to be sent is glanced at. A press takes as long as in the keystroke-level model (pointing 1.1 s, pressing 0.2 s).
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bench.harness import Cell, Result
from bot.texts.ja import skill_page as texts
from bot.texts.ja import surveys as survey_texts
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.skills.asking import assessment_of, survey_of
from surveys.skills.framework import Skill
from surveys.skills.reading import read_skill_set
from tests.scenarios.towns import TOWNS, Shown, factory
from tests.surveys.city import city, open_round
from tests.surveys.samples import NOW
from tests.web.city import STAFF

_READ_A_MINUTE = 500
"""Characters of Japanese an adult reads silently without hurry."""
_ANCHOR = re.compile(r"[0-4]\D")
_SECONDS_A_PRESS = 1.3
_FRAMEWORK = read_skill_set().framework


def measure() -> Result:
    """A first assessment with every word read, and a refresh of three skills a year later."""
    rows = [row for channel in TOWNS for row in asyncio.run(_of_channel(channel))]
    columns = (
        "channel",
        "what",
        "windows",
        "presses",
        "characters",
        "minutes, every word",
        "minutes, up to one's level",
    )
    return Result("skills-minutes", "What a self-assessment asks of people", columns, tuple(rows))


class _Count:
    def __init__(self) -> None:
        self.windows, self.presses, self.characters = 0, 0, 0
        self._known: set[str] = set()

    def see(self, shown: Shown, presses: int = 1) -> Shown:
        """A window that came of so many presses; what only repeats one's answers (no form, or nothing asked) is not read again."""
        self.windows += 1
        self.presses += presses
        if shown.asks or self.windows == 1:
            self.characters += sum(map(len, self._new(shown.text.splitlines())))
        return shown

    def _new(self, lines: list[str]) -> Iterator[str]:
        """What has to be read: lines that did not stand there before, and every anchor."""
        for line in filter(None, (re.sub(r"(?!^)\s", "", line.strip()) for line in lines)):
            if line not in self._known or _ANCHOR.match(line):
                yield line
            self._known.add(line)

    def row(self, channel: str, what: str, skipped: int) -> tuple[Cell, ...]:
        """`skipped`: characters of anchors above the level somebody chose, which few read."""
        pressing = self.presses * _SECONDS_A_PRESS / 60
        every, few = (
            round(count / _READ_A_MINUTE + pressing, 1)
            for count in (self.characters, self.characters - skipped)
        )
        return channel, what, self.windows, self.presses, self.characters, every, few


async def _of_channel(channel: str) -> list[tuple[Cell, ...]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_database(f"sqlite:///{Path(folder) / 'm.db'}") as database,
    ):
        migrate(database)
        services = replace(city(SqlStores(database)), clock=lambda: NOW + timedelta(hours=1))
        open_round(services.stores, survey_of(_FRAMEWORK))
        async with factory(channel)(services) as town:
            seat = town.seat(STAFF)
            await seat.say("使いかた")
            first, again = _Count(), _Count()
            shown = await seat.press(await seat.say(texts.TITLE), texts.ASSESS)
            first.see(shown)
            page = first.see(await seat.press(shown, survey_texts.START))
            while page.asks:
                values = _filled(page, _level)
                page = first.see(await seat.fill(page, **values), presses=1 + len(values))
            first.see(await seat.fill(page))
            last = assessment_of(_FRAMEWORK, STAFF, {skill.id: "2" for skill in _FRAMEWORK.skills}, NOW)
            services.stores.skills.add_assessment(last)
            which = again.see(await seat.press(await seat.say(texts.TITLE), texts.REFRESH))
            chosen = [skill.id for skill in _FRAMEWORK.skills if not skill.checks][:3]
            form = again.see(await seat.fill(which, which=chosen), presses=1 + len(chosen))
            again.see(await seat.fill(form, **dict.fromkeys(form.asks, "3")), presses=1 + len(chosen))
    rated = [skill for skill in _FRAMEWORK.skills if not skill.checks]
    return [
        first.row(channel, "first assessment", _above(rated, 1)),
        again.row(channel, "refresh of 3 skills", _above(rated[:3], 3)),
    ]


def _above(skills: list[Skill], level: int) -> int:
    """Characters of the anchors above a level and the one after it."""
    return sum(len(anchor) for skill in skills for anchor in skill.anchors[level + 2 :])


def _filled(page: Shown, level: Callable[[str], str]) -> dict[str, str | list[str]]:
    """An answer to everything that is asked but the examples, which nobody has to give."""
    return {name: level(name) for name in page.asks if not name.startswith("example-")}


def _level(name: str) -> str:
    if name == "tier":
        return "general"
    return "yes" if "." in name else "1"
