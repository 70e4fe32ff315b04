"""What disclosure control is given: the answers of one closed round, the tables to publish, what is public anyway."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Ticks = NDArray[np.bool_]
Values = NDArray[np.float64]

SECTION, DIVISION, CITY = "課", "部", "全庁"
LEVELS = (SECTION, DIVISION, CITY)


@dataclass(frozen=True)
class Section:
    """A 課 and the 部 it belongs to, by id. What has no 部 above it is its own 部."""

    id: str
    division: str


@dataclass(frozen=True)
class AskedIf:
    """A question is put only to who answered `question` with one of `options`."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One closed question; a row of a matrix is one, and so is a number put into bins.

    `several`: any number of options (at most `most`), of which an `exclusive` one stands alone. `threshold`: the least base
    and the least non-zero count. `never_by`: levels of LEVELS that are never published; where 課 is one of them, no group whose
    answers all come from one 課 is.
    """

    id: str
    options: tuple[str, ...]
    several: bool = False
    threshold: int = 5
    sensitive: bool = False
    never_by: frozenset[str] = frozenset()
    exclusive: frozenset[str] = frozenset()
    most: int | None = None
    asked_if: AskedIf | None = None

    def __post_init__(self) -> None:
        if len(set(self.options)) != len(self.options) or not self.options:
            raise ValueError(f"{self.id}: options must be distinct and at least one")
        if self.threshold < 2:
            raise ValueError(f"{self.id}: a threshold below 2 protects nobody")
        if unknown := (self.never_by - set(LEVELS)) | (self.exclusive - set(self.options)):
            raise ValueError(f"{self.id}: unknown level or option {sorted(unknown)}")


@dataclass(frozen=True, eq=False)
class Answers:
    """Everybody's answers to one question.

    `ticks`: (respondents, options); a row without a tick is no valid answer. `values`: (respondents,), the raw numbers or
    scores behind the options, NaN where there is none; with them means are published.
    """

    question: Question
    ticks: Ticks
    values: Values | None = None

    def __post_init__(self) -> None:
        if self.ticks.ndim != 2 or self.ticks.shape[1] != len(self.question.options):
            raise ValueError(f"{self.question.id}: ticks must be (respondents, options)")
        if not self.question.several and (self.ticks.sum(axis=1) > 1).any():
            raise ValueError(f"{self.question.id}: more than one option ticked")
        if self.values is not None and self.values.shape != (len(self.ticks),):
            raise ValueError(f"{self.question.id}: values must be (respondents,)")

    @property
    def valid(self) -> Ticks:
        """(respondents,): who gave a valid answer."""
        return np.asarray(self.ticks.any(axis=1), dtype=bool)


@dataclass(frozen=True, eq=False)
class Attribute:
    """What tables may be broken down by, besides 課, 部 and 全庁: 職の区分, 主な業務, 実証中の課.

    `codes`: (respondents,) index into `values`, -1 unknown. `question`: the question these are the answers of, if any.
    """

    id: str
    values: tuple[str, ...]
    codes: Codes
    question: str | None = None

    def __post_init__(self) -> None:
        if self.id in LEVELS:
            raise ValueError(f"an attribute cannot be called {self.id}")
        if len(self.codes) and not (self.codes.min() >= -1 and self.codes.max() < len(self.values)):
            raise ValueError(f"{self.id}: a code is outside its values")


@dataclass(frozen=True, eq=False)
class Microdata:
    """The answers of one round as they stood at closing. `section`: (respondents,) index into `sections`.

    `wide`: ids of `sections` that stand for more than one 課, where only the 部 of an answer is kept.
    """

    round_id: str
    sections: tuple[Section, ...]
    section: Codes
    attributes: tuple[Attribute, ...]
    answers: tuple[Answers, ...]
    wide: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        sizes = (
            {len(self.section)}
            | {len(a.codes) for a in self.attributes}
            | {len(a.ticks) for a in self.answers}
        )
        if len(sizes) > 1:
            raise ValueError("every array must have one entry for each respondent")
        if len({one.question.id for one in self.answers}) != len(self.answers):
            raise ValueError("a question appears twice")

    def of(self, question: str) -> Answers:
        """The answers to a question, by its id. Raises KeyError."""
        for one in self.answers:
            if one.question.id == question:
                return one
        raise KeyError(question)

    def attribute(self, name: str) -> Attribute:
        """An attribute by its id. Raises KeyError."""
        for one in self.attributes:
            if one.id == name:
                return one
        raise KeyError(name)

    def attribute_of(self, name: str, question: str) -> bool:
        """Whether a table's dimension is the answers to this question."""
        return any(one.id == name and one.question == question for one in self.attributes)

    def fingerprint(self) -> str:
        """Changes when anything in it changes: a further publication must be made from the very answers of the first."""
        digest = hashlib.sha256(self.round_id.encode())
        digest.update(repr(self.sections).encode())
        for array in (self.section, *(one.codes for one in self.attributes)):
            digest.update(np.ascontiguousarray(array, dtype=np.int64).tobytes())
        for one in self.answers:
            digest.update(repr((one.question.id, one.question.options)).encode())
            digest.update(np.ascontiguousarray(one.ticks).tobytes())
            digest.update(
                b"" if one.values is None else np.ascontiguousarray(one.values, dtype=np.float64).tobytes()
            )
        return digest.hexdigest()


@dataclass(frozen=True)
class Declared:
    """A table a round declares: `question` by ("全庁",), ("部",), ("課",), (an attribute,), ("部", an attribute) or two attributes.

    `groups`: (label, options) pairs that put the options together in this table; none: each option is a column.
    """

    question: str
    by: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Presence:
    """Of a question with one answer and tables by 課: the 課 in which somebody gave one of `options`, and in which exactly one did."""

    question: str
    options: frozenset[str]


Told = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By question, 課 and option: how many people tell everybody that this is their answer."""


@dataclass(frozen=True)
class PublicKnowledge:
    """What everybody can know besides the tables: each 課's headcount, and the response counts shown while the round ran.

    `responses` is by 課 id, or by 部 id where a 課 has fewer than five people or the round is anonymous. `told`: what people
    say of themselves, of questions with one answer.
    """

    headcounts: Mapping[str, int] = field(default_factory=dict)
    responses: Mapping[str, int] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
