"""BM25F over weighted fields, with every term's impact on every document worked out when the index is built."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class FieldWeight:
    """How much one field counts (`weight`), and how strongly its length is held against it (`b`, 0 to 1)."""

    weight: float
    b: float


@dataclass(frozen=True)
class Near:
    """A term that can stand for another, and the share of the other's score it earns (0 to 1)."""

    term: str
    share: float


class Held:
    """The terms of one document, to be asked whether a term is among them."""

    __slots__ = ("_numbers", "_places")

    def __init__(self, numbers: Mapping[str, int], places: memoryview) -> None:
        self._numbers = numbers
        self._places = places

    def __contains__(self, term: object) -> bool:
        wanted = self._numbers.get(term) if isinstance(term, str) else None
        if wanted is None:
            return False
        place = bisect_left(self._places, wanted)
        return place < len(self._places) and self._places[place] == wanted


class TermIndex:
    """Documents as bags of terms by field. Immutable after it is built; safe to share between threads.

    Postings are three flat arrays: where each term's stretch begins, the documents in it (ascending), their impacts.
    """

    def __init__(
        self,
        documents: Iterable[Mapping[str, Sequence[str]]],
        fields: Mapping[str, FieldWeight],
        k1: float = 1.5,
    ) -> None:
        counts = _Counts(fields)
        for document in documents:
            counts.add(document)
        self.size = counts.size
        self._numbers = counts.numbers
        starts, self._documents, frequency = counts.postings()
        lengths = np.diff(starts)
        self._starts: list[int] = starts.tolist()
        self._held_starts, self._held = self._by_document(lengths)
        self._held_view = memoryview(self._held.data)
        rarity = np.log(1 + (self.size - lengths + 0.5) / (lengths + 0.5)).astype(np.float32)
        self._idf = dict(zip(self._numbers, rarity.tolist(), strict=True))
        self._unseen = float(np.log(2 * self.size + 2))
        self._impacts = (np.repeat(rarity, lengths) * frequency * (k1 + 1) / (frequency + k1)).astype(
            np.float32
        )

    def __contains__(self, term: str) -> bool:
        return term in self._numbers

    def terms(self) -> Iterable[str]:
        """Every term of every document."""
        return self._numbers.keys()

    def idf(self, term: str) -> float:
        """How rare a term is; one no document has is as rare as can be."""
        return float(self._idf.get(term, self._unseen))

    def held(self, number: int) -> Held:
        """The terms of document `number` in any field."""
        start, end = self._held_starts[number], self._held_starts[number + 1]
        return Held(self._numbers, self._held_view[start:end])

    def terms_in(self, number: int) -> NDArray[np.int32]:
        """The places (in the order of `terms`) of the terms of document `number`."""
        return self._held[self._held_starts[number] : self._held_starts[number + 1]]

    def scores(self, terms: Mapping[str, float], near: Mapping[str, Sequence[Near]] | None = None) -> Scores:
        """The score of every document (shape: number of documents) for weighted terms.

        Where a document lacks a term, the best of the terms `near` it stands in, for its share of the score.
        """
        if near:
            total = np.zeros(self.size, dtype=np.float32)
            for term, weight in terms.items():
                total += np.float32(weight) * self._best_of(term, near.get(term, ()))
            return total
        found = [(self._postings(term), weight) for term, weight in terms.items() if term in self._numbers]
        if not found:
            return np.zeros(self.size, dtype=np.float32)
        documents = np.concatenate([documents for (documents, _), _ in found])
        impacts = np.concatenate([np.float32(weight) * impacts for (_, impacts), weight in found])
        return np.bincount(documents, impacts, self.size).astype(np.float32)

    def _best_of(self, term: str, near: Sequence[Near]) -> Scores:
        """For every document the score of a term or of the best that stands for it."""
        own = self.idf(term)
        ways = [(self._postings(term), 1.0)]
        ways += [
            (self._postings(other.term), other.share * min(1.0, own / self.idf(other.term))) for other in near
        ]
        best = np.zeros(self.size, dtype=np.float32)
        documents = np.concatenate([documents for (documents, _), _ in ways])
        impacts = np.concatenate([np.float32(share) * impacts for (_, impacts), share in ways])
        np.maximum.at(best, documents, impacts)
        return best

    def _by_document(self, lengths: NDArray[np.int64]) -> tuple[list[int], Numbers]:
        """The same postings the other way round: where each document's terms begin, and the terms."""
        order = np.argsort(self._documents, kind="stable")
        terms = np.repeat(np.arange(len(self._numbers), dtype=np.int32), lengths)
        starts = np.searchsorted(self._documents[order], np.arange(self.size + 1))
        return starts.tolist(), terms[order]

    def _postings(self, term: str) -> tuple[Numbers, Scores]:
        number = self._numbers.get(term)
        if number is None:
            return self._documents[:0], self._impacts[:0]
        stretch = slice(self._starts[number], self._starts[number + 1])
        return self._documents[stretch], self._impacts[stretch]


class _Counts:
    """How often each term stands in each field of each document, gathered in flat arrays."""

    def __init__(self, fields: Mapping[str, FieldWeight]) -> None:
        self.numbers: dict[str, int] = {}
        self.size = 0
        self._fields = fields
        self._found = {name: (array("i"), array("i"), array("i")) for name in fields}
        self._lengths = {name: array("i") for name in fields}

    def add(self, document: Mapping[str, Sequence[str]]) -> None:
        """Count the next document's terms."""
        for name, (documents, terms, counts) in self._found.items():
            counted = Counter(document.get(name, ()))
            self._lengths[name].append(counted.total())
            documents.extend([self.size] * len(counted))
            terms.extend(self.numbers.setdefault(term, len(self.numbers)) for term in counted)
            counts.extend(counted.values())
        self.size += 1

    def postings(self) -> tuple[NDArray[np.int64], Numbers, Scores]:
        """Where each term's postings begin, their documents, their frequencies weighted by field and length."""
        keys, weighted = [], []
        for name, (documents, terms, counts) in self._found.items():
            numbers = np.frombuffer(documents, np.int32) if documents else np.zeros(0, np.int32)
            keys.append(np.array(terms, np.int64) * max(1, self.size) + numbers)
            weighted.append(np.array(counts, np.float32) * self._shares(name)[numbers])
        unique, place = np.unique(np.concatenate(keys), return_inverse=True)
        frequency = np.bincount(place, np.concatenate(weighted), len(unique)).astype(np.float32)
        term, document = np.divmod(unique, max(1, self.size))
        starts = np.searchsorted(term, np.arange(len(self.numbers) + 1))
        return starts, document.astype(np.int32), frequency

    def _shares(self, name: str) -> Scores:
        """What one occurrence in this field counts, for each document."""
        field, lengths = self._fields[name], np.array(self._lengths[name], np.float32)
        average = max(1.0, float(lengths.mean())) if len(lengths) else 1.0
        return (field.weight / (1 - field.b + field.b * lengths / average)).astype(np.float32)
