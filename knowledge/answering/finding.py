"""Find entries and passages for a question: one score for each signal, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from knowledge.answering.concepts import Alternative, Concept
from knowledge.answering.index import FieldWeight, Near, Scores, TermIndex
from knowledge.answering.meaning import Meaning
from knowledge.answering.reading import ReadEntry, letter_pairs, passages_of, read_entry
from knowledge.article import Article, Passage
from knowledge.entry import Entry
from knowledge.language.japanese import Word, words_of
from knowledge.language.terms import has_meaning, is_indexed, terms_of_word
from knowledge.meaning.space import standardised
from knowledge.meaning.words import WordVectors, load_words

_ENTRY_FIELDS = {
    "names": FieldWeight(1.5, 0.75),
    "questions": FieldWeight(1.5, 0.75),
    "official": FieldWeight(1.0, 0.75),
    "editorial": FieldWeight(1.0, 0.75),
    "rows": FieldWeight(0.5, 0.0),
}
_PASSAGE_FIELDS = {"text": FieldWeight(1.0, 0.5), "label": FieldWeight(0.5, 0.0)}
_K1 = 2.5
_PASSAGE_SHARE = 0.6
_BESIDE_WEIGHT = 0.5
_LETTERS_WEIGHT = 0.35
_MOST_WITH_LETTERS = 20_000
_COMPOUND_WEIGHT = 0.6
_UNWRITTEN_NOUN = 2.0
_UNWRITTEN_VERB = 1.0


class Signal(StrEnum):
    """What ranks entries beside the words they have. The figures in docs/finding.md say what each is worth."""

    NEAR_WORDS = "near words"
    MEANING = "meaning"
    LETTERS = "letters"
    NEIGHBOURS = "neighbours"


SIGNALS = frozenset(Signal)


@dataclass(frozen=True)
class FoundPassage:
    """A passage of an entry's article, as the index numbers it."""

    entry: int
    article: Article
    passage: Passage


@dataclass(frozen=True)
class Hit:
    """An entry with its score, and the share of the question (0 to 1, by rarity) that it covers."""

    entry: Entry
    number: int
    score: float
    cover: float


class Finder:
    """Entries and their passages, indexed. Immutable; safe to share between threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        signals: frozenset[Signal] = SIGNALS,
        words: WordVectors | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self._signals = signals
        self.passages = tuple(
            FoundPassage(number, article, passage)
            for number, entry in enumerate(self.entries)
            for article, passage in passages_of(entry)
        )
        read = [read_entry(entry) for entry in self.entries]
        self.index = TermIndex((entry.fields for entry in read), _ENTRY_FIELDS, _K1)
        self.passage_index = TermIndex((p for entry in read for p in entry.passages), _PASSAGE_FIELDS)
        self._letters = _letter_index(read if len(read) <= _MOST_WITH_LETTERS else [])
        self._meaning = Meaning(read, self.index, words or load_words())
        self._passage_entry = np.array([found.entry for found in self.passages], dtype=np.int32)

    def rank(self, concepts: Sequence[Concept], limit: int = 12, text: str = "") -> list[Hit]:
        """The best entries for what a question is about, best first; none with a score of zero.

        `text` is the whole question: its meaning counts, and its other words a little. Without it, words alone count.
        """
        scores = self._scores(concepts, text)
        best = [number for number in _best(scores, limit) if scores[number] > 0]
        covers = self._covers(best, concepts)
        return [
            Hit(self.entries[n], n, float(scores[n]), cover) for n, cover in zip(best, covers, strict=True)
        ]

    def having_row(self, rows: Sequence[str]) -> list[Hit]:
        """The initiatives whose table has text in one of these rows, in the order of the plan."""
        found = (f.entry for f in self.passages if f.passage.label in rows)
        return [Hit(self.entries[number], number, 1.0, 1.0) for number in dict.fromkeys(found)]

    def weight(self, concept: Concept) -> float:
        """How much a concept matters: the rarity of its rarest own term; one that nobody wrote counts no more
        than a middling word, for people say the same thing in words of their own.
        """
        terms = [term for term, _ in concept.alternatives[0].terms] if concept.alternatives else []
        known = [self.index.idf(term) for term in terms if term in self.index]
        unwritten = _UNWRITTEN_NOUN if concept.is_noun else _UNWRITTEN_VERB
        return max(known, default=unwritten) if terms else 0.0

    def known(self, concept: Concept) -> bool:
        """Whether some way to say the concept stands anywhere in the knowledge base."""
        return any(any(term in self.index for term, _ in way.terms) for way in concept.alternatives)

    def covers(self, number: int, concept: Concept) -> float:
        """How far entry `number` covers a concept, 0 to 1."""
        return _best_cover(self.index, number, concept)

    def passage_covers(self, number: int, concept: Concept) -> float:
        """How far passage `number` covers a concept, 0 to 1."""
        return _best_cover(self.passage_index, number, concept)

    def passages_of(self, entry: int) -> list[int]:
        """The numbers of an entry's passages, in the order of the source."""
        return [int(n) for n in np.flatnonzero(self._passage_entry == entry)]

    def nearness(self, number: int, concept: Concept) -> float:
        """How near in meaning the nearest word of entry `number` comes to a concept, 0 to 1."""
        return self._meaning.nearness(number, concept)

    def _scores(self, concepts: Sequence[Concept], text: str) -> Scores:
        """Words and meaning together, on the scale of the words' scores."""
        if not text:
            return self._word_scores(concepts, {}, {})
        said = words_of(text)
        near = self._meaning.near(concepts) if Signal.NEAR_WORDS in self._signals else {}
        words = self._word_scores(concepts, near, _beside(concepts, said))
        if not words.any() or not self._signals - {Signal.NEAR_WORDS}:
            return words
        scores = standardised(words)
        if Signal.MEANING in self._signals:
            scores += self._meaning.scores(_weights(said, has_meaning))
        if Signal.LETTERS in self._signals and self._letters.size:
            letters = self._letters.scores(Counter(letter_pairs(text)))
            scores += np.float32(_LETTERS_WEIGHT) * standardised(letters)
        if Signal.NEIGHBOURS in self._signals:
            scores = self._meaning.smoothed(scores)
        return np.asarray(words.mean() + words.std() * scores, np.float32)

    def _word_scores(
        self, concepts: Sequence[Concept], near: Mapping[str, Sequence[Near]], beside: Mapping[str, float]
    ) -> Scores:
        scores = _concept_scores(self.index, concepts, near)
        scores += self.index.scores({term: _BESIDE_WEIGHT * weight for term, weight in beside.items()})
        if len(self.passages) > len(self.entries):
            best = np.zeros(len(self.entries), dtype=np.float32)
            np.maximum.at(best, self._passage_entry, _concept_scores(self.passage_index, concepts, {}))
            scores += np.float32(_PASSAGE_SHARE) * best
        return scores

    def _covers(self, numbers: Sequence[int], concepts: Sequence[Concept]) -> list[float]:
        """The share of the concepts, by weight, that each of these entries covers."""
        weights = [self.weight(concept) for concept in concepts]
        total = sum(weights) or 1.0
        held = [self.index.held(number) for number in numbers]
        covers = [
            [_cover(self.index, way, terms) for way in c.alternatives] for terms in held for c in concepts
        ]
        best = np.array([max(ways, default=0.0) for ways in covers]).reshape(len(numbers), len(concepts))
        return [float(cover) for cover in best @ np.array(weights) / total]


def _best(scores: Scores, limit: int) -> list[int]:
    """The places of the largest scores, largest first; of equals the first."""
    if limit >= len(scores):
        return [int(place) for place in np.argsort(-scores, kind="stable")]
    least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
    places = np.flatnonzero(scores >= least)
    return [int(place) for place in places[np.argsort(-scores[places], kind="stable")][:limit]]


def _letter_index(read: Sequence[ReadEntry]) -> TermIndex:
    return TermIndex((entry.letters for entry in read), {"letters": FieldWeight(1.0, 0.5)}, k1=1.2)


def _weights(words: Sequence[Word], wanted: Callable[[Word], bool]) -> dict[str, float]:
    """The terms of the words wanted; a compound and its units share its weight."""
    weights: dict[str, float] = {}
    for word in filter(wanted, words):
        terms = terms_of_word(word)
        for term in terms:
            weights[term] = weights.get(term, 0.0) + (1.0 if len(terms) == 1 else _COMPOUND_WEIGHT)
    return weights


def _beside(concepts: Sequence[Concept], words: Sequence[Word]) -> dict[str, float]:
    """The indexed terms of the question that no concept has: words of asking, prefixes and suffixes."""
    held = {term for concept in concepts for way in concept.alternatives for term, _ in way.terms}
    return {term: weight for term, weight in _weights(words, is_indexed).items() if term not in held}


def _concept_scores(
    index: TermIndex, concepts: Sequence[Concept], near: Mapping[str, Sequence[Near]]
) -> Scores:
    total = np.zeros(index.size, dtype=np.float32)
    for concept in concepts:
        ways = [way.weight * index.scores(dict(way.terms), near) for way in concept.alternatives]
        if ways:
            total += np.maximum.reduce(ways)
    return total


def _best_cover(index: TermIndex, number: int, concept: Concept) -> float:
    held = index.held(number)
    return max((_cover(index, way, held) for way in concept.alternatives), default=0.0)


def _cover(index: TermIndex, way: Alternative, held: Container[str]) -> float:
    total = covered = 0.0
    for term, share in way.terms:
        weight = share * index.idf(term)
        total += weight
        if term in held:
            covered += weight
    return way.weight * covered / total if total else 0.0
