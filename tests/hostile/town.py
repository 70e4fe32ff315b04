"""One city, entered by its three doors: everything that comes out of any of them is read."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.typedefs import Handler, Middleware

from bot.app import build_messengers, create_app
from bot.cli.serve import AccessLine
from bot.handlers.initiatives.deciding import fill_demo
from bot.messages import Action
from bot.services import Services
from bot.settings import Settings
from bot.slack.render import button
from bot.teams.press import button_data
from bot.web.people import COOKIE
from bot.worker import Worker
from knowledge.base import KnowledgeBase
from staff.model import Person
from storage.stores import SqlStores
from tests.fakes.slack import FakeSlack, served
from tests.fakes.slack_client import SlackServers
from tests.fakes.teams import FakeTeams, Posted, serving
from tests.handlers.learning_city import SEAL
from tests.hostile.reading import live_in_file, live_in_page, live_on_slack, live_on_teams
from tests.scenarios.slack_driver import with_slack
from tests.scenarios.slack_town import SlackTown
from tests.scenarios.teams_town import TeamsTown
from tests.scenarios.towns import Seat, Shown
from tests.scenarios.web_town import WebTown
from tests.teams.conftest import make_settings
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF, settle

TRY_AGAIN, MOST_TRIES = 503, 5  # a window that waits over three seconds on a busy machine is sent once more
PEOPLE = (STAFF, LEADER, MANAGER, HR, OPERATOR)
CHANNELS = ("web", "slack", "teams")
Client = TestClient[web.Request, web.Application]
Object = dict[str, Any]
Deliver = Callable[[Object], Any]


@dataclass
class Tally:
    """What went in, by input and door, and what would have acted of what came out, by outlet."""

    put: Counter[tuple[str, str]] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    live: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, door: str, count: int) -> None:
        """So many strings went into this input."""
        self.put[name, door] += count

    def see(self, outlet: str, found: Iterable[str]) -> None:
        """One message, window, page or file was read."""
        self.read[outlet] += 1
        if told := list(found):
            self.live.setdefault(outlet, []).extend(told)

    @property
    def by_input(self) -> Counter[str]:
        """How many strings each input took, at all doors together."""
        every: Counter[str] = Counter()
        for (name, _), count in self.put.items():
            every[name] += count
        return every


@dataclass
class Doors:
    """The three doors of one city."""

    services: Services
    tally: Tally
    client: Client
    towns: Mapping[str, WebTown | SlackTown | TeamsTown]
    slack_fake: FakeSlack
    teams_fake: FakeTeams
    database: str

    def seat(self, door: str, person: Person) -> Seat:
        """A person's place at a door."""
        return self.towns[door].seat(person)

    async def press(
        self, door: str, person: Person, name: str, value: str = "", *, opens_form: bool = False
    ) -> Shown:
        """Press a button, wherever one would have found it."""
        seat = self.seat(door, person)
        if door == "web":
            return await seat.press(Shown("", {"x": (name, value, None)}), "x")
        if door == "slack":
            pressed = button(Action(name=name, label="x", value=value, opens_form=opens_form), 0)
            post = {"ts": "1.1", "channel": f"D{person.id}"}
            return await seat.press(Shown("", {"x": (pressed, post, None)}), "x")
        data = button_data(name, value)
        data |= {"msteams": {"type": "task/fetch"}} if opens_form else {}
        return await seat.press(Shown("", {"x": (data, Posted("0", "", {}, None))}), "x")

    async def get(self, path: str, person: Person, query: Mapping[str, str] | None = None) -> str:
        """A page, as this person."""
        async with self.client.get(path, params=query, cookies={COOKIE: person.id}) as response:
            assert response.status < 500, f"{path}: {response.status}"
            return await response.text(errors="replace")

    async def post(self, path: str, person: Person, data: object, *, goes_on: bool = False) -> bool:
        """What a form sends; whether it was done. `goes_on` to the page that a browser would show then."""
        sent = self.client.post(path, data=data, cookies={COOKIE: person.id}, allow_redirects=goes_on)
        async with sent as response:
            assert response.status < 500, f"{path}: {response.status}"
            await response.read()
            return response.status < 400

    async def send_files(self, path: str, person: Person, data: FormData) -> str:
        """The page that comes of files."""
        async with self.client.post(path, data=data, cookies={COOKIE: person.id}) as response:
            page = await response.text()
            assert response.status == 200, page
            return page

    async def deliver(self) -> None:
        """Let a worker send what waits at every door, as fast as it goes, and read what the platforms were given since."""
        messengers = {
            name: made
            for door in CHANNELS
            for name, made in build_messengers(self.towns[door].services).items()
        }
        try:
            worker = Worker(
                "hostile", self.services.stores.outbox, messengers, self.services.working_moment, rates={}
            )
            await worker.drain_once()
        finally:
            for messenger in messengers.values():
                if close := getattr(messenger, "close", None):
                    await close()
        self.look()

    def look(self) -> None:
        """Read what the platforms were given since the last look, and let go of it."""
        slack, teams = self.slack_fake, self.teams_fake
        for one in (*slack.posts, *slack.responses, *slack.views.values(), *slack.homes.values()):
            self.tally.see("slack", live_on_slack(one))
        for posted in (*teams.posted, *teams.updated):
            self.tally.see("teams", live_on_teams(posted.activity))
        for kept in (
            slack.posts,
            slack.responses,
            slack.views,
            slack.homes,
            teams.posted,
            teams.updated,
            slack.calls,
        ):
            kept.clear()
        for town in self.towns.values():
            if not isinstance(town, WebTown):
                town.forget()


def reading(tally: Tally, door: str) -> Middleware:
    """Reads every answer of an application at that door."""

    @web.middleware
    async def read(request: web.Request, handler: Handler) -> web.StreamResponse:
        response = await handler(request)
        if isinstance(response, web.Response) and isinstance(response.body, bytes) and response.body:
            outlet, found = _read(door, request.path, response)
            tally.see(outlet, [f"{request.method} {request.path}: {one}" for one in found])
        return response

    return read


def _read(door: str, path: str, response: web.Response) -> tuple[str, list[str]]:
    body = bytes(response.body)  # type: ignore[arg-type]
    if response.content_type == "text/html":
        return "web", live_in_page(body.decode())
    if "Content-Disposition" in response.headers:
        return live_in_file(response.content_type, body)
    if door == "web" or response.content_type != "application/json":
        return "other", []
    told = _object(body)
    return door, live_on_slack(told.get("view", {})) if door == "slack" else live_on_teams(
        {"attachments": told}
    )


def _object(body: bytes) -> Object:
    told = json.loads(body)
    return told if isinstance(told, dict) else {}


@asynccontextmanager
async def open_doors(services: Services, tally: Tally, database: str) -> AsyncIterator[Doors]:
    """The city with its initiatives, open on the web, before a strict Slack and before a strict Teams."""
    services.knowledge.refresh()
    fill_demo(services)
    async with AsyncExitStack() as stack:

        async def client(of: Services, door: str) -> Client:
            app = create_app(of)
            app.middlewares.insert(0, reading(tally, door))
            server = TestServer(app)
            await server.start_server(access_log=logging.getLogger("access"), access_log_class=AccessLine)
            return await stack.enter_async_context(TestClient(server))

        slack_fake = await stack.enter_async_context(served(FakeSlack()))
        teams_fake = await stack.enter_async_context(serving())
        on_slack = with_slack(services, slack_fake)
        on_teams = replace(services, settings=make_settings(teams_fake))
        browser = await client(services, "web")
        slack_client = await client(on_slack, "slack")
        towns: dict[str, WebTown | SlackTown | TeamsTown] = {
            "web": WebTown(services, browser),
            "slack": SlackTown(on_slack, slack_fake, _signed(slack_client), slack_client),
            "teams": TeamsTown(on_teams, teams_fake, await client(on_teams, "teams")),
        }
        doors = Doors(services, tally, browser, towns, slack_fake, teams_fake, database)
        for door in ("slack", "teams"):
            for person in PEOPLE:  # whoever wrote once can be told things
                await doors.seat(door, person).say("使いかた")
        yield doors


def _signed(client: Client) -> Deliver:
    servers = SlackServers(client)

    async def deliver(payload: Object) -> Object:
        for _ in range(MOST_TRIES):
            response = await servers.deliver(payload)
            if response.status != TRY_AGAIN:
                break
        assert response.status == 200
        body: Object = await response.json() if payload["type"] == "view_submission" else {}
        return body

    return deliver


def open_town(stores: SqlStores) -> Services:
    """The made-up city with the pack that ships."""
    settle(stores)
    stores.articles.replace_source("窓口", [SEAL])
    settings = Settings(_env_file=None, content=("fujisawa",))
    knowledge = KnowledgeBase(stores.articles, settings.content)
    return Services(settings=settings, stores=stores, knowledge=knowledge, clock=lambda: datetime.now(UTC))
