"""How often each term stands in each field of a run of documents: flat arrays, quick to send and to lay together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]

_MOST_NARROW = 65_536


@dataclass(frozen=True)
class FieldCounts:
    """One field: where each document's stretch starts (one more at the end), and in it which terms stand how often;
    and each document's length in terms.
    """

    starts: Numbers
    terms: NDArray[np.integer[Any]]
    counts: NDArray[np.uint16]
    lengths: Numbers

    @property
    def documents(self) -> Numbers:
        """The document that each of `terms` stands in."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), np.diff(self.starts))


@dataclass(frozen=True)
class Counts:
    """A run of documents numbered from 0. `terms` are numbered as they were met; `fields` go by name."""

    size: int
    terms: tuple[str, ...]
    fields: Mapping[str, FieldCounts]


def count_terms(documents: Iterable[Mapping[str, Sequence[str]]], fields: Iterable[str]) -> Counts:
    """Count the terms of documents given as the terms of each field, in order; a field may be missing."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    found: dict[str, list[int]] = {name: [] for name in fields}
    lengths: dict[str, list[int]] = {name: [] for name in found}
    size = 0
    for document in documents:
        size += 1
        for name, met in found.items():
            terms = document.get(name, ())
            met.extend(map(numbers.__getitem__, terms))
            lengths[name].append(len(terms))
    width = max(1, len(numbers))
    counted = {name: _field(met, lengths[name], width) for name, met in found.items()}
    return Counts(size, tuple(numbers), counted)


def _field(met: list[int], lengths: list[int], width: int) -> FieldCounts:
    long = np.array(lengths, np.int32)
    documents = np.repeat(np.arange(len(long), dtype=np.int64), long)
    keys, counts = np.unique(documents * width + np.array(met, np.int64), return_counts=True)
    document, term = np.divmod(keys, width)
    starts = np.searchsorted(document, np.arange(len(long) + 1)).astype(np.int32)
    narrow = np.uint16 if width <= _MOST_NARROW else np.int32
    return FieldCounts(starts, term.astype(narrow), counts.astype(np.uint16), long)


def numbered(parts: Iterable[Counts]) -> tuple[dict[str, int], list[Numbers]]:
    """One numbering for the terms of several runs, and for each run the numbers of its terms in it."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    places = [np.array([*map(numbers.__getitem__, part.terms)], np.int32) for part in parts]
    return dict(zip(numbers, count(), strict=False)), places


def offsets(parts: Sequence[Counts]) -> list[int]:
    """The number that the first document of each run has among all."""
    sizes = [0, *(part.size for part in parts)]
    return [int(place) for place in np.cumsum(sizes)[:-1]]
