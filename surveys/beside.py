"""One 課 beside its 部 and the city, from published counts alone: the same answers, put together as the coarsest table has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.texts.ja import charts as words
from surveys.columns import Column
from surveys.disclosure import CITY, DIVISION, SECTION, Row, Table
from surveys.results import Reading, Tables, may_see
from surveys.round import Round

Options = frozenset[str]
HELD_BACK = "held back"
Share = int | str | None


@dataclass(frozen=True)
class Side:
    """A 課, a 部 or the city: `shares` are whole per cent of `base` valid answers; HELD_BACK where a number is withheld.

    `units` are the ids whose numbers are given as one: several where one alone is too small.
    """

    by: str
    units: tuple[str, ...]
    base: int
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Beside:
    """One question: the answers people read, and the sides that have numbers, from the 課 up."""

    column: Column
    answers: tuple[str, ...]
    sides: tuple[Side, ...]
    by_section: bool

    @property
    def has_section(self) -> bool:
        """Whether the 課 is among the sides, alone or with others."""
        return self.sides[0].by == SECTION


def units_of(round_: Round, department_id: str) -> Mapping[str, str]:
    """The ids of somebody's 課, 部 and of the city, as the round knows them; a 部 alone where that is all there is."""
    own = next((one for one in round_.departments if one.id == department_id), None)
    if own is None:
        return {}
    above = {DIVISION: own.parent_id or own.id, CITY: CITY}
    return {SECTION: own.id} | above if own.parent_id else above


def beside(
    round_: Round, tables: Tables, column: Column, department_id: str, reading: Reading
) -> Beside | None:
    """A question of a 課, its 部 and the city; None where only the city has numbers this person may see."""
    found = [
        (by, row, table)
        for by, unit in units_of(round_, department_id).items()
        if (table := tables.get((column.id, (by,)))) and (row := _row(table, unit, reading))
    ]
    everybody = next((row.base for by, row, _ in found if by == CITY), None)
    found = [(by, row, table) for by, row, table in found if len(row.members) == 1 or row.base != everybody]
    if not found or found[0][0] == CITY:
        return None
    counts = [list(_counts(table, row)) for _, row, table in found]
    parts = _common([options for one in counts for options, _ in one])
    ordered = sorted(parts, key=lambda part: min(column.question.options.index(one) for one in part))
    sides = tuple(
        Side(by, row.members, row.base or 0, tuple(_share(one, part, row.base) for part in ordered))
        for (by, row, _), one in zip(found, counts, strict=True)
    )
    names = tuple(_name(column, part) for part in ordered)
    return Beside(column, names, sides, (column.id, (SECTION,)) in tables)


def _row(table: Table, unit: str, reading: Reading) -> Row | None:
    """The unit's row with numbers, or the one it is given in together with others."""
    rows = [
        row
        for row in table.rows
        if unit in row.members and row.base is not None and may_see(table, row, reading)
    ]
    return min(rows, key=lambda row: len(row.members), default=None)


def _counts(table: Table, row: Row) -> Iterator[tuple[Options, int | None]]:
    """What a row tells: a count, or None where it is withheld, of one answer or of several together."""
    groups = [frozenset(options) for _, options in table.groups] or [
        frozenset({one}) for one in table.columns
    ]
    together = {place for one in row.together for place in one.columns}
    yield from ((groups[place], cell.value) for place, cell in enumerate(row.cells) if place not in together)
    for one in row.together:
        yield frozenset().union(*(groups[place] for place in one.columns)), one.cell.value


def _common(several: Sequence[Options]) -> list[Options]:
    """The finest parts that each of these sets of answers is within."""
    parts: list[Options] = []
    for options in several:
        touched = [part for part in parts if part & options]
        parts = [part for part in parts if part not in touched] + [options.union(*touched)]
    return parts


def _share(counts: Sequence[tuple[Options, int | None]], part: Options, base: int | None) -> Share:
    inside = [count for options, count in counts if options <= part]
    if not base or not inside:
        return None
    if None in inside:
        return HELD_BACK
    return int(Fraction(100 * sum(one or 0 for one in inside), base) + Fraction(1, 2))


def _name(column: Column, part: Options) -> str:
    """A group's own name where its author wrote one, else its answers."""
    named = next((label for label, options in column.groups if frozenset(options) == part), None)
    labels = [label for option, label in column.labels.items() if option in part]
    return named or (words.sum_of(labels) if len(labels) > 1 else labels[0])
