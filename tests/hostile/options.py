"""The options of `dxbot` that take words: every string through each, as many at a time as is kept of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from bot.handlers.editing import go_back
from knowledge.editing.rights import Editor
from staff.privacy.holding import lift_hold
from surveys.round import State
from tests.hostile.chat_forms import open_proposal
from tests.hostile.files import Terminal
from tests.hostile.strings import Feed, keepable
from tests.hostile.town import Doors
from tests.knowledge.plans import MADE_UP
from tests.web.city import OPERATOR

LOOK_EVERY = 10
ARTICLE = "faq:seal"
HISTORY = f"/knowledge/history?id={ARTICLE}"
HOST = Editor(by="hostile", on_host=True)
FIRST_DAY = date(2030, 6, 3)
PLAN = "plan.txt"
Run = tuple[str, ...]


def _nothing(_doors: Doors) -> None:
    return None


@dataclass(frozen=True)
class Told:
    """A command with options of words: how many characters of each are kept, and a page on which they come out.

    `command` makes the arguments of the run so many runs came before. `room` makes room for more after each look at the page.
    """

    name: str
    command: Callable[[Doors, int], Run]
    options: Mapping[str, int]
    page: str = ""
    room: Callable[[Doors], object] = _nothing


def commands(folder: Path) -> tuple[Told, ...]:
    """Every command whose words are kept. What is made of the first stands when the next begins."""
    plan = ("knowledge", "import", str(MADE_UP), "--format", "plan", f"--source={PLAN}")
    article = folder / "one.csv"
    article.write_text("title,body\n題,本文\n", encoding="utf-8")
    one = ("knowledge", "import", str(article), "--dry-run")
    return (
        Told("knowledge import", lambda *_: plan, {"--title": 400, "--edition": 400}, "/knowledge/article?id={plan}"),
        Told("knowledge import", lambda *_: one, {"--source": 200}),
        Told("knowledge delete", _delete, {"--reason": 500}, HISTORY),
        Told("knowledge rollback", lambda *_: ("knowledge", "rollback", ARTICLE, "--to", "0"), {"--reason": 500}, HISTORY),
        Told("knowledge reject", lambda doors, _: ("knowledge", "reject", open_proposal(doors.services)), {"--reason": 500}, "/knowledge/proposals"),
        Told("survey open", _open, {"--wave": 60}, "/console/surveys", lambda doors: drop_planned(doors, "telework-needs")),
        Told("privacy hold", lambda *_: ("privacy", "hold", "questions"), {"--reason": 200}, "/console/records", _lift),
        *(Told(f"export {what}", partial(_export, folder, what), {"--purpose": 100}, "/console/exports") for what in ("skills", "telework")),
    )  # fmt: skip


async def take_words_of(doors: Doors, folder: Path, told: Told, texts: Sequence[str]) -> None:
    """Every string into the options of one command, and the page that shows them read meanwhile."""
    terminal, number = Terminal(doors, folder), 0
    feeds = {option: Feed(texts) for option in told.options}
    while any(not feed.is_empty for feed in feeds.values()):
        arguments = list(told.command(doors, number))
        for option, feed in feeds.items():
            text, count = feed.take(told.options[option], " ")
            told_text = " ".join(keepable(text, one_line=True).split())
            arguments.append(f"{option}={told_text}")
            doors.tally.add(f"command {told.name} {option}", "dxbot", count)
        terminal.run(*arguments)
        number += 1
        if number % LOOK_EVERY == 0 or all(feed.is_empty for feed in feeds.values()):
            await _look(doors, told)
            told.room(doors)


async def _look(doors: Doors, told: Told) -> None:
    if told.page:
        plan = next((one.id for one in doors.services.stores.articles.list_articles(PLAN)), "")
        await doors.get(told.page.format(plan=plan), OPERATOR)


def _delete(doors: Doors, _number: int) -> Run:
    standing = doors.services.stores.versions.latest(ARTICLE)
    if standing is not None and standing.article is None:
        go_back(doors.services, HOST, ARTICLE, "", 0, "")
    return ("knowledge", "delete", ARTICLE)


def _export(folder: Path, what: str, _doors: Doors, _number: int) -> Run:
    level = {"skills": "plan", "telework": "aggregate"}[what]  # the quicker ones
    return ("export", what, "--level", level, "--format", "csv", "--out", str(folder / f"{what}.csv"))


def _open(_doors: Doors, number: int) -> Run:
    return ("survey", "open", "telework-needs", "--on", str(FIRST_DAY + timedelta(days=number)))


def drop_planned(doors: Doors, survey_id: str) -> None:
    """Drop the rounds planned of the surveys whose id begins so."""
    for one in doors.services.stores.surveys.list_rounds(State.PLANNED):
        if one.survey_id.startswith(survey_id):
            doors.services.stores.surveys.drop_round(one.id)


def _lift(doors: Doors) -> None:
    services = doors.services
    for hold in services.stores.records.list_holds():
        lift_hold(services.stores, OPERATOR, hold.id, services.clock())
