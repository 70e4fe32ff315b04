"""Static word vectors: one for each common word, unknown words put together from known ones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DATA = Path(__file__).with_name("data")
_LONGEST_PIECE = 8
_MOST_REMEMBERED = 4_096


class WordVectors:
    """A table of word vectors, keyed by index term. Immutable but for what it remembers; safe to share between threads."""

    def __init__(self, words: Sequence[str], table: NDArray[np.int8], scale: Vectors) -> None:
        """`table` is words × dimensions; a value is the table's times `scale` of its dimension."""
        if table.shape != (len(words), len(scale)):
            raise ValueError(
                f"{len(words)} words and {len(scale)} scales do not fit a table of {table.shape}"
            )
        self._places = {word: place for place, word in enumerate(words)}
        self._table = table
        self._scale = scale
        self._remembered: dict[str, Vectors] = {}

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""
        return len(self._scale)

    def __contains__(self, word: str) -> bool:
        return word in self._places

    def __iter__(self) -> Iterator[str]:
        """The words that have a vector of their own."""
        return iter(self._places)

    def vectors(self, terms: Sequence[str]) -> Vectors:
        """One unit vector a term (shape: terms × dimensions); zero for a term that has no known piece."""
        pieces = [[*self._pieces(term)] for term in terms]
        total = np.zeros((len(terms), self.dimensions), np.float32)
        known = [number for number, places in enumerate(pieces) if places]
        if known:
            rows = self._table[[place for places in pieces for place in places]].astype(np.float32)
            starts = np.cumsum([0, *(len(pieces[number]) for number in known[:-1])])
            total[known] = np.add.reduceat(rows, starts) * self._scale
        return unit(total)

    def vector(self, term: str) -> Vectors:
        """The unit vector of one term (shape: dimensions), remembered."""
        found = self._remembered.get(term)
        if found is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered.setdefault(term, self._made(term))
        return found

    def _made(self, term: str) -> Vectors:
        total = self._table[[*self._pieces(term)]].sum(axis=0, dtype=np.float32) * self._scale
        length = math.sqrt(float(total @ total))
        return np.asarray(total / np.float32(length) if length else total, np.float32)

    def _pieces(self, term: str) -> Iterator[int]:
        """The table's places for a term: its own, else those of the longest known pieces from left to right."""
        own = self._places.get(term)
        if own is not None:
            yield own
            return
        start = 0
        while start < len(term):
            end = min(len(term), start + _LONGEST_PIECE)
            while end > start and not self._is_piece(term[start:end]):
                end -= 1
            if end > start:
                yield self._places[term[start:end]]
            start = max(end, start + 1)

    def _is_piece(self, piece: str) -> bool:
        """A single kana or letter means nothing by itself."""
        return piece in self._places and (len(piece) > 1 or "一" <= piece <= "龠")


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    lengths[lengths == 0] = 1
    return np.asarray(vectors / lengths[:, None], np.float32)


@cache
def load_words() -> WordVectors:
    """The vectors that ship with the package (see data/NOTICE.md), mapped into memory."""
    words = (DATA / "words.txt").read_text(encoding="utf-8").split("\n")
    table = np.asarray(np.load(DATA / "vectors.npy", mmap_mode="r"))
    return WordVectors(words, table, np.load(DATA / "scale.npy"))
