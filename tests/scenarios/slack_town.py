"""A Slack workspace: everybody writes to the bot directly, forms open in modals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.texts.ja import slack as texts
from staff.model import Person
from tests.fakes.slack import TRIGGER_SECONDS, FakeSlack, served
from tests.fakes.slack_client import SlackServers, buttons, click, click_on_post, direct, event, read
from tests.forms.slack import filled
from tests.forms.web import Answers
from tests.scenarios.slack_driver import with_slack
from tests.scenarios.towns import Shown

Object = dict[str, Any]
SECONDS = 30.0  # a picture takes a while on a busy machine
Deliver = Callable[[Object], Awaitable[Object]]


@asynccontextmanager
async def open_slack(services: Services) -> AsyncIterator[SlackTown]:
    """Events come over HTTP."""
    async with served(FakeSlack()) as slack:
        configured = with_slack(services, slack)
        async with TestClient(TestServer(create_app(configured))) as client:
            servers = SlackServers(client)

            async def deliver(payload: Object) -> Object:
                response = await servers.deliver(payload)
                assert response.status == 200
                body: Object = await response.json() if payload["type"] == "view_submission" else {}
                return body

            yield SlackTown(configured, slack, deliver, client)


@asynccontextmanager
async def open_slack_socket(services: Services) -> AsyncIterator[SlackTown]:
    """Events come in Socket Mode."""
    async with served(FakeSlack()) as slack:
        configured = with_slack(services, slack, socket=True)
        async with TestClient(TestServer(create_app(configured))) as client:
            await slack.sockets.connected.wait()

            async def deliver(payload: Object) -> Object:
                kind = "events_api" if payload["type"] == "event_callback" else "interactive"
                acknowledged = await slack.sockets.deliver(kind, payload)
                return acknowledged.get("payload") or {}

            yield SlackTown(configured, slack, deliver, client)


class SlackTown:
    """The workspace."""

    def __init__(
        self,
        services: Services,
        slack: FakeSlack,
        deliver: Deliver,
        client: TestClient[web.Request, web.Application],
    ) -> None:
        self.services = services
        self.client = client
        self._slack = slack
        self._deliver = deliver
        self._seats: dict[str, SlackSeat] = {}

    def seat(self, person: Person) -> SlackSeat:
        """That person's client."""
        if person.id not in self._seats:
            user = self._slack.add_user(f"U{person.id}", person.email)
            self._seats[person.id] = SlackSeat(self._slack, self._deliver, user)
        return self._seats[person.id]

    def forget(self) -> None:
        """The platform let go of what was posted so far."""
        for seat in self._seats.values():
            seat.forget()


class SlackSeat:
    """Somebody's direct conversation with the bot."""

    def __init__(self, slack: FakeSlack, deliver: Deliver, user: str) -> None:
        self._slack = slack
        self._deliver = deliver
        self._user = user
        self._seen = 0

    def forget(self) -> None:
        """Nothing that is there was seen, for nothing is there."""
        self._seen = 0

    async def say(self, text: str) -> Shown:
        """Write a direct message."""
        return await self._answered(event(direct(self._user, text)))

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button; the one that opens a form is pressed too."""
        answer = await self._press(*shown.buttons[label])
        if texts.OPEN_FORM in answer.buttons:
            return await self._press(*answer.buttons[texts.OPEN_FORM])
        return answer

    async def press_late(self, shown: Shown, label: str) -> Shown:
        """Press a button of a message, so slowly on its way that Slack opens no window for it any more."""
        element, post, _ = shown.buttons[label]
        payload = click_on_post(self._slack, self._user, post, element)
        clock = self._slack.clock
        late = clock() + TRIGGER_SECONDS + 1
        self._slack.clock = lambda: late
        try:
            return await self._answered(payload)
        finally:
            self._slack.clock = clock

    async def fill(self, shown: Shown, **values: str | list[str]) -> Shown:
        """Submit the modal; with mistakes it stays as it was filled in."""
        view, typed = shown.form
        answers = {**typed, **values}
        payload = {
            "type": "view_submission",
            "user": {"id": self._user},
            "trigger_id": self._slack.trigger(),
            "view": filled(view, answers),
        }
        answer = await self._deliver(payload)
        if answer["response_action"] == "errors":
            blocks = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
            assert set(answer["errors"]) <= blocks, "an error of a field that the window does not show"
            return replace(_of_view(view, answers), text="\n".join(answer["errors"].values()))
        return _of_view(self._slack.show(view["id"], answer["view"]))

    async def leave(self, shown: Shown, label: str, **values: str | list[str]) -> Shown:
        """Press another button of the modal; it carries what is filled in."""
        view, typed = shown.form
        element, _, _ = shown.buttons[label]
        return await self._press(element, None, filled(view, {**typed, **values}))

    async def told(self) -> list[Shown]:
        """What is new in the direct conversation."""
        return [_of_post(post) for post in self._new_posts()]

    async def _press(self, element: Object, post: Object | None, view: Object | None) -> Shown:
        if post is not None:
            payload = click_on_post(self._slack, self._user, post, element)
        else:
            assert view is not None
            payload = click(
                self._slack, self._user, element, {"type": "view", "view_id": view["id"]}, view=view
            )
        return await self._answered(payload)

    async def _answered(self, payload: Object) -> Shown:
        """Deliver, and wait for the one message or window that comes of it."""
        self._new_posts()
        windows = dict(self._slack.views)
        await self._deliver(payload)
        await self._slack.until(lambda: self._posted() > self._seen or self._slack.views != windows, SECONDS)
        changed = [view for key, view in self._slack.views.items() if windows.get(key) != view]
        posts = self._new_posts()
        assert len(posts) + len(changed) == 1, (posts, changed)
        return _of_post(posts[0]) if posts else _of_view(changed[0])

    def _own(self) -> list[Object]:
        return [post for post in self._slack.posts if post["channel"] == f"D{self._user[1:]}"]

    def _posted(self) -> int:
        return len(self._own())

    def _new_posts(self) -> list[Object]:
        own = self._own()
        new, self._seen = own[self._seen :], len(own)
        return new


def _of_post(post: Object) -> Shown:
    found, links = _pressable(post["blocks"], (post, None))
    return Shown(read(post["blocks"]), found, links=links)


def _of_view(view: Object, typed: Answers | None = None) -> Shown:
    found, links = _pressable(view["blocks"], (None, view))
    asks = tuple(block["block_id"] for block in view["blocks"] if block["type"] == "input")
    form = (view, typed or {}) if "submit" in view else None
    return Shown(read(view["blocks"]), found, form, asks, links, view)


def _pressable(
    blocks: list[Object], place: tuple[Object | None, Object | None]
) -> tuple[dict[str, Any], dict[str, str]]:
    every = {element["text"]["text"]: element for element in buttons(blocks)}
    links = {label: element["url"] for label, element in every.items() if "url" in element}
    return {label: (element, *place) for label, element in every.items()}, links
