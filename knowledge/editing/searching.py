"""Finding articles to edit: by words anywhere in their names, questions, id or owner, in plain order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from knowledge.entry import Entry
from knowledge.language.japanese import fold

_NAMES_END, _ENTRY_END = "\v", "\f"
_AT_ONCE = 1_000


class Catalogue:
    """Entries to search. Their folded texts are made at the first search, and kept: folding is what takes the time."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def search(self, query: str) -> Sequence[Entry]:
        """The entries in which every word of the query stands; all of them without words.

        First those called just so, then those with the words in their names.
        """
        words = fold(query).split()
        if not words:
            return self._entries
        called = fold(query).strip()
        found: list[tuple[bool, bool, int]] = []
        for number, text in enumerate(self._texts):
            if all(word in text for word in words):
                names = text.partition(_NAMES_END)[0]
                here = all(word in names for word in words)
                found.append((called not in names.split("\n"), not here, number))
        return [self._entries[number] for _, _, number in sorted(found)]

    @cached_property
    def _texts(self) -> list[str]:
        """The folded text of each entry. Many are folded at once, which takes a fifteenth of the time."""
        texts: list[str] = []
        for start in range(0, len(self._entries), _AT_ONCE):
            some = self._entries[start : start + _AT_ONCE]
            texts += fold(_ENTRY_END.join(map(_text, some))).split(_ENTRY_END)
        return texts


def _text(entry: Entry) -> str:
    """The names, one a line, and then the rest."""
    names = "\n".join(_names(entry)).replace(_NAMES_END, " ")
    rest = "\n".join(_rest(entry))
    return f"{names}{_NAMES_END}{rest}".replace(_ENTRY_END, " ")


def _names(entry: Entry) -> Iterator[str]:
    yield from entry.names
    yield from (article.reading for article in (entry.editorial, entry.official) if article)


def _rest(entry: Entry) -> Iterator[str]:
    yield entry.id
    yield entry.owner
    for article in (entry.editorial, entry.official):
        yield from article.questions if article else ()
