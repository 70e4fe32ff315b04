"""The 目次: which headings there are, and on which page."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from knowledge.plan.headings import LONGEST_HEADING, Heading, parse_heading
from knowledge.plan.traced import Line, Traced
from knowledge.plan.wording import key

_TITLE = re.compile(r"^目次(?:[(](?P<part>[^()]+)[)])?$")
_PAGE = re.compile(r"^(?P<entry>.*?[^\s.．…‥・])(?P<leader>[\s.．…‥・]+)(?P<page>\d{1,3})\s*$")
_ALIKE = 0.6


@dataclass(frozen=True)
class Entry:
    """A line of the 目次. `part` is the part it lists (本編), `words` the heading without its page."""

    part: str
    words: Traced
    heading: Heading | None
    page: int | None
    page_words: Traced
    line: int

    @property
    def key(self) -> str:
        """The heading with its number, for comparing."""
        return key(self.words.text)


@dataclass(frozen=True)
class Contents:
    """The whole 目次; `titles` are its own headings (目次（本編）), `rest` the dotted leaders."""

    entries: tuple[Entry, ...] = ()
    titles: tuple[Traced, ...] = ()
    leaders: tuple[Traced, ...] = ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """Every heading it lists, for comparing."""
        return frozenset(entry.key for entry in self.entries)

    @cached_property
    def _by_name(self) -> Mapping[Hashable, Sequence[Entry]]:
        """The entries of a key, and of a number."""
        found: dict[Hashable, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.key, []).append(entry)
            if entry.heading:
                found.setdefault((entry.heading.number, entry.heading.item), []).append(entry)
        return found

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts it lists, in order."""
        return tuple(dict.fromkeys(entry.part for entry in self.entries if entry.part))

    def find(self, part: str, words: Traced) -> Entry | None:
        """The entry of `part` that a line of the text is the heading of.

        The number must agree; the wording too, but for a small difference.
        """
        heading = parse_heading(words)
        alike = self._by_name.get((heading.number, heading.item), ()) if heading else ()
        found = [
            *self._by_name.get(key(words.text), ()),
            *(entry for entry in alike if heading and _alike(entry.heading, heading)),
        ]
        return next((entry for entry in found if entry.part in {part, ""}), None)


def starts_contents(line: Line) -> bool:
    """Whether a 目次 begins at this line."""
    return _TITLE.match(key(line.words.text)) is not None


def read_contents(lines: Sequence[Line]) -> tuple[Contents, int]:
    """Read the 目次 that begins at the first of `lines`; also how many lines it takes.

    It ends where one of its headings comes again, or running text begins.
    """
    entries: list[Entry] = []
    titles: list[Traced] = []
    leaders: list[Traced] = []
    seen: set[str] = set()
    part = ""
    for count, line in enumerate(lines):
        if line.blank:
            continue
        if title := _TITLE.match(key(line.words.text)):
            part = title["part"] or ""
            titles.append(line.words.strip())
            continue
        entry, leader = _entry(part, line)
        if entry.page is None and not _pageless(entry, seen):
            return Contents(tuple(entries), tuple(titles), tuple(leaders)), count
        entries.append(entry)
        seen.add(entry.key)
        leaders.append(leader)
    return Contents(tuple(entries), tuple(titles), tuple(leaders)), len(lines)


def _entry(part: str, line: Line) -> tuple[Entry, Traced]:
    match = _PAGE.match(line.words.text)
    if not match:
        words = line.words.strip()
        return Entry(part, words, parse_heading(words), None, words[:0], line.number), words[:0]
    words = line.words[slice(*match.span("entry"))].strip()
    leader = line.words[slice(*match.span("leader"))]
    digits = line.words[slice(*match.span("page"))]
    return Entry(part, words, parse_heading(words), int(match["page"]), digits, line.number), leader


def _pageless(entry: Entry, before: Set[str]) -> bool:
    return entry.key not in before and "。" not in entry.key and len(entry.key) <= LONGEST_HEADING


def _alike(entry: Heading | None, heading: Heading) -> bool:
    return (
        entry is not None
        and SequenceMatcher(None, key(entry.title.text), key(heading.title.text)).ratio() >= _ALIKE
    )
