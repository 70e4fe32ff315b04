"""A form on an Adaptive Card, filled in by a person within what Teams' client lets them do."""

from __future__ import annotations

from typing import Any

from bot.teams.press import INPUT, NOTHING, choice_code
from tests.fakes.teams import elements
from tests.forms.web import Answers

Object = dict[str, Any]


def filled(card: Object, data: Object, answers: Answers) -> Object:
    """What a button with `data` sends: the inputs that hold something, by id."""
    inputs = [element for element in elements(card) if element["type"].startswith("Input.")]
    told = {one["id"]: _told(one, answers.get(one["id"].removeprefix(INPUT))) for one in inputs}
    return data | {name: value for name, value in told.items() if value != ""}


def _told(element: Object, answer: str | list[str] | None) -> str | int | float:
    held: str | int | float = element.get("value", "")
    if element["type"] == "Input.ChoiceSet":
        return _ticked(element, str(held), answer)
    if answer is not None:
        assert isinstance(answer, str)
        held = answer
    if element["type"] == "Input.Number" and held != "":
        assert element.get("min", float(held)) <= float(held) <= element.get("max", float(held))
    if element["type"] == "Input.Text":
        assert len(str(held)) <= element["maxLength"]
    return held


def _ticked(element: Object, held: str, answer: str | list[str] | None) -> str:
    """The codes of what is ticked. A choice of one cannot be left empty again but by the choice for that."""
    if answer is None:
        return held
    codes = [choice_code(value) for value in ([answer] if isinstance(answer, str) else answer) if value]
    if answer == "" and held:
        codes = [NOTHING]
    offered = [choice["value"] for choice in element["choices"]]
    assert set(codes) <= set(offered), codes
    return ",".join(code for code in offered if code in codes)
