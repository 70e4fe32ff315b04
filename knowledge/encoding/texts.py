"""What of an entry is encoded: what it asks, and the whole of it as far as a model reads at little cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import NamedTuple

from knowledge.entry import Entry

_MOST_ASKED = 200
_MOST_TOLD = 80


class Encodable(NamedTuple):
    """The two texts of an entry."""

    asked: str
    whole: str


def encodable(entry: Entry) -> Encodable:
    """An entry's names and typical questions; and its title with the beginning of its text.

    A longer beginning costs more and was worth no more (docs/finding.md).
    """
    asked = "\n".join((*entry.names, *entry.main.questions))[:_MOST_ASKED]
    passages = entry.official_passages or entry.editorial_passages
    told = " ".join(passage.text for passage in passages)
    return Encodable(asked, f"{entry.title} {told[:_MOST_TOLD]}")


def key_of(text: str) -> str:
    """The key under which the vector of a text is kept."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def texts_by_key(entries: Iterable[Entry]) -> Mapping[str, str]:
    """Every text of the entries to be encoded."""
    return {key_of(text): text for entry in entries for text in encodable(entry)}
