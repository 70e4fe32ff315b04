"""Figures that a question states or asks for, and the rows of an initiative's table that hold such figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.article import Passage
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked
from knowledge.entry import Entry
from knowledge.language.japanese import fold

_FIGURE = re.compile(
    r"(?P<value>\d[\d,.]*)\s*(?P<unit>%|パーセント|パー|割|手続|件|業務|人|地区|か所|つ|項目)"
)
_ASKED = re.compile(r"(?:何|いくつの|何個の|いくらの)(?P<unit>%|パーセント|割|手続|件|業務)")
_SHORT_ROWS = frozenset({"KPI", "国の取組方針"})
_UNITS = {"パーセント": "%", "パー": "%", "件": "手続"}


def rows_with_figures(question: Question, entry: Entry) -> tuple[str, ...]:
    """The short rows of an entry with a figure that the question states, or of the sort that it asks for or mistakes."""
    passages = entry.official_passages or entry.editorial_passages
    sought = {_unit(found["unit"]) for found in _ASKED.finditer(question.text)}
    stated = set(_figures(question.text))
    if Asked.PREMISE in question.asked:
        written = {figure for passage in passages for figure in _figures(passage.text)}
        sought |= {unit for _, unit in stated - written}
    rows = [passage for passage in passages if passage.label in _SHORT_ROWS]
    return tuple(dict.fromkeys(p.label for p in rows if _units(p) & sought or stated & set(_figures(p.text))))


def _units(passage: Passage) -> set[str]:
    return {unit for _, unit in _figures(passage.text)}


def _figures(text: str) -> Iterator[tuple[str, str]]:
    for found in _FIGURE.finditer(fold(text)):
        yield found["value"].replace(",", ""), _unit(found["unit"])


def _unit(written: str) -> str:
    return _UNITS.get(written, written)
