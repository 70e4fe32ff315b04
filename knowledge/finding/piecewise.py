"""Entries read piece by piece, so that lists that differ by a few of them are read once."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from knowledge.entry import Entry
from knowledge.finding.reading import Depth, ReadEntries, read_entries
from knowledge.language.vocabulary import Phrase

_LONGEST = 50
Piece = tuple[Entry, ...]


class Readings:
    """What reading a list of entries gives, kept for each piece of it. Some entries, which other lists may lack, stand
    apart as a piece each. Safe to share between threads.
    """

    def __init__(
        self, entries: Sequence[Entry], apart: Collection[str], held: Readings | None = None
    ) -> None:
        """`apart` are ids. What is the same in the `held` readings of an earlier list is taken over."""
        self._pieces = tuple(_pieces(entries, apart))
        self._lock = threading.Lock()
        kept = held._read if held else {}
        keys = {_key(piece) for piece in self._pieces}
        # The piece stands beside what was read of it: as long as it is there, its entries' ids are their own.
        self._read: dict[tuple[int, ...], tuple[Piece, Depth, ReadEntries]] = {
            key: read for key, read in kept.items() if key in keys
        }

    def of(self, entries: Sequence[Entry], depth: Depth) -> list[ReadEntries] | None:
        """What reading these entries gives, run by run; None where they are not the list without some of those apart."""
        wanted = {id(entry) for entry in entries}
        pieces = [piece for piece in self._pieces if id(piece[0]) in wanted]
        found = [entry for piece in pieces for entry in piece]
        if len(found) != len(entries) or any(
            one is not other for one, other in zip(found, entries, strict=True)
        ):
            return None
        with self._lock:
            return _each_phrase_once([self._piece(piece, depth) for piece in pieces])

    def _piece(self, piece: Piece, depth: Depth) -> ReadEntries:
        _, known, read = self._read.get(_key(piece), (piece, None, None))
        if read is None or known != depth:
            read = read_entries(piece, depth)
            self._read[_key(piece)] = piece, depth, read
        return read


def _pieces(entries: Sequence[Entry], apart: Collection[str]) -> Iterator[Piece]:
    run: list[Entry] = []
    for entry in entries:
        if run and (entry.id in apart or len(run) == _LONGEST):
            yield tuple(run)
            run = []
        if entry.id in apart:
            yield (entry,)
        else:
            run.append(entry)
    if run:
        yield tuple(run)


def _key(piece: Piece) -> tuple[int, ...]:
    return tuple(map(id, piece))


def _each_phrase_once(read: list[ReadEntries]) -> list[ReadEntries]:
    """As one reading of all would have it: of a phrase's readings the first stands."""
    met: dict[tuple[str, float], Phrase] = {}
    for part in read:
        for phrase in part.phrases:
            met.setdefault((phrase.surface, phrase.weight), phrase)
    return [replace(part, phrases=tuple(met.values()) if part is read[0] else ()) for part in read]
