"""A table as CSV: UTF-8 with BOM, or CP932 where older programs need it. What does not fit is named, never dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from bot.sheets.model import Book, Mark, Progress, Row, Sheet, SheetError, Value, no_progress
from bot.sheets.neutral import as_csv_text
from bot.texts.ja import sheets as texts

UTF8, CP932 = "utf-8-sig", "cp932"
ENCODINGS = (UTF8, CP932)
GETA = "〓"
MOST_NAMED = 50
_TOLD_EVERY = 2000
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
    unfit: list[Unfit] = []
    text = io.TextIOWrapper(target, encoding, errors="strict", newline="", write_through=False)
    try:
        writer = csv.writer(text)
        fitted = _fitting(book.data, unfit) if encoding == CP932 else _same
        writer.writerow(fitted(1, [as_csv_text(column.title) for column in book.data.columns]))
        writer.writerows(_lines(book.data, fitted, progress))
        text.flush()
    finally:
        text.detach()
    if unfit and not replace_unfit:
        raise UnfitCharacters(unfit)
    return unfit


Cells = list[Any]
Fitting = Callable[[int, Cells], Cells]


def _lines(sheet: Sheet, fitted: Fitting, progress: Progress) -> Iterator[Cells]:
    for number, row in enumerate(sheet.rows, 2):
        yield fitted(number, _cells(row))
        if number % _TOLD_EVERY == 0:
            progress(number, sheet.size)


def _cells(row: Row) -> Cells:
    """Text made harmless; numbers as they are; days in ISO form."""
    return [as_csv_text(value) if type(value) is str else _plain(value) for value in row]


def _plain(value: Value) -> object:
    if isinstance(value, Mark):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _same(_number: int, cells: Cells) -> Cells:
    return cells


def _fitting(sheet: Sheet, unfit: list[Unfit]) -> Fitting:
    """Cells that CP932 can hold; what it cannot is noted in `unfit` and stands as 〓."""
    names = [column.title for column in sheet.columns]

    def fit(number: int, cells: Cells) -> Cells:
        return [
            _fit(cell, number, name, unfit) if isinstance(cell, str) and not cell.isascii() else cell
            for cell, name in zip(cells, names, strict=True)
        ]

    return fit


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
