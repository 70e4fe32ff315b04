"""What entries mean to a model that encoded them when they were imported; at question time no model need run.

A question's words are carried into the model's space by a ridge regression, learned from the knowledge base itself: from what
entries ask, as words, to what the model made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.encoding.texts import encodable, key_of
from knowledge.entry import Entry
from knowledge.finding.counting import Numbers
from knowledge.finding.index import Scores
from knowledge.finding.meaning import Rarity
from knowledge.language.japanese import words_of
from knowledge.language.terms import has_meaning, weighed
from knowledge.meaning.space import DocumentSpace, nearest
from knowledge.meaning.words import Vectors, WordVectors, load_words, unit

_FEWEST = 100
_MOST_LEARNED_FROM = 3_000
_RIDGE = 3.0
_BLOCK = 4_096

Weights = Mapping[str, float]
Pair = tuple[Vectors, Vectors]


@dataclass(frozen=True)
class Encodings:
    """What a model made: the vectors of texts by key (knowledge.encoding.texts), and how it encodes a question (shape of
    the result: 1 × dimensions) where the city lets it run then.
    """

    vectors: Mapping[str, Vectors]
    ask: Callable[[str], Vectors] | None = None

    def of(self, entry: Entry) -> Pair | None:
        """The vectors of what an entry asks and of the whole; None while one is missing."""
        asked, whole = (self.vectors.get(key_of(text)) for text in encodable(entry))
        return None if asked is None or whole is None else (asked, whole)


@dataclass(frozen=True)
class Carrier:
    """Carries weighted terms into the space of a model: by what they mean (static vectors) and by which they are."""

    words: WordVectors
    rarity: Rarity
    places: Mapping[str, int]
    by_meaning: Vectors
    by_term: Vectors

    @classmethod
    def learned(cls, texts: Sequence[str], targets: Vectors, rarity: Rarity) -> Carrier:
        """From texts and where the model puts them (shape: texts × dimensions)."""
        weights = [weighed(words_of(text), has_meaning) for text in texts]
        places = {term: place for place, term in enumerate(dict.fromkeys(t for w in weights for t in w))}
        untaught = cls(load_words(), rarity, places, targets[:0], targets[:0])
        meant, bags = untaught._features(weights)
        likeness = meant @ meant.T + bags @ bags.T
        taught = np.linalg.solve(
            likeness + np.float32(_RIDGE) * np.eye(len(texts), dtype=np.float32), targets
        )
        return replace(untaught, by_meaning=meant.T @ taught, by_term=bags.T @ taught)

    def carry(self, weights: Sequence[Weights]) -> Vectors:
        """Where bags of weighted terms lie (shape: bags × dimensions)."""
        meant, bags = self._features(weights)
        return np.asarray(meant @ self.by_meaning + bags @ self.by_term, np.float32)

    def carry_one(self, weights: Weights) -> Vectors:
        """Where one bag lies (shape: dimensions); the same as `carry`, sooner."""
        rare = {term: weight * self.rarity.weight(term) for term, weight in weights.items()}
        meant = unit((np.array([*rare.values()], np.float32) @ self.words.vectors([*rare]))[None])[0]
        known = [(self.places[term], weight) for term, weight in rare.items() if term in self.places]
        carried = meant @ self.by_meaning
        if known:
            bag = unit(np.array([[weight for _, weight in known]], np.float32))[0]
            carried += bag @ self.by_term[[place for place, _ in known]]
        return np.asarray(carried, np.float32)

    def _features(self, weights: Sequence[Weights]) -> tuple[Vectors, Vectors]:
        rare = [{term: w * self.rarity.weight(term) for term, w in bag.items()} for bag in weights]
        meant = np.zeros((len(rare), self.words.dimensions), np.float32)
        bags = np.zeros((len(rare), len(self.places)), np.float32)
        for number, bag in enumerate(rare):
            if bag:
                meant[number] = np.array([*bag.values()], np.float32) @ self.words.vectors([*bag])
            for term, weight in bag.items():
                if term in self.places:
                    bags[number, self.places[term]] = weight
        return unit(meant), unit(bags)


@dataclass(frozen=True)
class EncodedMeaning:
    """Entries in the space of the model that encoded them: what they ask, and the whole of them, each about its mean.
    Immutable; safe to share between threads.
    """

    carrier: Carrier
    means: Pair
    spaces: tuple[DocumentSpace, ...]
    ask: Callable[[str], Vectors] | None

    @classmethod
    def of(cls, entries: Sequence[Entry], encodings: Encodings, rarity: Rarity) -> EncodedMeaning | None:
        """From what the model made of the entries; None where it made too little to learn from."""
        pairs = [(entry, found) for entry in entries if (found := encodings.of(entry)) is not None]
        if len(pairs) < _FEWEST:
            return None
        sample = pairs[:: -(-len(pairs) // _MOST_LEARNED_FROM)]
        asked, whole = (np.array([found[kind] for _, found in sample], np.float32) for kind in (0, 1))
        means = asked.mean(axis=0), whole.mean(axis=0)
        texts = [encodable(entry).asked for entry, _ in sample]
        carrier = Carrier.learned(texts, np.hstack([asked - means[0], whole - means[1]]), rarity)
        return cls(carrier, means, (), encodings.ask).over(entries, encodings)

    def over(self, entries: Sequence[Entry], encodings: Encodings) -> EncodedMeaning:
        """The same for other entries. One that is not encoded yet stands where its words carry it."""
        blocks = [*self._blocks(entries, encodings)]
        spaces = (DocumentSpace.of([block[kind] for block in blocks]) for kind in (0, 1))
        return replace(self, spaces=tuple(spaces), ask=encodings.ask)

    def scores(self, text: str, weights: Weights, numbers: Numbers) -> Scores:
        """How near a question lies to what some entries ask and to the whole of them: z-scores among all, added up."""
        total = np.zeros(len(numbers), np.float32)
        for space, question in zip(self.spaces, self._question(text, weights), strict=True):
            mean, deviation = space.standard(question)
            if deviation > 0:
                total += (space.products(question, numbers) - np.float32(mean)) / np.float32(deviation)
        return total

    def nearest(self, numbers: Numbers, most: int) -> Numbers:
        """For each of some entries the places among them of those nearest to it."""
        return nearest(np.hstack([space.at(numbers) for space in self.spaces]), most)

    def _question(self, text: str, weights: Weights) -> Sequence[Vectors]:
        if self.ask:
            vector = self.ask(text)[0]
            return [vector - mean for mean in self.means]
        return np.split(self.carrier.carry_one(weights), 2) if weights else self.means

    def _blocks(self, entries: Sequence[Entry], encodings: Encodings) -> Iterable[Pair]:
        for start in range(0, len(entries), _BLOCK):
            block = entries[start : start + _BLOCK]
            found = [encodings.of(entry) for entry in block]
            made = [
                np.array([pair[kind] if pair else mean for pair in found], np.float32) - mean
                for kind, mean in enumerate(self.means)
            ]
            lacking = [number for number, pair in enumerate(found) if pair is None]
            if lacking:
                bags = [weighed(words_of(encodable(block[number]).asked), has_meaning) for number in lacking]
                made[0][lacking], made[1][lacking] = np.hsplit(self.carrier.carry(bags), 2)
            yield unit(made[0]), unit(made[1])
