"""What a workbook holds, whatever the file it becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.texts.ja import sheets as texts


class SheetError(Exception):
    """The file cannot be written as it is; the text says which cell, and what to do."""


class Kind(StrEnum):
    """How a column's cells look. Shares are whole per cents; a note may run over several lines.

    A code is text that stays text when somebody types it anew: 職員番号 with its zeros.
    """

    TEXT = "text"
    CODE = "code"
    NOTE = "note"
    COUNT = "count"
    SHARE = "share"
    DECIMAL = "decimal"
    DAY = "day"


class Mark(StrEnum):
    """What stands where a number may not: hidden, or given together with others. A blank cell (None) means no data."""

    HIDDEN = texts.HIDDEN
    TOGETHER = texts.TOGETHER


Value = str | int | float | date | Mark | None
Row = Sequence[Value]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Column:
    """A column's heading and how its cells look."""

    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Range:
    """Cells of a sheet, both ends included; row 0 is the header."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class Series:
    """One row of bars, or one line: its name, what stands below the axis, and the numbers."""

    name: str
    labels: Range
    values: Range


@dataclass(frozen=True)
class Chart:
    """A native chart over cells of its own sheet. `style`: lying bars, or lines. `unit` is written at the axis."""

    title: str
    style: str
    unit: str
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Sheet:
    """A table with a header row. `size`: how many rows there are; `rows` are gone through once.

    The header stays in sight, and so do the first `frozen` columns.
    Charts stand at the right of the table, one below the other.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    size: int
    charts: tuple[Chart, ...] = ()
    frozen: int = 0


@dataclass(frozen=True)
class Book:
    """Sheets in order, what the file is called inside, and when it was made. `data` is what a CSV file holds."""

    title: str
    made_at: datetime
    sheets: tuple[Sheet, ...]
    data: Sheet

    @property
    def size(self) -> int:
        """How many rows all sheets have."""
        return sum(sheet.size for sheet in self.sheets)


def no_progress(_done: int, _rows: int) -> None:
    """For whom nobody waits."""
