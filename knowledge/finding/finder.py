"""Find entries and passages for a question: one score for each signal, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache, partial

import numpy as np

from knowledge.asking.concepts import Concept
from knowledge.entry import Entry
from knowledge.finding.changing import Change
from knowledge.finding.counting import Numbers
from knowledge.finding.covering import Coverage
from knowledge.finding.encoded import EncodedMeaning, Encodings
from knowledge.finding.index import Scores, TermIndex
from knowledge.finding.indexing import Indexes
from knowledge.finding.passages import Passages
from knowledge.finding.reading import ReadEntries, letter_pairs
from knowledge.finding.scoring import ConceptScores
from knowledge.finding.sentences import Sentence, sentences_of
from knowledge.language.japanese import Word, fold, words_of
from knowledge.language.terms import has_meaning, is_indexed, terms_of, weighed
from knowledge.meaning.space import standardised
from knowledge.meaning.words import Vectors, unit

_PASSAGE_SHARE = 0.6
_BESIDE_WEIGHT = 0.5
_MOST_CANDIDATES = 200
_MOST_SMOOTHED = 50
_MOST_NEIGHBOURS = 10
_ENTRIES_A_NEIGHBOUR = 100
_UNWRITTEN_NOUN = 2.0
_UNWRITTEN_VERB = 1.0
_MOST_REMEMBERED = 4_096
_MOST_TOLD = 1_024
_COMMON_SHARE = 0.7


class Signal(StrEnum):
    """What ranks entries beside the words they have. The figures in docs/finding.md say what each is worth."""

    NEAR_WORDS = "near words"
    MEANING = "meaning"
    LETTERS = "letters"
    NEIGHBOURS = "neighbours"


SIGNALS = frozenset(Signal)


@dataclass(frozen=True)
class Weights:
    """What each signal's z-score counts beside that of words; `python -m bench weighing` tells how they were chosen."""

    letters: float = 0.35
    meaning: float = 1.0
    encoded: float = 1.0
    neighbours: float = 0.7


WEIGHTS = Weights()


class Hit:
    """An entry with its score, and the share of the question (0 to 1, by rarity) that it covers. Immutable."""

    __slots__ = ("_cover", "entry", "number", "score")

    def __init__(self, entry: Entry, number: int, score: float, cover: float | Callable[[], float]) -> None:
        """`cover` may be worked out when it is asked for: of most hits it never is."""
        self.entry, self.number, self.score, self._cover = entry, number, score, cover

    @property
    def cover(self) -> float:
        """The share of the question that the entry covers."""
        if callable(self._cover):
            self._cover = self._cover()
        return self._cover

    def with_score(self, score: float) -> Hit:
        """The same entry with another score."""
        return Hit(self.entry, self.number, score, self._cover)

    def with_cover(self, cover: float) -> Hit:
        """The same entry with another cover."""
        return Hit(self.entry, self.number, self.score, cover)


class Finder:
    """Entries and their passages, indexed. Immutable; safe to share between threads."""

    def __init__(
        self,
        entries: Sequence[Entry],
        signals: frozenset[Signal] = SIGNALS,
        indexes: Indexes | None = None,
        encoded: EncodedMeaning | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        """`indexes` are those of the entries, where they are built already; `encoded`: what a model made of them."""
        self.entries = tuple(entries)
        self.signals = signals
        self._indexes = indexes or Indexes.of(self.entries)
        self.encoded = encoded
        self.weights = weights
        self.index = self._indexes.entries
        self.passages = Passages(self.entries, self._indexes.first_passages)
        self.weight: Callable[[Concept], float] = lru_cache(_MOST_REMEMBERED)(partial(_weight, self.index))
        self._told: Callable[[str, str], Vectors] = lru_cache(_MOST_TOLD)(partial(_told, self._indexes))
        self._coverage = Coverage(self.index)
        self._passage_coverage = Coverage(self._indexes.passages)
        near = self._indexes.near if Signal.NEAR_WORDS in signals else None
        self._near_scores = ConceptScores(self.index, near)
        self._own_scores = ConceptScores(self.index)
        self._passage_scores = ConceptScores(self._indexes.passages)
        lengths = np.diff(self._indexes.first_passages)
        self._having_passages = np.flatnonzero(lengths)
        self._first_of_them = self._indexes.first_passages[:-1][self._having_passages]

    def spliced(self, entries: Sequence[Entry], change: Change) -> tuple[Finder, ReadEntries] | None:
        """A finder over other entries, and what was read for it; None where it must be built anew."""
        spliced = self._indexes.spliced(change, entries)
        return spliced and (Finder(entries, self.signals, spliced[0], self.encoded, self.weights), spliced[1])

    def with_encoded(self, encodings: Encodings) -> Finder:
        """The finder with what a model made of its entries' texts."""
        if self.encoded:
            encoded: EncodedMeaning | None = self.encoded.over(self.entries, encodings)
        else:
            encoded = EncodedMeaning.of(self.entries, encodings, self._indexes.meaning.rarity)
        return Finder(self.entries, self.signals, self._indexes, encoded, self.weights)

    def weighed(self, weights: Weights) -> Finder:
        """The same finder with other weights."""
        return Finder(self.entries, self.signals, self._indexes, self.encoded, weights)

    @property
    def changed(self) -> int:
        """How many entries were changed since the indexes were built whole."""
        return self._indexes.changed

    def rank(self, concepts: Sequence[Concept], limit: int = 12, text: str = "") -> list[Hit]:
        """The best entries for what a question is about, best first; none with a score of zero.

        `text` is the whole question: its meaning counts, and its other words a little. Without it, words alone count.
        """
        numbers, scores = self._scores(concepts, text)
        places = _best(scores, limit)
        places = places[scores[places] > 0]
        found = numbers[places]
        weighted = [(concept, self.weight(concept)) for concept in concepts]
        return [
            Hit(self.entries[number], number, score, partial(self._share, number, weighted))
            for number, score in zip(found.tolist(), scores[places].tolist(), strict=True)
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

    def known(self, concept: Concept) -> bool:
        """Whether some way to say the concept stands anywhere in the knowledge base."""
        return any(any(term in self.index for term, _ in way.terms) for way in concept.alternatives)

    def covers(self, number: int, concept: Concept) -> float:
        """How far entry `number` covers a concept, 0 to 1."""
        return self._coverage.of(number, concept)

    def passage_covers(self, entry: int, concept: Concept) -> list[float]:
        """How far each passage of an entry covers a concept, 0 to 1; the only one covers what the entry does."""
        if not self._indexes.passages.size:
            return [self.covers(entry, concept)]
        numbers = self.passages.of(entry)
        return self._passage_coverage.within(numbers.start, numbers.stop, concept)

    def nearness(self, number: int, concept: Concept) -> float:
        """The cosine (0 to 1) of a concept's own word with the nearest word of entry `number`; 0 below .4."""
        own = [
            way.terms[0][0]
            for way in concept.alternatives
            if len(way.terms) == 1 or way is concept.alternatives[0]
        ]
        return max((self._indexes.near.nearness(term, number) for term in own), default=0.0)

    def nearest_passage(self, numbers: Sequence[int], question: str) -> tuple[int, float]:
        """Of an entry's passages the nearest to a question in meaning, and its cosine about their common centre.

        What the entry's title says is left out: every passage is about that.
        """
        title = fold(self.entries[self.passages.entry_of(numbers[0])].title)
        told = np.array([self._told(self.passages[number].passage.text, title) for number in numbers])
        asked = self._indexes.meaning.of_terms(_beyond(title, terms_of(question)))
        told = unit(told - np.float32(_COMMON_SHARE) * told.mean(axis=0))
        cosines = told @ asked
        best = int(cosines.argmax())
        return numbers[best], float(cosines[best])

    def passages_of(self, entry: int) -> list[int]:
        """The numbers of an entry's passages, in the order of the source."""
        return list(self.passages.of(entry))

    def sentences_of(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of a passage, in order; those of long ones were read when the index was built."""
        return _sentences(self._indexes, text)

    def _scores(self, concepts: Sequence[Concept], text: str) -> tuple[Numbers, Scores]:
        """The entries worth a closer look and their scores: words and meaning together, on the scale of the words'."""
        said = words_of(text) if text else ()
        words = self._word_scores(concepts, said)
        if not words.any() or not text or not self.signals - {Signal.NEAR_WORDS}:
            return np.arange(len(words), dtype=np.int32), words
        scores, mean, deviation = standardised(words)
        if Signal.LETTERS in self.signals and self._indexes.letters.size:
            letters = self._indexes.letters.scores(Counter(letter_pairs(text)))
            scores += np.float32(self.weights.letters) * standardised(letters)[0]
        numbers = _best(scores, _MOST_CANDIDATES)
        scores = scores[numbers]
        if Signal.MEANING in self.signals:
            scores += self._meant(text, said, numbers)
        if Signal.NEIGHBOURS in self.signals:
            numbers, scores = self._smoothed(numbers, scores)
        return numbers, np.float32(mean) + np.float32(deviation) * scores

    def _meant(self, text: str, said: Sequence[Word], numbers: Numbers) -> Scores:
        """How near some entries lie to the question in meaning: by their words, and as a model encoded them."""
        weights = weighed(said, has_meaning)
        scores = np.float32(self.weights.meaning) * self._indexes.meaning.scores(weights, numbers)
        if self.encoded:
            scores += np.float32(self.weights.encoded) * self.encoded.scores(text, weights, numbers)
        return scores

    def _smoothed(self, numbers: Numbers, scores: Scores) -> tuple[Numbers, Scores]:
        """The best candidates, each with a share of the mean score of those nearest to it in meaning."""
        best = _best(scores, _MOST_SMOOTHED)
        numbers, scores = numbers[best], scores[best]
        most = min(_MOST_NEIGHBOURS, len(self.entries) // _ENTRIES_A_NEIGHBOUR)
        near = (self.encoded or self._indexes.meaning.space).nearest(numbers, most)
        return numbers, scores + np.float32(self.weights.neighbours) * scores[near].mean(
            axis=1
        ) if near.size else scores

    def _word_scores(self, concepts: Sequence[Concept], said: Sequence[Word]) -> Scores:
        scores = (self._near_scores if said else self._own_scores).of(concepts)
        if said:
            beside = _beside(concepts, said)
            scores += self.index.scores({term: _BESIDE_WEIGHT * weight for term, weight in beside.items()})
        if self._indexes.passages.size:
            of_passages = self._passage_scores.of(concepts)
            best = np.maximum.reduceat(of_passages, self._first_of_them)
            scores[self._having_passages] += np.float32(_PASSAGE_SHARE) * best
        return scores

    def _share(self, number: int, weighted: Sequence[tuple[Concept, float]]) -> float:
        """The share of the concepts, by weight, that an entry covers."""
        total = sum(weight for _, weight in weighted)
        covered = sum(weight * self._coverage.of(number, concept) for concept, weight in weighted)
        return covered / (total or 1.0)


def _weight(index: TermIndex, concept: Concept) -> float:
    """How much a concept matters: the rarity of its rarest own term; one that nobody wrote counts no more
    than a middling word, for people say the same thing in words of their own.
    """
    terms = [term for term, _ in concept.alternatives[0].terms] if concept.alternatives else []
    known = [index.idf(term) for term in terms if term in index]
    unwritten = _UNWRITTEN_NOUN if concept.is_noun else _UNWRITTEN_VERB
    return max(known, default=unwritten) if terms else 0.0


def _sentences(indexes: Indexes, text: str) -> tuple[Sentence, ...]:
    return indexes.sentences.get(text) or sentences_of(text)


def _told(indexes: Indexes, text: str, title: str) -> Vectors:
    """What a passage tells beyond a folded title (shape: dimensions, length 1)."""
    terms = (term for sentence in _sentences(indexes, text) for term in sentence.terms)
    return indexes.meaning.of_terms(_beyond(title, terms))


def _beyond(title: str, terms: Iterable[str]) -> Iterator[str]:
    """The terms that a folded title does not have, each once."""
    return (term for term in dict.fromkeys(terms) if term not in title)


def _best(scores: Scores, limit: int) -> Numbers:
    """The places of the largest scores, largest first; of equals the first."""
    if limit >= len(scores):
        return np.argsort(-scores, kind="stable").astype(np.int32)
    parted = scores.copy()
    parted.partition(len(scores) - limit)
    places = np.flatnonzero(scores >= parted[len(scores) - limit])
    return places[np.argsort(-scores[places], kind="stable")][:limit].astype(np.int32)


def _beside(concepts: Sequence[Concept], words: Sequence[Word]) -> dict[str, float]:
    """The indexed terms of the question that no concept has: words of asking, prefixes and suffixes."""
    held = {term for concept in concepts for way in concept.alternatives for term, _ in way.terms}
    return {term: weight for term, weight in weighed(words, is_indexed).items() if term not in held}
