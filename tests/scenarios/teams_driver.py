"""Teams: activities with signed tokens to the endpoint, replies at a strict fake connector."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from tests.fakes.teams import FakeTeams, Member, card_buttons, card_texts, serving
from tests.scenarios.drivers import Button, NoReply, Said
from tests.teams.conftest import make_settings


@asynccontextmanager
async def open_teams(services: Services) -> AsyncIterator[TeamsDriver]:
    """A person in a personal chat in front of the whole application."""
    async with serving() as teams:
        configured = replace(services, settings=make_settings(teams))
        async with TestClient(TestServer(create_app(configured))) as client:
            yield TeamsDriver(client, teams)


class TeamsDriver:
    """Someone in Teams."""

    def __init__(
        self, client: TestClient[web.Request, web.Application] | ClientSession, teams: FakeTeams
    ) -> None:
        self._client = client
        self._teams = teams
        self._user: Member = teams.person("900001", "p900001@city.example")

    async def say(self, text: str) -> Said:
        """Type a question."""
        return await self._deliver(self._teams.activity(text, user=self._user))

    async def press(self, button: Button) -> Said:
        """Press a button."""
        return await self._deliver(self._teams.activity(user=self._user) | {"value": button.handle})

    async def _deliver(self, activity: dict[str, Any]) -> Said:
        before = len(self._teams.posted)
        headers = {"Authorization": self._teams.bearer()}
        response = await self._client.post("/api/messages", json=activity, headers=headers)
        assert response.status == 200
        if len(self._teams.posted) != before + 1:
            raise NoReply(self._teams.posted[before:])
        posted = self._teams.posted[-1]
        card = posted.activity["attachments"][0]["content"]
        buttons = tuple(Button(_seen(button["title"]), button["data"]) for button in card_buttons(card))
        return Said(_seen("\n".join(card_texts(card))), buttons)


def _seen(text: str) -> str:
    """The text as a reader sees it: the joiners that keep it from becoming markup are invisible."""
    return text.replace("\u2060", "")
