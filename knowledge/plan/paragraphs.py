"""Running text: lines back into the paragraphs that page breaks and hard wraps tore apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from knowledge.plan.traced import NOTHING, Line, Traced, join_wrapped
from knowledge.plan.wording import CIRCLED, readable

_MARKER = re.compile(rf"(?:[（(]※\d*[)）]|※\d*|[{CIRCLED}]|[・●○■□◆◇]|[-‐–]\s|[(（]\d{{1,2}}[)）])\s*")
_SENTENCE_END = ("。", "．", "！", "？", "」", "』", "）", ")", "】", "：", ":", ">", "＞")
_RUNNING = 20
_SHORTER = 4


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `marker` is its mark (（※）, ①, ・) when it has one; `line` is where it begins."""

    words: Traced
    marker: Traced
    line: int


def read_paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of a stretch of running text."""
    held: list[Line] = []
    for chunk in _chunks(lines):
        if held and not _runs_on(held, chunk):
            yield _paragraph(held)
            held = []
        held += chunk
    if held:
        yield _paragraph(held)


def _chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    widest = 0
    for line in lines:
        if chunk and (line.blank or _begins(line, chunk[-1], widest)):
            yield chunk
            chunk, widest = [], 0
        if not line.blank:
            chunk.append(line)
            widest = max(widest, _columns(line.words.text.strip()))
    if chunk:
        yield chunk


def _begins(line: Line, above: Line, widest: int) -> bool:
    """Whether a line begins a paragraph although no blank line stands above it.

    `widest` is the width in columns of the paragraph above: a shorter line that ends a sentence ends it.
    """
    text = line.words.text
    if text.startswith("\u3000") or _MARKER.match(text.strip()):
        return True
    last = above.words.text.strip()
    return last.endswith("。") and _columns(last) <= widest - _SHORTER


def _runs_on(held: Sequence[Line], chunk: Sequence[Line]) -> bool:
    """Whether a page break tore `chunk` off the text held."""
    first, last = held[0].words.text.strip(), held[-1].words.text.strip()
    after = chunk[0].words.text
    if last.endswith(_SENTENCE_END) or _MARKER.match(first) or _MARKER.match(after.strip()):
        return False
    running = len(held) > 1 or "、" in first or "。" in first or len(first) >= _RUNNING
    return running and not after.startswith("\u3000")


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    words = join_wrapped([line.words for line in lines])
    match = _MARKER.match(words.text)
    marker = words[: match.end()].strip() if match else NOTHING
    return Paragraph(readable(words[len(match.group()) if match else 0 :]), marker, lines[0].number)


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)
