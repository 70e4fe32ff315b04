"""What people wrote in their own words: question by question, without 課, without anything that ties one answer to another."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.definition import Question
from surveys.question import THRESHOLD, Attribute
from surveys.round import Round
from surveys.submission import Sheet

FEWEST_SECTIONS = 2


class TooFew(Exception):
    """So few have answered, or all of one 課, that a text would tell of whom it is."""


def own_words(round_: Round, sheets: Sequence[Sheet]) -> list[tuple[Question, Sequence[str]]]:
    """Every question for free text with what was written, sorted by the words themselves: no order of arrival is told.

    Raises TooFew where fewer than five have answered, or all are of one 課: texts are never shown by 課.
    """
    kept = Attribute.SECTION in round_.definition.kept_attributes
    told = {one.attributes.get(Attribute.SECTION) for one in sheets}
    sections = told if kept else {one for one, asked in round_.headcounts.items() if asked}
    if sheets and (len(sheets) < THRESHOLD or len(sections) < FEWEST_SECTIONS):
        raise TooFew
    asked = [question for question in round_.definition.questions if question.type.is_text]
    found: dict[str, list[str]] = {question.id: [] for question in asked}
    for sheet in sheets:
        for id_, said in found.items():
            if answer := sheet.answers.get(id_):
                said.append(str(answer))
    return [(question, sorted(found[question.id])) for question in asked]
