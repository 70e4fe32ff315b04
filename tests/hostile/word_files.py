"""Files of words that commands take: trainings, questions, initiatives, questionnaires, and the framework of skills."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from surveys.skills.reading import SHIPPED
from tests.hostile.console_forms import SURVEY, words_for
from tests.hostile.files import Terminal, as_csv, as_yaml, cells
from tests.hostile.options import drop_planned
from tests.hostile.strings import SEEDS, Feed
from tests.hostile.town import CHANNELS, Doors
from tests.web.city import HR, MANAGER, STAFF

FIRST_DAY = "2030-06-03"
OPEN_AT_ONCE = 10  # rounds on the page at a time
SPOKEN = frozenset({"title", "label", "name", "text"})  # whose values a framework shows
SKILL_PAGES = ("/console/skills", "/console/skills/plan", "/skills")
SKILL_LISTS = ("わたしの技量", "技量マップ")


async def take_words(doors: Doors, folder: Path, texts: Sequence[str]) -> None:
    """Every string into each kind of file of words; pages and lists read meanwhile where the next file takes the last's place."""
    terminal = Terminal(doors, folder)
    _take_trainings(terminal, texts)
    _take_questions(terminal, texts)
    _take_initiatives(terminal, texts)
    await _take_questionnaires(doors, terminal, texts)
    await _take_skills(doors, terminal, texts)


def _take_trainings(terminal: Terminal, texts: Sequence[str]) -> None:
    rows = [(STAFF.id, text, "2026-07-01") for text in cells(texts)]
    terminal.take(
        "skills trainings", "=1+1.csv", as_csv([("職員番号", "研修名", "受講日"), *rows]), len(rows)
    )


def _take_questions(terminal: Terminal, texts: Sequence[str]) -> None:
    asked = "\n".join(json.dumps({"id": text, "question": text}) for text in texts)
    terminal.take("ask --batch", "asked.jsonl", asked, len(texts), "--json")


def _take_initiatives(terminal: Terminal, texts: Sequence[str]) -> None:
    several = [*cells(texts), *cells(SEEDS)]
    initiatives = [
        {
            "id": f"h{number}",
            "title": several[number],
            "plan": several[number + 1],
            "owner": several[number + 2],
            "kpi": {"name": several[number + 3], "unit": several[number + 4][:10], "targets": [{"fiscal_year": 2027, "value": 1}]},
            "milestones": [{"text": text, "column": text} for text in several[number + 5 : number + 50]],
            "starts_on": "2026-04-01",
            "ends_on": "2030-03-31",
        }
        for number in range(0, len(texts), 50)
    ]  # fmt: skip
    terminal.take("initiatives import", "initiatives.yaml", as_yaml({"initiatives": initiatives}), len(texts))


async def _take_questionnaires(doors: Doors, terminal: Terminal, texts: Sequence[str]) -> None:
    """As many questionnaires as hold the strings, planned for a day to come."""
    feed = Feed([" ".join(text.split()) or "x" for text in texts])
    for number in count(1):
        words, taken = words_for(feed)
        definition = SURVEY.format(number=f"dxbot-{number}", **words)
        terminal.take("survey open", "own.yaml", definition, taken, "--on", FIRST_DAY)
        if feed.is_empty or number % OPEN_AT_ONCE == 0:
            await doors.get("/console/surveys", HR)
            drop_planned(doors, "hostile-dxbot-")
        if feed.is_empty:
            return


async def _take_skills(doors: Doors, terminal: Terminal, texts: Sequence[str]) -> None:
    """As many frameworks as hold the strings, each the one that ships with every word of it hostile."""
    told, at = cells(texts), 0
    while at < len(told):
        words = Words(told[at:])
        folder = terminal.folder / "skills"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(SHIPPED, folder)
        for file in sorted(folder.glob("*.yaml")):
            file.write_text(as_yaml(_reworded(yaml.safe_load(file.read_text("utf-8")), words)), "utf-8")
        terminal.run("skills", "import", str(folder))
        terminal.tally.add("file skills import", "dxbot, .yaml", min(words.taken, len(told) - at))
        at += words.taken
        await _read_skills(doors)


class Words(Iterator[str]):
    """The texts one after the other, from the beginning again where there are too few; `taken`: how many were."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts, self.taken = texts, 0

    def __next__(self) -> str:
        """The next one."""
        self.taken += 1
        return self._texts[(self.taken - 1) % len(self._texts)]


def _reworded(value: Any, words: Iterator[str]) -> Any:
    if isinstance(value, dict):
        return {
            key: next(words) if key in SPOKEN and isinstance(inner, str) else _reworded(inner, words)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        spoken = value and all(isinstance(one, str) and " " not in one and len(one) > 12 for one in value)
        return [next(words) if spoken else _reworded(one, words) for one in value]
    return value


async def _read_skills(doors: Doors) -> None:
    for person in (HR, MANAGER, STAFF):
        for path in SKILL_PAGES:
            await doors.get(path, person)
    for door in CHANNELS:
        for text in SKILL_LISTS:
            await doors.seat(door, STAFF).say(text)
    doors.look()
