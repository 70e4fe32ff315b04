"""What someone on Slack wants of the bot, and where the answer goes: enough to work it again after a crash."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Place(BaseModel):
    """Where an answer goes: a conversation (with a thread, if any), or the response_url of a command or button.

    An answer to a response_url is seen by that person alone.
    """

    model_config = ConfigDict(frozen=True)

    channel: str = ""
    thread: str = ""
    response_url: str = ""


class Errand(BaseModel):
    """One thing a Slack user did that the bot answers with a message. `key` is Slack's own id of it."""

    model_config = ConfigDict(frozen=True)

    key: str
    user: str
    place: Place
    name: str = "ask"
    text: str = ""
    value: str = ""
