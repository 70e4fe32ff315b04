"""The shape of a question beside an entry: its words of asking as they are, and for each thing named how it stands there.

「〜の定員は何人」 becomes 「<title> の <nowhere> は 何 人」 whatever the thing is called, so what is learned of shapes holds for
knowledge that nobody had when it was learned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.answering import facts
from knowledge.answering.evidence import is_talk, is_written
from knowledge.answering.found import Found
from knowledge.article import Layer
from knowledge.asking.concepts import Concept
from knowledge.language.japanese import CONTENT, Word, fold, words_of

_COVERED = 0.3
_NEAR = 0.55
_LONGEST = 3
_SEVERAL = 3
_TITLE = "<title>"
_HAS, _NEARLY, _ELSEWHERE, _NOWHERE = "<has>", "<near>", "<elsewhere>", "<nowhere>"
_LACKED = frozenset({_ELSEWHERE, _NOWHERE, f"{_ELSEWHERE}v", f"{_NOWHERE}v"})
_MARKS = frozenset({"補助記号", "空白"})
_FACTS: Mapping[str, facts.Holds] = {
    "date": facts.holds_date,
    "figure": facts.holds_count,
    "place": facts.holds_place,
    "office": facts.holds_office,
    "sum": facts.holds_price,
}


def traits(found: Found) -> frozenset[str]:
    """What can be told of a question's shape: runs of up to three of its words, those that the entry lacks, the kinds of
    fact asked for with those that the chosen passages hold, the rows, and the kind of entry.
    """
    standing = {c.surface: _standing(found, c) for c in found.question.concepts if not is_talk(c)}
    words = words_of(found.question.text)
    return frozenset(
        [
            *_runs([*_tokens(words, standing)]),
            *(f"lacks {w.form}" for w in words if not w.is_number and _of(w, standing) in _LACKED),
            *_asked(found),
            *(f"row {row}" for row in found.question.rows),
            f"entry {found.hit.entry.kind.value}",
        ]
    )


def _standing(found: Found, concept: Concept) -> str:
    """How a thing that the question names stands in the entry."""
    finder, number = found.finder, found.hit.number
    if concept.surface in fold(found.hit.entry.title):
        return _TITLE
    if finder.covers(number, concept) >= _COVERED:
        stands = _HAS
    elif finder.nearness(number, concept) >= _NEAR:
        stands = _NEARLY
    else:
        stands = _ELSEWHERE if is_written(finder, concept) else _NOWHERE
    return stands if concept.is_noun else f"{stands}v"


def _tokens(words: Sequence[Word], standing: Mapping[str, str]) -> Iterator[str]:
    """The words between a beginning and an end; figures and things named by what they are, a title's as one."""
    last = "^"
    yield last
    while words and words[-1].word_class in _MARKS:
        words = words[:-1]
    for word in words:
        token = _token(word, standing)
        if token != _TITLE or last != _TITLE:
            yield token
        last = token
    yield "$"


def _token(word: Word, standing: Mapping[str, str]) -> str:
    if word.word_class in _MARKS:
        return "?" if word.surface == "?" else ","
    return "0" if word.is_number else _of(word, standing) or word.form


def _of(word: Word, standing: Mapping[str, str]) -> str:
    """How the thing stands that a word names or is part of; "" for a word of asking."""
    if word.surface in standing:
        return standing[word.surface]
    if len(word.surface) < 2 or word.word_class not in CONTENT:
        return ""
    return next((stands for surface, stands in standing.items() if word.surface in surface), "")


def _runs(tokens: Sequence[str]) -> Iterator[str]:
    for length in range(1, _LONGEST + 1):
        for start in range(len(tokens) - length + 1):
            yield " ".join(tokens[start : start + length])


def _asked(found: Found) -> Iterator[str]:
    """The kinds of fact asked for, each beside every kind of fact that the chosen passages hold or lack."""
    if not found.question.asked:
        return
    held = {name: holds(found.text) for name, holds in _FACTS.items()} | {"list": _lists(found)}
    for kind in found.question.asked:
        yield f"asks {kind}"
        yield from (f"asks {kind}, {'' if holds else 'no '}{name}" for name, holds in held.items())


def _lists(found: Found) -> bool:
    """Whether the chosen passages name several things one after the other, or are several themselves."""
    official = sum(excerpt.layer is Layer.OFFICIAL for excerpt in found.excerpts)
    return max(official, facts.items_in_a_row(found.text)) >= _SEVERAL
