"""What entries mean, beside the words they have: how near a question lies to each, and which words stand for others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from knowledge.answering.concepts import Concept
from knowledge.answering.index import Near, Scores, TermIndex
from knowledge.answering.reading import ReadEntry
from knowledge.meaning.space import DocumentSpace, TermSpace, add_up, document_vectors, standardised
from knowledge.meaning.words import WordVectors

_TOLD_WEIGHT = 1.5
_LEAST_COSINE = 0.4
_MOST_NEAR = 20
_NEAR_SHARE = 0.8
_MOST_TERMS_AHEAD = 20_000
_BLOCK = 512
_MOST_NEIGHBOURS = 10
_ENTRIES_A_NEIGHBOUR = 100
_SMOOTHING = 0.7


class Meaning:
    """Entries in the space of word vectors. Immutable; safe to share between threads."""

    def __init__(self, read: Sequence[ReadEntry], index: TermIndex, words: WordVectors) -> None:
        self._index = index
        self._terms = TermSpace(index.terms(), words)
        self._near = self._all_near()
        self._words = words
        self._rarity = _Rarity(read)
        asked = document_vectors([entry.asked for entry in read], words, self._rarity.weight)
        told = document_vectors([entry.told for entry in read], words, self._rarity.weight)
        self._spaces = (DocumentSpace(asked), DocumentSpace(asked + np.float32(_TOLD_WEIGHT) * told))
        self._neighbours = self._spaces[-1].neighbours(
            min(_MOST_NEIGHBOURS, len(read) // _ENTRIES_A_NEIGHBOUR)
        )

    def near(self, concepts: Iterable[Concept]) -> Mapping[str, tuple[Near, ...]]:
        """For each term of the concepts, the terms that can stand for it where it is missing."""
        terms = {term for concept in concepts for way in concept.alternatives for term, _ in way.terms}
        new = [term for term in terms if term not in self._near]
        found = dict(zip(new, self._nearest(new), strict=True)) if new else {}
        return {term: found.get(term) or self._near.get(term, ()) for term in terms}

    def _nearest(self, terms: Sequence[str]) -> list[tuple[Near, ...]]:
        near = self._terms.near(terms, _LEAST_COSINE, _MOST_NEAR)
        return [tuple(Near(other.term, _NEAR_SHARE * other.cosine) for other in others) for others in near]

    def _all_near(self) -> Mapping[str, tuple[Near, ...]]:
        """Worked out when the index is built, so that a question need not; too many terms wait until they are asked."""
        terms = list(self._index.terms())
        if len(terms) > _MOST_TERMS_AHEAD:
            return {}
        blocks = (terms[start : start + _BLOCK] for start in range(0, len(terms), _BLOCK))
        return {
            term: near for block in blocks for term, near in zip(block, self._nearest(block), strict=True)
        }

    def scores(self, weights: Mapping[str, float]) -> Scores:
        """How near in meaning weighted terms lie to every entry, as z-scores; all zero when none is known."""
        question = add_up(weights, self._words, self._rarity.weight)
        names, whole = (standardised(space.cosines(question)) for space in self._spaces)
        return standardised(names + whole)

    def smoothed(self, scores: Scores) -> Scores:
        """Scores with a share of the mean score of each entry's nearest entries."""
        if not self._neighbours.size:
            return scores
        return np.asarray(scores + np.float32(_SMOOTHING) * scores[self._neighbours].mean(axis=1), np.float32)

    def nearness(self, number: int, concept: Concept) -> float:
        """The best cosine (0 to 1) between a concept's own word and any word of entry `number`."""
        places = self._index.terms_in(number)
        own = [way.terms[0][0] for way in concept.alternatives if way.terms]
        if not len(places) or not own:
            return 0.0
        return max(0.0, float((self._terms.vectors(own) @ self._terms.vectors_at(places).T).max()))


class _Rarity:
    """How rare a term is among the entries, over all words that mean something."""

    def __init__(self, read: Sequence[ReadEntry]) -> None:
        self._size = len(read)
        self._found: Counter[str] = Counter()
        for entry in read:
            self._found.update({*entry.asked, *entry.told})

    def weight(self, term: str) -> float:
        found = self._found[term]
        return math.log(1 + (self._size - found + 0.5) / (found + 0.5))
