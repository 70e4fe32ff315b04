"""技量の見える化: the published figures of a round as a map of units and skills. Reads publications, never answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from bot.texts.ja import skill_survey as words
from surveys.disclosure import CITY, DIVISION, SECTION, Publication, Row, State, Table
from surveys.skills.asking import NO, TIER, YES, common_target
from surveys.skills.framework import LEVELS, Framework, Skill


class Seen(StrEnum):
    """What a cell of the map shows: a share, 秘匿, the share of several units together or of the 部 above, or nobody's answer."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    TOGETHER = "together"
    ABOVE = "above"
    BLANK = "blank"


@dataclass(frozen=True)
class MapCell:
    """One skill in one unit. `share`: whole per cent at the target (of right answers for checks); `base`: valid answers."""

    seen: Seen
    share: int | None = None
    base: int | None = None
    median: float | None = None


@dataclass(frozen=True)
class MapRow:
    """One unit, by id, with a cell for each skill in the framework's order."""

    unit: str
    cells: tuple[MapCell, ...]


@dataclass(frozen=True)
class TierGap:
    """How many per cent of a tier are at its target in one skill; None where that is hidden."""

    tier: str
    skill: str
    target: int
    share: int | None
    base: int | None


def skill_map(
    framework: Framework, publications: Sequence[Publication], by: str, units: Sequence[str]
) -> list[MapRow]:
    """The map of `units` (ids) by 課, 部 or 全庁, as published."""
    tables = _tables(publications, by)
    columns = [_column(framework, skill, tables) for skill in framework.skills]
    return [
        MapRow(unit, tuple(column.get(unit, MapCell(Seen.BLANK)) for column in columns)) for unit in units
    ]


def with_above(rows: Sequence[MapRow], above: MapRow) -> list[MapRow]:
    """The map of the 課 of a 部 with the 部's own share where a 課's is 秘匿: it says nothing more, and is the nearest there is."""
    return [
        MapRow(
            row.unit,
            tuple(
                MapCell(Seen.ABOVE, higher.share, higher.base)
                if cell.seen is Seen.HIDDEN and higher.share is not None
                else cell
                for cell, higher in zip(row.cells, above.cells, strict=True)
            ),
        )
        for row in rows
    ]


def tier_gaps(framework: Framework, publications: Sequence[Publication]) -> list[TierGap]:
    """For each tier and rated skill the share at the tier's own target."""
    tables = _tables(publications, TIER)
    return [
        _gap(tier.id, skill, tables.get(skill.id))
        for tier in framework.tiers
        for skill in framework.skills
        if not skill.checks and skill.targets[tier.id]
    ]


def _tables(publications: Sequence[Publication], by: str) -> Mapping[str, Table]:
    return {
        table.question: table
        for publication in publications
        for table in publication.tables
        if table.by == (by,)
    }


def _column(framework: Framework, skill: Skill, tables: Mapping[str, Table]) -> dict[str, MapCell]:
    if skill.checks:
        return _checked(skill, tables)
    table = tables.get(skill.id)
    if table is None:
        return {}
    wanted = common_target(framework, skill)
    return {unit: cell for row in table.rows for unit, cell in _cells(table, row, wanted)}


def _cells(table: Table, row: Row, wanted: int) -> Iterator[tuple[str, MapCell]]:
    """What a row tells of each of its units; a row of several units comes after their own, and fills what they leave open.

    What is given together with a whole 部 has no row of several units: it is withheld, and somebody did answer.
    """
    states = {cell.state for cell in row.cells}
    if states == {State.MERGED}:
        yield from ((unit, MapCell(Seen.HIDDEN)) for unit in row.members)
        return
    share = _share(table, row, wanted)
    together = len(row.members) > 1
    if states == {State.BLANK} and not together:
        seen = Seen.BLANK
    elif share is None:
        seen = Seen.HIDDEN
    else:
        seen = Seen.TOGETHER if together else Seen.SHOWN
    cell = MapCell(
        seen, share, row.base if share is not None else None, None if together else _median(table, row)
    )
    yield from ((unit, cell) for unit in row.members)


def _share(table: Table, row: Row, wanted: int) -> int | None:
    """Per cent at the target, from shown counts only."""
    counts = at_least(table, row, wanted)
    if counts is None or not row.base:
        return None
    return int(Fraction(100 * counts, row.base) + Fraction(1, 2))


def at_least(table: Table, row: Row, wanted: int) -> int | None:
    """How many are at the target: what is above added up, or what is below taken from the base; None when both are hidden."""
    reached = [_is_reached(column, wanted) for column in table.columns]
    values = [cell.value for cell in row.cells]
    above = [value for value, at in zip(values, reached, strict=True) if at]
    below = [value for value, at in zip(values, reached, strict=True) if not at]
    if all(value is not None for value in above):
        return sum(value for value in above if value is not None)
    if row.base is not None and all(value is not None for value in below):
        return row.base - sum(value for value in below if value is not None)
    return None


def _is_reached(column: str, wanted: int) -> bool:
    return int(column) >= wanted if column.isdigit() else column == words.REACHED


def _median(table: Table, row: Row) -> float | None:
    """The middle level, where every level's count is shown."""
    if len(table.columns) != len(LEVELS) or any(cell.value is None for cell in row.cells) or not row.base:
        return None
    levels = [level for level, cell in zip(LEVELS, row.cells, strict=True) for _ in range(cell.value or 0)]
    middle = len(levels) // 2
    return float(levels[middle]) if len(levels) % 2 else (levels[middle - 1] + levels[middle]) / 2


def _checked(skill: Skill, tables: Mapping[str, Table]) -> dict[str, MapCell]:
    """The mean share of right answers over the checks, of units for which every check is shown."""
    found: dict[str, list[MapCell]] = {}
    for check in skill.checks:
        table = tables.get(f"{skill.id}.{check.id}")
        if table is None:
            continue
        right = table.columns.index(YES if check.answer else NO)
        for row in table.rows:
            for unit in row.members:
                found.setdefault(unit, []).append(_right(row, right))
    return {unit: _mean(cells, len(skill.checks)) for unit, cells in found.items()}


def _right(row: Row, column: int) -> MapCell:
    states = {cell.state for cell in row.cells}
    share = row.share(column)
    if share is None:
        return MapCell(Seen.BLANK if states == {State.BLANK} else Seen.HIDDEN)
    return MapCell(Seen.TOGETHER if len(row.members) > 1 else Seen.SHOWN, share, row.base)


def _mean(cells: Sequence[MapCell], checks: int) -> MapCell:
    shares = [cell.share for cell in cells if cell.share is not None]
    if len(shares) < checks:
        return MapCell(Seen.BLANK if all(cell.seen is Seen.BLANK for cell in cells) else Seen.HIDDEN)
    together = any(cell.seen is Seen.TOGETHER for cell in cells)
    base = min(cell.base for cell in cells if cell.base is not None)
    return MapCell(Seen.TOGETHER if together else Seen.SHOWN, round(sum(shares) / len(shares)), base)


def _gap(tier: str, skill: Skill, table: Table | None) -> TierGap:
    target = skill.targets[tier]
    row = next((row for row in table.rows if row.members == (tier,)), None) if table else None
    share = _share(table, row, target) if table and row else None
    return TierGap(tier, skill.id, target, share, row.base if row and share is not None else None)


__all__ = [
    "CITY",
    "DIVISION",
    "SECTION",
    "MapCell",
    "MapRow",
    "Seen",
    "TierGap",
    "at_least",
    "skill_map",
    "tier_gaps",
    "with_above",
]
