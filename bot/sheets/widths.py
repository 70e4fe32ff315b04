"""How wide text is in a column: a full-width character counts two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from unicodedata import east_asian_width

from bot.sheets.model import Column, Kind, Value

_WIDE = frozenset("WFA")
_LEAST, _MOST, _MOST_NOTE, _HEADING, _DAY = 6, 50, 90, 16, 11
_LEAST_UPRIGHT = 4
_HEADING_OF_NUMBERS = 9
_NUMBERS = (Kind.COUNT, Kind.SHARE, Kind.DECIMAL)


def text_width(text: str) -> int:
    """Columns of half-width characters that the longest line takes."""
    return max((_line_width(line) for line in text.split("\n")), default=0)


def is_number(column: Column) -> bool:
    """Whether a column holds numbers."""
    return column.kind in _NUMBERS


def column_width(column: Column, values: Iterable[Value], *, upright: bool = False) -> int:
    """Wide enough for the values and, within bounds, the heading, which is wrapped when it is longer.

    `upright`: headings of numbers are written downwards, and take no more than the values.
    """
    widest = max((_value_width(value) for value in values), default=0)
    if upright and is_number(column):
        return max(widest, _LEAST_UPRIGHT) + 2
    most_heading = _HEADING_OF_NUMBERS if is_number(column) else _HEADING
    heading = min(text_width(column.title), most_heading)
    most = _MOST_NOTE if column.kind is Kind.NOTE else _MOST
    return min(max(heading, widest, _LEAST) + 2, most)


def heading_lines(column: Column, width: int) -> int:
    """Over how many lines a heading runs in a column of that width."""
    return -(-text_width(column.title) // max(width - 1, 1))


def note_lines(text: str) -> int:
    """Over how many lines a note runs in the widest column."""
    return sum(-(-_line_width(line) // (_MOST_NOTE + 2)) or 1 for line in text.split("\n"))


def _line_width(line: str) -> int:
    return len(line) if line.isascii() else sum(2 if east_asian_width(one) in _WIDE else 1 for one in line)


def _value_width(value: Value) -> int:
    if value is None:
        return 0
    return _DAY if isinstance(value, date) else text_width(f"{value}")
