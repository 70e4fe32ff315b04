"""CSV and XLSX: a header row, then an article a row."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence

from bot.sheets.neutral import looks_like_formula
from bot.texts.ja import importing as texts
from knowledge.importing.records import DAYS, FIELDS, REQUIRED, Record
from knowledge.importing.result import ImportFailed
from staff.tables import DirectoryFileError, TableRow, read_table

_WORKBOOK = b"PK\x03\x04"
_OTHER_DELIMITER = re.compile("[\t;；，]")


def defuse(text: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula; `_restored` is its inverse."""
    return f"'{text}" if looks_like_formula(text) else text


def read_table_file(name: str, content: bytes, notes: list[str]) -> Iterator[Record]:
    """The records of a file. Raises ImportFailed when the file or its header is wrong."""
    if not content.strip():
        raise ImportFailed([texts.IMPORT_FILE_EMPTY])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = read_table(name, content, ("title", "body"))
    except DirectoryFileError as error:
        raise ImportFailed(error.problems) from None
    notes.extend(table.notes)
    written = [rows for sheet in table.sheets if (rows := [row for row in sheet if not row.blank])]
    headed = [rows for rows in written if _is_header(rows[0])]
    if not headed:
        raise ImportFailed([_no_header(written[0][0] if written else None)])
    defused = not content.startswith(_WORKBOOK)
    for rows in headed:
        yield from _records(rows, defused=defused)


def _records(rows: Sequence[TableRow], *, defused: bool) -> Iterator[Record]:
    header = [_name(cell) for cell in rows[0].cells]
    if mistakes := list(_header_mistakes(header, rows[0].place)):
        yield Record(rows[0].place, {}, faults=tuple(mistakes))
        return
    for row in rows[1:]:
        if wrong := _row_mistake(header, row):
            yield Record(row.place, {}, faults=(texts.import_error(row.place, "", wrong),))
            continue
        cells = [_restored(cell) for cell in row.cells] if defused else _seen(header, row)
        faults = [
            texts.import_error(row.place, name, texts.IMPORT_NUMBER_FORMAT)
            for column, name in enumerate(header)
            if name not in DAYS and row.shown.get(column, "") is None
        ]
        fields = {name: cell for name, cell in zip(header, cells, strict=True) if name}
        yield Record(row.place, fields, faults=tuple(faults))


def _seen(header: Sequence[str], row: TableRow) -> list[str]:
    """The cells as whoever opens the workbook sees them, as far as that is known; a day where one is asked for."""
    return [
        cell if name in DAYS else row.shown.get(column) or cell
        for column, (name, cell) in enumerate(zip(header, row.cells, strict=True))
    ]


def _row_mistake(header: Sequence[str], row: TableRow) -> str:
    """Why the cells of a row cannot be told apart by the header; empty when they can."""
    if len(row.cells) != len(header):
        return texts.import_columns(len(header), len(row.cells))
    if any(cell for name, cell in zip(header, row.cells, strict=True) if not name):
        return texts.IMPORT_CELL_WITHOUT_NAME
    return ""


def _header_mistakes(header: Sequence[str], place: str) -> Iterator[str]:
    names = [name for name in header if name]
    for name in dict.fromkeys(names):
        if name not in FIELDS:
            yield texts.import_error(place, name, texts.field_unknown(list(FIELDS)))
        elif names.count(name) > 1:
            yield texts.import_error(place, name, texts.IMPORT_COLUMN_TWICE)


def _is_header(row: TableRow) -> bool:
    return set(REQUIRED) <= {_name(cell) for cell in row.cells}


def _no_header(first: TableRow | None) -> str:
    cells = [] if first is None else [cell for cell in first.cells if cell]
    if len(cells) == 1 and _OTHER_DELIMITER.search(cells[0]):
        return texts.IMPORT_DELIMITER
    return texts.import_no_header(list(FIELDS))


def _name(cell: str) -> str:
    return cell.strip().lower()


def _restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and looks_like_formula(cell[1:]) else cell
