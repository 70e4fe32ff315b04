"""What differs between two states of an article, field by field and line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.article import Article
from knowledge.editing.fields import EDITABLE, plain, to_values

Side = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Line:
    """One line of a field: in both states, only before, or only after."""

    side: Side
    text: str


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, with its lines in reading order."""

    field: str
    lines: tuple[Line, ...]


def list_changes(before: Article | None, after: Article | None) -> list[FieldChange]:
    """The fields that differ; None is an article that is not there."""
    return compare(_values(before), _values(after))


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> list[FieldChange]:
    """The fields that differ between two sets of a form's values."""
    return [
        FieldChange(name, tuple(_lines(before.get(name, ""), after.get(name, ""))))
        for name in EDITABLE
        if plain(before.get(name, "")) != plain(after.get(name, ""))
    ]


def _values(article: Article | None) -> Mapping[str, str]:
    return to_values(article) if article else {}


def _lines(before: str, after: str) -> Iterator[Line]:
    old, new = plain(before).split("\n"), plain(after).split("\n")
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Line("same", text) for text in old[a:b])
            continue
        yield from (Line("removed", text) for text in old[a:b] if text)
        yield from (Line("added", text) for text in new[c:d] if text)
