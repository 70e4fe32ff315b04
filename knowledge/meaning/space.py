"""Documents as vectors: how near in meaning a question lies to each, and which words lie near each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.meaning.words import Vectors, WordVectors, unit

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Neighbour:
    """A term of the knowledge base that lies near another in meaning, and the cosine between the two."""

    term: str
    cosine: float


class HasVectors(Protocol):
    """What gives terms their vectors."""

    def vectors(self, terms: Sequence[str]) -> Vectors:
        """One unit vector a term (shape: terms × dimensions)."""
        ...


class TermSpace:
    """The terms of one knowledge base as unit vectors. Immutable; safe to share between threads."""

    def __init__(self, terms: Iterable[str], words: WordVectors) -> None:
        self._terms = tuple(terms)
        self._places = {term: place for place, term in enumerate(self._terms)}
        self._words = words
        self._vectors = words.vectors(self._terms)

    def vectors(self, terms: Sequence[str]) -> Vectors:
        """One unit vector a term (shape: terms × dimensions), known to the knowledge base or not."""
        if all(term in self._places for term in terms):
            return self._vectors[[self._places[term] for term in terms]]
        return self._words.vectors(terms)

    def vectors_at(self, places: NDArray[np.int32]) -> Vectors:
        """The vectors of the terms at these places, in the order they were given in."""
        return self._vectors[places]

    def near(self, terms: Sequence[str], least: float, most: int) -> list[tuple[Neighbour, ...]]:
        """For each term the `most` nearest other ones, none below the cosine `least`."""
        if not self._terms:
            return [() for _ in terms]
        cosines = self.vectors(terms) @ self._vectors.T
        return [self._nearest(term, row, least, most) for term, row in zip(terms, cosines, strict=True)]

    def _nearest(self, term: str, cosines: Scores, least: float, most: int) -> tuple[Neighbour, ...]:
        places = np.flatnonzero(cosines > least)
        best = places[np.argsort(-cosines[places], kind="stable")][: most + 1]
        found = (Neighbour(self._terms[place], float(cosines[place])) for place in best)
        return tuple(neighbour for neighbour in found if neighbour.term != term)[:most]


class DocumentSpace:
    """Documents as unit vectors about their common mean. Immutable; safe to share between threads."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = unit(vectors - vectors.mean(axis=0)) if len(vectors) else vectors

    def cosines(self, question: Vectors) -> Scores:
        """The cosine of a question's vector (shape: dimensions) with every document."""
        return np.asarray(self._vectors @ unit(question[None])[0], np.float32)

    def neighbours(self, most: int) -> NDArray[np.int32]:
        """For each document the `most` nearest other ones (shape: documents × most, or fewer where there are fewer)."""
        most = min(most, len(self._vectors) - 1)
        if most <= 0:
            return np.zeros((len(self._vectors), 0), np.int32)
        cosines = self._vectors @ self._vectors.T
        np.fill_diagonal(cosines, -np.inf)
        return np.argpartition(-cosines, most - 1, axis=1)[:, :most].astype(np.int32)


def document_vectors(
    documents: Sequence[Sequence[str]], words: WordVectors, weight: Callable[[str], float]
) -> Vectors:
    """Each document's terms added up by their weight, as a unit vector (shape: documents × dimensions)."""
    terms = sorted({term for document in documents for term in document})
    space = TermSpace(terms, words)
    found = np.zeros((len(documents), words.dimensions), np.float32)
    for number, document in enumerate(documents):
        found[number] = add_up(Counter(document), space, weight)
    return unit(found)


def add_up(terms: Mapping[str, float], words: HasVectors, weight: Callable[[str], float]) -> Vectors:
    """The vectors of counted terms, each times its count and its weight, added up (shape: dimensions)."""
    weights = np.array([count * weight(term) for term, count in terms.items()], np.float32)
    return np.asarray(weights @ words.vectors(list(terms)), np.float32)


def standardised(scores: Scores) -> Scores:
    """Scores as z-scores: mean 0, standard deviation 1; all zero when they are all the same."""
    if not len(scores):
        return scores
    centred = scores - scores.mean()
    deviation = np.sqrt(np.dot(centred, centred) / np.float32(len(scores)))
    return np.asarray(centred / deviation if deviation > 0 else centred, np.float32)
