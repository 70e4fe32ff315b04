"""How far documents cover what a question is about; each concept is looked up in the index once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache, partial

from knowledge.asking.concepts import Concept
from knowledge.finding.index import TermIndex

_MOST_REMEMBERED = 4_096
# A way to say a concept: what it is worth, the weight of all its terms, and each term's stretch of the postings
# (start, end) with its own weight.
_Way = tuple[float, float, tuple[tuple[int, int, float], ...]]


class Coverage:
    """Covers over one index. Immutable but for what it remembers; safe to share between threads."""

    def __init__(self, index: TermIndex) -> None:
        self._places = index.places
        self._ways: Callable[[Concept], tuple[_Way, ...]] = lru_cache(_MOST_REMEMBERED)(partial(_ways, index))

    def of(self, number: int, concept: Concept) -> float:
        """How far a document covers the best covered way to say a concept, 0 to 1."""
        best, places = 0.0, self._places
        for weight, total, terms in self._ways(concept):
            covered = 0.0
            for start, end, share in terms:
                place = bisect_left(places, number, start, end)
                if place < end and places[place] == number:
                    covered += share
            best = max(best, weight * covered / total)
        return best

    def within(self, first: int, last: int, concept: Concept) -> list[float]:
        """The same for each of the documents from `first` up to, not including, `last`."""
        size, places = last - first, self._places
        best = [0.0] * size
        for weight, total, terms in self._ways(concept):
            covered = [0.0] * size
            for start, end, share in terms:
                place = bisect_left(places, first, start, end)
                while place < end and (number := places[place]) < last:
                    covered[number - first] += share
                    place += 1
            best = [max(one, weight * other / total) for one, other in zip(best, covered, strict=True)]
        return best


def _ways(index: TermIndex, concept: Concept) -> tuple[_Way, ...]:
    """The ways to say a concept, those left out that have no weight at all."""
    made = []
    for way in concept.alternatives:
        terms = tuple((*index.stretch(term), share * index.idf(term)) for term, share in way.terms)
        total = sum(weight for _, _, weight in terms)
        if total:
            made.append((way.weight, total, tuple(term for term in terms if term[1] > term[0])))
    return tuple(made)
