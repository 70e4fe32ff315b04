"""The passages of a list of entries, numbered through."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from knowledge.article import Article, Passage
from knowledge.entry import Entry
from knowledge.finding.reading import passages_of


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of an entry's article, as the index numbers it."""

    entry: int
    article: Article
    passage: Passage


class Passages(Sequence[FoundPassage]):
    """The passages of all entries, numbered in their order; put together when they are asked for."""

    def __init__(self, entries: Sequence[Entry], first: NDArray[np.int64]) -> None:
        """`first` are the numbers of the entries' first passages, one more at the end."""
        self._entries = entries
        self._places = memoryview(first.data)
        self._last: tuple[int, tuple[FoundPassage, ...]] = (-1, ())

    def __len__(self) -> int:
        return self._places[-1]

    @overload
    def __getitem__(self, number: int) -> FoundPassage: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[FoundPassage, ...]: ...
    def __getitem__(self, number: int | slice) -> FoundPassage | tuple[FoundPassage, ...]:
        if isinstance(number, slice):
            return tuple(self[place] for place in range(*number.indices(len(self))))
        if not 0 <= number < len(self):
            raise IndexError(number)
        entry = self.entry_of(number)
        return self.found(entry)[number - self._places[entry]]

    def found(self, entry: int) -> tuple[FoundPassage, ...]:
        """An entry's passages; those asked for last are at hand, for one entry's are asked for one after the other."""
        last, found = self._last
        if last != entry:
            found = tuple(FoundPassage(entry, *pair) for pair in passages_of(self._entries[entry]))
            self._last = entry, found
        return found

    def __iter__(self) -> Iterator[FoundPassage]:
        for number, entry in enumerate(self._entries):
            yield from (FoundPassage(number, *pair) for pair in passages_of(entry))

    def of(self, entry: int) -> range:
        """The numbers of an entry's passages."""
        return range(self._places[entry], self._places[entry + 1])

    def entry_of(self, number: int) -> int:
        """The entry of a passage."""
        return bisect_right(self._places, number) - 1
