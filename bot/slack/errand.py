"""What someone on Slack wants of the bot, and where the answer goes: enough to work it again after a crash."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.delivery import Receipt

ONE_PERSON = ("D", "U", "W")  # a person's conversation with the bot, or the person, who stands for it


class Place(BaseModel):
    """Where an answer goes: a conversation (with a thread, if any), a response_url, or a modal.

    An answer to a response_url is seen by that person alone. `view` is the modal to change; without one, `trigger`
    opens a modal, for three seconds after the click. `shown` is Slack's hash of what stood in the modal then: a person who
    has gone on meanwhile is not called back.
    """

    model_config = ConfigDict(frozen=True)

    channel: str = ""
    thread: str = ""
    response_url: str = ""
    view: str = ""
    shown: str = ""
    trigger: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether others read along: a channel or a group, and not an answer that one person sees."""
        return bool(self.channel) and not (
            self.channel.startswith(ONE_PERSON) or self.response_url or self.view
        )


class Errand(BaseModel):
    """One thing a Slack user did. `key` is Slack's own id of it; `kind` says what the bot answers with.

    `values` are the fields of a form that was sent, or left by one of its other buttons.
    """

    model_config = ConfigDict(frozen=True)

    key: str
    user: str
    place: Place
    kind: Literal["message", "window", "home"] = "message"
    name: str = "ask"
    text: str = ""
    value: str = ""
    values: dict[str, str | list[str]] = {}


Work = Callable[[Errand, Receipt], Coroutine[object, object, None]]
