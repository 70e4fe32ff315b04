"""BM25F over weighted fields: the score of every document for weighted terms, and for terms near to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.finding.counting import Counts, Numbers, count_terms
from knowledge.finding.postings import Postings, Ranking, build_postings, splice

Scores = NDArray[np.float32]
# Stretches of the postings (start, end) with the factor of their strengths: ways to score, of which the best counts.
Ways = tuple[tuple[int, int, float], ...]

_MOST_NEAR_POSTINGS = 20_000


@dataclass(frozen=True, slots=True)
class Near:
    """Terms that can stand for another, by number, the nearest first; and the share of its score each earns (0 to 1)."""

    numbers: Numbers
    shares: NDArray[np.float64]


class TermIndex:
    """Documents as bags of terms by field. Immutable; safe to share between threads.

    `places` holds the documents that have each term, term by term (see `stretch`), ascending.
    """

    def __init__(self, postings: Postings, ranking: Ranking) -> None:
        self._postings = postings
        self._ranking = ranking
        self.size = postings.size
        self._numbers = postings.numbers
        self._starts: list[int] = postings.starts.tolist()
        self.places = memoryview(postings.documents.data)
        lengths = np.diff(postings.starts)
        self._unseen = float(np.log(2 * self.size + 2))
        rarity = np.log(1 + (self.size - lengths + 0.5) / (lengths + 0.5))
        self._rarity: list[float] = np.where(lengths > 0, rarity, self._unseen).tolist()

    @classmethod
    def build(cls, parts: Sequence[Counts], ranking: Ranking) -> TermIndex:
        """The index of all documents of all parts, numbered in order."""
        return cls(build_postings(parts, ranking), ranking)

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Sequence[str]]], ranking: Ranking) -> TermIndex:
        """The index of documents given as the terms of each field."""
        return cls.build([count_terms(documents, ranking.fields)], ranking)

    def spliced(self, kept: Numbers, added: Counts, places: Sequence[int], size: int) -> TermIndex:
        """The index with documents taken out, moved and put in (see postings.splice). The fields' mean lengths stay."""
        return TermIndex(splice(self._postings, kept, added, places, size, self._ranking), self._ranking)

    def __contains__(self, term: str) -> bool:
        start, end = self.stretch(term)
        return end > start

    def terms(self) -> Iterable[str]:
        """Every term of every document."""
        return (term for term in self._numbers if term in self)

    def numbers_of(self, terms: Iterable[str]) -> Numbers:
        """The numbers of terms that the index has."""
        return np.array([self._numbers[term] for term in terms], np.int32)

    def idf(self, term: str) -> float:
        """How rare a term is; one no document has is as rare as can be."""
        number = self._numbers.get(term)
        return self._unseen if number is None else self._rarity[number]

    def has(self, term: str, number: int) -> bool:
        """Whether document `number` has a term in any field."""
        start, end = self.stretch(term)
        place = bisect_left(self.places, number, start, end)
        return place < end and self.places[place] == number

    def scores(self, terms: Mapping[str, float], ways: Mapping[str, Ways] | None = None) -> Scores:
        """The score of every document (shape: number of documents) for weighted terms.

        Where a document lacks a term that has `ways`, the best of those that stand for it counts.
        """
        best: Scores | None = None
        exact: list[tuple[int, int, float]] = []
        for term, weight in terms.items():
            known = ways.get(term, ()) if ways else ()
            if len(known) > 1:
                scores = np.float32(weight) * self._best_of(known)
                best = scores if best is None else best + scores
            elif known:
                exact += [(start, end, weight * factor) for start, end, factor in known]
            elif (number := self._numbers.get(term)) is not None:
                exact.append((self._starts[number], self._starts[number + 1], weight * self._rarity[number]))
        if not exact:
            return np.zeros(self.size, np.float32) if best is None else best
        total = np.bincount(*self._gather(exact), self.size).astype(np.float32)
        return total if best is None else best + total

    def ways(self, term: str, near: Near | None = None) -> Ways:
        """How documents score by a term or by those `near` it: for their share of its score, and never more than it
        would; the nearest first, until they are many.
        """
        own = self.idf(term)
        ways = [(*self.stretch(term), own)]
        left = _MOST_NEAR_POSTINGS
        for number, share in (
            zip(near.numbers.tolist(), near.shares.tolist(), strict=True) if near is not None else ()
        ):
            start, end = self._starts[number], self._starts[number + 1]
            left -= end - start
            if left < 0:
                break
            ways.append((start, end, share * min(own, self._rarity[number])))
        return tuple(way for way in ways if way[1] > way[0])

    def _best_of(self, ways: Ways) -> Scores:
        best = np.zeros(self.size, dtype=np.float32)
        np.maximum.at(best, *self._gather(ways))
        return best

    def _gather(self, ways: Sequence[tuple[int, int, float]]) -> tuple[Numbers, Scores]:
        documents, strengths = self._postings.documents, self._postings.strengths
        factors = np.array([factor for _, _, factor in ways], np.float32)
        lengths = [end - start for start, end, _ in ways]
        scores = np.concatenate([strengths[start:end] for start, end, _ in ways]) * np.repeat(
            factors, lengths
        )
        return np.concatenate([documents[start:end] for start, end, _ in ways]), scores

    def stretch(self, term: str) -> tuple[int, int]:
        """Where a term's documents stand in `places` (start, end); nowhere for a term that no document has."""
        number = self._numbers.get(term)
        return (0, 0) if number is None else (self._starts[number], self._starts[number + 1])
