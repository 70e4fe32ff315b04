"""What no form of an article takes: somebody's マイナンバー, and residents' details where a question is written down."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts.ja import editing as texts
from bot.written.personal_number import holds_personal_number
from knowledge.asking.question import clean
from knowledge.asking.question import holds_personal_number as holds_twelve_digits
from knowledge.learning.masking import mask

_WRITTEN_DOWN = frozenset({"questions", "phrasing", "reason"})


def personal_details(values: Mapping[str, str]) -> dict[str, str]:
    """For each field of a form with such details, what to do. A text may give the telephone number of a 課."""
    return {name: wrong for name, text in values.items() if (wrong := _mistake(name, text))}


def _mistake(name: str, text: str) -> str:
    questions = text.splitlines() if name in _WRITTEN_DOWN else []
    if holds_personal_number(text) or any(holds_twelve_digits(clean(line)) for line in questions):
        return texts.PERSONAL_NUMBER
    found = dict.fromkeys(detail for line in questions for detail in mask(line).details)
    return texts.personal_details("・".join(found)) if found else ""
