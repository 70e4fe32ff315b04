"""Every form of every page: refused with everything wrong in it, and those that keep words filled in and kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from bot.handlers.initiatives.standing import standing_initiatives
from bot.services import Services
from bot.web.console.registry import SECTIONS
from knowledge.editing.store import ProposalState
from staff.model import Person
from staff.privacy.holding import lift_hold
from surveys.schedule import LONGEST_WAVE
from tests.hostile.chat_forms import open_proposal
from tests.hostile.pages import PageForm, PageForms, forms_of
from tests.hostile.strings import Feed, keepable
from tests.hostile.town import Doors
from tests.web.city import HR, LEADER, OPERATOR, STAFF

LONGEST = 3000
ONE_LINE = 200  # fields that take no more are of one line
LOOK_EVERY = 10
SURVEY = """
id: hostile-{number}
title: {title}
purpose: {text}
readers: {text}
questions:
  - {{id: S, type: single, text: {text}, hint: {hint}, page: {page}, options: [{{a: {one}}}, {{b: {two}}}], besides: [{{c: {three}}}]}}
  - {{id: M, type: multi, text: {text}, options: [{{a: {one}}}, {{b: {two}}}]}}
  - {{id: L, type: long_text, text: {text}}}
"""


@dataclass(frozen=True)
class Kept:
    """A form that keeps what is written: where it stands, where it goes, and how many characters of each field are kept."""

    page: Callable[[Services], str]
    action: str
    fields: Mapping[str, int]
    others: Mapping[str, str] = field(default_factory=dict)
    person: Person = OPERATOR
    after: Callable[[Services], object] = lambda _: None


def _initiative(services: Services, turn: int = 0) -> str:
    """One that is under way; with each turn another: no city decides a thousand times on one."""
    under_way = [one.id for one in standing_initiatives(services) if one.is_open(services.today())]
    return under_way[turn % len(under_way)]


def _article(services: Services) -> str:
    return next(one.id for one in services.stores.articles.list_articles())


def _another_article(services: Services) -> str:
    """Each time another one: an article with a thousand phrasings would be no city's."""
    articles = services.knowledge.pack_articles
    return articles[services.stores.proposals.count_waiting() % len(articles)].id


def _release(services: Services) -> None:
    for hold in services.stores.records.list_holds():
        lift_hold(services.stores, OPERATOR, hold.id, services.clock())


def kept_forms() -> tuple[Kept, ...]:
    """Those that keep words, and how far; what makes proposals stands before what decides on them."""
    turn = count()
    lists = {"aliases": 150, "questions": 900, "steps": 900, "needs": 900}
    words = {"title": 200, "reading": 150, "body": 2900, "deadline": 200}
    return (
        Kept(lambda _: "/knowledge/new", "/knowledge/new", {**words, **lists, "reason": 500}, {"act": "propose"}, LEADER),
        Kept(lambda s: f"/knowledge/edit?id={_article(s)}", "/knowledge/edit", {"body": 2900, "reason": 500}),
        Kept(lambda s: f"/knowledge/article?id={_another_article(s)}", "/knowledge/phrasing", {"phrasing": 200}, person=STAFF),
        Kept(lambda s: f"/knowledge/proposal?id={open_proposal(s)}", "/knowledge/approve", {"word": 500}),
        Kept(lambda s: f"/knowledge/proposal?id={open_proposal(s)}", "/knowledge/reject", {"reason": 300}),
        Kept(lambda _: "/console/records", "/console/records/hold", {"reason": 200}, after=_release),
        Kept(lambda s: f"/initiatives/one?id={_initiative(s, next(turn))}", "/initiatives/decide", {"reason": 300}, {"state": "running"}),
        Kept(lambda _: "/console/exports", "/console/exports", {"purpose": 100}, {"what": "skills/individual", "format": "csv"}, HR),
    )  # fmt: skip


def pages(services: Services) -> list[str]:
    """Addresses to open: of the console, the articles with what was written, and the sign-in page."""
    article = _article(services)
    shown = [path for one in SECTIONS if one.pages for path in one.pages.SHOWN if "{" not in path]
    waiting = services.stores.proposals.list_proposals(ProposalState.WAITING, 1)
    return [
        *shown,
        *(f"/knowledge/{name}?id={article}" for name in ("article", "edit", "history")),
        *(f"/knowledge/proposal?id={one.id}" for one in waiting),
        f"/console/people/person?id={STAFF.id}",
        f"/initiatives/one?id={_initiative(services)}",
        f"/console/people?q={STAFF.id}",
        "/knowledge",
        "/knowledge/new",
        "/knowledge/proposals",
        "/console/sign-in",
        "/inbox",
        "/",
    ]


async def read_pages(doors: Doors) -> None:
    """Every page, as each of those who see most."""
    for person in (HR, OPERATOR, STAFF, LEADER):
        for path in pages(doors.services):
            await doors.get(path, person)


async def refuse_all(doors: Doors, texts: Sequence[str]) -> None:
    """Every string into every field of every page's forms, past every bound and in fields that take no words too."""
    seen = {"/chat", "/form"}  # the forms of the chat are filled for themselves
    for person in (OPERATOR, HR):
        for path in pages(doors.services):
            found = PageForms(await doors.get(path, person)).found
            for form in found:
                if form.inputs and form.action not in seen:
                    await _refuse(doors, person, form, texts)
            seen |= {form.action for form in found if form.inputs}


async def _refuse(doors: Doors, person: Person, form: PageForm, texts: Sequence[str]) -> None:
    if form.action == "/knowledge/delete":  # it would be done
        return
    feed = Feed(texts)
    while not feed.is_empty:
        text, count = feed.take(LONGEST if form.method == "post" else LONGEST // 5)
        sent = form.filled(text)
        if form.method == "get":
            await doors.get(form.action, person, sent)
        else:
            await doors.post(form.action, person, sent, goes_on=True)
        for one in form.inputs:
            doors.tally.add(f"page {form.action}.{one.name}", "web, refused", count)


async def keep_form(doors: Doors, kept: Kept, texts: Sequence[str]) -> None:
    """Every string into the fields of a form that keeps words."""
    feeds = {name: Feed(texts) for name in kept.fields}
    done: list[bool] = []
    while any(not feed.is_empty for feed in feeds.values()):
        found = forms_of(await doors.get(kept.page(doors.services), kept.person))
        form = next(
            one
            for one in found
            if one.action == kept.action and set(kept.fields) & {c.name for c in one.inputs}
        )
        sent = {**form.filled(), **kept.others}
        for name, feed in feeds.items():
            text, count = feed.take(kept.fields[name])
            sent[name] = keepable(text or f"済{len(done)}", one_line=kept.fields[name] <= ONE_LINE)
            doors.tally.add(f"page {kept.action}.{name}", "web", count)
        goes_on = len(done) % LOOK_EVERY == 0
        done.append(await doors.post(kept.action, kept.person, sent, goes_on=goes_on))
        kept.after(doors.services)
    assert sum(done) * 2 > len(done), f"{kept.action}: {sum(done)} of {len(done)} were kept"
    await doors.deliver()


async def plan_rounds(doors: Doors, texts: Sequence[str]) -> None:
    """Whole questionnaires made of the strings."""
    feed = Feed([" ".join(text.split()) or "x" for text in texts])
    waves = Feed(["".join(ch for ch in text if ch.isprintable()) or "x" for text in texts])
    on = str(doors.services.today() + timedelta(days=40))
    number = 0
    while not (feed.is_empty and waves.is_empty):
        words, count = words_for(feed)
        wave, named = waves.take(LONGEST_WAVE, " ")
        yaml = SURVEY.format(number=number, **words)
        sent = {"survey": "own", "yaml": yaml, "on": on, "days": "7", "wave": wave}
        assert await doors.post("/console/surveys/open", OPERATOR, sent), yaml
        doors.tally.add("page /console/surveys/open.yaml", "web", count)
        doors.tally.add("page /console/surveys/open.wave", "web", named)
        number += 1


def words_for(feed: Feed) -> tuple[dict[str, str], int]:
    """The words of a questionnaire, and how many strings are in them."""
    taken = {}
    every = 0
    for name, most in (
        ("title", 60),
        ("text", 290),
        ("hint", 140),
        ("page", 50),
        ("one", 70),
        ("two", 70),
        ("three", 70),
    ):
        text, count = feed.take(most, " ")
        taken[name] = quoted(text or name)
        every += count
    return taken, every


def quoted(text: str) -> str:
    """A text as YAML in double quotes."""
    return json.dumps(keepable(text, one_line=True), ensure_ascii=False)
