"""What entries mean, beside the words they have: how near a question lies to each, and which words stand for others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.finding.counting import Counts, FieldCounts, Numbers, numbered
from knowledge.finding.index import Near, Scores, TermIndex, Ways
from knowledge.meaning.space import DocumentSpace, TermSpace, add_up
from knowledge.meaning.words import Vectors, WordVectors, unit

_TOLD_WEIGHT = 1.5
_LEAST_COSINE = 0.4
_MOST_NEAR = 20
_NEAR_SHARE = 0.8
_MOST_REMEMBERED = 20_000
_BLOCK = 256

Halves = NDArray[np.float16]


class NearWords:
    """The words of a knowledge base that can stand for others. Remembers what it looked up."""

    def __init__(self, index: TermIndex, terms: TermSpace, numbers: Numbers) -> None:
        """`numbers` are those that the terms have in the index: changes leave them as they are."""
        self._index = index
        self._terms = terms
        self._numbers = numbers
        self._found: dict[str, Ways] = {}

    @classmethod
    def of(cls, index: TermIndex, words: WordVectors) -> NearWords:
        """Over all terms of an index."""
        terms = TermSpace(index.terms(), words, _LEAST_COSINE, _MOST_NEAR)
        return cls(index, terms, index.numbers_of(terms.terms))

    def over(self, index: TermIndex) -> NearWords:
        """The same words over another index; terms it has besides stand for none."""
        return NearWords(index, self._terms, self._numbers)

    def ways(self, terms: Iterable[str]) -> Mapping[str, Ways]:
        """For each term, how documents score by it or by those that can stand for it."""
        found = {term: self._found.get(term) for term in terms}
        missing = [term for term, ways in found.items() if ways is None]
        return {term: ways for term, ways in found.items() if ways is not None} | self._look_up(missing)

    def nearness(self, term: str, number: int) -> float:
        """The cosine (0 to 1) of a term with the nearest of its words that document `number` has; 0 where it has none."""
        if self._index.has(term, number):
            return 1.0
        near = self._terms.near(term)
        return next((other.cosine for other in near if self._index.has(other.term, number)), 0.0)

    def _look_up(self, terms: Sequence[str]) -> dict[str, Ways]:
        """Terms that were not asked for before; several at once cost little more than one."""
        if not terms:
            return {}
        if len(self._found) >= _MOST_REMEMBERED:
            self._found.clear()
        found = {
            term: self._index.ways(
                term, Near(self._numbers[places], _NEAR_SHARE * cosines.astype(np.float64))
            )
            for term, (places, cosines) in zip(terms, self._terms.places_near(terms), strict=True)
        }
        self._found |= found
        return found


@dataclass(frozen=True)
class Meaning:
    """Entries in the space of word vectors, one vector each. Immutable; safe to share between threads.

    An entry's vector is what it asks plus that with its text, each of length 1 about the mean of its kind (`means`).
    """

    space: DocumentSpace
    means: tuple[Vectors, Vectors]
    rarity: Rarity
    words: WordVectors

    @classmethod
    def of(cls, parts: Sequence[Counts], words: WordVectors) -> Meaning:
        """Build from counts of what entries ask and tell (reading.MEANING_FIELDS)."""
        rarity = Rarity.of(parts)
        asked, whole = _added_up(parts, rarity, words)
        means = _mean(asked), _mean(whole)
        return cls(DocumentSpace.of(_together(asked, whole, means)), means, rarity, words)

    def scores(self, weights: Mapping[str, float], numbers: Numbers) -> Scores:
        """How near in meaning weighted terms lie to some entries, as z-scores among all; zero when none is known."""
        question = add_up({t: weight * self.rarity.weight(t) for t, weight in weights.items()}, self.words)
        mean, deviation = self.space.standard(question)
        if deviation <= 0:
            return np.zeros(len(numbers), np.float32)
        return (self.space.products(question, numbers) - np.float32(mean)) / np.float32(deviation)

    def of_terms(self, terms: Iterable[str]) -> Vectors:
        """The direction of some terms, each by its rarity (shape: dimensions); zero when none is known."""
        weights = {term: self.rarity.weight(term) for term in terms}
        return unit(add_up(weights, self.words).reshape(1, -1)).reshape(-1)

    def spliced(self, kept: Numbers, added: Counts, places: Sequence[int], size: int) -> Meaning:
        """With entries taken out, moved and put in (see postings.splice); words are as rare as they were."""
        asked, whole = _added_up([added], self.rarity, self.words)
        space = DocumentSpace.of(_together(asked, whole, self.means))
        return replace(self, space=self.space.spliced(kept, space, places, size))


@dataclass(frozen=True)
class Rarity:
    """How rare a term is among the entries, over all words that mean something."""

    size: int
    found: Mapping[str, int]

    @classmethod
    def of(cls, parts: Sequence[Counts]) -> Rarity:
        """Counted in how many entries each term stands."""
        numbers, places = numbered(parts)
        found = np.zeros(len(numbers), np.int64)
        for part, place in zip(parts, places, strict=True):
            width = max(1, len(place))
            keys = [f.documents.astype(np.int64) * width + f.terms for f in part.fields.values()]
            found[place] += np.bincount(np.unique(np.concatenate(keys)) % width, minlength=len(place))
        return cls(sum(part.size for part in parts), dict(zip(numbers, found.tolist(), strict=True)))

    def weight(self, term: str) -> float:
        """The inverse document frequency of a term."""
        found = self.found.get(term, 0)
        return math.log(1 + (self.size - found + 0.5) / (found + 0.5))


def _added_up(parts: Sequence[Counts], rarity: Rarity, words: WordVectors) -> tuple[Halves, Halves]:
    """The vectors of what entries ask and of the whole, of length 1 (shape: entries × dimensions, at half precision)."""
    numbers, places = numbered(parts)
    weighted = words.vectors([*numbers]) * np.array(
        [[rarity.weight(term)] for term in numbers], np.float32
    ).reshape(-1, 1)
    made = [
        pair for part, place in zip(parts, places, strict=True) for pair in _blocks(part, weighted[place])
    ]
    none = np.zeros((0, words.dimensions), np.float16)
    return np.concatenate([none, *(asked for asked, _ in made)]), np.concatenate(
        [none, *(w for _, w in made)]
    )


def _blocks(part: Counts, weighted: Vectors) -> Iterator[tuple[Halves, Halves]]:
    for start in range(0, part.size, _BLOCK):
        size = min(_BLOCK, part.size - start)
        asked, told = (_sums(part.fields[name], start, size, weighted) for name in ("asked", "told"))
        asked = unit(asked)
        whole = asked + np.float32(_TOLD_WEIGHT) * unit(told)
        yield asked.astype(np.float16), whole.astype(np.float16)


def _sums(field: FieldCounts, start: int, size: int, weighted: Vectors) -> Vectors:
    """Each document's weighted terms added up, as often as they stand there, for `size` documents from `start` on."""
    stretch = slice(field.starts[start], field.starts[start + size])
    terms, columns = np.unique(field.terms[stretch], return_inverse=True)
    counted = np.zeros((size, len(terms)), np.float32)
    rows = np.repeat(np.arange(size), np.diff(field.starts[start : start + size + 1]))
    counted[rows, columns] = field.counts[stretch]
    return np.asarray(counted @ weighted[terms], np.float32)


def _together(asked: Halves, whole: Halves, means: tuple[Vectors, Vectors]) -> Iterator[Vectors]:
    """What entries ask and the whole of them as one vector each, in blocks."""
    for start in range(0, len(asked), _BLOCK):
        block = slice(start, start + _BLOCK)
        yield _about(asked[block], means[0]) + _about(whole[block], means[1])


def _mean(vectors: Halves) -> Vectors:
    return np.asarray(vectors.sum(axis=0, dtype=np.float32) / np.float32(max(1, len(vectors))), np.float32)


def _about(vectors: Halves, mean: Vectors) -> Vectors:
    return unit(vectors.astype(np.float32) - mean)
