"""When a question is asked: a small expression over earlier answers, parsed and never evaluated as code.

`U2 > 0`, `N5 not in [希望しない, 業務上できない]`, `answered N8 and U2 == 0`. A comparison with a question that was not answered does
not hold, whatever the operator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.texts.ja import survey_files as texts

Value = str | float | tuple[str, ...] | Mapping[str, str]
"""An answer: an option's id, a text or an ISO date; a number; the ids ticked; or for each row of a matrix the id chosen."""
Answers = Mapping[str, Value]
Operator = Literal["==", "!=", "in", "not in", ">", ">=", "<", "<=", "answered"]

_TOKEN = re.compile(
    r"""\s*(?:(?P<operator>==|!=|>=|<=|>|<)|(?P<mark>[\[\](),])|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[^\s\[\],()=!<>"']+))"""
)
LONGEST, DEEPEST = 500, 10
_WORDS = {"in", "not", "and", "or", "answered"}


class ConditionError(ValueError):
    """The expression cannot be read; the text says how to write it."""


@dataclass(frozen=True)
class Comparison:
    """One question against a value. `values` has one entry but for `in` and `not in`; none for `answered`."""

    question: str
    operator: Operator
    values: tuple[str, ...] = ()

    def holds(self, answers: Answers) -> bool:
        """Whether it is true of these answers."""
        given = answers.get(self.question)
        if given is None or given == "" or given == ():
            return False
        return self.operator == "answered" or _COMPARE[self.operator](given, self.values)

    def comparisons(self) -> Iterator[Comparison]:
        """Itself."""
        yield self


@dataclass(frozen=True)
class Joined:
    """Several conditions of which all (`and`) or some (`or`) must hold."""

    word: Literal["and", "or"]
    parts: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether it is true of these answers."""
        each = (part.holds(answers) for part in self.parts)
        return all(each) if self.word == "and" else any(each)

    def comparisons(self) -> Iterator[Comparison]:
        """Every comparison in it."""
        for part in self.parts:
            yield from part.comparisons()


Condition = Comparison | Joined


def parse_condition(text: str) -> Condition:
    """Read an expression. Raises ConditionError."""
    if len(text) > LONGEST:
        raise ConditionError(texts.CONDITION_LONG)
    parser = _Parser(list(_tokens(text)))
    condition = parser.either()
    if parser.peek() is not None:
        raise ConditionError(texts.condition_end(parser.peek() or ""))
    return condition


def _tokens(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ConditionError(texts.condition_character(text[at:].strip()[:1]))
        at = match.end()
        quoted = match["double"] if match["double"] is not None else match["single"]
        # A quoted text is a value even where it looks like a word of ours.
        yield f'"{quoted}' if quoted is not None else match["operator"] or match["mark"] or match["word"]


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def peek(self) -> str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self) -> Condition:
        return self._joined("or", lambda: self._joined("and", self._one))

    def _joined(self, word: Literal["and", "or"], read: Callable[[], Condition]) -> Condition:
        parts = [read()]
        while self.peek() == word:
            self._at += 1
            parts.append(read())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def _one(self) -> Condition:
        if self.peek() == "(":
            self._at += 1
            self._depth += 1
            if self._depth > DEEPEST:
                raise ConditionError(texts.CONDITION_DEEP)
            inner = self.either()
            self._expect(")")
            self._depth -= 1
            return inner
        if self.peek() == "answered":
            self._at += 1
            return Comparison(self._value(), "answered")
        question = self._value()
        operator = self._operator()
        return Comparison(question, operator, self._values(operator))

    def _operator(self) -> Operator:
        token = self._next()
        if token == "not":  # noqa: S105
            self._expect("in")
            return "not in"
        if token in _COMPARE:
            return token  # type: ignore[return-value]
        raise ConditionError(texts.condition_operator(token))

    def _values(self, operator: Operator) -> tuple[str, ...]:
        if operator not in ("in", "not in"):
            return (self._value(),)
        self._expect("[")
        values = [self._value()]
        while self.peek() == ",":
            self._at += 1
            values.append(self._value())
        self._expect("]")
        return tuple(values)

    def _value(self) -> str:
        token = self._next()
        if token.startswith('"'):
            return token[1:]
        if token in _WORDS or not re.match(r"[\w-]", token):
            raise ConditionError(texts.condition_value(token))
        return token

    def _expect(self, token: str) -> None:
        found = self._next()
        if found != token:
            raise ConditionError(texts.condition_expected(token, found))

    def _next(self) -> str:
        token = self.peek()
        if token is None:
            raise ConditionError(texts.CONDITION_SHORT)
        self._at += 1
        return token


def _chosen(given: Value) -> set[str]:
    return set(given) if isinstance(given, tuple) else {str(given)}


def _equal(given: Value, values: tuple[str, ...]) -> bool:
    if isinstance(given, float):
        return given == float(values[0])
    return _chosen(given) == {values[0]}


def _ordered(compare: Callable[[float, float], bool]) -> Callable[[Value, tuple[str, ...]], bool]:
    return lambda given, values: isinstance(given, float) and compare(given, float(values[0]))


_COMPARE: Mapping[str, Callable[[Value, tuple[str, ...]], bool]] = {
    "==": _equal,
    "!=": lambda given, values: not _equal(given, values),
    "in": lambda given, values: bool(_chosen(given) & set(values)),
    "not in": lambda given, values: not _chosen(given) & set(values),
    ">": _ordered(lambda given, value: given > value),
    ">=": _ordered(lambda given, value: given >= value),
    "<": _ordered(lambda given, value: given < value),
    "<=": _ordered(lambda given, value: given <= value),
}
