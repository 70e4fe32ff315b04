"""Finding articles to edit: by words anywhere in their names, questions, id or owner, in plain order."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.entry import Entry
from knowledge.language.japanese import fold


def search_entries(entries: Sequence[Entry], query: str) -> list[Entry]:
    """The entries in which every word of the query stands; all of them without words.

    First those called just so, then those with the words in their names.
    """
    words = fold(query).split()
    if not words:
        return list(entries)
    called = fold(query).strip()
    found = []
    for entry in entries:
        names, rest = _text(entry)
        if all(word in names or word in rest for word in words):
            rank = (called not in names.split("\n"), not all(word in names for word in words))
            found.append((rank, entry))
    return [entry for _, entry in sorted(found, key=lambda ranked: ranked[0])]


def _text(entry: Entry) -> tuple[str, str]:
    """The names, one a line, and the rest, folded at once: folding is what a search takes its time for."""
    layers = [article for article in (entry.editorial, entry.official) if article]
    names = "\n".join([*entry.names, *(article.reading for article in layers)])
    questions = (question for article in layers for question in article.questions)
    folded = fold("\v".join([names, "\n".join([entry.id, entry.owner, *questions])]))
    before, _, after = folded.partition("\v")
    return before, after
