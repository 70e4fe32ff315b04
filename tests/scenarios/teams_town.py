"""A Teams tenant: everybody in a personal chat with the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.teams.press import INPUT
from staff.model import Person
from tests.fakes.teams import (
    FakeTeams,
    Member,
    Posted,
    card_buttons,
    card_problems,
    card_texts,
    elements,
    serving,
)
from tests.forms.teams import filled
from tests.scenarios.towns import Shown
from tests.teams.conftest import make_settings

Object = dict[str, Any]


@asynccontextmanager
async def open_teams(services: Services) -> AsyncIterator[TeamsTown]:
    """The whole application before a strict fake connector."""
    async with serving() as teams:
        configured = replace(services, settings=make_settings(teams))
        async with TestClient(TestServer(create_app(configured))) as client:
            yield TeamsTown(configured, teams, client)


class TeamsTown:
    """The tenant."""

    def __init__(
        self, services: Services, teams: FakeTeams, client: TestClient[web.Request, web.Application]
    ) -> None:
        self.services = services
        self.client = client
        self._teams = teams
        self._seats: dict[str, TeamsSeat] = {}

    def seat(self, person: Person) -> TeamsSeat:
        """That person's client."""
        if person.id not in self._seats:
            member = self._teams.person(person.id, person.email)
            self._seats[person.id] = TeamsSeat(self._teams, self.client, member)
        return self._seats[person.id]

    def forget(self) -> None:
        """The platform let go of what was posted so far."""
        for seat in self._seats.values():
            seat.forget()


class TeamsSeat:
    """Somebody's personal chat with the bot."""

    def __init__(
        self, teams: FakeTeams, client: TestClient[web.Request, web.Application], member: Member
    ) -> None:
        self._teams = teams
        self._client = client
        self._member = member
        self._seen = [0, 0]

    def forget(self) -> None:
        """Nothing that is there was seen, for nothing is there."""
        self._seen = [0, 0]

    async def say(self, text: str) -> Shown:
        """Type a question."""
        return await self._answered(self._teams.activity(text, user=self._member))

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button."""
        return await self._submit(*shown.buttons[label])

    async def fill(self, shown: Shown, **values: str | list[str]) -> Shown:
        """Send the form."""
        data, card, posted = shown.form
        return await self._submit(filled(card, data, values), posted)

    async def leave(self, shown: Shown, label: str, **values: str | list[str]) -> Shown:
        """Press another button of the form."""
        _, card, posted = shown.form
        return await self._submit(filled(card, shown.buttons[label][0], values), posted)

    async def _submit(self, data: Object, posted: Posted | None) -> Shown:
        """What a pressed button brings: of a card in the chat a message or a dialog, in a dialog what it shows next."""
        opens = data.get("msteams", {}).get("type") == "task/fetch"
        if posted is not None and not opens:
            pressed = {"value": data, "replyToId": posted.id}
            return await self._answered(self._teams.activity(user=self._member) | pressed)
        name = "task/fetch" if posted is not None else "task/submit"
        invoke = {"type": "invoke", "name": name, "value": {"data": data}}
        async with self._client.post(
            "/api/messages",
            json=self._teams.activity(user=self._member) | invoke,
            headers={"Authorization": self._teams.bearer()},
        ) as response:
            assert response.status == 200
            task = (await response.json())["task"]
        if task["type"] == "message":
            return Shown(task["value"])
        card = task["value"]["card"]["content"]
        assert card_problems(card) == []
        return _of_card(card, None)

    async def told(self) -> list[Shown]:
        """What is new in the chat."""
        return [_shown(posted) for posted in self._new_posts()]

    async def _answered(self, activity: Object) -> Shown:
        self._new_posts()
        headers = {"Authorization": self._teams.bearer()}
        async with self._client.post("/api/messages", json=activity, headers=headers) as response:
            assert response.status == 200
        (posted,) = self._new_posts()
        return _shown(posted)

    def _new_posts(self) -> list[Posted]:
        """What was posted, and what took the place of an earlier card, since this was asked last."""
        chat = f"a:{self._member.aad}"
        new = []
        for which, posts in enumerate((self._teams.posted, self._teams.updated)):
            own = [posted for posted in posts if posted.conversation == chat]
            new += own[self._seen[which] :]
            self._seen[which] = len(own)
        return new


def _shown(posted: Posted) -> Shown:
    return _of_card(posted.activity["attachments"][0]["content"], posted)


def _of_card(card: Object, posted: Posted | None) -> Shown:
    """A card in the chat, or in a dialog: then nothing was posted."""
    every = card_buttons(card)
    found = {_seen(button["title"]): (button.get("data"), posted) for button in every}
    links = {_seen(button["title"]): button["url"] for button in every if "url" in button}
    asks = tuple(one["id"].removeprefix(INPUT) for one in elements(card) if one["type"].startswith("Input."))
    form = None
    if sending := [button for button in every if button.get("style") == "positive"]:
        form = (sending[0]["data"], card, posted)
    return Shown(_seen("\n".join(card_texts(card))), found, form, asks, links)


def _seen(text: str) -> str:
    """The text as a reader sees it: the joiners that keep it from becoming markup are invisible."""
    return text.replace("\u2060", "")
