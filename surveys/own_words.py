"""What people wrote in their own words: question by question, without 課, without anything that ties one answer to another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from surveys.definition import Definition, Question
from surveys.submission import Sheet


def own_words(definition: Definition, sheets: Iterable[Sheet]) -> list[tuple[Question, Sequence[str]]]:
    """Every question for free text with what was written, sorted by the words themselves: no order of arrival is told."""
    asked = [question for question in definition.questions if question.type.is_text]
    found: dict[str, list[str]] = {question.id: [] for question in asked}
    for sheet in sheets:
        for id_, said in found.items():
            if answer := sheet.answers.get(id_):
                said.append(str(answer))
    return [(question, sorted(found[question.id])) for question in asked]
