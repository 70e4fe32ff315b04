"""Entries by what they are called: exact names, spelling variants, and mentions inside a question."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answering.finding import Hit
from knowledge.article import Kind
from knowledge.entry import Entry
from knowledge.language.japanese import fold, kana_key

_FRAMES = (
    "とは",
    "って",
    "の件",
    "のこと",
    "について",
    "の意味",
    "?",
    "？",
    "。",
    "は",
    "の話",
    "ってなに",
    "って何",
)


class Headwords:
    """Names of entries. Immutable."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._numbers = {entry.id: number for number, entry in enumerate(entries)}
        self._called: dict[str, int] = {}
        self._terms: dict[str, int] = {}
        for number, entry in enumerate(entries):
            self._add(number, entry)

    def _add(self, number: int, entry: Entry) -> None:
        for name in (entry.title, entry.title.split("（")[0]):
            self._called.setdefault(kana_key(name), number)
            if entry.kind is Kind.TERM:
                self._called[kana_key(name)] = number
        if entry.main.reading:
            self._called.setdefault(kana_key(entry.main.reading), number)
        if entry.kind in (Kind.TERM, Kind.ROLE):
            for name in (*entry.names, entry.title.split("（")[0]):
                self._terms.setdefault(fold(name), number)

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
        for frame in sorted(_FRAMES, key=len, reverse=True):
            bare = bare.removesuffix(frame)
        number = self._called.get(kana_key(bare))
        return None if number is None else Hit(self._entries[number], number, 1.0, 1.0)

    def linked(self, text: str) -> list[Entry]:
        """The terms and roles named in a folded text, in order of mention, each once."""
        found: dict[int, int] = {}
        rest = text
        for name in sorted(self._terms, key=len, reverse=True):
            place = rest.find(name) if len(name) > 1 else -1
            if place >= 0:
                rest = rest[:place] + "\0" * len(name) + rest[place + len(name) :]
                found.setdefault(self._terms[name], place)
        return [self._entries[number] for number, _ in sorted(found.items(), key=lambda pair: pair[1])]
