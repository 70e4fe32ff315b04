"""Text that remembers where in the document each of its characters stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
"""Start and end of a stretch of the document, in characters; the end is not part of it."""

_BREAK = re.compile(r"\r\n|[\r\n\f\v]")
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True)
class Traced:
    """A piece of the document's text: `text[i]` stands at `offsets[i]` (a joined line break reads as a space)."""

    text: str
    offsets: Sequence[int]

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.offsets[part])

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, (*self.offsets, *other.offsets))

    def strip(self) -> Traced:
        """Without white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : start + len(self.text.strip())]

    def without(self, pattern: re.Pattern[str]) -> Traced:
        """Without everything `pattern` matches."""
        gaps = list(_gaps(pattern, self.text))
        if len(gaps) == 1:
            return self
        offsets = tuple(offset for start, end in gaps for offset in self.offsets[start:end])
        return Traced("".join(self.text[start:end] for start, end in gaps), offsets)

    def split(self, pattern: re.Pattern[str]) -> list[Traced]:
        """The pieces between the matches of `pattern`."""
        return [self[start:end] for start, end in _gaps(pattern, self.text)]

    def spans(self) -> tuple[Span, ...]:
        """The stretches of the document this text is made of, in order."""
        spans: list[Span] = []
        for offset in self.offsets:
            if spans and spans[-1][1] == offset:
                spans[-1] = (spans[-1][0], offset + 1)
            else:
                spans.append((offset, offset + 1))
        return tuple(spans)


NOTHING = Traced("", ())


@dataclass(frozen=True)
class Line:
    """A line of the document, its number counted from 1, without its line break."""

    number: int
    words: Traced

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands here."""
        return not self.words.text.strip()


def read_lines(text: str) -> list[Line]:
    """The lines of a document. A page break ends a line as well, but is not counted."""
    lines: list[Line] = []
    start, number = 0, 1
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        lines.append(Line(number, Traced(text[start:end], range(start, end))))
        if match:
            start = match.end()
            number += match.group() not in "\f\v"
    return lines


def join_wrapped(lines: Sequence[Traced]) -> Traced:
    """Lines of one paragraph as running text. Between two Latin words the break reads as a space."""
    pieces: list[Traced] = []
    for line in filter(None, (line.strip() for line in lines)):
        last = pieces[-1] if pieces else NOTHING
        if last and _LATIN.match(last.text[-1]) and _LATIN.match(line.text[0]):
            pieces.append(Traced(" ", (last.offsets[-1] + 1,)))
        pieces.append(line)
    if len(pieces) == 1:
        return pieces[0]
    return Traced("".join(p.text for p in pieces), tuple(offset for p in pieces for offset in p.offsets))


def words_at(document: str, spans: Sequence[Span]) -> str:
    """What stands at `spans` of a document, line breaks read as spaces."""
    return _BREAK.sub(" ", "".join(document[start:end] for start, end in spans))


def _gaps(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    start = 0
    for match in pattern.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)
