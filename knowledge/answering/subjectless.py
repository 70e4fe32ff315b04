"""Questions that name no subject (「どこの課?」, 「課題は?」, 「うちの課は何すりゃいいの」): what may be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.composing import by_title
from knowledge.answering.evidence import is_number
from knowledge.answering.figured import having_figure
from knowledge.asking.concepts import Concept, Question, QuestionReader
from knowledge.asking.kinds import GENERAL_HEADS, OWN_OFFICE, TALK_WORDS, Asked, is_row
from knowledge.asking.phrasing import asks_what_to_do
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.headwords import Headwords

_ASKS_FOR_ROW = re.compile(r"(?:は|を?見せて|を?見たい|を?出して)(?:ください|下さい)?[?。]?$")
_FIGURES = frozenset({"数字", "数値"})
_WHOLE = 0.9


class Subjectless:
    """Reads questions that name no subject, over one set of entries."""

    def __init__(self, finder: Finder, reader: QuestionReader, headwords: Headwords) -> None:
        self._finder, self._reader, self._headwords = finder, reader, headwords

    def is_one(self, question: Question) -> bool:
        """Whether a question names no subject."""
        alone = not question.concepts or _is_general(question) or _is_figure_alone(question)
        return alone or self._asks_for_rows_alone(question)

    def meant(self, question: Question, hits: Sequence[Hit]) -> list[Hit]:
        """The entries to offer: those of the hits that have what is asked in words of their own, else in a row."""
        groups = by_title(hits) if _names_more_than_rows(question) else []
        groups = [hit for hit in groups if hit.cover >= _WHOLE]
        if len(groups) < 2 and not question.rows:
            groups = by_title(having_figure(self._finder, question))
        if len(groups) < 2:
            groups = self._finder.having_row(_rows_to_offer(question))
        if len(groups) < 2:
            groups = by_title(self._finder.rank(self._reader.read_asking_words(question)))
        return groups

    def _asks_for_rows_alone(self, question: Question) -> bool:
        """A row of every initiative's table (工程表, 課題) is asked for, and no initiative is named."""
        defines = Asked.DEFINITION in question.asked or not (
            question.asks or _ASKS_FOR_ROW.search(question.text)
        )
        if not question.rows or (defines and self._headwords.linked(question.text)):
            return False
        return all(
            is_row(concept.surface)
            or concept.surface in _FIGURES
            or concept.surface in TALK_WORDS
            or (is_number(concept) and not self._finder.known(concept))
            for concept in question.concepts
        )


def _is_general(question: Question) -> bool:
    """Whether something is asked of no subject (「どこの課?」)."""
    if asks_what_to_do(question.text) and all(c.surface in OWN_OFFICE for c in question.concepts):
        return True
    return question.asks and all(
        concept.surface in GENERAL_HEADS or _is_year(question, concept) for concept in question.concepts
    )


def _is_figure_alone(question: Question) -> bool:
    """Whether a question names nothing but a year, or the unit that a figure has (「何%とか何割とか」)."""
    return all(
        concept.surface in GENERAL_HEADS
        or _is_year(question, concept)
        or f"何{concept.surface}" in question.text
        for concept in question.concepts
    )


def _rows_to_offer(question: Question) -> tuple[str, ...]:
    """The rows that tell most where no subject is named."""
    if question.rows or question.years:
        return question.rows or ("工程表",)
    return ("取組",) if asks_what_to_do(question.text) else ()


def _names_more_than_rows(question: Question) -> bool:
    """Whether a question of no subject has a word beyond years, its own 課 and what rows are called (メリット, 優先順位)."""
    general = (_is_year(question, c) or c.surface in GENERAL_HEADS | OWN_OFFICE for c in question.concepts)
    if all(general):
        return False
    return not any(_is_called(concept, row) for concept in question.concepts for row in question.rows)


def _is_called(concept: Concept, row: str) -> bool:
    """Whether a concept is, in one of its ways, what a row is called."""
    if row in concept.surface or concept.surface in row:
        return True
    return any(term in row for way in concept.alternatives for term, _ in way.terms)


def _is_year(question: Question, concept: Concept) -> bool:
    return any(written.startswith(concept.surface) for written, _ in question.years)
