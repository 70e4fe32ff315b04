"""What Slack's payloads ask for that is answered in a modal or on the Home tab. Nothing here talks to anyone."""

from __future__ import annotations

from collections.abc import Mapping

from bot.messages import LINK
from bot.slack.errand import Errand, Place
from bot.slack.reading import (
    TERM_MEANING,
    Payload,
    first_in,
    form_name,
    mapping_in,
    pressed,
    read_errand,
    string_in,
    user_of,
)
from bot.slack.views import carries_values, form_of, values_of
from bot.slack.wording import unescaped

SUBMISSION = "view_submission"


def read_any(payload: Payload) -> Errand | None:
    """Whatever the payload asks of the bot; None where it asks nothing."""
    return read_errand(payload) or read_window(payload)


def read_window(payload: Payload) -> Errand | None:
    """What is to be shown in a modal or on the Home tab; None for anything else."""
    match payload.get("type"):
        case "event_callback":
            return _opened_home(payload)
        case "message_action" if payload.get("callback_id") == TERM_MEANING:
            text = unescaped(string_in(mapping_in(payload, "message"), "text"))
            return _window(payload, "meaning", text=text)
        case "block_actions":
            return _pressed(payload)
        case "view_submission":
            return _submitted(payload)
    return None


def _opened_home(payload: Payload) -> Errand | None:
    event, key = mapping_in(payload, "event"), string_in(payload, "event_id")
    user = string_in(event, "user")
    if event.get("type") != "app_home_opened" or not user or not key:
        return None
    place = Place(channel=string_in(event, "channel"))
    return Errand(
        key=f"event:{key}", user=user, place=place, kind="home", name="", value=string_in(event, "tab")
    )


def _pressed(payload: Payload) -> Errand | None:
    """A button: one that belongs to a form brings what is filled in, unchecked; one that opens a page asks nothing."""
    name, value, text = pressed(payload)
    if name == LINK:
        return None
    view, action = mapping_in(payload, "view"), first_in(payload, "actions")
    errand = _window(payload, form_name(name), value=value, text=text)
    if errand is None or not carries_values(action):
        return errand
    place = errand.place.model_copy(update={"shown": string_in(view, "hash")})
    return errand.model_copy(update={"values": values_of(view), "place": place})


def _window(payload: Payload, name: str, *, value: str = "", text: str = "") -> Errand | None:
    user, trigger = user_of(payload), string_in(payload, "trigger_id")
    if not user or not trigger:
        return None
    view = mapping_in(payload, "view")
    changed = string_in(view, "id") if view.get("type") == "modal" else ""
    place = Place(view=changed, trigger=trigger)
    return Errand(
        key=f"window:{trigger}", user=user, place=place, kind="window", name=name, value=value, text=text
    )


def _submitted(payload: Payload) -> Errand | None:
    view = mapping_in(payload, "view")
    name, value = _form(view)
    errand = _window(payload, name, value=value)
    return errand.model_copy(update={"values": values_of(view)}) if errand else None


def _form(view: Mapping[str, object]) -> tuple[str, str]:
    try:
        return form_of(view)
    except (ValueError, AttributeError, TypeError):  # a form of ours says what it is; this one is not ours
        return "", ""
