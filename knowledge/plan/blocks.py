"""The body as a row of blocks: headings, paragraphs, captions of figures, tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.plan.contents import Contents
from knowledge.plan.headings import Heading, parse_heading
from knowledge.plan.paragraphs import Paragraph, read_paragraphs
from knowledge.plan.tables import GLOSSARY, Table, read_table
from knowledge.plan.traced import Line, Traced, join_wrapped
from knowledge.plan.wording import key, readable

_PART = re.compile(r"[(](?P<part>[^()]{1,6}編)[)]$|^(?P<bare>[^()。、]{1,4}編)$")
_LONGEST_PART_TITLE = 40
_CAPTION = re.compile(r"^[【\[〔](?P<name>図\s*\d+)[\s:：.．]*(?P<title>.*?)[】\]〕]$")
_PAGE_NUMBER = re.compile(r"^[-‐–—]?\s*\d{1,3}\s*[-‐–—]?$")


@dataclass(frozen=True)
class PartTitle:
    """Where a part (本編, 実行編, 用語集) begins."""

    part: str
    words: Traced


@dataclass(frozen=True)
class SectionTitle:
    """A numbered heading of running text, with its page where the 目次 gives it."""

    heading: Heading
    page: int | None
    line: int


@dataclass(frozen=True)
class Caption:
    """The caption of a figure whose picture is not in the text: 図1 and its title."""

    name: str
    title: Traced
    words: Traced
    line: int


@dataclass(frozen=True)
class Furniture:
    """What belongs to the page and not to the text: its number, the part's name repeated at its head."""

    words: Traced


Block = PartTitle | SectionTitle | Caption | Table | Furniture | Paragraph


@dataclass
class _Place:
    """Where in the numbering the reader stands: the last number seen on each level."""

    part: str = ""
    numbers: list[int] = field(default_factory=list)
    item: int = 0

    def expects(self, heading: Heading) -> bool:
        """Whether the heading is the next one of its level."""
        if heading.item:
            return heading.number[0] == self.item + 1
        *parents, last = heading.number
        before = self.numbers[len(parents)] if len(self.numbers) > len(parents) else 0
        return parents == self.numbers[: len(parents)] and last == before + 1

    def enter(self, heading: Heading) -> None:
        """Stand at this heading."""
        self.item = heading.number[0] if heading.item else 0
        if not heading.item:
            self.numbers = list(heading.number)


class BlockReader:
    """Reads the lines after the 目次 into blocks. Headings are told by the 目次, else by their numbering."""

    def __init__(self, lines: Sequence[Line], contents: Contents, first_part: str) -> None:
        self._lines = lines
        self._contents = contents
        self._place = _Place(first_part)
        self._titled: set[str] = set()
        self._next = 0

    def read(self) -> Iterator[Block]:
        """Every block, in the order of the document."""
        running: list[Line] = []
        while self._next < len(self._lines):
            line = self._lines[self._next]
            block = None if line.blank else self._structure(line)
            if block is None:
                running.append(line)
                self._next += 1
            elif isinstance(block, Furniture):
                yield block
            else:
                yield from read_paragraphs(running)
                running = []
                yield block
        yield from read_paragraphs(running)

    def _structure(self, line: Line) -> Block | None:
        """The block that begins at this line, which is then passed; None for running text."""
        if found := read_table(self._lines, self._next):
            table, self._next = found
            return table
        block = self._part(line) or _caption(line) or self._page_number(line)
        if block:
            self._next += 1
            return block
        return self._section(line)

    def _part(self, line: Line) -> PartTitle | Furniture | None:
        name = key(line.words.text)
        match = _PART.search(name) if len(name) <= _LONGEST_PART_TITLE else None
        part = GLOSSARY if name == GLOSSARY else match and (match["part"] or match["bare"])
        if not part or not (part == GLOSSARY or part in self._contents.parts or not self._contents.parts):
            return None
        if part in self._titled or (part == self._place.part and self._place.numbers):
            return Furniture(line.words.strip())
        self._titled.add(part)
        self._place = _Place(part)
        return PartTitle(part, line.words.strip())

    def _page_number(self, line: Line) -> Furniture | None:
        alone = all(beside.blank for beside in self._beside())
        return (
            Furniture(line.words.strip()) if alone and _PAGE_NUMBER.match(line.words.text.strip()) else None
        )

    def _section(self, line: Line) -> SectionTitle | None:
        wrapped = self._wrapped_title(line)
        words = wrapped or line.words
        heading = parse_heading(words)
        if heading is None:
            return None
        entry = self._contents.find(self._place.part, words)
        if entry is None and not self._heading_by_form(heading):
            return None
        self._next += 2 if wrapped else 1
        self._place.enter(heading)
        return SectionTitle(heading, entry.page if entry else None, line.number)

    def _heading_by_form(self, heading: Heading) -> bool:
        told_by_contents = self._place.part in self._contents.parts and not heading.item
        return not told_by_contents and self._place.expects(heading) and not self._among_items(heading)

    def _among_items(self, heading: Heading) -> bool:
        """Whether (1) and (2) stand in lines next to each other: a list, not headings."""
        beside = [parse_heading(line.words) for line in self._beside() if not line.blank]
        return heading.item and any(other is not None and other.item for other in beside)

    def _wrapped_title(self, line: Line) -> Traced | None:
        """The heading that the 目次 has on one line and the text on two."""
        if self._next + 1 >= len(self._lines) or parse_heading(line.words) is None:
            return None
        words = join_wrapped([line.words, self._lines[self._next + 1].words])
        entries = self._contents.keys
        return words if key(words.text) in entries and key(line.words.text) not in entries else None

    def _beside(self) -> list[Line]:
        places = (self._next - 1, self._next + 1)
        return [self._lines[place] for place in places if 0 <= place < len(self._lines)]


def _caption(line: Line) -> Caption | None:
    words = line.words.strip()
    match = _CAPTION.match(words.text)
    if not match:
        return None
    name = key(unicodedata.normalize("NFKC", match["name"]))
    return Caption(name, readable(words[slice(*match.span("title"))]), words, line.number)
