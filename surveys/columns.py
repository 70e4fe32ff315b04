"""The questions of a definition as results count them: a row of a matrix is one, a number falls into ranges."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from math import ceil, nan

from bot.texts.ja import results as texts
from surveys.definition import Definition
from surveys.disclosure import AskedIf
from surveys.disclosure import Question as Counted
from surveys.question import Attribute, Kind, Option, Question

Groups = tuple[tuple[str, tuple[str, ...]], ...]
_PARTS = 4
_SCALE_GROUPS = ((0, 2), (2, 3), (3, 5))
_WIDE = 100.0


@dataclass(frozen=True)
class Column:
    """A question as it is counted. `label` is what people read; `labels` those of its options; `groups` those of tables by 課.

    `starts`: where the ranges of a number begin.
    """

    source: Question
    question: Counted
    label: str
    labels: Mapping[str, str]
    groups: Groups = ()
    row: str = ""
    starts: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        """The question's id, with the row's where it is one of a matrix."""
        return self.question.id

    @property
    def row_label(self) -> str:
        """The row's words where it is one of a matrix, else the question's."""
        return next((row.label for row in self.source.rows if row.id == self.row), self.label)

    @property
    def has_values(self) -> bool:
        """Whether means are of use."""
        return self.source.type in (Kind.SCALE5, Kind.NUMBER)

    def asked_after(self, condition: AskedIf | None) -> Counted:
        """The counted question with the condition under which it was put."""
        return replace(self.question, asked_if=condition)

    def ticked(self, answers: Mapping[str, object]) -> Iterator[int]:
        """Places of the options that somebody chose; none where there is no valid answer."""
        given = answers.get(self.source.id)
        if isinstance(given, Mapping):
            given = given.get(self.row)
        if self.source.type is Kind.NUMBER:
            if isinstance(given, int | float):
                yield max(bisect_right(self.starts, given) - 1, 0)
            return
        chosen = given if isinstance(given, tuple | list) else (given,)
        yield from (place for place, option in enumerate(self.question.options) if option in chosen)

    def value(self, answers: Mapping[str, object]) -> float:
        """The number given, or the score from 1 on; NaN where there is none."""
        given = answers.get(self.source.id)
        if self.source.type is Kind.NUMBER and isinstance(given, int | float):
            return float(given)
        if self.source.type is Kind.SCALE5:
            return next((float(place + 1) for place in self.ticked(answers)), nan)
        return nan


@lru_cache(maxsize=32)
def columns_of(definition: Definition) -> tuple[Column, ...]:
    """Every question that is counted, in order. Free text and dates are not, nor what only repeats the directory.

    Kept for the questionnaires asked for last: who shows or files a round asks once for each of its tables.
    """
    return tuple(
        column
        for question in definition.questions
        if question.prefill not in (Attribute.SECTION, Attribute.DIVISION)
        for column in _columns(question)
    )


def _columns(question: Question) -> Iterator[Column]:
    if question.type is Kind.NUMBER:
        yield _number(question)
    elif question.type is Kind.MATRIX:
        yield from (_closed(question, row) for row in question.rows)
    elif question.type.is_closed:
        yield _closed(question, None)


def _closed(question: Question, row: Option | None) -> Column:
    labels = {option.id: option.label for option in question.options}
    counted = Counted(
        f"{question.id}.{row.id}" if row else question.id,
        tuple(labels),
        several=question.type is Kind.MULTI,
        threshold=question.smallest_count,
        sensitive=question.sensitive,
        never_by=frozenset(str(unit) for unit in question.hidden_units),
        exclusive=frozenset(question.exclusive),
        most=question.most,
    )
    label = f"{question.text}: {row.label}" if row else question.text
    return Column(question, counted, label, labels, _groups(question, tuple(labels)), row.id if row else "")


def _groups(question: Question, options: tuple[str, ...]) -> Groups:
    """The groups its author wrote; a scale has low, middle and high."""
    if question.by_section:
        return tuple(
            (group.label, tuple(question.option_id(name) or name for name in group.options))
            for group in question.by_section
        )
    if question.type is not Kind.SCALE5:
        return ()
    names = {option.id: option.label for option in question.options}
    parts = [options[start:end] for start, end in _SCALE_GROUPS]
    return tuple(("・".join(names[one] for one in part), part) for part in parts)


def _number(question: Question) -> Column:
    starts = _starts(question)
    labels = {str(place): label for place, label in enumerate(_range_labels(starts, question))}
    counted = Counted(
        question.id,
        tuple(labels),
        threshold=question.smallest_count,
        sensitive=question.sensitive,
        never_by=frozenset(str(unit) for unit in question.hidden_units),
    )
    first, *rest = labels
    halves = [(first,), tuple(rest[: len(rest) // 2]), tuple(rest[len(rest) // 2 :])]
    groups = tuple(("・".join(labels[one] for one in part), part) for part in halves)
    by_section = groups if len(labels) > len(halves) else ()
    return Column(question, counted, question.text, labels, by_section, starts=tuple(starts))


def _starts(question: Question) -> list[float]:
    """Where ranges begin: as its author wrote, or the least alone and four equal parts."""
    if question.bins:
        return list(question.bins)
    step, low = question.step or 1.0, question.minimum or 0.0
    high = question.maximum if question.maximum is not None else low + _WIDE
    wide = max(step, round((high - low) / _PARTS / step) * step)
    return [low, *(low + step + wide * part for part in range(_PARTS) if low + step + wide * part <= high)]


def _range_labels(starts: list[float], question: Question) -> Iterator[str]:
    """What each range holds; the first one also what lies below it, where a number may."""
    for place, (start, following) in enumerate(zip(starts, [*starts[1:], None], strict=True)):
        if following is None:
            single = question.maximum == start
            yield f"{start:g}{question.unit}{'' if single else texts.OR_MORE}"
        elif place == 0 and (question.minimum is None or question.minimum < start):
            yield f"{following:g}{question.unit}{texts.BELOW}"
        else:
            yield _range_label(start, following, question)


def _range_label(start: float, following: float, question: Question) -> str:
    """A range by the first and last number that can be given in it; without steps by its bounds."""
    unit = question.unit
    if question.step is None:
        return f"{start:g}{unit}{texts.OR_MORE}{following:g}{unit}{texts.BELOW}"
    step, low = Decimal(str(question.step)), Decimal(str(question.minimum or 0))
    first = float(low + max(_steps(start, low, step), 0) * step)
    last = float(low + (_steps(following, low, step) - 1) * step)
    return f"{first:g}{unit}" if last <= first else f"{first:g}{texts.RANGE}{last:g}{unit}"


def _steps(bound: float, low: Decimal, step: Decimal) -> int:
    """How many steps lead to the first number that is not below a bound."""
    return ceil((Decimal(str(bound)) - low) / step)
