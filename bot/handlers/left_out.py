"""What a round does not publish, and why: a sentence without a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.messages import Paragraph
from bot.texts.ja import results as texts
from surveys.disclosure import Publication
from surveys.results import way_label
from surveys.waves import Wave


def questions_left_out(wave: Wave, publications: Iterable[Publication]) -> Iterator[Paragraph]:
    """The questions without any table."""
    shown = {question for question, _ in wave.tables}
    named: dict[str, list[str]] = {}
    for one in _left(wave, publications):
        label = texts.quoted(wave.columns[one[0]].label)
        if one[0] not in shown and label not in named.setdefault(one[2], []):
            named[one[2]].append(label)
    for reason, labels in named.items():
        if labels:
            yield Paragraph(
                text=texts.LEFT_QUESTIONS.format(questions="".join(labels), reason=reason), tone="note"
            )


def ways_left_out(wave: Wave, publications: Iterable[Publication], question: str) -> Iterator[Paragraph]:
    """Of a question with tables those that were declared and are not there."""
    named: dict[str, list[str]] = {}
    for name, by, reason in _left(wave, publications):
        if name == question:
            named.setdefault(reason, []).append(way_label(wave.round, by))
    for reason, ways in named.items():
        yield Paragraph(
            text=texts.LEFT.format(table="、".join(dict.fromkeys(ways)), reason=reason), tone="note"
        )


def _left(wave: Wave, publications: Iterable[Publication]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """What was left out and not published later."""
    for publication in publications:
        for one in publication.left:
            if (one.question, one.by) not in wave.tables and one.question in wave.columns:
                yield one.question, one.by, one.reason
