"""What a round does not publish, and why: a sentence without a number."""

from __future__ import annotations

from collections.abc import Iterator

from bot.messages import Paragraph
from bot.texts.ja import results as texts
from surveys.results import way_label
from surveys.waves import Wave


def questions_left_out(wave: Wave) -> Iterator[Paragraph]:
    """The questions without any table."""
    shown = {question for question, _ in wave.tables}
    named: dict[str, list[str]] = {}
    for one in wave.left:
        if one.question in wave.columns and one.question not in shown:
            label = texts.quoted(wave.columns[one.question].label)
            named.setdefault(one.reason, []).append(label)
    for reason, labels in named.items():
        told = "".join(dict.fromkeys(labels))
        yield Paragraph(text=texts.LEFT_QUESTIONS.format(questions=told, reason=reason), tone="note")


def ways_left_out(wave: Wave, question: str) -> Iterator[Paragraph]:
    """Of a question with tables those that were declared and are not there."""
    named: dict[str, list[str]] = {}
    for one in wave.left:
        if one.question == question:
            named.setdefault(one.reason, []).append(way_label(wave.round, one.by))
    for reason, ways in named.items():
        yield Paragraph(
            text=texts.LEFT.format(table="、".join(dict.fromkeys(ways)), reason=reason), tone="note"
        )
