"""Questions that name nothing but a figure (「3つのやつ」, 「何%だっけ」, 「令和2年」): the entries that have such a one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from knowledge.answering import facts
from knowledge.asking.concepts import Question
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold

_MOST_LOOKED_THROUGH = 200
_DIGITS = {digit: str(number) for number, digit in enumerate("一二三四五六七八九", 1)}
_NUMBER = r"(?P<number>\d{1,2}|[一二三四五六七八九])"
_SO_MANY_ASKED = re.compile(
    rf"^\W*(?:あの|その|例の)?{_NUMBER}(?:つ|点|個)の?(?:やつ|奴|なん|何|もの|もん|こと|話|件)"
)
_SO_MANY = re.compile(rf"{_NUMBER}(?:つ|原則|層|本柱|点|段階|項目|箇条)")


def having_figure(finder: Finder, question: Question) -> list[Hit]:
    """The entries with the figure that a question names alone, those first that have it in their title; none where it
    names none.
    """
    holds = _looked_for(question)
    if holds is None:
        return []
    hits = finder.rank(question.concepts, _MOST_LOOKED_THROUGH, question.text)
    having = [hit for hit in hits if any(map(holds, _texts(finder, hit)))]
    return sorted(having, key=lambda hit: not holds(fold(hit.entry.title)))


def _looked_for(question: Question) -> Callable[[str], bool] | None:
    """Whether a folded text has the number of things, the time or the unit that is named."""
    if (asked := _SO_MANY_ASKED.search(question.text)) is not None:
        number = _plain(asked)
        return lambda text: any(_plain(found) == number for found in _SO_MANY.finditer(text))
    if question.years:
        return lambda text: all(facts.names_time(text, written, year) for written, year in question.years)
    return facts.figure_asked(question.text)


def _plain(found: re.Match[str]) -> str:
    return _DIGITS.get(found["number"], found["number"])


def _texts(finder: Finder, hit: Hit) -> Sequence[str]:
    return [fold(found.passage.text) for found in finder.passages.found(hit.number)]
