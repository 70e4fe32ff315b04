"""Answers as people fill them in are read once, here: what fits is taken, what does not is told at its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.texts.ja import surveys as texts
from bot.written.personal_number import holds_personal_number
from surveys.definition import Definition
from surveys.question import Kind, Option, Question
from surveys.submission import Value

Filled = Mapping[str, str | Sequence[str]]
"""Fields as a channel sends them: a text, or a list for several ticks. A matrix has a field `id.row` for each row."""

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.\d{1,6})?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CONTROL = {"Cc", "Cs", "Co", "Cn"}


class Wrong(ValueError):
    """An answer that cannot be taken; the text says what to do."""


class UnknownField(ValueError):
    """A field that is no question of this page: a forged or mixed-up form. Nothing of it may be stored."""


class PersonalNumber(Wrong):
    """A text with what may be a マイナンバー. It must not be stored, logged or shown again."""


@dataclass(frozen=True)
class PageRead:
    """What was read: an answer, or None where it was left empty, for each question that was asked; and what is wrong."""

    answers: Mapping[str, Value | None]
    errors: Mapping[str, str] = field(default_factory=dict)
    personal_number: bool = False


def questions_on(definition: Definition, page: int, answers: Mapping[str, Value]) -> tuple[Question, ...]:
    """The questions of a page that these answers bring up."""
    asked = {question.id for question in definition.asked(answers)}
    return tuple(question for question in definition.pages[page].questions if question.id in asked)


def visible_pages(definition: Definition, answers: Mapping[str, Value]) -> list[int]:
    """The pages on which these answers bring up a question."""
    return [page for page in range(len(definition.pages)) if questions_on(definition, page, answers)]


def read_page(
    definition: Definition, page: int, filled: Filled, before: Mapping[str, Value], *, lenient: bool = False
) -> PageRead:
    """Read a filled page. `lenient` lets required questions stand empty. Raises UnknownField."""
    _require_known(definition, page, filled)
    answers: dict[str, Value | None] = {}
    errors: dict[str, str] = {}
    personal_number = False
    for question in questions_on(definition, page, before):
        try:
            answers[question.id] = read_answer(question, filled)
            if question.required and not lenient and answers[question.id] is None:
                errors[question.id] = texts.REQUIRED
        except Wrong as wrong:
            errors[question.id] = str(wrong)
            personal_number = personal_number or isinstance(wrong, PersonalNumber)
    return PageRead(answers, errors, personal_number)


def read_answer(question: Question, filled: Filled) -> Value | None:
    """One answer; None when it was left empty. Raises Wrong."""
    if question.type is Kind.MATRIX:
        return _matrix(question, filled)
    given = filled.get(question.id, "")
    if question.type is Kind.MULTI:
        return _multi(question, [given] if isinstance(given, str) else list(given))
    text = clean(_one(given))
    return _READ[question.type](question, text) if text else None


def _one(given: str | Sequence[str]) -> str:
    if isinstance(given, str):
        return given
    if len(given) > 1:
        raise Wrong(texts.NOT_AN_OPTION)
    return next(iter(given), "")


def still_wrong(definition: Definition, answers: Mapping[str, Value]) -> list[Question]:
    """Required questions that these answers leave open."""
    return [
        question
        for question in definition.asked(answers)
        if question.required and answers.get(question.id) in (None, "", ())
    ]


def without_hidden(definition: Definition, answers: Mapping[str, Value]) -> dict[str, Value]:
    """What is stored: the answers to questions that come up, in their order."""
    return {one.id: answers[one.id] for one in definition.asked(answers) if one.id in answers}


def clean(text: str) -> str:
    """A typed text without characters nobody can read or store, its line breaks of one kind."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(ch for ch in lines if ch in "\n\t" or unicodedata.category(ch) not in _CONTROL).strip()


def _require_known(definition: Definition, page: int, filled: Filled) -> None:
    known = set()
    for question in definition.pages[page].questions:
        known |= {f"{question.id}.{row.id}" for row in question.rows} or {question.id}
    if not set(filled) <= known:
        raise UnknownField(texts.UNKNOWN_FIELD)


def _chosen(options: Sequence[Option], value: str) -> str:
    if value not in {option.id for option in options}:
        raise Wrong(texts.NOT_AN_OPTION)
    return value


def _single(question: Question, text: str) -> Value:
    return _chosen(question.choices, text)


def _multi(question: Question, given: Sequence[str]) -> Value | None:
    ticked = {_chosen(question.choices, value) for value in given if value}
    ordered = tuple(option.id for option in question.choices if option.id in ticked)
    apart = [option for option in question.choices if option.id in ticked & question.alone]
    if apart and len(ordered) > 1:
        raise Wrong(texts.alone(apart[0].label))
    if question.most is not None and len(ordered) > question.most:
        raise Wrong(texts.at_most(question.most, len(ordered)))
    return ordered or None


def _matrix(question: Question, filled: Filled) -> Value | None:
    rows: dict[str, str] = {}
    for row in question.rows:
        if value := _one(filled.get(f"{question.id}.{row.id}", "")):
            rows[row.id] = _chosen(question.choices, value)
    if question.required and rows and len(rows) < len(question.rows):
        raise Wrong(texts.REQUIRED)
    return rows or None


def _number(question: Question, text: str) -> Value:
    typed = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").strip()
    if not _NUMBER.fullmatch(typed):
        raise Wrong(texts.NOT_A_NUMBER)
    number = Decimal(typed)
    least, most = (_decimal(bound) for bound in (question.minimum, question.maximum))
    if (least is not None and number < least) or (most is not None and number > most):
        raise Wrong(texts.out_of_range(_shown(question.minimum), _shown(question.maximum)))
    if question.step and (number - (least or 0)) % Decimal(str(question.step)):
        raise Wrong(texts.out_of_step(question.step))
    return float(number)


def _decimal(bound: float | None) -> Decimal | None:
    return None if bound is None else Decimal(str(bound))


def _shown(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"


def _date(question: Question, text: str) -> Value:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        day = date(*(int(part) for part in match.groups())).isoformat() if match else ""
    except ValueError:
        day = ""
    if not day:
        raise Wrong(texts.NOT_A_DATE)
    if (question.earliest and day < question.earliest) or (question.latest and day > question.latest):
        raise Wrong(texts.out_of_range(question.earliest, question.latest))
    return day


def _text(question: Question, text: str) -> Value:
    if holds_personal_number(text):
        raise PersonalNumber(texts.PERSONAL_NUMBER)
    one_line = " ".join(text.split()) if question.type is Kind.SHORT_TEXT else text
    if len(one_line) > question.longest:
        raise Wrong(texts.too_long(question.longest, len(one_line)))
    return one_line


_READ: Mapping[Kind, Callable[[Question, str], Value]] = {
    Kind.SINGLE: _single,
    Kind.SCALE5: _single,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
}


def shown_answers(definition: Definition, answers: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """Each question that comes up with its answer in words; what was left empty has "" in its place."""
    for question in definition.asked(answers):
        yield question.text, "" if question.id not in answers else in_words(question, answers[question.id])


def in_words(question: Question, value: Value) -> str:
    """An answer as people read it."""
    labels = {option.id: option.label for option in question.choices}
    match value:
        case float() | int():
            return f"{value:g}{question.unit}"
        case str():
            return labels.get(value, value) if question.type.is_closed else value
        case Mapping():
            rows = {row.id: row.label for row in question.rows}
            return "、".join(
                f"{rows.get(row, row)}: {labels.get(chosen, chosen)}" for row, chosen in value.items()
            )
        case _:
            return "、".join(labels.get(one, one) for one in value)
