"""What documents score for concepts, worked out once a concept while the knowledge base is small."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

import numpy as np

from knowledge.asking.concepts import Concept
from knowledge.finding.index import Scores, TermIndex
from knowledge.finding.meaning import NearWords

# Numbers kept in all; a concept takes as many as there are documents. Above so many documents nothing is kept.
_MOST_KEPT = 4_000_000
_MOST_DOCUMENTS = 20_000


class ConceptScores:
    """BM25F scores by concept over one index. Immutable but for what it remembers; safe to share between threads."""

    def __init__(self, index: TermIndex, near: NearWords | None = None) -> None:
        """With `near`, a document that lacks a word scores by the nearest that it has."""
        self._size = index.size
        self._near = near
        kept = _MOST_KEPT // max(1, index.size) if index.size <= _MOST_DOCUMENTS else 0
        self._of: Callable[[Concept], Scores] = lru_cache(kept)(partial(_scores, index, near))

    def of(self, concepts: Sequence[Concept]) -> Scores:
        """What each document scores for the concepts; of several ways to say one, the best."""
        total = np.zeros(self._size, np.float32)
        if self._near:
            # All at once: then those that the knowledge base lacks are compared with its words in one go.
            self._near.ways({term for concept in concepts for term in _replaceable(concept)})
        for concept in concepts:
            if concept.alternatives:
                total += self._of(concept)
        return total


def _scores(index: TermIndex, near: NearWords | None, concept: Concept) -> Scores:
    weighed = [{t: way.weight * share for t, share in way.terms} for way in concept.alternatives]
    ways = near.ways(dict.fromkeys(_replaceable(concept))) if near else None
    scores = [index.scores(terms, ways) for terms in weighed]
    return scores[0] if len(scores) == 1 else np.asarray(np.maximum.reduce(scores), np.float32)


def _replaceable(concept: Concept) -> Iterator[str]:
    """The terms that others may stand for."""
    return (term for way in concept.alternatives if not way.guessed for term, _ in way.terms)
