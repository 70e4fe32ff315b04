"""Conditions are checked when a definition is loaded: every question can come up, and none waits for itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import isfinite, prod

from bot.texts.ja import survey_files as texts
from surveys.condition import Comparison, Condition, Value
from surveys.question import Kind, Question

MOST_CASES = 50_000
_ORDERED = (">", ">=", "<", "<=")
_OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SINGLE: ("==", "!=", "in", "not in"),
    Kind.SCALE5: ("==", "!=", "in", "not in"),
    Kind.MULTI: ("in", "not in"),
    Kind.NUMBER: ("==", "!=", *_ORDERED),
    Kind.DATE: (),
    Kind.MATRIX: (),
    Kind.SHORT_TEXT: (),
    Kind.LONG_TEXT: (),
}


@dataclass(frozen=True)
class BranchMistake:
    """What is wrong with the condition of the question at `place` (counted from 0)."""

    place: int
    text: str


def check_branches(questions: Sequence[Question], pages: Sequence[int]) -> list[BranchMistake]:
    """Every mistake in the conditions. `pages` gives for each question the page it stands on."""
    known = {question.id: place for place, question in enumerate(questions)}
    found = [
        BranchMistake(place, text)
        for place, question in enumerate(questions)
        for text in _wrong_references(questions, pages, known, place)
    ]
    return found or [
        BranchMistake(place, text)
        for place in range(len(questions))
        if (text := _unreachable(questions, known, place))
    ]


def _wrong_references(
    questions: Sequence[Question], pages: Sequence[int], known: Mapping[str, int], place: int
) -> Iterator[str]:
    for comparison in _comparisons(questions[place]):
        other = known.get(comparison.question)
        if other is None:
            yield texts.branch_to_nowhere(comparison.question)
        elif circle := _circle(questions, known, place, other):
            yield texts.branch_circular(" → ".join(circle))
        elif pages[other] >= pages[place]:
            yield texts.branch_forward(comparison.question)
        else:
            yield from _wrong_values(questions[other], comparison)


def _comparisons(question: Question) -> tuple[Comparison, ...]:
    return tuple(question.condition.comparisons()) if question.condition else ()


def _circle(questions: Sequence[Question], known: Mapping[str, int], place: int, other: int) -> list[str]:
    """The way from `other` back to `place` along conditions; empty when there is none."""
    ways, seen = [[other]], {other}
    while ways:
        way = ways.pop()
        if way[-1] == place:
            return [questions[place].id, *(questions[at].id for at in way)]
        for comparison in _comparisons(questions[way[-1]]):
            following = known.get(comparison.question)
            if following is not None and following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _wrong_values(question: Question, comparison: Comparison) -> Iterator[str]:
    if comparison.operator == "answered":
        return
    if comparison.operator not in _OPERATORS[question.type]:
        yield texts.branch_operator(question.id, comparison.operator, question.type)
        return
    for value in comparison.values:
        if question.type is Kind.NUMBER and not _is_number(value):
            yield texts.branch_number(question.id, value)
        elif question.type is not Kind.NUMBER and value not in {option.id for option in question.choices}:
            choices = "、".join(option.id for option in question.choices)
            yield texts.branch_value(question.id, value, choices)


def _is_number(value: str) -> bool:
    try:
        return isfinite(float(value))
    except ValueError:
        return False


def _unreachable(questions: Sequence[Question], known: Mapping[str, int], place: int) -> str:
    """Try every way of answering that its conditions, and those of what they ask about, can tell apart."""
    conditions: list[Condition] = []
    about: set[int] = set()
    waiting = [place]
    while waiting:
        condition = questions[waiting.pop()].condition
        if condition is None:
            continue
        conditions.append(condition)
        for comparison in condition.comparisons():
            other = known[comparison.question]
            if other not in about:
                about.add(other)
                waiting.append(other)
    if not conditions:
        return ""
    order = sorted(about)
    asked = [one for condition in conditions for one in condition.comparisons()]
    cases = [list(_telling(questions[other], asked)) for other in order]
    if prod(len(case) for case in cases) > MOST_CASES:
        return texts.BRANCH_HEAVY
    target = questions[place]
    return (
        ""
        if any(_comes_up(questions, order, target, case) for case in product(*cases))
        else texts.UNREACHABLE
    )


def _comes_up(
    questions: Sequence[Question], order: Sequence[int], target: Question, case: Sequence[Value | None]
) -> bool:
    answers: dict[str, Value] = {}
    for place, value in zip(order, case, strict=True):
        condition = questions[place].condition
        if value is not None and (condition is None or condition.holds(answers)):
            answers[questions[place].id] = value
    return target.condition is None or target.condition.holds(answers)


def _telling(question: Question, asked: Sequence[Comparison]) -> Iterator[Value | None]:
    """Answers to a question that the comparisons can tell apart."""
    values = {value for one in asked if one.question == question.id for value in one.values}
    if not question.required:
        yield None
    if question.type is Kind.NUMBER:
        yield from _telling_numbers(question, sorted(float(value) for value in values))
    elif question.type is Kind.MULTI:
        yield from _telling_sets(question, values)
    elif question.type is Kind.MATRIX:
        yield {question.rows[0].id: question.options[0].id}
    elif question.type.is_closed:
        ids = [option.id for option in question.choices]
        yield from [one for one in ids if one in values] + [one for one in ids if one not in values][:1]
    else:
        yield "x"


def _telling_numbers(question: Question, values: Sequence[float]) -> Iterator[float]:
    step = question.step or 0.5
    points = {one for value in values for one in (value - step, value, value + step)}
    points |= {one for one in (question.minimum, question.maximum) if one is not None} or {0.0}
    low = question.minimum if question.minimum is not None else float("-inf")
    high = question.maximum if question.maximum is not None else float("inf")
    yield from sorted(point for point in points if low <= point <= high)


def _telling_sets(question: Question, values: set[str]) -> Iterator[tuple[str, ...]]:
    told = [option.id for option in question.choices if option.id in values]
    others = [option.id for option in question.choices if option.id not in values][:1]
    for size in range(1, min(len(told) + 1, question.most or 3) + 1):
        for chosen in combinations([*told, *others], size):
            if size == 1 or not question.alone & set(chosen):
                yield chosen
