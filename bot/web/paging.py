"""Long lists, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Portion(Generic[T]):
    """One page of a list: its rows, and which page of how many it is. `total` counts the rows of all."""

    rows: Sequence[T]
    at: int
    pages: int
    total: int

    def shown_as(self, show: Callable[[T], Shown]) -> Portion[Shown]:
        """The same page with each row as it is shown."""
        return self.holding([show(row) for row in self.rows])

    def holding(self, rows: Sequence[Shown]) -> Portion[Shown]:
        """The same page of other rows."""
        return Portion(rows, self.at, self.pages, self.total)


def portion_of_numbers(last: int, number: int, each: int) -> Portion[int]:
    """The page of that number of a history numbered from 1 to `last`, the newest first: its numbers."""
    return portion(range(last, 0, -1), number, each)


def portion(found: Sequence[T], number: int, each: int) -> Portion[T]:
    """The page of that number, of at most `each` rows; the first or the last where there is none of that number."""
    pages = max(-(-len(found) // each), 1)
    at = min(max(number, 1), pages)
    return Portion(found[(at - 1) * each : at * each], at, pages, len(found))
