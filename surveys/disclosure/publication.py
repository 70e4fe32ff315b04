"""What is published: frozen, numbered, kept as JSON, never computed again."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from surveys.disclosure.microdata import Declared


class State(StrEnum):
    """What stands in a cell: a count, 秘匿, a count given together with other rows, or nothing (nobody answered)."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    MERGED = "merged"
    BLANK = "blank"


class Frozen(BaseModel):
    """A value."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Cell(Frozen):
    """One count of one option in one row. `value` is there when it is shown."""

    state: State
    value: int | None = None


class Together(Frozen):
    """Columns given as one count in a row, because alone they are too rare; `columns` are places in the table's."""

    columns: tuple[int, ...]
    cell: Cell


class Row(Frozen):
    """One group: `members` are ids of 課 or 部 or values of an attribute; more than one when they are given together.

    A row of a table by two things has `members` for the first and `second` for the second. `base` counts valid answers,
    `mean_base` those of them that have a value.
    """

    members: tuple[str, ...]
    second: tuple[str, ...] = ()
    base: int | None
    cells: tuple[Cell, ...]
    together: tuple[Together, ...] = ()
    mean: float | None = None
    mean_base: int | None = None

    def share(self, column: int) -> int | None:
        """Whole per cent of the valid answers, computed from what is shown only; None where nothing is."""
        return self.share_of(self.cells[column])

    def share_of(self, cell: Cell) -> int | None:
        """The same of a cell of this row, or of columns together."""
        if cell.value is None or not self.base:
            return None
        return int(Fraction(100 * cell.value, self.base) + Fraction(1, 2))


class Table(Frozen):
    """One question by one breakdown. Each unit has its own row; rows given together follow them, in the order of units."""

    question: str
    by: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    columns: tuple[str, ...]
    several: bool
    threshold: int
    rows: tuple[Row, ...]

    @property
    def declared(self) -> Declared:
        """What asked for this table."""
        return Declared(self.question, self.by, self.groups)


class Known(Frozen):
    """What an attacker is taken to know besides: headcounts and response counts, by id of 課 or 部."""

    headcounts: dict[str, int]
    responses: dict[str, int]


class Left(Frozen):
    """A declared table that is not published, and why: a sentence without a number."""

    question: str
    by: tuple[str, ...]
    reason: str


class Range(Frozen):
    """A number of 課 that is known to lie between two."""

    low: int
    high: int


class Present(Frozen):
    """Of `sections` 課 that answered: in how many somebody gave one of `options`, and in how many exactly one person did."""

    question: str
    options: tuple[str, ...]
    sections: int
    some: Range
    alone: Range


class Reliance(Frozen):
    """In a 部, over all presences together: how many pairs of 課 and question hang on exactly one person."""

    division: str
    pairs: Range


class Publication(Frozen):
    """Everything published at once under one number. `source` identifies the answers it was made from; it is never shown."""

    number: int
    round_id: str
    tables: tuple[Table, ...]
    left: tuple[Left, ...] = ()
    present: tuple[Present, ...] = ()
    reliance: tuple[Reliance, ...] = ()
    known: Known
    source: str


class Refusal(Frozen):
    """Nothing is published. `reason` is for people and says nothing of the numbers."""

    reason: str
