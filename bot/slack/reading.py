"""What Slack's payloads ask of the bot. Nothing here talks to anyone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.handlers.glossary import word_in
from bot.messages import LINK
from bot.slack.errand import Errand, Place
from bot.slack.render import FORM_PREFIX, action_name
from bot.slack.wording import unescaped

Payload = Mapping[str, Any]

COMMAND = "/dx"
TERM_MEANING = "term_meaning"
MOST_TYPED = 4_000
# Messages of people have no subtype, but for these.
_PEOPLES_SUBTYPES = frozenset({"", "file_share", "thread_broadcast"})
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
    word = word_in(typed)
    if word is not None:
        return "term", word
    return "ask", _ASK_WORDS.sub("", typed, count=1) if _ASK_WORDS.match(typed) else typed


def pressed(payload: Payload) -> tuple[str, str, str]:
    """A block action as (name, value, text): a button's, or what was typed into a dispatching input."""
    action = first_in(payload, "actions")
    name = action_name(string_in(action, "action_id"))
    if action.get("type") == "plain_text_input":
        return name, "", string_in(action, "value")
    return name, string_in(action, "value"), ""


def form_name(name: str) -> str:
    """The form's name behind a button that opens it; any other name as it is."""
    return name.removeprefix(f"{FORM_PREFIX}:")


def user_of(payload: Payload) -> str:
    """The id of whoever caused the payload."""
    return string_in(mapping_in(payload, "user"), "id") or string_in(payload, "user_id")


def _of_event(payload: Payload) -> Errand | None:
    event = mapping_in(payload, "event")
    user, key = string_in(event, "user"), string_in(payload, "event_id")
    if not user or not key or "bot_id" in event or not _is_for_us(event):
        return None
    thread = string_in(event, "thread_ts")
    if event["type"] == "app_mention":
        thread = thread or string_in(event, "ts")
    name, text = read_words(unescaped(string_in(event, "text")))
    place = Place(channel=string_in(event, "channel"), thread=thread)
    return Errand(key=f"event:{key}", user=user, place=place, name=name, text=text)


def _is_for_us(event: Payload) -> bool:
    direct = string_in(event, "channel_type") == "im" or string_in(event, "channel").startswith("D")
    if event.get("type") == "message":
        return direct and string_in(event, "subtype") in _PEOPLES_SUBTYPES
    # In a direct conversation the message itself is delivered too.
    return event.get("type") == "app_mention" and not direct and "edited" not in event


def _of_command(payload: Payload) -> Errand | None:
    user, trigger = string_in(payload, "user_id"), string_in(payload, "trigger_id")
    url = string_in(payload, "response_url")
    if not user or not trigger or not url or payload.get("command") != COMMAND:
        return None
    name, text = read_words(unescaped(string_in(payload, "text")))
    if not text and name == "ask":
        name = "help"
    place = Place(channel=string_in(payload, "channel_id"), response_url=url)
    return Errand(key=f"command:{trigger}", user=user, place=place, name=name, text=text)


def _of_button(payload: Payload) -> Errand | None:
    container = mapping_in(payload, "container")
    user, trigger = user_of(payload), string_in(payload, "trigger_id")
    if container.get("type") != "message" or not user or not trigger:
        return None
    name, value, text = pressed(payload)
    if form_name(name) != name or name == LINK:  # a button that opens a page tells of its click all the same
        return None
    place = _place_of_button(payload, container)
    return Errand(key=f"action:{trigger}", user=user, place=place, name=name, value=value, text=text)


def _place_of_button(payload: Payload, container: Payload) -> Place:
    channel = string_in(container, "channel_id")
    if container.get("is_ephemeral"):
        return Place(channel=channel, response_url=string_in(payload, "response_url"))
    message = mapping_in(payload, "message")
    thread = string_in(message, "thread_ts") or string_in(container, "thread_ts")
    if not channel.startswith("D"):
        thread = thread or string_in(container, "message_ts")
    return Place(channel=channel, thread=thread)


def string_in(mapping: Payload, name: str) -> str:
    """The text of that name; empty where there is none."""
    value = mapping.get(name)
    return value if isinstance(value, str) else ""


def mapping_in(mapping: Payload, name: str) -> Payload:
    """The object of that name; empty where there is none."""
    value = mapping.get(name)
    return value if isinstance(value, Mapping) else {}


def first_in(mapping: Payload, name: str) -> Payload:
    """The first object of the list of that name; empty where there is none."""
    value = mapping.get(name)
    first = value[0] if isinstance(value, list) and value else None
    return first if isinstance(first, Mapping) else {}
