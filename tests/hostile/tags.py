"""The tags of a page, read once for all who look at it."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple


class Tag(NamedTuple):
    """A tag where a browser takes one for it, with its attributes; `opens` is False for one that ends."""

    name: str
    attributes: dict[str, str]
    opens: bool


class _Tags(HTMLParser):
    """Reads as a browser does: everything is taken for a tag that may be one."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Tag] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(Tag(tag, {name: value or "" for name, value in attrs}, opens=True))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Tag(tag, {}, opens=False))


@lru_cache(16)  # what comes out is read, and then its forms are filled
def tags_of(source: str) -> tuple[Tag, ...]:
    """The tags of a page in order."""
    return tuple(_Tags(source).found)
