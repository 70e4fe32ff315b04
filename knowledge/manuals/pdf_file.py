"""PDF files: lines by position, headings by the size of their letters or their numbering."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from pypdf import PageObject, PdfReader

from bot.texts.ja import manuals as texts
from knowledge.importing.result import ImportFailed
from knowledge.manuals.blocks import LONGEST_HEADING, Block, body_block, heading_level

# What it says of a broken file is for programmers; whoever imports it is told by NOT_PDF.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

MOST_PAGES = 500
MOST_PAGE_BYTES = 5 * 1024 * 1024
MOST_SECONDS = 120.0
BIGGER = 1.12
MOST_UNREADABLE = 0.2
_REPEATED_ON = 3
_LEAST_FULL = 20.0  # a line of running text is at least so many letters wide
_NEARLY_FULL = 0.8
# Some PDF writers give the look-alike radicals for characters such as 手, 用 and 入.
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_PAGE_NUMBER = re.compile(
    r"^[-–—\s]*(?:p\.?\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*ページ)?[-–—\s]*$", re.IGNORECASE
)
_LEADER = re.compile(r"[.．…・‥]{4,}\s*\d{1,4}$")
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_MARKED = re.compile(r"^[①-⑳・●○■◆※(（]|^\d{1,2}[.．)）、]")


@dataclass
class Line:
    """A line of a page: its text, where it stands (points from below) and the size of its letters."""

    page: int
    y: float
    size: float
    text: str = ""


class _OutOfTime(BaseException):
    """Not an Exception: pypdf goes on after those inside of drawings."""


def read_pdf(content: bytes, notes: list[str]) -> tuple[str, list[Block]]:
    """The document's title (or empty) and its blocks. Raises ImportFailed when no text can be had within bounds."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportFailed([texts.PDF_LOCKED])
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise ImportFailed([texts.pdf_too_many_pages(count, MOST_PAGES)])
        until = monotonic() + MOST_SECONDS
        pages = [_read_page(page, number, until) for number, page in enumerate(reader.pages, 1)]
        title = (reader.metadata.title if reader.metadata else None) or ""
    except ImportFailed:
        raise
    except _OutOfTime:
        raise ImportFailed([texts.pdf_too_slow(MOST_SECONDS)]) from None
    except Exception as error:  # a broken file makes pypdf raise whatever its parts do
        raise ImportFailed([texts.NOT_PDF]) from error
    _check_text(pages, notes)
    lines = _without_margins(pages)
    return str(title).strip(), list(_blocks(lines))


def _read_page(page: PageObject, number: int, until: float) -> list[Line]:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > MOST_PAGE_BYTES:
        raise ImportFailed([texts.pdf_heavy_page(number, MOST_PAGE_BYTES)])
    gatherer = _Gatherer(number, until)
    page.extract_text(visitor_text=gatherer.text, visitor_operand_before=gatherer.operand)
    return [line for line in gatherer.lines if line.text.strip()]


@dataclass
class _Gatherer:
    page: int
    until: float
    lines: list[Line] = field(default_factory=list)

    def operand(self, _operator: Any, _arguments: Any, _matrix: Any, _text_matrix: Any) -> None:
        if monotonic() > self.until:
            raise _OutOfTime

    def text(
        self, text: str, matrix: Sequence[float], text_matrix: Sequence[float], _font: Any, size: float
    ) -> None:
        across, up = _scale(matrix, text_matrix)
        y, height = _height(matrix, text_matrix), max(float(size or 0) * max(across, up), 1.0)
        for place, written in enumerate(text.split("\n")):
            piece = re.sub(r"[ \t\u00a0]+", " ", written.translate(_RADICALS))
            if not piece.strip():
                continue
            last = self.lines[-1] if self.lines else None
            if place == 0 and last is not None and abs(last.y - y) < 0.4 * max(last.size, height):
                last.text += piece
                last.size = max(last.size, height)
            else:
                self.lines.append(Line(self.page, y, height, piece))


def _scale(matrix: Sequence[float], text_matrix: Sequence[float]) -> tuple[float, float]:
    return abs(matrix[0] * text_matrix[0]), abs(matrix[3] * text_matrix[3])


def _height(matrix: Sequence[float], text_matrix: Sequence[float]) -> float:
    return float(text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5])


def _check_text(pages: Sequence[Sequence[Line]], notes: list[str]) -> None:
    text = "".join(line.text for lines in pages for line in lines)
    empty = [number for number, lines in enumerate(pages, 1) if not lines]
    if not text.strip():
        raise ImportFailed([texts.PDF_SCANNED])
    if len(_UNREADABLE.findall(text)) > MOST_UNREADABLE * len(text):
        raise ImportFailed([texts.PDF_UNREADABLE_FONT])
    if empty:
        notes.append(texts.pdf_empty_pages(empty))


def _without_margins(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines without page numbers, the table of contents' leaders, and what stands on page after page."""
    edges = Counter(
        shape for lines in pages for shape in {_shape(line) for line in (*lines[:2], *lines[-2:])}
    )
    return [
        line
        for lines in pages
        for line in lines
        if not _PAGE_NUMBER.match(line.text)
        and not _LEADER.search(line.text.strip())
        and not (edges[_shape(line)] >= _REPEATED_ON and line in (*lines[:2], *lines[-2:]))
    ]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.strip())


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    level_of = _levels(lines)
    full = max(_LEAST_FULL, *(_width(line.text) for line in lines))
    group: list[Line] = []
    level = 0
    for line in lines:
        own = level_of(line)
        follows = _wraps if own else partial(_goes_on, full=full)
        if group and not (own == level and follows(group[-1], line)):
            yield _block(group, level)
            group = []
        group, level = [*group, line], own
    if group:
        yield _block(group, level)


def _block(group: Sequence[Line], level: int) -> Block:
    text = ""
    for line in group:
        text += _gap(text, line.text.strip()) + line.text.strip()
    page = group[0].page
    return Block("heading", text, level=level, page=page) if level else body_block(text, page)


def _wraps(before: Line, line: Line) -> bool:
    """Whether a heading goes on in the next line."""
    near = before.page == line.page and 0 < before.y - line.y < 1.8 * line.size
    return near and not (heading_level(line.text.strip()) or _MARKED.match(line.text.strip()))


def _levels(lines: Sequence[Line]) -> Callable[[Line], int]:
    """How deep a heading a line is, 0 for running text: by size where some lines are bigger, else by numbering."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[_rounded(line)] += len(line.text)
    body = counted.most_common(1)[0][0]
    bigger = sorted((size for size in counted if size >= body * BIGGER), reverse=True)

    def level_of(line: Line) -> int:
        text = line.text.strip()
        if len(text) > LONGEST_HEADING or text.endswith(("。", "、")):
            return 0
        if bigger:
            return bigger.index(_rounded(line)) + 1 if _rounded(line) in bigger else 0
        return heading_level(text)

    return level_of


def _rounded(line: Line) -> float:
    return round(line.size * 2) / 2


def _goes_on(before: Line, line: Line, full: float) -> bool:
    """Whether a line continues the paragraph before it: that one is as good as `full` (in letters' widths)."""
    if before.text.rstrip().endswith(("。", "」", ":", "：")) or _MARKED.match(line.text.strip()):
        return False
    if _width(before.text) < _NEARLY_FULL * full:
        return False
    return before.page != line.page or 0 < before.y - line.y < 2.2 * line.size


def _width(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in text.strip())


def _gap(before: str, after: str) -> str:
    return " " if before and before[-1].isascii() and after[:1].isascii() else ""
