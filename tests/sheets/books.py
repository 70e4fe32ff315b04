"""Small books, and how written ones are read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from zipfile import ZipFile

import openpyxl
from openpyxl.workbook import Workbook

from bot.sheets.csv_file import UTF8, write_csv
from bot.sheets.model import Book, Chart, Column, Row, Sheet
from bot.sheets.xlsx import write_xlsx

MADE_AT = datetime(2026, 11, 26, 5, 0, tzinfo=UTC)


def book(columns: Sequence[Column], rows: Sequence[Row], *charts: Chart) -> Book:
    """One sheet called 表."""
    sheet = Sheet("表", tuple(columns), rows, len(rows), charts)
    return Book("見本", MADE_AT, (sheet,), sheet)


def as_xlsx(made: Book) -> bytes:
    """The book as a file's bytes."""
    target = io.BytesIO()
    write_xlsx(made, target)
    return target.getvalue()


def opened(content: bytes) -> Workbook:
    """A written workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def parts(content: bytes) -> dict[str, str]:
    """Every file within a workbook, as text."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def as_csv(made: Book, encoding: str = UTF8, *, replace_unfit: bool = False) -> bytes:
    """The book's data as a file's bytes."""
    target = io.BytesIO()
    write_csv(made, target, encoding, replace_unfit=replace_unfit)
    return target.getvalue()


def lines(content: bytes, encoding: str = UTF8) -> list[list[str]]:
    """A written CSV file's cells."""
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))
