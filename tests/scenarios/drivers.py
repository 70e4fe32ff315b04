"""How a conversation test talks to a channel: say something, press a button, see what comes back.

A channel joins by one line in DRIVERS and a file of its own with a factory: an async context manager that takes
Services, serves the whole application (bot.app.create_app) with that channel set up, and yields a Driver.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from bot.services import Services


@dataclass(frozen=True)
class Button:
    """A button as the person sees it; `handle` is what its driver needs to press it."""

    label: str
    handle: object = None


@dataclass(frozen=True)
class Said:
    """What the bot said: everything that can be read, and the buttons in order."""

    text: str
    buttons: tuple[Button, ...] = ()

    def button(self, label: str) -> Button:
        """The only button of that label."""
        (found,) = [button for button in self.buttons if button.label == label]
        return found


class NoReply(AssertionError):
    """The person got no reply, or more than one."""


class Driver(Protocol):
    """A person in front of one channel, through its front door."""

    async def say(self, text: str) -> Said:
        """Write to the bot and read its reply."""

    async def press(self, button: Button) -> Said:
        """Press a button of an earlier reply and read the new one."""


Factory = Callable[[Services], AbstractAsyncContextManager[Driver]]

DRIVERS = {
    "web": "tests.scenarios.web_driver:open_web",
    "slack-http": "tests.scenarios.slack_driver:open_slack",
    "slack-socket": "tests.scenarios.slack_driver:open_slack_socket",
    "teams": "tests.scenarios.teams_driver:open_teams",
}


def factory(channel: str) -> Factory:
    """The factory of a channel's driver."""
    module, name = DRIVERS[channel].split(":")
    return cast(Factory, getattr(import_module(module), name))
