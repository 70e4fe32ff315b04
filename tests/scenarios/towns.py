"""Several people before one channel: what they say, press and fill in, and what the bot tells them by itself.

A channel joins by one line in TOWNS and a file of its own with a factory: an async context manager that takes Services,
serves the whole application with that channel set up, and yields a Town.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol, cast

from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.app import build_messengers
from bot.services import Services
from bot.worker import Worker
from staff.model import Person


@dataclass(frozen=True)
class Shown:
    """What a person sees: everything that can be read, the buttons by label, and the form with its values.

    `buttons` and `form` are what the channel needs to press and to send; `asks` names what the form asks for; `links` are
    the addresses that buttons open, by label; `view` is what the platform was given, where a window was.
    """

    text: str
    buttons: dict[str, Any] = field(default_factory=dict)
    form: Any = None
    asks: tuple[str, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    view: Any = None


class Seat(Protocol):
    """One person."""

    async def say(self, text: str) -> Shown:
        """Write to the bot and read its reply."""

    async def press(self, shown: Shown, label: str) -> Shown:
        """Press a button and read what comes; a form that opens is there in full."""

    async def fill(self, shown: Shown, **values: str | list[str]) -> Shown:
        """Fill the form in: what it holds already, with `values` in the place of some; send it."""

    async def leave(self, shown: Shown, label: str, **values: str | list[str]) -> Shown:
        """Fill the form in the same way, and press another of its buttons than the one that sends it."""

    async def told(self) -> list[Shown]:
        """What the bot told this person by itself since this was asked last."""


class Town(Protocol):
    """One channel with everybody on it. `services` and `client` are of the served application."""

    services: Services

    client: TestClient[web.Request, web.Application]

    def seat(self, person: Person) -> Seat:
        """A person on this channel."""


async def send_waiting(services: Services) -> int:
    """Let a worker send everything in the outbox, in working hours, by the real messengers; how many messages there were."""
    messengers = build_messengers(services)
    try:
        return await Worker("test", services.stores.outbox, messengers, services.working_moment).drain_once()
    finally:
        for messenger in messengers.values():
            if close := getattr(messenger, "close", None):
                await close()


Factory = Callable[[Services], AbstractAsyncContextManager[Town]]

TOWNS = {
    "web": "tests.scenarios.web_town:open_web",
    "slack-http": "tests.scenarios.slack_town:open_slack",
    "slack-socket": "tests.scenarios.slack_town:open_slack_socket",
    "teams": "tests.scenarios.teams_town:open_teams",
}


def factory(channel: str) -> Factory:
    """The factory of a channel's town."""
    module, name = TOWNS[channel].split(":")
    return cast(Factory, getattr(import_module(module), name))
