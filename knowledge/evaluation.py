"""Grade answers against a question file: which are right, refused, asked back, and which are wrong."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from knowledge.article import Outcome


class QuestionFileError(Exception):
    """The question file cannot be graded; the text names the place."""


class GradedQuestion(BaseModel):
    """One question with what a right answer must show. Fields beside these are notes for readers."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    question: str
    kind: Literal["answerable", "unanswerable", "ambiguous"]
    expect: tuple[str, ...] = ()
    must_contain: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """What was answered: the outcome, the titles an answer stands on, its text, and the titles of its buttons."""

    outcome: Outcome
    titles: tuple[str, ...]
    text: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grade:
    """The verdict on one question; `why` tells what was missing."""

    question: GradedQuestion
    given: Given
    right: bool
    why: str = ""

    @property
    def wrong(self) -> bool:
        """Whether an answer was given that breaks the rules (asking back or refusing is never wrong, only not right)."""
        return self.given.outcome == "answer" and not self.right


@dataclass
class Report:
    """All grades, counted by kind."""

    grades: list[Grade] = field(default_factory=list)

    def count(self, kind: str) -> tuple[int, int]:
        """(right, all) of one kind of question."""
        of_kind = [grade for grade in self.grades if grade.question.kind == kind]
        return sum(grade.right for grade in of_kind), len(of_kind)

    @property
    def wrong(self) -> int:
        """How many answers break the rules."""
        return sum(grade.wrong for grade in self.grades)


def load_questions(path: Path) -> list[GradedQuestion]:
    """Read a question file. Raises QuestionFileError naming the entry that is not as it should be."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(list[GradedQuestion]).validate_python(data["questions"])
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise QuestionFileError(f"{path.name}: 質問ファイルを読めません（{error}）") from error
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise QuestionFileError(f"{path.name}: {place}: {error.errors()[0]['msg']}") from error


def evaluate(questions: Iterable[GradedQuestion], answer: Callable[[str], Given]) -> Iterator[Grade]:
    """Ask each question and grade what comes back, in order."""
    for question in questions:
        yield grade(question, answer(question.question))


def grade(question: GradedQuestion, given: Given) -> Grade:
    """Grade one answer by the rules of its kind."""
    fault = _FAULTS[question.kind](question, given)
    return Grade(question, given, right=not fault, why=fault)


def squeeze(text: str) -> str:
    """NFKC without white space, as the rules compare."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _answerable_fault(question: GradedQuestion, given: Given) -> str:
    if given.outcome != "answer":
        return given.outcome
    if not any(_titled(expected, given.titles) for expected in question.expect):
        return f"title: {' / '.join(given.titles)}"
    text = squeeze(given.text)
    missing = [part for part in question.must_contain if not _has_any(text, part)]
    return f"missing: {', '.join(missing)}" if missing else ""


def _unanswerable_fault(_question: GradedQuestion, given: Given) -> str:
    return "" if given.outcome == "unknown" else given.outcome


def _ambiguous_fault(question: GradedQuestion, given: Given) -> str:
    if given.outcome != "clarify":
        return given.outcome
    offered = sum(_titled(expected, given.candidates) for expected in question.expect)
    return "" if offered >= 2 else f"candidates: {' / '.join(given.candidates)}"


def _titled(expected: str, titles: tuple[str, ...]) -> bool:
    return any(squeeze(expected) in squeeze(title) for title in titles)


def _has_any(text: str, alternatives: str) -> bool:
    return any(squeeze(part) in text for part in alternatives.split("|"))


_FAULTS: dict[str, Callable[[GradedQuestion, Given], str]] = {
    "answerable": _answerable_fault,
    "unanswerable": _unanswerable_fault,
    "ambiguous": _ambiguous_fault,
}
