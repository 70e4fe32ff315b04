"""Reading CSV and XLSX files into rows of text, each with its place for whoever has to mend it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.datetime import from_excel

from bot.texts.ja import staff as texts
from staff.number_formats import BUILT_IN, shown_text

MAX_MEGABYTES = 20
MAX_UNPACKED = 300 * 1024 * 1024
MAX_SHOWN = 50

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_NOT_CP932 = re.compile("[\ufffd\x80-\x9f\uf8f0-\uf8f3]")
DIRECTORY_WORDS = ("氏名", "課")


class DirectoryFileError(ValueError):
    """A file that cannot be imported. `problems` holds every one of them; the text shows the first 50."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        shown = list(self.problems[:MAX_SHOWN])
        if len(self.problems) > MAX_SHOWN:
            shown.append(texts.more_problems(len(self.problems) - MAX_SHOWN))
        super().__init__("\n".join(shown))


@dataclass(frozen=True)
class TableRow:
    """One row. `place` says where it stands; `numbers` are the columns that a workbook holds as numbers.

    `cells` have numbers plain and days as 2027-04-01. `shown` has what somebody who opens the workbook sees where that
    is something else (1,234 or 令和9年4月1日), by column; None where its number format is not read.
    """

    place: str
    cells: tuple[str, ...]
    numbers: frozenset[int] = frozenset()
    shown: Mapping[int, str | None] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether every cell is empty."""
        return not any(self.cells)


@dataclass(frozen=True)
class TableFile:
    """The sheets of a file (one for CSV), each as its rows; `notes` are things to tell whoever imports it."""

    sheets: tuple[tuple[TableRow, ...], ...]
    notes: tuple[str, ...] = ()


def read_table(name: str, content: bytes, header_words: Sequence[str] = DIRECTORY_WORDS) -> TableFile:
    """Read a file by what it is: XLSX when it is a ZIP archive, CSV otherwise.

    `name` is used for its ending only; `header_words` are what a header may say, by which CP932 is believed.
    Raises DirectoryFileError with every problem found.
    """
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        raise DirectoryFileError([texts.file_too_large(MAX_MEGABYTES)])
    if not content.strip():
        raise DirectoryFileError([texts.FILE_EMPTY])
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DirectoryFileError([texts.OLD_EXCEL])
    if content.startswith(b"PK\x03\x04") or name.lower().endswith(".xlsx"):
        return _read_xlsx(content)
    return _read_csv(content, header_words)


def _read_csv(content: bytes, header_words: Sequence[str]) -> TableFile:
    text, notes = _decode(content, header_words)
    problems: list[str] = []
    rows = tuple(_csv_rows(text, problems))
    if problems:
        raise DirectoryFileError(problems)
    return TableFile((rows,), notes)


def _decode(content: bytes, header_words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DirectoryFileError([texts.FILE_UTF16])
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    text = content.decode("cp932", errors="replace")
    # CP932 makes something of nearly every byte: it is believed only when a header can be read in it.
    if _NOT_CP932.search(text) or not any(word in text for word in header_words):
        raise DirectoryFileError([texts.wrong_encoding(line)])
    return text, (texts.READ_AS_CP932,)


def _csv_rows(text: str, problems: list[str]) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            problems.append(texts.problem(texts.row(line), texts.BAD_QUOTES))
            return
        if cells is None:
            return
        place, line = texts.row(line), reader.line_num + 1
        yield _row(place, cells, frozenset(), problems)


def _row(
    place: str,
    cells: Sequence[str],
    numbers: frozenset[int],
    problems: list[str],
    seen: Mapping[int, str | None] | None = None,
) -> TableRow:
    if any(_UNREADABLE.search(cell) for cell in cells):
        problems.append(texts.problem(place, texts.UNREADABLE_TEXT))
    return TableRow(place, tuple(cell.strip() for cell in cells), numbers, seen or {})


def _read_xlsx(content: bytes) -> TableFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise DirectoryFileError([texts.file_too_large(MAX_MEGABYTES)])
        book = openpyxl.load_workbook(io.BytesIO(content))
    except DirectoryFileError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers meet in a broken file
        raise DirectoryFileError([texts.NOT_XLSX]) from error
    problems: list[str] = []
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    sheets = tuple(tuple(_sheet_rows(sheet, problems)) for sheet in shown)
    if problems:
        raise DirectoryFileError(problems)
    hidden = [(sheet.title, rows) for sheet in shown if (rows := _hidden_rows(sheet))]
    return TableFile(sheets, tuple(texts.hidden_rows(title, rows) for title, rows in hidden))


def _hidden_rows(sheet: Any) -> list[int]:
    """The rows with something in them that nobody sees who opens the workbook."""
    return [
        number
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1)
        if number in sheet.row_dimensions
        and sheet.row_dimensions[number].hidden
        and any(value is not None for value in cells)
    ]


def _sheet_rows(sheet: Any, problems: list[str]) -> Iterator[TableRow]:
    for merged in sheet.merged_cells.ranges:
        problems.append(texts.problem(texts.sheet_cell(sheet.title, merged.coord), texts.MERGED))
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for cell in cells:
            if cell.data_type == "f":
                problems.append(texts.problem(texts.sheet_cell(sheet.title, cell.coordinate), texts.FORMULA))
        numbers = frozenset(
            column for column, cell in enumerate(cells) if cell.data_type == "n" and not _padding(cell)
        )
        filled = frozenset(column for column in numbers if cells[column].value is not None)
        held = [_value(cell, sheet.parent.epoch) for cell in cells]
        values = [_text(cell, value) for cell, value in zip(cells, held, strict=True)]
        told = [_shown(cell, value) for cell, value in zip(cells, held, strict=True)]
        other = {column: text for column, text in enumerate(told) if text != values[column]}
        yield _row(texts.sheet_row(sheet.title, number), values, filled, problems, other)


def _value(cell: Any, epoch: datetime) -> Any:
    """What a cell holds; a day of the Japanese Excel's own formats is a number to openpyxl."""
    if cell.data_type == "n" and cell.value is not None and _format_number(cell) in BUILT_IN:
        try:
            return from_excel(cell.value, epoch)
        except (OverflowError, ValueError):
            return cell.value
    return cell.value


def _shown(cell: Any, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float | date | time):
        return _text(cell, value)
    return shown_text(value, BUILT_IN.get(_format_number(cell)) or str(cell.number_format))


def _format_number(cell: Any) -> int:
    return int(cell._style.numFmtId)  # of such a format `number_format` tells that it is "General"


def _text(cell: Any, value: Any) -> str:
    """A cell as text: a number without its format, a time in hours, a day as 2027-04-01."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() != time():
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, timedelta):
        return _hours(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value).zfill(_padding(cell))
    return str(value)


def _hours(length: timedelta) -> str:
    """A length of time as a sheet shows it: 26:00, 1:05:30."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    shown = f"{minutes // 60}:{minutes % 60:02}"
    return f"{shown}:{seconds:02}" if seconds else shown


def _padding(cell: Any) -> int:
    """The width of a number format such as 000000, which keeps the zeros that the number itself has lost."""
    shape = str(cell.number_format)
    return len(shape) if re.fullmatch("0{2,20}", shape) else 0
