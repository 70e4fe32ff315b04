"""Where every character of a document went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.texts.ja import importing as texts
from knowledge.plan.traced import Traced, read_lines
from knowledge.plan.wording import INVISIBLE, TAG


class Place(IntEnum):
    """What became of a character."""

    UNPLACED = 0
    ARTICLE = 1
    HEADING = 2
    LISTED = 3
    LAYOUT = 4
    LEFT_OUT = 5


@dataclass(frozen=True)
class LeftOut:
    """A stretch of text that is in no article and no heading, and why."""

    reason: str
    text: str
    line: int


@dataclass(frozen=True)
class Coverage:
    """Every character of the document, counted by where it went.

    `article`: in an article. `heading`: in a heading, a row's or column's name. `listed`: in the 目次 or a list of
    headings, and found again as a heading. `layout`: white space, tags, dotted leaders, page numbers.
    `left_out`: everything else, with its reason.
    """

    total: int
    article: int
    heading: int
    listed: int
    layout: int
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...] = ()

    @property
    def wording(self) -> int:
        """How many characters are not layout."""
        return self.total - self.layout

    @property
    def share(self) -> float:
        """The part of the wording that is in articles or headings, between 0 and 1."""
        return (self.article + self.heading + self.listed) / self.wording if self.wording else 0.0

    @property
    def share_without_lists(self) -> float:
        """The same, with the 目次 and the lists of headings taken out of the count altogether."""
        wording = self.wording - self.listed
        return (self.article + self.heading) / wording if wording else 0.0

    def render(self) -> str:
        """The report in Japanese, one line a fact."""
        left = sum(len(item.text) for item in self.left_out)
        counts = (self.total, self.article, self.heading, self.listed, self.layout, left)
        lines = [texts.coverage_share(self.share, self.share_without_lists), texts.coverage_counts(*counts)]
        lines += [texts.left_out_line(item.line, item.reason, item.text) for item in self.left_out]
        return "\n".join([*lines, *self.notes])


class Ledger:
    """Keeps account of a document's characters while it is read."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._places = bytearray(len(document))
        self._reasons: dict[int, str] = {}

    def article(self, words: Traced) -> None:
        """These characters are in an article."""
        self._mark(words, Place.ARTICLE)

    def heading(self, words: Traced) -> None:
        """These characters name an article, a part, a row or a column."""
        self._mark(words, Place.HEADING)

    def listed(self, words: Traced) -> None:
        """These characters list a heading that stands elsewhere."""
        self._mark(words, Place.LISTED)

    def layout(self, words: Traced) -> None:
        """These characters only lay the page out."""
        self._mark(words, Place.LAYOUT)

    def leave_out(self, words: Traced, reason: str) -> None:
        """These characters go nowhere, and this is why."""
        self._mark(words, Place.LEFT_OUT)
        self._reasons.update(dict.fromkeys(words.offsets, reason))

    def coverage(self, notes: Sequence[str] = ()) -> Coverage:
        """The account. Characters nobody placed are layout when blank or a tag, else left out."""
        self._place_layout()
        counts = Counter(self._places)
        return Coverage(
            total=len(self._document),
            article=counts[Place.ARTICLE],
            heading=counts[Place.HEADING],
            listed=counts[Place.LISTED],
            layout=counts[Place.LAYOUT],
            left_out=tuple(self._left_out()),
            notes=tuple(notes),
        )

    def _mark(self, words: Traced, place: Place) -> None:
        for offset, character in zip(words.offsets, words.text, strict=True):
            blank = character.isspace()
            if not blank and self._places[offset] in {Place.UNPLACED, Place.LEFT_OUT}:
                self._places[offset] = place

    def _place_layout(self) -> None:
        for pattern in (re.compile(r"\s+"), INVISIBLE, TAG):
            for match in pattern.finditer(self._document):
                for offset in range(*match.span()):
                    if self._places[offset] == Place.UNPLACED:
                        self._places[offset] = Place.LAYOUT

    def _left_out(self) -> Iterator[LeftOut]:
        """The stretches left out, line by line."""
        for line in read_lines(self._document):
            words = line.words
            pending = [
                i for i, o in enumerate(words.offsets) if self._places[o] in {Place.UNPLACED, Place.LEFT_OUT}
            ]
            by_reason: dict[str, str] = {}
            for i in pending:
                reason = self._reasons.get(words.offsets[i], texts.NO_PLACE)
                by_reason[reason] = by_reason.get(reason, "") + words.text[i]
            for reason, text in by_reason.items():
                yield LeftOut(reason, text, line.number)
