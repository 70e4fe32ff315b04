"""A table as CSV: UTF-8 with BOM, or CP932 where older programs need it. What does not fit is named, never dropped."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO

from bot.sheets.model import Book, Progress, Row, Sheet, SheetError, no_progress
from bot.sheets.neutral import as_csv_text
from bot.texts.ja import sheets as texts

UTF8, CP932 = "utf-8-sig", "cp932"
ENCODINGS = (UTF8, CP932)
GETA = "〓"
MOST_NAMED = 50
_CHUNK = 1000
# Where a field may begin like a formula, behind white space or not. It may find too much, since it knows no quoting.
_OPENING = re.compile('[\\n,"](?:[\\s\'"\u200b\ufeff]*[=+\\-@＝＋－＠\u2212]|\\t|"[\\t\\r\\n])')
# What the cell-by-cell way replaces.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
# The same signs under the code points that CP932 has.
_SAME = str.maketrans("〜−‖—–¢£¬¦¥\u00a0", "～－∥――￠￡￢￤￥ ")


@dataclass(frozen=True)
class Unfit:
    """A character that CP932 does not have: its row and column in the file, counted from 1."""

    row: int
    column: str
    character: str

    @property
    def told(self) -> str:
        """One line for people."""
        return texts.UNFIT.format(
            row=self.row, column=self.column, character=self.character, code=f"U+{ord(self.character):04X}"
        )


class UnfitCharacters(SheetError):
    """The table has characters that the encoding does not have. Nothing was kept."""

    def __init__(self, unfit: list[Unfit]) -> None:
        lines = [one.told for one in unfit[:MOST_NAMED]]
        more = [texts.MORE_UNFIT.format(count=len(unfit) - MOST_NAMED)] if len(unfit) > MOST_NAMED else []
        super().__init__("\n".join([texts.UNFIT_TITLE, *lines, *more]))
        self.unfit = unfit


def write_csv(
    book: Book,
    target: IO[bytes],
    encoding: str = UTF8,
    progress: Progress = no_progress,
    *,
    replace_unfit: bool = False,
) -> list[Unfit]:
    """Write the book's data table. Returns what stands as 〓 in the file, with `replace_unfit`.

    Raises UnfitCharacters without it; the target is of no use then.
    """
    fitting = _Fitting(book.data, encoding)
    if encoding == UTF8:
        target.write(codecs.BOM_UTF8)
    target.write(fitting.encoded(1, [[column.title for column in book.data.columns]]))
    rows, done = iter(book.data.rows), 0
    while chunk := list(islice(rows, _CHUNK)):
        target.write(_encoded_at_once(chunk, encoding) or fitting.encoded(done + 2, chunk))
        done += len(chunk)
        progress(done, book.data.size)
    if fitting.unfit and not replace_unfit:
        raise UnfitCharacters(fitting.unfit)
    return fitting.unfit


def _encoded_at_once(rows: Sequence[Row], encoding: str) -> bytes:
    """Rows as they are; empty where something in them may have to be changed, which a few quick looks at all of them tell.

    csv writes days in ISO form, marks as their text and None as nothing by itself.
    """
    text = _written(rows)
    if _OPENING.search("\n" + text) or "\ufffe" in text or "\uffff" in text:
        return b""
    try:
        encoded = text.encode("utf-8") if encoding == UTF8 else text.translate(_SAME).encode(encoding)
    except UnicodeEncodeError:
        return b""
    return encoded if len(encoded.translate(None, _CONTROLS)) == len(encoded) else b""


def _written(rows: Iterable[Row]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


class _Fitting:
    """Rows cell by cell: text made harmless, and in CP932 what it does not have noted and replaced by 〓."""

    def __init__(self, sheet: Sheet, encoding: str) -> None:
        self._names = [column.title for column in sheet.columns]
        self._encoding = encoding
        self.unfit: list[Unfit] = []

    def encoded(self, first: int, rows: Iterable[Row]) -> bytes:
        """Rows as bytes; `first` is the number of the first of them in the file."""
        codec = "utf-8" if self._encoding == UTF8 else self._encoding
        return _written(self._row(number, row) for number, row in enumerate(rows, first)).encode(codec)

    def _row(self, number: int, row: Row) -> Row:
        cells = [as_csv_text(value) if type(value) is str else value for value in row]
        if self._encoding == UTF8:
            return cells
        return [
            _fit(cell, number, name, self.unfit) if isinstance(cell, str) and not cell.isascii() else cell
            for cell, name in zip(cells, self._names, strict=True)
        ]


def _fit(text: str, row: int, column: str, unfit: list[Unfit]) -> str:
    told = text.translate(_SAME)
    try:
        told.encode(CP932)
    except UnicodeEncodeError:
        return "".join(_fit_one(one, row, column, unfit) for one in told)
    return told


def _fit_one(character: str, row: int, column: str, unfit: list[Unfit]) -> str:
    try:
        character.encode(CP932)
    except UnicodeEncodeError:
        unfit.append(Unfit(row, column, character))
        return GETA
    return character
