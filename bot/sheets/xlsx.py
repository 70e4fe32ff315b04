"""A book as XLSX, row by row: memory does not grow with the table. Text stays text, whatever it looks like."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import IO

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bot.sheets.drawing import draw
from bot.sheets.model import Book, Column, Kind, Mark, Progress, Row, Sheet, SheetError, Value, no_progress
from bot.sheets.neutral import holdable, is_plain, looks_like_formula
from bot.sheets.widths import column_width, heading_lines, is_number, note_lines
from bot.texts.ja import sheets as texts

MOST_ROWS = 1_048_575
SCRATCH = "dxbot-sheets-"
_SAMPLE = 200
_TOLD_EVERY = 2000
_LINE = 18
_ONE_PAGE = 32  # rows that are printed on a page of their own, smaller where they must be
_PAGE_WIDTH = 110  # half-width characters beside each other on a sheet of A4 lying
_LEAST_SCALE = 0.6  # of what is printed: a wider table goes on beside, on further pages
_UPRIGHT, _CHARACTER, _MOST_UPRIGHT = 270, 14, 20  # words one character below the other
_OPTIONS: dict[str, object] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_NUMBERS = {Kind.COUNT: "#,##0", Kind.SHARE: "0", Kind.DECIMAL: "0.0##", Kind.DAY: "yyyy-mm-dd"}
_FONT = {"font_name": "Yu Gothic", "font_size": 10, "valign": "top"}
# Plain text has this look without a word about it in each cell.
_OPTIONS["default_format_properties"] = _FONT


def write_xlsx(book: Book, target: IO[bytes], progress: Progress = no_progress) -> None:
    """Write a book. Raises SheetError naming the cell that a workbook cannot hold; the target is of no use then."""
    scratch = tempfile.mkdtemp(prefix=SCRATCH)
    workbook = xlsxwriter.Workbook(target, {**_OPTIONS, "tmpdir": scratch})
    try:
        _Writer(workbook, book, progress).write()
        workbook.close()
    except XlsxWriterException as error:
        raise SheetError(texts.NOT_WRITTEN) from error
    finally:
        for worksheet in workbook.worksheets():
            worksheet.row_data_fh.close()
        shutil.rmtree(scratch, ignore_errors=True)


class _Writer:
    """The sheets of one book, one after the other."""

    def __init__(self, workbook: xlsxwriter.Workbook, book: Book, progress: Progress) -> None:
        self._workbook, self._book, self._progress = workbook, book, progress
        self._done = 0
        add = workbook.add_format
        self._head = add(
            {**_FONT, "bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "num_format": "@"}
        )
        self._upright = add(
            {**_FONT, "bold": True, "bg_color": "#DCE6F1", "bottom": 1, "text_wrap": True, "num_format": "@"}
            | {"rotation": _UPRIGHT, "align": "center"}
        )
        self._mark = add({**_FONT, "font_color": "#595959", "italic": True, "align": "right"})
        self._formats = {kind: None if kind is Kind.TEXT else add({**_FONT, **_looks(kind)}) for kind in Kind}
        # An apostrophe that is part of the cell's look, not of its text: editing the cell doesn't make a formula of it.
        self._quoted = add({**_FONT, "num_format": "@", "quote_prefix": True})

    def write(self) -> None:
        self._workbook.set_properties(
            {
                "title": self._book.title,
                "author": texts.PRODUCT,
                "created": self._book.made_at.replace(tzinfo=None),
            }
        )
        for sheet in self._book.sheets:
            self._write_sheet(sheet)

    def _write_sheet(self, sheet: Sheet) -> None:
        worksheet = self._workbook.add_worksheet(sheet.title)
        rows = iter(sheet.rows)
        sample = list(islice(rows, _SAMPLE))
        width = self._lay_out(worksheet, sheet, sample)
        upright = _stands_upright(sheet, sample)
        for place, column in enumerate(sheet.columns):
            self._text(
                worksheet,
                0,
                place,
                column.title,
                self._upright if upright and is_number(column) else self._head,
            )
        formats = [self._formats[column.kind] for column in sheet.columns]
        notes = [place for place, column in enumerate(sheet.columns) if column.kind is Kind.NOTE]
        last = 0
        for last, row in self._counted(chain(sample, rows)):
            if notes:
                self._heighten(worksheet, last, [row[place] for place in notes])
            self._write_row(worksheet, last, row, formats)
        if last:
            worksheet.autofilter(0, 0, last, len(sheet.columns) - 1)
        draw(self._workbook, worksheet, sheet, width)

    def _counted(self, rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
        size = self._book.size
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise SheetError(texts.TOO_MANY_ROWS)
            yield number, row
            self._done += 1
            if self._done % _TOLD_EVERY == 0:
                self._progress(self._done, size)

    def _lay_out(self, worksheet: Worksheet, sheet: Sheet, sample: Sequence[Row]) -> int:
        """Widths by the first rows, the header in sight, and pages as wide as the table. How wide the table is."""
        upright = _stands_upright(sheet, sample)
        widths = _widths(sheet, sample, upright=upright)
        high = 0
        for place, (column, width) in enumerate(zip(sheet.columns, widths, strict=True)):
            worksheet.set_column(place, place, width)
            stands = upright and is_number(column)
            high = max(high, _upright_height(column) if stands else _LINE * heading_lines(column, width))
        worksheet.set_row(0, high)
        worksheet.freeze_panes(1, sheet.frozen)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.fit_to_pages(_pages_across(widths), int(sheet.size <= _ONE_PAGE))
        worksheet.repeat_rows(0)
        if sheet.frozen:
            worksheet.repeat_columns(0, sheet.frozen - 1)
            worksheet.hide_gridlines(0)  # printed too: a row is long
        return sum(widths)

    def _heighten(self, worksheet: Worksheet, number: int, notes: Sequence[Value]) -> None:
        """Room for notes that run over several lines: programs give it by themselves only while one types."""
        lines = max(note_lines(f"{note}") for note in notes)
        if lines > 1:
            worksheet.set_row(number, _LINE * lines)

    def _write_row(
        self, worksheet: Worksheet, number: int, row: Row, formats: Sequence[Format | None]
    ) -> None:
        write_string, write_number = worksheet.write_string, worksheet.write_number
        for place, value in enumerate(row):
            kind = type(value)
            if kind is str:
                if is_plain(value):  # type: ignore[arg-type]
                    if write_string(number, place, value, formats[place]) == -2:
                        self._too_long(worksheet, number, place)
                else:
                    self._text(worksheet, number, place, value, formats[place])  # type: ignore[arg-type]
            elif kind is int or kind is float:
                write_number(number, place, value, formats[place])
            else:
                self._other(worksheet, number, place, value, formats[place])

    def _other(
        self, worksheet: Worksheet, number: int, place: int, value: Value, look: Format | None
    ) -> None:
        match value:
            case None:
                return
            case Mark():
                worksheet.write_string(number, place, value.value, self._mark)
            case date():
                worksheet.write_datetime(number, place, value, look)
            case _:
                raise TypeError(f"a cell cannot hold {type(value).__name__}")

    def _text(self, worksheet: Worksheet, number: int, place: int, text: str, look: Format | None) -> None:
        clean = holdable(text)
        look = self._quoted if looks_like_formula(clean) else look
        if clean.startswith("<r>") and clean.endswith("</r>"):
            # XlsxWriter would put this into the file as markup; in two pieces it is text.
            done = worksheet.write_rich_string(
                number, place, clean[:1], self._quoted, clean[1:], look or self._formats[Kind.CODE]
            )
        else:
            done = worksheet.write_string(number, place, clean, look)
        if done < 0:
            self._too_long(worksheet, number, place)

    def _too_long(self, worksheet: Worksheet, number: int, place: int) -> None:
        cell = xl_rowcol_to_cell(number, place)
        raise SheetError(texts.TOO_LONG.format(sheet=worksheet.get_name(), cell=cell))


def _widths(sheet: Sheet, sample: Sequence[Row], *, upright: bool) -> list[int]:
    return [
        column_width(column, [row[place] for row in sample], upright=upright)
        for place, column in enumerate(sheet.columns)
    ]


def _stands_upright(sheet: Sheet, sample: Sequence[Row]) -> bool:
    """Whether a table's headings of numbers are written downwards: one with names in sight that is wider than a page."""
    return sheet.frozen > 0 and sum(_widths(sheet, sample, upright=False)) > _PAGE_WIDTH


def _upright_height(column: Column) -> int:
    return _CHARACTER * min(len(column.title), _MOST_UPRIGHT) + _LINE // 2


def _pages_across(widths: Sequence[int]) -> int:
    return -(-sum(widths) // int(_PAGE_WIDTH / _LEAST_SCALE))


def _looks(kind: Kind) -> dict[str, object]:
    if kind in _NUMBERS:
        return {"num_format": _NUMBERS[kind]}
    return {"num_format": "@"} if kind is Kind.CODE else {"text_wrap": True}
