"""What an answer to a follow-up question gives away about the question before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from surveys.columns import Column
from surveys.condition import Condition, Joined
from surveys.definition import Definition
from surveys.disclosure import AskedIf
from surveys.question import Kind, Question

_FAR = 1e6


def asked_if(question: Question, definition: Definition, columns: Sequence[Column]) -> AskedIf | None:
    """The one earlier question whose answers decide whether this one is put; None when there is none.

    Where several questions decide together, the first of them that must hold in any case.
    """
    if question.condition is None:
        return None
    part = _certain(question.condition)
    if part is None:
        return None
    name = next(part.comparisons()).question
    column = next((one for one in columns if one.id == name), None)
    if column is None or definition.by_id[name].type is Kind.MATRIX:
        return None
    leads = frozenset(option for option in column.question.options if _leads(part, column, option))
    return AskedIf(name, leads) if leads else None


def _certain(condition: Condition) -> Condition | None:
    """A part of the condition that must hold and asks for one question only."""
    if len({one.question for one in condition.comparisons()}) == 1:
        return condition
    if isinstance(condition, Joined) and condition.word == "and":
        return next((found for part in condition.parts if (found := _certain(part)) is not None), None)
    return None


def _leads(condition: Condition, column: Column, option: str) -> bool:
    """Whether somebody who chose this option may be asked."""
    if column.source.type is Kind.NUMBER:
        return any(condition.holds({column.id: value}) for value in _tried(condition, column, int(option)))
    if column.source.type is Kind.MULTI:
        # Ticked alone or with all that can stand beside it: a condition on a multi asks for what is, or is not, among them.
        beside = tuple(one for one in column.question.options if one not in column.question.exclusive)
        return any(condition.holds({column.id: ticked}) for ticked in ((option,), tuple({option, *beside})))
    return condition.holds({column.id: option})


def _tried(condition: Condition, column: Column, place: int) -> Iterator[float]:
    """Numbers of a range that could tell: its ends, and those the condition names."""
    source, step = column.source, column.source.step or 1.0
    least = column.starts[place]
    end = source.maximum if source.maximum is not None else least + _FAR
    most = column.starts[place + 1] - step if place + 1 < len(column.starts) else end
    named = [float(value) for one in condition.comparisons() for value in one.values if _is_number(value)]
    near = [value + shift for value in named for shift in (-step, 0.0, step)]
    yield from (value for value in (least, most, *near) if least <= value <= most)


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
