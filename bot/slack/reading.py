"""What Slack's payloads ask of the bot. Nothing here talks to anyone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.slack.errand import Errand, Place
from bot.slack.render import FORM_PREFIX, action_name
from bot.slack.wording import unescaped

Payload = Mapping[str, Any]

COMMAND = "/dx"
TERM_MEANING = "term_meaning"
MOST_TYPED = 4_000
# Messages of people have no subtype, but for these.
_PEOPLES_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
_TERM_WORDS = re.compile(r"(?:用語|ことば|言葉|term)(?:[\s:：]+(.*))?", re.DOTALL | re.IGNORECASE)
_ASK_WORDS = re.compile(r"(?:質問|ask)[\s:：]+", re.IGNORECASE)


def read_errand(payload: Payload) -> Errand | None:
    """What is to be answered with a message; None for anything else, the bot's own doings among it."""
    if payload.get("type") == "event_callback":
        return _of_event(payload)
    if payload.get("type") == "block_actions":
        return _of_button(payload)
    if "command" in payload:
        return _of_command(payload)
    return None


def read_words(text: str) -> tuple[str, str]:
    """The command and the words in typed text: `用語 BPR` looks up a term, `ask …` and anything else asks."""
    typed = text.strip()[:MOST_TYPED]
    term = _TERM_WORDS.fullmatch(typed)
    if term:
        return "term", (term[1] or "").strip()
    return "ask", _ASK_WORDS.sub("", typed, count=1) if _ASK_WORDS.match(typed) else typed


def pressed(payload: Payload) -> tuple[str, str, str]:
    """A block action as (name, value, text): a button's, or what was typed into a dispatching input."""
    action = _mapping(_first(payload.get("actions")))
    name = action_name(_string(action, "action_id"))
    if action.get("type") == "plain_text_input":
        return name, "", _string(action, "value")
    return name, _string(action, "value"), ""


def form_name(name: str) -> str:
    """The form's name behind a button that opens it; any other name as it is."""
    return name.removeprefix(f"{FORM_PREFIX}:")


def user_of(payload: Payload) -> str:
    """The id of whoever caused the payload."""
    return _string(_mapping(payload.get("user")), "id") or _string(payload, "user_id")


def _of_event(payload: Payload) -> Errand | None:
    event = _mapping(payload.get("event"))
    user, key = _string(event, "user"), _string(payload, "event_id")
    if not user or not key or "bot_id" in event or not _is_for_us(event):
        return None
    thread = _string(event, "thread_ts")
    if event["type"] == "app_mention":
        thread = thread or _string(event, "ts")
    name, text = read_words(unescaped(_string(event, "text")))
    place = Place(channel=_string(event, "channel"), thread=thread)
    return Errand(key=f"event:{key}", user=user, place=place, name=name, text=text)


def _is_for_us(event: Payload) -> bool:
    direct = _string(event, "channel_type") == "im" or _string(event, "channel").startswith("D")
    if event.get("type") == "message":
        return direct and _string(event, "subtype") in _PEOPLES_SUBTYPES
    # In a direct conversation the message itself is delivered too.
    return event.get("type") == "app_mention" and not direct and "edited" not in event


def _of_command(payload: Payload) -> Errand | None:
    user, trigger = _string(payload, "user_id"), _string(payload, "trigger_id")
    url = _string(payload, "response_url")
    if not user or not trigger or not url or payload.get("command") != COMMAND:
        return None
    name, text = read_words(unescaped(_string(payload, "text")))
    if not text and name == "ask":
        name = "help"
    place = Place(channel=_string(payload, "channel_id"), response_url=url)
    return Errand(key=f"command:{trigger}", user=user, place=place, name=name, text=text)


def _of_button(payload: Payload) -> Errand | None:
    container = _mapping(payload.get("container"))
    user, trigger = user_of(payload), _string(payload, "trigger_id")
    if container.get("type") != "message" or not user or not trigger:
        return None
    name, value, text = pressed(payload)
    if form_name(name) != name:
        return None
    place = _place_of_button(payload, container)
    return Errand(key=f"action:{trigger}", user=user, place=place, name=name, value=value, text=text)


def _place_of_button(payload: Payload, container: Payload) -> Place:
    channel = _string(container, "channel_id")
    if container.get("is_ephemeral"):
        return Place(channel=channel, response_url=_string(payload, "response_url"))
    message = _mapping(payload.get("message"))
    thread = _string(message, "thread_ts") or _string(container, "thread_ts")
    if not channel.startswith("D"):
        thread = thread or _string(container, "message_ts")
    return Place(channel=channel, thread=thread)


def _string(mapping: Payload, name: str) -> str:
    value = mapping.get(name)
    return value if isinstance(value, str) else ""


def _mapping(value: object) -> Payload:
    return value if isinstance(value, Mapping) else {}


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None
