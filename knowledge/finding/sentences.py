"""Sentences of a passage, and the shortest run of them that still answers: never a word changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.article import Layer
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked
from knowledge.language.japanese import fold
from knowledge.language.terms import terms_of

# Up to here a passage is read at a glance and shown whole: the source's own, and the explanation beside it.
AT_A_GLANCE = {Layer.OFFICIAL: 170, Layer.EDITORIAL: 60}
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+|\n|$)")
_OPEN, _CLOSE = "「『（(", "」』）)"
# A sentence that begins so points back at the one before it.
_POINTS_BACK = re.compile(
    r"[\s①-⑳・]*(?:これ|それ|この|その|こう|そう|ここ|そこ|同)|.*(?:こうした|そうした|これら|それら|上記)"
)
_ANNOUNCES = re.compile(r"次の|以下|とおり")
_ITEM = re.compile(r"\s*[・①-⑳]|\s*\d{1,2}(?=[^\d年月日])")
_TIME = re.compile(r"令和[\d元]+年|平成\d+年|\d{4}年|\d+年度|\d+月")
_NUMBER = re.compile(r"\d[\d,.]*(?![\d,.])\s*(?:(?![年月日])[^\W\d_]|%)")
_FACTS: dict[Asked, re.Pattern[str]] = {
    Asked.WHEN: _TIME,
    Asked.COUNT: _NUMBER,
    Asked.PRICE: re.compile(r"円|無料|無償|費用|予算"),
    Asked.CONTACT: re.compile(r"\d|@|http|窓口|電話"),
    Asked.FREQUENCY: re.compile(r"毎[年月週日]|\d+回|ごと|随時"),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in its passage, from `start` to `end`, with what it is found by."""

    start: int
    end: int
    text: str
    terms: tuple[str, ...]


Split = Callable[[str], tuple[Sentence, ...]]


@lru_cache(maxsize=4096)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order; brackets keep theirs together."""
    return tuple(
        Sentence(start, end, fold(text[start:end]), tuple(dict.fromkeys(terms_of(text[start:end]))))
        for start, end in _spans(text)
    )


def passage_that_answers(text: str, question: Question, title: str, split: Split = sentences_of) -> str:
    """The shortest run of sentences that has every word of the question that `text` has, and the fact asked for.

    A word of the title tells no sentence apart, but between equals. The whole text where the question names nothing in it.
    """
    sentences = split(text)
    sought = {term for c in question.concepts for way in c.alternatives for term, _ in way.terms}
    titled = frozenset(terms_of(title)) & sought
    needs = [*_words_sought(sentences, sought - titled), *_facts_sought(sentences, question)]
    if len(sentences) < 2 or not needs:
        return text
    first, last = _shortest_run([len(titled.intersection(s.terms)) for s in sentences], needs)
    first = _with_what_it_points_at(sentences, first, last)
    last = _with_the_list_it_announces(text, sentences, last)
    return text[sentences[first].start : sentences[last].end].strip()


def has_every_word(text: str, question: Question, heading: str, split: Split = sentences_of) -> bool:
    """Whether everything that a question is about is named in some way in a text or its heading."""
    held = set(terms_of(heading)).union(*(sentence.terms for sentence in split(text)))
    return all(
        any(term in held for way in c.alternatives for term, _ in way.terms) for c in question.concepts
    )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(text):
        piece = text[start : match.end()]
        if piece.strip() and _balanced(piece):
            yield start, match.end()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _balanced(piece: str) -> bool:
    return piece.endswith("\n") or sum(piece.count(c) for c in _OPEN) <= sum(piece.count(c) for c in _CLOSE)


def _words_sought(sentences: tuple[Sentence, ...], sought: set[str]) -> Iterator[frozenset[int]]:
    """For each term that some sentence has: the sentences that have it."""
    for term in sorted(sought):
        places = frozenset(n for n, sentence in enumerate(sentences) if term in sentence.terms)
        if places:
            yield places


def _facts_sought(sentences: tuple[Sentence, ...], question: Question) -> Iterator[frozenset[int]]:
    for kind in sorted(question.asked & _FACTS.keys()):
        places = frozenset(n for n, s in enumerate(sentences) if _FACTS[kind].search(s.text))
        if places:
            yield places


def _shortest_run(titled: Sequence[int], needs: list[frozenset[int]]) -> tuple[int, int]:
    """The first and last place of the shortest run that has a place of every need; of equals the one whose sentences have
    most of the title's words, then the first.
    """
    runs: list[tuple[int, int]] = []
    count = len(titled)
    for first in range(count):
        ends = [min((n for n in need if n >= first), default=count) for need in needs]
        if max(ends) == count:
            break
        runs.append((first, max(ends)))
    return min(runs, key=lambda run: (run[1] - run[0], -sum(titled[run[0] : run[1] + 1])))


def _with_the_list_it_announces(text: str, sentences: tuple[Sentence, ...], last: int) -> int:
    """The last sentence to show: on to the end of the items that it says follow."""
    if _ANNOUNCES.search(sentences[last].text):
        while last + 1 < len(sentences) and _ITEM.match(text, sentences[last + 1].start):
            last += 1
    return last


def _with_what_it_points_at(sentences: tuple[Sentence, ...], first: int, last: int) -> int:
    """The first sentence to show: back to what a pronoun stands for, and to the time that a bare number belongs to."""
    while first and _POINTS_BACK.match(sentences[first].text):
        first -= 1
    shown = "".join(sentence.text for sentence in sentences[first : last + 1])
    if _NUMBER.search(shown) and not _TIME.search(shown):
        first = next((n for n in range(first - 1, -1, -1) if _TIME.search(sentences[n].text)), first)
    return first
