"""BM25F over weighted fields, with every term's impact on every document worked out when the index is built."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class FieldWeight:
    """How much one field counts (`weight`), and how strongly its length is held against it (`b`, 0 to 1)."""

    weight: float
    b: float


class TermIndex:
    """Documents as bags of terms by field. Immutable after it is built; safe to share between threads."""

    def __init__(
        self,
        documents: Sequence[Mapping[str, Sequence[str]]],
        fields: Mapping[str, FieldWeight],
        k1: float = 1.5,
    ) -> None:
        self.size = len(documents)
        frequencies = _weighted_frequencies(documents, fields)
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, counts in enumerate(frequencies):
            for term, frequency in counts.items():
                postings[term].append((number, frequency))
        self._idf = {term: self._rarity(len(found)) for term, found in postings.items()}
        self._postings = {term: self._impacts(term, found, k1) for term, found in postings.items()}
        self._terms = [frozenset(counts) for counts in frequencies]

    def __contains__(self, term: str) -> bool:
        return term in self._postings

    def terms(self) -> Iterable[str]:
        """Every term of every document."""
        return self._postings.keys()

    def idf(self, term: str) -> float:
        """How rare a term is; one no document has is as rare as can be."""
        return self._idf.get(term) or self._rarity(0)

    def has(self, number: int, term: str) -> bool:
        """Whether document `number` has the term in any field."""
        return term in self._terms[number]

    def scores(self, terms: Mapping[str, float]) -> Scores:
        """The score of every document (shape: number of documents) for weighted terms."""
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in terms.items():
            found = self._postings.get(term)
            if found is not None:
                numbers, impacts = found
                total[numbers] += weight * impacts
        return total

    def _rarity(self, frequency: int) -> float:
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def _impacts(
        self, term: str, found: list[tuple[int, float]], k1: float
    ) -> tuple[NDArray[np.int32], Scores]:
        numbers = np.array([number for number, _ in found], dtype=np.int32)
        frequency = np.array([value for _, value in found], dtype=np.float32)
        impacts = self._idf[term] * frequency * (k1 + 1) / (frequency + k1)
        return numbers, impacts.astype(np.float32)


def _weighted_frequencies(
    documents: Sequence[Mapping[str, Sequence[str]]], fields: Mapping[str, FieldWeight]
) -> list[dict[str, float]]:
    averages = {
        name: max(1.0, sum(len(document.get(name, ())) for document in documents) / max(1, len(documents)))
        for name in fields
    }
    return [_document_frequencies(document, fields, averages) for document in documents]


def _document_frequencies(
    document: Mapping[str, Sequence[str]], fields: Mapping[str, FieldWeight], averages: Mapping[str, float]
) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for name, field in fields.items():
        terms = document.get(name, ())
        share = field.weight / (1 - field.b + field.b * len(terms) / averages[name])
        for term in terms:
            counts[term] += share
    return counts
