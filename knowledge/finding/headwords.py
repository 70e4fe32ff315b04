"""Entries by what they are called: exact names, spelling variants, and mentions inside a question."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cached_property

from knowledge.article import Kind
from knowledge.entry import Entry
from knowledge.finding.changing import Change
from knowledge.finding.finder import Hit
from knowledge.language.japanese import fold, kana_key

# What may follow a name that is all there is to a question; the longest first.
_FRAMES = (
    "について",
    "ってなに",
    "のこと",
    "の意味",
    "って何",
    "とは",
    "って",
    "の件",
    "の話",
    "?",
    "？",
    "。",
    "は",
)


class Headwords:
    """Names of entries. Immutable."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._numbers = {entry.id: number for number, entry in enumerate(entries)}
        self._called: dict[str, str] = {}
        self._terms: dict[str, str] = {}
        for entry in entries:
            self._add(entry)

    def over(self, entries: Sequence[Entry], change: Change) -> Headwords:
        """The names of other entries, read only where they differ. A name that an entry shared with one now gone is
        its again when the names are next read whole.
        """
        other = copy(self)
        other._entries = entries
        other._numbers = {entry.id: number for number, entry in enumerate(entries)}
        other._called, other._terms = dict(self._called), dict(self._terms)
        for entry in change.gone:
            other._remove(entry)
        other.__dict__.pop("_longest_first", None)
        for number in change.added:
            other._add(entries[number])
        return other

    def _add(self, entry: Entry) -> None:
        for name in _called(entry):
            self._called.setdefault(kana_key(name), entry.id)
            if entry.kind is Kind.TERM:
                self._called[kana_key(name)] = entry.id
        if entry.main.reading:
            self._called.setdefault(kana_key(entry.main.reading), entry.id)
        if entry.kind in (Kind.TERM, Kind.ROLE):
            for name in (*entry.names, *_titles(entry)):
                self._terms.setdefault(fold(name), entry.id)

    def _remove(self, entry: Entry) -> None:
        for name in (*_called(entry), entry.main.reading):
            if self._called.get(kana_key(name)) == entry.id:
                del self._called[kana_key(name)]
        for name in (*entry.names, *_titles(entry)):
            if self._terms.get(fold(name)) == entry.id:
                del self._terms[fold(name)]

    @cached_property
    def _longest_first(self) -> tuple[str, ...]:
        return tuple(sorted((name for name in self._terms if len(name) > 1), key=len, reverse=True))

    def number_of(self, article_id: str) -> int | None:
        """The entry's number, or None when there is no such entry."""
        return self._numbers.get(article_id)

    def hit(self, entry: Entry) -> Hit | None:
        """An entry that was named outright, as a hit that covers the whole question."""
        number = self._numbers.get(entry.id)
        return None if number is None else Hit(entry, number, 1.0, 1.0)

    def called(self, text: str) -> Hit | None:
        """The entry whose title the text is, apart from a frame like 「〜とは」; a glossary term comes first."""
        bare = text.strip()
        for frame in _FRAMES:
            bare = bare.removesuffix(frame)
        id_ = self._called.get(kana_key(bare))
        return None if id_ is None else self.hit(self._entries[self._numbers[id_]])

    def linked(self, text: str) -> list[Entry]:
        """The terms and roles named in a folded text, in order of mention, each once."""
        found: dict[str, int] = {}
        rest = text
        for name in self._longest_first:
            if name in rest:
                place = rest.find(name)
                rest = rest[:place] + "\0" * len(name) + rest[place + len(name) :]
                found.setdefault(self._terms[name], place)
        return [
            self._entries[self._numbers[id_]] for id_, _ in sorted(found.items(), key=lambda pair: pair[1])
        ]


def _called(entry: Entry) -> tuple[str, ...]:
    """What an entry is called when nothing else is said: a procedure by its other names, too."""
    return (*_titles(entry), *(entry.names if entry.kind is Kind.PROCEDURE else ()))


def _titles(entry: Entry) -> tuple[str, str]:
    """The title, and what stands before its bracket."""
    return entry.title, entry.title.split("（")[0]
