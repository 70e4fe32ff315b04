"""Documents as vectors: how near in meaning a question lies to each, and which words lie near each other."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.meaning.words import Vectors, WordVectors, unit

Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]
Found = tuple[NDArray[np.integer[Any]], Scores]

_STEPS = 127
_BLOCK = 4_096
_ROWS = 256
_MANY, _MOST_AHEAD = 4_000, 20_000
_LEADING = 64
_LEADING_MARGIN = 0.05


class Neighbour(NamedTuple):
    """A term of the knowledge base that lies near another in meaning, and the cosine between the two."""

    term: str
    cosine: float


class TermSpace:
    """The terms of one knowledge base as unit vectors, and which lie near which: none below the cosine `least`, no more
    than `most`. Immutable; safe to share between threads. `terms` are all of them.

    Unless there are very many terms that is worked out ahead: for the terms, and where looking through them takes long, for every
    other word that has a vector. Otherwise the leading dimensions tell which are worth comparing in full.
    """

    def __init__(self, terms: Iterable[str], words: WordVectors, least: float, most: int) -> None:
        self.terms = tuple(terms)
        self._words, self._least, self._most = words, least, most
        starts = range(0, len(self.terms), _BLOCK)
        blocks = (words.vectors(self.terms[start : start + _BLOCK]).astype(np.float16) for start in starts)
        self._vectors = np.concatenate([np.zeros((0, words.dimensions), np.float16), *blocks])
        self._leading = unit(self._vectors[:, :_LEADING].astype(np.float32))
        others = words if len(self.terms) >= _MANY else ()
        asked = tuple(dict.fromkeys([*self.terms, *others])) if len(self.terms) <= _MOST_AHEAD else ()
        ahead = [*self._all_near(asked)]
        self._places = {term: place for place, term in enumerate(asked)}
        self._starts = np.cumsum([0, *(len(places) for places, _ in ahead)])
        self._near = np.concatenate([np.zeros(0, np.int32), *(places for places, _ in ahead)])
        self._cosines = np.concatenate([np.zeros(0, np.float32), *(cosines for _, cosines in ahead)])

    def near(self, term: str) -> tuple[Neighbour, ...]:
        """The nearest other terms, nearest first; of a term the knowledge base lacks, too."""
        places, cosines = self.places_near([term])[0]
        pairs = zip(places.tolist(), cosines.tolist(), strict=True)
        return tuple(Neighbour(self.terms[place], cosine) for place, cosine in pairs)

    def places_near(self, terms: Sequence[str]) -> list[Found]:
        """The same for several terms at once, as places in `terms`, with the cosines."""
        lacking = [term for term in terms if term not in self._places]
        looked_up = iter(self._look_up(lacking) if lacking else ())
        return [
            next(looked_up) if place is None else self._known(place) for place in map(self._places.get, terms)
        ]

    def _known(self, place: int) -> Found:
        stretch = slice(self._starts[place], self._starts[place + 1])
        return self._near[stretch], self._cosines[stretch]

    def _look_up(self, terms: Sequence[str]) -> Iterator[Found]:
        vectors = np.array([self._words.vector(term) for term in terms])
        leading = self._leading @ unit(vectors[:, :_LEADING]).T  # read once for all of them
        for term, vector, nearly in zip(terms, vectors, leading.T, strict=True):
            yield self._look_among((nearly > self._least - _LEADING_MARGIN).nonzero()[0], term, vector)

    def _look_among(self, places: NDArray[np.integer[Any]], term: str, vector: Vectors) -> Found:
        best, cosines = self._best(places, self._vectors[places].astype(np.float32) @ vector, self._most + 1)
        others = [at for at, place in enumerate(best.tolist()) if self.terms[place] != term]
        return best[others[: self._most]], cosines[others[: self._most]]

    def _all_near(self, asked: Sequence[str]) -> Iterator[Found]:
        vectors = self._vectors.astype(np.float32)
        for start in range(0, len(asked), _ROWS):
            block = self._words.vectors(asked[start : start + _ROWS])
            for own, cosines in enumerate(block @ vectors.T, start):
                places = np.flatnonzero(cosines > self._least)
                places = places[places != own].astype(np.int32)
                yield self._best(places, cosines[places], self._most)

    def _best(self, places: NDArray[np.integer[Any]], cosines: Scores, most: int) -> Found:
        best = np.argsort(-cosines, kind="stable")[:most]
        best = best[cosines[best] > self._least]
        return places[best], cosines[best]


@dataclass(frozen=True)
class DocumentSpace:
    """Documents as vectors, a byte a dimension. Immutable; safe to share between threads.

    `table` is documents × dimensions; a document's vector is its row times its `scale`. `moments` are the means of the
    vectors and of their outer products, as they were when the space was built.
    """

    table: NDArray[np.int8]
    scale: Scores
    moments: tuple[Vectors, Vectors]

    @classmethod
    def of(cls, blocks: Iterable[Vectors]) -> DocumentSpace:
        """The space of vectors given in blocks (shape of each: documents × dimensions)."""
        tables, scales = [], []
        for block in blocks:
            largest = np.abs(block).max(axis=1, initial=0)
            scale = np.where(largest > 0, largest / _STEPS, 1).astype(np.float32)
            tables.append(np.rint(block / scale[:, None]).astype(np.int8))
            scales.append(scale)
        table = np.concatenate(tables) if tables else np.zeros((0, 1), np.int8)
        scale = np.concatenate(scales) if scales else np.zeros(0, np.float32)
        return cls(table, scale, _moments(table, scale))

    def measured(self) -> DocumentSpace:
        """The space with its moments taken anew."""
        return replace(self, moments=_moments(self.table, self.scale))

    def at(self, numbers: Numbers) -> Vectors:
        """The vectors of some documents (shape: documents × dimensions)."""
        return self.table[numbers].astype(np.float32) * self.scale[numbers, None]

    def products(self, question: Vectors, numbers: Numbers) -> Scores:
        """The dot product of a question's vector (shape: dimensions) with those of some documents."""
        return self.table[numbers].astype(np.float32) @ question * self.scale[numbers]

    def standard(self, question: Vectors) -> tuple[float, float]:
        """The mean and the standard deviation of the products with all documents, none of them looked at."""
        middle, second = self.moments
        mean = float(question @ middle)
        return mean, math.sqrt(max(0.0, float(question @ second @ question) - mean * mean))

    def nearest(self, numbers: Numbers, most: int) -> Numbers:
        """For each of some documents the places among them of the `most` nearest others (see `nearest`)."""
        return nearest(
            self.table[numbers].astype(np.float32), most
        )  # their scales don't matter to the angles

    def spliced(self, kept: Numbers, added: DocumentSpace, places: Sequence[int], size: int) -> DocumentSpace:
        """The space with documents taken out, moved and put in (see postings.splice); the moments stay."""
        table = np.zeros((size, self.table.shape[1]), np.int8)
        scale = np.ones(size, np.float32)
        stays = kept >= 0
        table[kept[stays]], scale[kept[stays]] = self.table[stays], self.scale[stays]
        if len(places):
            table[list(places)], scale[list(places)] = added.table, added.scale
        return DocumentSpace(table, scale, self.moments)


def nearest(vectors: Vectors, most: int) -> Numbers:
    """For each of some vectors the places of the `most` others at the smallest angle (fewer where there are fewer)."""
    most = min(most, len(vectors) - 1)
    if most <= 0:
        return np.zeros((len(vectors), 0), np.int32)
    products = vectors @ vectors.T
    own = products.diagonal()
    # The length of the first vector is the same all along a row.
    away = products / -np.sqrt(np.where(own > 0, own, 1))
    np.fill_diagonal(away, np.inf)
    return away.argpartition(most - 1, axis=1)[:, :most].astype(np.int32)


def _moments(table: NDArray[np.int8], scale: Scores) -> tuple[Vectors, Vectors]:
    size, dimensions = table.shape
    middle, second = np.zeros(dimensions, np.float32), np.zeros((dimensions, dimensions), np.float32)
    for start in range(0, size, _BLOCK):
        block = table[start : start + _BLOCK].astype(np.float32) * scale[start : start + _BLOCK, None]
        middle += block.sum(axis=0)
        second += block.T @ block
    return middle / np.float32(max(1, size)), second / np.float32(max(1, size))


def add_up(weights: Mapping[str, float], words: WordVectors) -> Vectors:
    """The vectors of weighted terms added up (shape: dimensions)."""
    if not weights:
        return np.zeros(words.dimensions, np.float32)
    vectors = np.array([words.vector(term) for term in weights])
    return np.asarray(np.array([*weights.values()], np.float32) @ vectors, np.float32)


def standardised(scores: Scores) -> tuple[Scores, float, float]:
    """Scores as z-scores (mean 0, standard deviation 1; all zero when they are all the same), and what mean and
    standard deviation they had.
    """
    if not len(scores):
        return scores, 0.0, 0.0
    mean = float(scores.sum()) / len(scores)
    centred = scores - np.float32(mean)
    deviation = math.sqrt(float(centred.dot(centred)) / len(scores))
    return centred / np.float32(deviation) if deviation > 0 else centred, mean, deviation
