"""One city, entered by its three doors: every text input is given hostile strings, and everything that comes out is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any, ClassVar

from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.handlers.initiative_desk import fill_demo
from bot.handlers.initiatives import standing_initiatives
from bot.router import HANDLERS
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import learning
from bot.web.console.registry import SECTIONS
from bot.web.people import COOKIE
from knowledge.base import KnowledgeBase
from staff.model import Person
from storage.stores import SqlStores
from tests.fakes.slack import FakeSlack, served
from tests.fakes.slack_client import SlackServers
from tests.fakes.teams import FakeTeams, serving
from tests.handlers.learning_city import SEAL, UNWRITTEN
from tests.hostile.reading import live_in_page, live_on_slack, live_on_teams
from tests.scenarios.slack_driver import with_slack
from tests.scenarios.slack_town import SlackTown
from tests.scenarios.teams_town import TeamsTown
from tests.scenarios.towns import send_waiting
from tests.teams.conftest import make_settings
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF, settle

PEOPLE = (STAFF, LEADER, MANAGER, HR, OPERATOR)
MOST = 900  # characters of several strings in one field
READING = (
    "進捗",
    "事例",
    "わたしの技量",
    "調査",
    "結果",
    "DX推進だより",
    "担当への質問",
    "答えられなかった質問",
)
Client = TestClient[web.Request, web.Application]
Object = dict[str, Any]


@dataclass
class Tally:
    """What went in, by input, and what would have acted of what came out, by channel."""

    put: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    live: dict[str, list[str]] = field(default_factory=lambda: {"slack": [], "teams": [], "web": []})

    def see(self, channel: str, found: Iterable[str]) -> None:
        """One message, window or page was read."""
        self.read[channel] += 1
        self.live[channel] += found


@dataclass
class Control:
    """A field of a form on a page."""

    name: str
    value: str
    typed: bool
    most: int = MOST
    required: bool = False


@dataclass
class PageForm:
    """A form of a page: where it goes, and its fields in order."""

    method: str
    action: str
    chat: tuple[str, str] | None
    controls: list[Control] = field(default_factory=list)

    def filled(self, text: str, *, required_only: bool = False) -> list[tuple[str, str]]:
        """What a browser sends with the text in every field one types in, or in those alone that must be filled in."""
        return [
            (one.name, text[: one.most] if one.typed and (one.required or not required_only) else one.value)
            for one in self.controls
        ]

    @property
    def inputs(self) -> list[Control]:
        """Where one types."""
        return [one for one in self.controls if one.typed]


class PageForms(HTMLParser):
    """The forms of a page."""

    TYPED: ClassVar = frozenset({"text", "search", "email", "url", ""})

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PageForm] = []
        self._open: PageForm | None = None
        self._select = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            chat = (told["data-name"], told.get("data-value", "")) if "data-name" in told else None
            self._open = PageForm(told.get("method", "get").lower(), told.get("action", ""), chat)
            self.found.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "select", "option"):
            self._take(tag, told)

    def _take(self, tag: str, told: dict[str, str]) -> None:
        assert self._open is not None
        if tag == "option":
            if self._select:
                self._open.controls.append(Control(self._select, told.get("value", ""), typed=False))
                self._select = ""
            return
        name = told.get("name", "")
        if not name or "disabled" in told:
            return
        if tag == "select":
            self._select = name
            return
        kind = told.get("type", "") if tag == "input" else ""
        if kind in ("checkbox", "radio") and "checked" not in told:
            return
        if kind != "file":
            most = min(int(told.get("maxlength", MOST)), MOST)
            typed, required = kind in self.TYPED, "required" in told
            self._open.controls.append(Control(name, told.get("value", ""), typed, most, required))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


@dataclass
class Walk:
    """The three doors of one city."""

    services: Services
    tally: Tally
    client: Client
    slack: SlackTown
    slack_fake: FakeSlack
    teams: TeamsTown
    teams_fake: FakeTeams
    opening: list[tuple[Person, str]] = field(default_factory=list)

    async def ask(self, texts: Sequence[str]) -> None:
        """Every string by itself as a question, on all three."""
        for text in texts:
            await self._send("/chat", STAFF, {"name": "ask", "text": text})
            await self.slack.seat(STAFF).say(text)
            await self.teams.seat(STAFF).say(text)
        for channel in ("slack", "teams", "web"):
            self.tally.put[f"{channel}: question"] += len(texts)
        self.look()

    async def fill_chat(self, texts: Sequence[str]) -> None:
        """Every form that any action of the chat opens, for each person that gets it."""
        if not self.opening:  # most actions open no form, whoever asks
            for person in PEOPLE:
                for action in HANDLERS:
                    page = await self._open_form(person, action)
                    if any(form.inputs for form in PageForms(page).found):
                        self.opening.append((person, action))
        for person, action in self.opening:
            page = await self._open_form(person, action)
            await self._fill_all(person, page, texts, f"web chat: {action}")

    async def _open_form(self, person: Person, action: str) -> str:
        return await self._send("/chat", person, {"name": action, "value": "", "text": "BPR"})

    async def fill_console(self, texts: Sequence[str]) -> None:
        """Every form of every page, for who may do most."""
        for path in self.pages():
            page = await self._get(path, OPERATOR)
            await self._fill_all(OPERATOR, page, texts, f"web: {path.partition('?')[0]}")

    async def import_names(self, texts: Sequence[str]) -> None:
        """A directory file whose names, addresses and 課 are hostile: shown as a difference, then applied."""
        one_line = [" ".join(text.split()).replace('"', "”").replace("\0", "") or "x" for text in texts]
        places = "部,課\n総務部,職員課\n総務部,デジタル推進室\n市民自治部,市民窓口課\n"
        rows = [f'{100_001 + n},"{name}",,総務部,職員課,' for n, name in enumerate(one_line)]
        known = [f"{p.id},{p.name},{p.email},総務部,デジタル推進室,デジタル推進室" for p in PEOPLE]
        people = "\n".join(["職員番号,氏名,メール,部,課,役割", *known, *rows])
        data = FormData()
        data.add_field("people", people.encode(), filename="=1+1<script>.csv", content_type="text/csv")
        data.add_field("places", places.encode(), filename="../組織.csv", content_type="text/csv")
        page = await self._post("/console/people/import", HR, data)
        for form in PageForms(page).found:
            if form.action == "/console/people/apply":
                await self._post(form.action, HR, dict(form.filled("")))
        self.tally.put["web: /console/people/import"] += len(texts)

    async def read_everything(self) -> None:
        """Every page and command that shows what others wrote, on all three."""
        for person in (HR, OPERATOR, STAFF, LEADER):
            for path in self.pages():
                await self._get(path, person)
        await self._get("/console/people?q=" + "ダ", HR)
        for text in READING:
            for person in (OPERATOR, LEADER):
                await self.slack.seat(person).say(text)
                await self.teams.seat(person).say(text)
        self.look()

    def pages(self) -> list[str]:
        """Addresses to open: of the console, the articles with what was written, and the sign-in page."""
        first = next(iter(self.services.stores.articles.list_articles()), None)
        article = first.id if first else ""
        shown = [path for one in SECTIONS if one.pages for path in one.pages.SHOWN if "{" not in path]
        knowledge = [f"/knowledge/{name}?id={article}" for name in ("article", "edit", "history")]
        people = [f"/console/people/person?id={STAFF.id}"]
        initiatives = [f"/initiatives/one?id={one.id}" for one in standing_initiatives(self.services)[:1]]
        return [*shown, *knowledge, *people, *initiatives, "/knowledge", "/knowledge/new", "/knowledge/proposals",
                "/console/sign-in", "/inbox", "/"]  # fmt: skip

    def look(self) -> None:
        """Read what the platforms were given since the last look."""
        for post in self.slack_fake.posts[self.tally.read["slack posts"] :]:
            self.tally.see("slack", live_on_slack(post))
            self.tally.read["slack posts"] += 1
        for view in self.slack_fake.views.values():
            self.tally.see("slack", live_on_slack(view))
        self.slack_fake.views.clear()
        for posts, name in ((self.teams_fake.posted, "posted"), (self.teams_fake.updated, "updated")):
            for posted in posts[self.tally.read[name] :]:
                self.tally.see("teams", live_on_teams(posted.activity))
                self.tally.read[name] += 1

    async def _fill_all(self, person: Person, page: str, texts: Sequence[str], name: str) -> None:
        for form in PageForms(page).found:
            if not form.inputs:
                continue
            text = _glued(texts)
            for required_only in (False, True):  # all: refused and shown again; the least: kept
                await self._fill(person, form, form.filled(text, required_only=required_only))
            for one in form.inputs:
                whole = sum(1 for each in texts if each in text[: one.most])
                self.tally.put[f"{name}.{one.name}" if form.chat else f"{form.action}.{one.name}"] += whole

    async def _fill(self, person: Person, form: PageForm, pairs: list[tuple[str, str]]) -> None:
        values = dict(pairs)
        if form.chat:
            name, value = form.chat
            await self._send("/chat", person, {"name": name, "value": value, "values": values})
        elif form.method == "get":
            await self._get(form.action, person, values)
        else:
            await self._post(form.action, person, values)

    async def ask_experts(self, texts: Sequence[str]) -> None:
        """The windows and cards of 「担当に聞く」: the question, then the expert's answer, title and phrasings."""
        short = _glued(texts)[:300]
        for channel, town in (("slack", self.slack), ("teams", self.teams)):
            asker, expert = town.seat(STAFF), town.seat(LEADER)
            await expert.told()
            unknown = await asker.say(UNWRITTEN)
            preview = await asker.fill(await asker.press(unknown, learning.ASK_EXPERT), question=short)
            await asker.fill(preview)
            await send_waiting(town.services)
            for news in await expert.told():
                if learning.ANSWER in news.buttons:
                    form = await expert.press(news, learning.ANSWER)
                    await expert.fill(
                        form, answer=short, title=short[:60].replace("\n", " "), phrasings=short
                    )
            await send_waiting(town.services)
            for name in ("question", "answer", "phrasings"):
                self.tally.put[f"{channel}: expert.{name}"] += sum(1 for text in texts if text in short)
        self.look()

    async def _get(self, path: str, person: Person, query: dict[str, str] | None = None) -> str:
        cookies = {COOKIE: person.id}
        async with self.client.get(path, params=query, cookies=cookies) as response:
            return await self._page(response, path)

    async def _post(self, path: str, person: Person, data: object) -> str:
        cookies = {COOKIE: person.id}
        async with self.client.post(path, data=data, cookies=cookies) as response:
            return await self._page(response, path)

    async def _send(self, path: str, person: Person, command: Object) -> str:
        cookies = {COOKIE: person.id}
        clean = {**command, "values": {k: v for k, v in command.get("values", {}).items() if k[:1] != "."}}
        async with self.client.post(path, json=clean, cookies=cookies) as response:
            return await self._page(response, f"{path} {command['name']}")

    async def _page(self, response: ClientResponse, path: str) -> str:
        assert response.status < 500, f"{path}: {response.status}"
        source = await response.text()
        kept = response.content_disposition is not None and response.content_disposition.type == "attachment"
        self.tally.see("web", [] if kept else [f"{path}: {one}" for one in live_in_page(source)])
        return source


def _glued(texts: Sequence[str]) -> str:
    """As many strings as one field takes, one a line."""
    return "\n".join(texts)[:MOST]


@asynccontextmanager
async def open_walk(services: Services) -> AsyncIterator[Walk]:
    """The city with its initiatives, open on the web, before a strict Slack and before a strict Teams."""
    services.knowledge.refresh()
    fill_demo(services)
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(TestClient(TestServer(create_app(services))))
        slack_fake = await stack.enter_async_context(served(FakeSlack()))
        on_slack = with_slack(services, slack_fake)
        slack_client = await stack.enter_async_context(TestClient(TestServer(create_app(on_slack))))
        deliver = _signed(slack_client)
        teams_fake = await stack.enter_async_context(serving())
        on_teams = replace(services, settings=make_settings(teams_fake))
        teams_client = await stack.enter_async_context(TestClient(TestServer(create_app(on_teams))))
        slack = SlackTown(on_slack, slack_fake, deliver, slack_client)
        teams = TeamsTown(on_teams, teams_fake, teams_client)
        yield Walk(services, Tally(), client, slack, slack_fake, teams, teams_fake)


def _signed(client: Client) -> Callable[[Object], Any]:
    servers = SlackServers(client)

    async def deliver(payload: Object) -> Object:
        response = await servers.deliver(payload)
        assert response.status == 200
        body: Object = await response.json() if payload["type"] == "view_submission" else {}
        return body

    return deliver


async def walk(services: Services, texts: Sequence[str], batch: int = 10) -> Tally:
    """Put every string into every text input of the three channels; what came out, read."""
    async with open_walk(services) as walking:
        for start in range(0, len(texts), batch):
            some = texts[start : start + batch]
            await walking.ask(some)
            await walking.ask_experts(some)
            await walking.fill_chat(some)
            await walking.fill_console(some)
            if start // batch % 20 == 0:
                await walking.read_everything()
        await walking.import_names(texts)
        await walking.read_everything()
        return walking.tally


def open_town(stores: SqlStores) -> Services:
    """The made-up city with the pack that ships."""
    settle(stores)
    stores.articles.replace_source("窓口", [SEAL])
    settings = Settings(_env_file=None, content=("fujisawa",))
    knowledge = KnowledgeBase(stores.articles, settings.content)
    return Services(settings=settings, stores=stores, knowledge=knowledge, clock=lambda: datetime.now(UTC))
