"""Every form of the chat, at the three doors in turn: refused with everything wrong in it, then filled in and kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle
from uuid import uuid4

from bot.handlers.afterwards import join
from bot.handlers.initiatives.standing import standing_initiatives
from bot.messages import Form, Reply, Request, flat_fields
from bot.router import handle
from bot.services import Services
from bot.texts.ja import cases
from knowledge.article import Kind
from knowledge.cases import Stage, Tool
from knowledge.editing.store import ProposalState
from knowledge.initiatives.progress import Status
from knowledge.learning.inquiry import State
from staff.model import Person
from surveys.opening import open_with
from surveys.round import Round
from surveys.skills.asking import assessment_of
from surveys.skills.reading import read_skill_set
from tests.handlers.learning_city import UNWRITTEN
from tests.hostile.strings import Feed, keepable
from tests.hostile.town import CHANNELS, MOST_TRIES, Doors
from tests.scenarios.towns import Shown
from tests.surveys.publishing import publish_newest
from tests.surveys.samples import survey
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF

CLEAR_EVERY = 12
LONGEST_REFUSED = 3000
LONGEST_ANSWER = 1000
ONE_LINE = 200  # fields that take no more are of one line
ROUND = "hostile"
FREE_TEXT = """
id: hostile
title: 自由に書く調査
purpose: 試すため
readers: 試す人
channels: [web, slack, teams]
chat_allowed: true
questions:
  - {id: T, type: short_text, text: 短く, page: 一}
  - {id: L, type: long_text, text: 長く, page: 一}
  - {id: O, type: single, text: 一つ, options: [あ, い], page: 一}
"""
INITIATIVE = ("title", "plan", "edition", "kpi_name", "reason")
Values = dict[str, str | list[str]]


def _nothing(_services: Services) -> str:
    return ""


@dataclass(frozen=True)
class ChatForm:
    """A form: the request that opens it, who does, on what, how many characters of each field are kept, and the rest of it.

    `lines`: fields of which each line is bounded, with how many lines there may be.
    """

    name: str
    person: Person
    kept: Mapping[str, int]
    value: Callable[[Services], str] = _nothing
    others: Mapping[str, str | list[str]] = field(default_factory=dict)
    opened_by: str = ""
    lines: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    confirmed: bool = False
    after: Callable[[Services], object] = _nothing


def _open_inquiry(services: Services) -> str:
    while not (found := services.stores.learning.list_inquiries(State.OPEN, 1)):
        _ask(services, STAFF, "inquire_send", join("", f"{UNWRITTEN}{_letters()}"), name="no")
    return found[0].id


def _letters() -> str:
    """Letters that stand nowhere else; figures would be masked."""
    return uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


def _close_questions(services: Services) -> None:
    """Nobody may have many open questions: the 課 ends them."""
    for inquiry in services.stores.learning.list_inquiries(State.OPEN):
        _ask(services, OPERATOR, "inquiry_close", inquiry.id, reason="済")


def open_proposal(services: Services) -> str:
    """A proposal that waits; where none does, somebody makes one."""
    while not (found := services.stores.proposals.list_proposals(ProposalState.WAITING, 1)):
        _ask(services, STAFF, "propose", "", title=_letters(), body="本文", kind=Kind.FAQ.value)
    return found[0].id


def _initiative(services: Services) -> str:
    today = services.today()
    return next(one.id for one in standing_initiatives(services) if one.is_open(today) and one.kpi)


def chat_forms(services: Services) -> tuple[ChatForm, ...]:
    """Every form with something to type, those first that make what the others need."""
    due = str(services.today() + timedelta(days=30))
    skill = read_skill_set().framework.skills[0].id
    procedure, lists = {"kind": Kind.PROCEDURE.value}, {"steps": (10, 100), "needs": (4, 100)}
    case = {"tool": next(iter(Tool)).value, "stage": Stage.CANDIDATE.value, "contact": cases.CONTACTS[0]}
    return (
        ChatForm("inquire", STAFF, {"question": 500}, confirmed=True, after=_close_questions),
        ChatForm("inquiry_answer", OPERATOR, {"answer": 2000, "title": 60}, _open_inquiry, {"learn": "new"}, lines={"phrasings": (10, 100)}),
        ChatForm("inquiry_close", OPERATOR, {"reason": 300}, _open_inquiry),
        ChatForm("propose", LEADER, {"title": 200, "body": 2900, "questions": 900, "reason": 500}, others=procedure, lines=lists),
        ChatForm("proposal_reject", OPERATOR, {"reason": 300}, open_proposal),
        ChatForm("case_register", STAFF, {"work": 60, "built": 1500, "link": 300}, others=case),
        ChatForm("survey_page", STAFF, {"T": 100, "L": 1000}, lambda _: f"{ROUND}/0", opened_by="survey_show", confirmed=True),
        ChatForm("skills_comment", MANAGER, {"text": 1000}, lambda _: STAFF.id),
        ChatForm("experts", STAFF, {"word": 60}),
        ChatForm("expert_offer", STAFF, {"words": 200}, others={"skills": [skill]}),
        ChatForm("progress_report", OPERATOR, {"done": 1000, "next": 1000, "blocked": 1000}, _initiative, {"status": Status.ON_TRACK.value}),
        ChatForm("initiative_enter", OPERATOR, dict.fromkeys(INITIATIVE, 120), _initiative, {"owner": "デジタル推進室"}),
        ChatForm("assign", OPERATOR, {"title": 80, "text": 1000}, others={"due_on": due}),
        ChatForm("digest_settings", LEADER, {"at": 2000, "channel": 2000}),
    )  # fmt: skip


def prepare(services: Services) -> None:
    """What the forms stand on: an open round with free text, and levels shown to the 所属長."""
    definition = survey(FREE_TEXT)
    now = services.clock()
    planned = Round(
        id=ROUND,
        survey_id=definition.id,
        definition=definition,
        content_hash=definition.content_hash,
        opens_at=now,
        closes_at=now + timedelta(days=7),
    )
    directory, surveys = services.stores.directory, services.stores.surveys
    opening = open_with(planned, directory.list_people(), directory.list_departments(), [], services.today())
    assert surveys.plan_round(planned)
    assert surveys.open_round(opening.round, opening.members)
    framework = read_skill_set().framework
    told = {"tier": "general", "sheet": "2"}
    services.stores.skills.add_assessment(assessment_of(framework, STAFF, told, now))
    services.stores.skills.share(STAFF.id, now)


async def fill_form(doors: Doors, texts: Sequence[str], form: ChatForm) -> None:
    """Every string into every field of the form: kept at one of the doors, and refused on the web."""
    await _keep(doors, form, texts)
    await _refuse(doors, form, texts)
    await doors.deliver()


async def _keep(doors: Doors, form: ChatForm, texts: Sequence[str]) -> None:
    feeds = {name: Feed(texts) for name in (*form.kept, *form.lines)}
    turns = cycle(CHANNELS)
    done = []
    while any(not feed.is_empty for feed in feeds.values()):
        door = next(turns)
        shown = await _opened(doors, door, form)
        values = {name: told for name, told in form.others.items() if name in shown.asks}
        for name, feed in feeds.items():
            text, count = _taken(form, name, feed)
            values[name] = text
            doors.tally.add(f"form {form.name}.{name}", door, count)
        seat = doors.seat(door, form.person)
        shown = await seat.fill(shown, **values)
        if shown.form is not None and form.confirmed:
            shown = await seat.fill(shown)
        done.append(shown.form is None)
        if len(done) % CLEAR_EVERY == 0:
            form.after(doors.services)
            await doors.deliver()
    assert form.name == "digest_settings" or sum(done) * 2 > len(done), (
        f"{form.name}: {sum(done)} of {len(done)} were kept"
    )


def withdraw_assignments(services: Services) -> None:
    """So many requests to every 課 would all stand on a page that is shown again for each mistake."""
    store = services.stores.assignments
    for assignment in store.list_since(services.today()):
        store.save(assignment.model_copy(update={"withdrawn": True}))


async def publish_answers(doors: Doors, texts: Sequence[str]) -> None:
    """Everybody who was imported answers with as many strings as there is room for; 職員課 reads it at every door."""
    services, feed = doors.services, Feed(texts)
    for person in services.stores.directory.list_people():
        if person.synthetic or feed.is_empty:
            continue
        text, count = feed.take(LONGEST_ANSWER)
        shown = _ask(
            services, person, "survey_page", f"{ROUND}/0", T="x", L=keepable(text, one_line=False), O="い"
        )
        if shown.form is not None and shown.form.name == "survey_submit":
            _ask(services, person, "survey_submit", shown.form.value)
        doors.tally.add("form survey_page.L", "others", count)
    assert await doors.post("/console/surveys/close", OPERATOR, {"round": ROUND})
    publish_newest(services, ROUND)
    for door in CHANNELS:
        for action in ("results", "results_show", "results_text"):
            await doors.press(door, HR, action, ROUND)
    doors.look()


def _taken(form: ChatForm, name: str, feed: Feed) -> tuple[str, int]:
    if name in form.lines:
        most, longest = form.lines[name]
        taken = [feed.take(longest, " ") for _ in range(most)]
        return "\n".join(keepable(text, one_line=True) for text, _ in taken), sum(count for _, count in taken)
    text, count = feed.take(form.kept[name])
    return keepable(text, one_line=form.kept[name] <= ONE_LINE), count


async def _opened(doors: Doors, door: str, form: ChatForm) -> Shown:
    name, value = form.opened_by or form.name, form.value(doors.services)
    for _ in range(MOST_TRIES):  # a busy machine lets a window's trigger run out
        shown = await doors.press(door, form.person, name, value, opens_form=True)
        if shown.form is not None:
            return shown
    raise AssertionError((form.name, door, shown.text))


async def _refuse(doors: Doors, form: ChatForm, texts: Sequence[str]) -> None:
    """Past every bound, in fields that take no words too: shown again, or answered politely."""
    seen = _form(doors.services, form)
    typed = [one.id for one in flat_fields(seen) if one.kind in ("text", "long_text", "number", "date")]
    feed = Feed(texts)
    while not feed.is_empty:
        text, count = feed.take(LONGEST_REFUSED)
        pairs = [(".name", seen.name), (".value", seen.value), *((name, text) for name in typed)]
        await doors.post("/form", form.person, pairs)
        for name in typed:
            doors.tally.add(f"form {form.name}.{name}", "web, refused", count)


def _form(services: Services, form: ChatForm) -> Form:
    found = _ask(services, form.person, form.opened_by or form.name, form.value(services)).form
    assert found is not None, form.name
    return found


def _ask(services: Services, person: Person, name: str, value: str, /, **values: str | list[str]) -> Reply:
    asked = Request(
        channel="web",
        user=person.id,
        name=name,
        value=value,
        values=values,
        person=person,
        private=True,
        at=services.clock(),
    )
    return handle(asked, services)
