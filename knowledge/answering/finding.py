"""Find entries and passages for a question: one score for each signal, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from knowledge.answering.changing import Change
from knowledge.answering.concepts import Alternative, Concept
from knowledge.answering.counting import Numbers
from knowledge.answering.index import Scores, TermIndex, Ways
from knowledge.answering.indexing import Indexes
from knowledge.answering.passages import Passages
from knowledge.answering.reading import ReadEntries, letter_pairs
from knowledge.entry import Entry
from knowledge.language.japanese import Word, words_of
from knowledge.language.terms import has_meaning, is_indexed, terms_of_word
from knowledge.meaning.space import standardised

_PASSAGE_SHARE = 0.6
_BESIDE_WEIGHT = 0.5
_LETTERS_WEIGHT = 0.35
_MOST_CANDIDATES = 200
_MOST_SMOOTHED = 50
_MOST_NEIGHBOURS = 10
_ENTRIES_A_NEIGHBOUR = 100
_SMOOTHING = 0.7
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


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry with its score, and the share of the question (0 to 1, by rarity) that it covers."""

    entry: Entry
    number: int
    score: float
    cover: float


class Finder:
    """Entries and their passages, indexed. Immutable; safe to share between threads."""

    def __init__(
        self, entries: Sequence[Entry], signals: frozenset[Signal] = SIGNALS, indexes: Indexes | None = None
    ) -> None:
        """`indexes` are those of the entries, where they are built already."""
        self.entries = tuple(entries)
        self.signals = signals
        self._indexes = indexes or Indexes.of(self.entries)
        self.index = self._indexes.entries
        self.passages = Passages(self.entries, self._indexes.first_passages)
        self._passage_entry = self._indexes.passage_entries()

    def spliced(self, entries: Sequence[Entry], change: Change) -> tuple[Finder, ReadEntries] | None:
        """A finder over other entries, and what was read for it; None where it must be built anew."""
        spliced = self._indexes.spliced(change, entries)
        return spliced and (Finder(entries, self.signals, spliced[0]), spliced[1])

    def rank(self, concepts: Sequence[Concept], limit: int = 12, text: str = "") -> list[Hit]:
        """The best entries for what a question is about, best first; none with a score of zero.

        `text` is the whole question: its meaning counts, and its other words a little. Without it, words alone count.
        """
        numbers, scores = self._scores(concepts, text)
        places = _best(scores, limit)
        places = places[scores[places] > 0]
        found = numbers[places]
        covers = self._covers(found, concepts).tolist()
        return [
            Hit(self.entries[number], number, score, cover)
            for number, score, cover in zip(found.tolist(), scores[places].tolist(), covers, strict=True)
        ]

    def having_row(self, rows: Sequence[str]) -> list[Hit]:
        """The initiatives whose table has text in one of these rows, in the order of the plan."""
        found = {number: None for label, number in self._labelled if label in rows} if rows else {}
        return [Hit(self.entries[number], number, 1.0, 1.0) for number in found]

    @cached_property
    def _labelled(self) -> tuple[tuple[str, int], ...]:
        """The rows that passages stand in, each with the number of its entry."""
        labelled = ((found.passage.label, found.entry) for found in self.passages if found.passage.label)
        return tuple(dict.fromkeys(labelled))

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
        return _cover(self.index, number, concept)

    def passage_covers(self, number: int, concept: Concept) -> float:
        """How far passage `number` covers a concept, 0 to 1; the only one of its entry covers what the entry does."""
        if self._indexes.passages.size:
            return _cover(self._indexes.passages, number, concept)
        return _cover(self.index, self.passages[number].entry, concept)

    def nearness(self, number: int, concept: Concept) -> float:
        """The cosine (0 to 1) of a concept's own word with the nearest word of entry `number`; 0 below .4."""
        own = [way.terms[0][0] for way in concept.alternatives if way.terms]
        return max((self._indexes.near.nearness(term, number) for term in own), default=0.0)

    def passages_of(self, entry: int) -> list[int]:
        """The numbers of an entry's passages, in the order of the source."""
        return list(self.passages.of(entry))

    def _scores(self, concepts: Sequence[Concept], text: str) -> tuple[Numbers, Scores]:
        """The entries worth a closer look and their scores: words and meaning together, on the scale of the words'."""
        said = words_of(text) if text else ()
        words = self._word_scores(concepts, said)
        if not words.any() or not text or not self.signals - {Signal.NEAR_WORDS}:
            return np.arange(len(words), dtype=np.int32), words
        scores = standardised(words)
        if Signal.LETTERS in self.signals and self._indexes.letters.size:
            letters = self._indexes.letters.scores(Counter(letter_pairs(text)))
            scores += np.float32(_LETTERS_WEIGHT) * standardised(letters)
        numbers = _best(scores, _MOST_CANDIDATES)
        scores = scores[numbers]
        if Signal.MEANING in self.signals:
            scores += self._indexes.meaning.scores(_weights(said, has_meaning), numbers)
        if Signal.NEIGHBOURS in self.signals:
            numbers, scores = self._smoothed(numbers, scores)
        return numbers, np.asarray(words.mean() + words.std() * scores, np.float32)

    def _smoothed(self, numbers: Numbers, scores: Scores) -> tuple[Numbers, Scores]:
        """The best candidates, each with a share of the mean score of those nearest to it in meaning."""
        best = _best(scores, _MOST_SMOOTHED)
        numbers, scores = numbers[best], scores[best]
        most = min(_MOST_NEIGHBOURS, len(self.entries) // _ENTRIES_A_NEIGHBOUR)
        near = self._indexes.meaning.space.nearest(numbers, most)
        return numbers, scores + np.float32(_SMOOTHING) * scores[near].mean(axis=1) if near.size else scores

    def _word_scores(self, concepts: Sequence[Concept], said: Sequence[Word]) -> Scores:
        near: Mapping[str, Ways] = {}
        if said and Signal.NEAR_WORDS in self.signals:
            near = self._indexes.near.ways(
                term for concept in concepts for way in concept.alternatives for term, _ in way.terms
            )
        scores = _concept_scores(self.index, concepts, near)
        if said:
            beside = _beside(concepts, said)
            scores += self.index.scores({term: _BESIDE_WEIGHT * weight for term, weight in beside.items()})
        if self._indexes.passages.size:
            best = np.zeros(len(self.entries), dtype=np.float32)
            np.maximum.at(best, self._passage_entry, _concept_scores(self._indexes.passages, concepts, {}))
            scores += np.float32(_PASSAGE_SHARE) * best
        return scores

    def _covers(self, numbers: Numbers, concepts: Sequence[Concept]) -> Scores:
        """The share of the concepts, by weight, that each of these entries covers."""
        total = np.zeros(len(numbers), np.float32)
        weights = [self.weight(concept) for concept in concepts]
        for concept, weight in zip(concepts, weights, strict=True):
            ways = [_covered(self.index, way, numbers) for way in concept.alternatives]
            if ways:
                total += np.float32(weight) * (ways[0] if len(ways) == 1 else np.maximum.reduce(ways))
        return total / np.float32(sum(weights) or 1.0)


def _best(scores: Scores, limit: int) -> Numbers:
    """The places of the largest scores, largest first; of equals the first."""
    places = np.arange(len(scores))
    if limit < len(scores):
        least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        places = np.flatnonzero(scores >= least)
    return places[np.argsort(-scores[places], kind="stable")][:limit].astype(np.int32)


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


def _concept_scores(index: TermIndex, concepts: Sequence[Concept], near: Mapping[str, Ways]) -> Scores:
    """What each document scores for the concepts; of several ways to say one, the best."""
    alone: dict[str, float] = {}
    total = np.zeros(index.size, dtype=np.float32)
    for concept in concepts:
        if len(concept.alternatives) == 1:
            for term, share in dict(concept.alternatives[0].terms).items():
                alone[term] = alone.get(term, 0.0) + concept.alternatives[0].weight * share
        elif concept.alternatives:
            ways = [way.weight * index.scores(dict(way.terms), near) for way in concept.alternatives]
            total += np.maximum.reduce(ways)
    return total + index.scores(alone, near) if alone else total


def _cover(index: TermIndex, number: int, concept: Concept) -> float:
    """How far a document covers the best covered way to say a concept."""
    best = 0.0
    for way in concept.alternatives:
        weights = [(term, share * index.idf(term)) for term, share in way.terms]
        total = sum(weight for _, weight in weights)
        covered = sum(weight for term, weight in weights if index.has(term, number))
        best = max(best, way.weight * covered / total if total else 0.0)
    return best


def _covered(index: TermIndex, way: Alternative, numbers: Numbers) -> Scores:
    """How far each of some documents covers one way to say a concept."""
    covered, total = np.zeros(len(numbers), np.float32), 0.0
    for term, share in way.terms:
        weight = share * index.idf(term)
        total += weight
        covered += np.float32(weight) * index.having(term, numbers)
    return covered * np.float32(way.weight / total if total else 0.0)
