"""The form of an AI・RPA事例, and what was filled into it."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from bot.handlers.forms import text_of
from bot.messages import Choice, Form, FormField, Request
from bot.texts.ja import cases as texts
from bot.written.personal_number import holds_personal_number
from knowledge.cases import MOST_HOURS, Case, Stage, Tool

FORM = "case_register"
_LIMITS = {"work": 60, "built": 1500, "link": 300}
_HOURS = ("hours_before", "hours_after")


class CaseMistakes(ValueError):
    """Fields that cannot be taken; `by_field` says for each what to do."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__("\n".join(by_field.values()))
        self.by_field = dict(by_field)


def read_case(request: Request, fixed: Mapping[str, Any], today: date) -> Case:
    """The case a form tells, with what the form does not ask in `fixed`. Raises CaseMistakes."""
    texts_told = {name: text_of(request, name) for name in texts.LABELS}
    mistakes = {name: wrong for name, text in texts_told.items() if (wrong := _mistake(name, text, today))}
    if mistakes:
        raise CaseMistakes(mistakes)
    told: dict[str, Any] = {name: text for name, text in texts_told.items() if text}
    told |= {name: _number(texts_told[name]) for name in _HOURS if texts_told[name]}
    try:
        return Case.model_validate({**told, **fixed})
    except ValidationError as error:
        raise CaseMistakes(_as_a_whole(error)) from None


def differences(case: Case, sent_before: Case) -> dict[str, str]:
    """For each field in which a case differs from the version that was sent before, what stands there."""
    told, held = _told(case), _told(sent_before)
    return {
        name: texts.sent_before(_shown(name, held.get(name, "")))
        for name in texts.LABELS
        if told.get(name, "") != held.get(name, "")
    }


def _shown(name: str, value: str) -> str:
    return {"tool": texts.TOOLS, "stage": texts.STAGES}.get(name, {}).get(value, value)


def case_form(
    version: str,
    case: Case | None,
    values: Mapping[str, str | list[str]] | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> Form:
    """The form that makes a `version`: empty, of a case, or as it was filled in with what is wrong."""
    told = _told(case) if values is None else values
    wrong = mistakes or {}
    fields = tuple(_field(name, str(told.get(name, "")), wrong.get(name, "")) for name in texts.LABELS)
    return Form(
        name=FORM,
        title=texts.UPDATE if case else texts.REGISTER,
        intro=texts.REGISTER_INTRO,
        fields=fields,
        submit=texts.SEND,
        value=version,
    )


def _field(name: str, value: str, error: str) -> FormField:
    shape: dict[str, Any] = {"kind": "text", "max_length": _LIMITS.get(name, 300)}
    match name:
        case "tool":
            shape = {
                "kind": "single",
                "choices": tuple(Choice(value=one.value, label=one.label) for one in Tool),
            }
        case "stage":
            shape = {
                "kind": "single",
                "choices": tuple(Choice(value=one.value, label=one.label) for one in Stage),
            }
        case "contact":
            shape = {
                "kind": "single",
                "choices": tuple(Choice(value=one, label=one) for one in texts.CONTACTS),
            }
        case "started_on":
            shape = {"kind": "date"}
        case "hours_before" | "hours_after":
            shape = {"kind": "number", "minimum": 0.0, "maximum": float(MOST_HOURS)}
        case "built":
            shape["kind"] = "long_text"
    required = name in {"work", "tool", "stage", "contact"}
    return FormField(
        id=name,
        label=texts.LABELS[name],
        hint=texts.HINTS.get(name, ""),
        required=required,
        value=value,
        error=error,
        **shape,
    )


def _told(case: Case | None) -> dict[str, str]:
    if case is None:
        return {"stage": Stage.CANDIDATE.value, "contact": texts.CONTACTS[0]}
    told = case.model_dump(include=set(texts.LABELS), mode="json", exclude_none=True)
    return {name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in told.items()}


def _mistake(name: str, text: str, today: date) -> str:
    if holds_personal_number(text):
        return texts.PERSONAL_NUMBER
    if len(text) > _LIMITS.get(name, len(text)):
        return texts.TOO_LONG.format(limit=_LIMITS[name])
    match name:
        case "work":
            return "" if text else texts.EMPTY
        case "tool":
            return "" if text in set(Tool) else texts.CHOOSE
        case "stage":
            return "" if text in set(Stage) else texts.CHOOSE
        case "contact":
            return "" if text in texts.CONTACTS else texts.CHOOSE
        case "started_on":
            return _day_mistake(text, today)
        case "hours_before" | "hours_after":
            return texts.NOT_A_NUMBER if text and _number(text) is None else ""
    return ""


def _day_mistake(text: str, today: date) -> str:
    if not text:
        return ""
    try:
        return texts.FUTURE if date.fromisoformat(text) > today else ""
    except ValueError:
        return texts.NOT_A_DATE


def _number(text: str) -> float | None:
    try:
        number = float(unicodedata.normalize("NFKC", text).replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) and 0 <= number <= MOST_HOURS else None


def _as_a_whole(error: ValidationError) -> dict[str, str]:
    """What is wrong between fields, at the field to mend."""
    message = error.errors()[0]["msg"].removeprefix("Value error, ")
    return {"started_on" if message == texts.START_WANTED else "hours_after": message}
