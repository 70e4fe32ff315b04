"""A form in a Slack modal, filled in by a person within what Slack's client lets them do."""

from __future__ import annotations

from typing import Any

from bot.slack.inputs import ELEMENT, NOTHING
from tests.forms.web import Answers

Object = dict[str, Any]


def filled(view: Object, answers: Answers) -> Object:
    """The view as Slack sends it back: its state with the answers, what stood there already in all other fields."""
    state = {
        block["block_id"]: {ELEMENT: _state(block["element"], answers.get(block["block_id"]))}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return view | {"state": {"values": state}}


def _state(element: Object, answer: str | list[str] | None) -> Object:
    kind = element["type"]
    told: Object = {"type": kind}
    if kind in ("plain_text_input", "number_input"):
        value = element.get("initial_value") if answer is None else answer or None
        _check_typed(element, value)
        return told | {"value": value}
    if kind == "datepicker":
        return told | {"selected_date": element.get("initial_date") if answer is None else answer or None}
    if kind in ("checkboxes", "multi_static_select"):
        options = element.get("initial_options", []) if answer is None else _chosen(element, answer)
        assert len(options) <= element.get("max_selected_items", len(options))
        return told | {"selected_options": options}
    return told | {"selected_option": _one(element, answer)}


def _check_typed(element: Object, value: Any) -> None:
    """What the client itself refuses."""
    if value is None:
        return
    if element["type"] == "number_input":
        assert (
            float(element.get("min_value", value)) <= float(value) <= float(element.get("max_value", value))
        )
        assert element["is_decimal_allowed"] or "." not in value
    else:
        assert len(value) <= element["max_length"]


def _one(element: Object, answer: str | list[str] | None) -> Object | None:
    """A radio button or a menu cannot be left empty again but by the option for that."""
    before: Object | None = element.get("initial_option")
    if answer is None or (not answer and before is None):
        return before
    assert isinstance(answer, str)
    (chosen,) = _chosen(element, [answer or NOTHING])
    return chosen


def _chosen(element: Object, values: str | list[str]) -> list[Object]:
    options = element.get("options") or [o for group in element["option_groups"] for o in group["options"]]
    chosen = [option for option in options if option["value"] in values]
    assert len(chosen) == len(values), values
    return chosen
