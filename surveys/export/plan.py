"""育成計画 as a book: people by tier and level against the city's goals, 年度 by 年度."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.sheets.model import Book, Chart, Column, Kind, Mark, Range, Row, Series, Sheet, Value
from bot.texts.ja import export as texts
from staff.calendar import reiwa
from surveys.export.legend import Made, legend
from surveys.export.published import Published, sheet_of
from surveys.skills.city_map import Seen
from surveys.skills.development import EVERY_SKILL, DevelopmentPlan, PlanCell, PlanLine

_HEAD = (Column(texts.TIER), Column(texts.AREA), Column(texts.SKILL), Column(texts.PLAN_LEVEL))
_DATA = (
    *_HEAD,
    Column(texts.YEAR),
    Column(texts.GOAL, Kind.COUNT),
    Column(texts.ACTUAL, Kind.COUNT),
)


def skills_plan(plan: DevelopmentPlan, rounds: Sequence[Published], made: Made) -> Book:
    """Charts of the tiers, the plan with a pair of columns for each 年度, and the same a row each."""
    table = [(*_head(plan, line), *_pairs(line)) for line in plan.lines]
    columns = [*_HEAD, *(column for year in plan.years for column in _year_columns(year))]
    data = sheet_of(texts.SHEET_DATA, _DATA, list(_rows(plan)))
    sheets = [_charts(plan), sheet_of(texts.SHEET_PLAN, columns, table, len(_HEAD)), data]
    told = [(sheet.title, texts.ABOUT[sheet.title]) for sheet in sheets]
    notes = (*texts.SKILL_NOTES, *texts.PLAN_NOTES)
    first = legend(texts.BOOK_PLAN, made, rounds, told, notes, texts.KEPT_AGGREGATES)
    return Book(texts.BOOK_PLAN, made.at, (first, *sheets), data)


def _head(plan: DevelopmentPlan, line: PlanLine) -> tuple[Value, ...]:
    tier = next(tier.label for tier in plan.framework.tiers if tier.id == line.tier)
    if line.skill == EVERY_SKILL:
        return tier, None, texts.EVERY_SKILL, None
    skill = plan.framework.by_id[line.skill]
    area = next(area.label for area in plan.framework.areas if area.id == skill.area)
    level = texts.OR_ABOVE.format(level=line.level, label=plan.framework.label(line.level))
    return tier, area, skill.name, level


def _actual(cell: PlanCell) -> Value:
    return Mark.HIDDEN if cell.seen is Seen.HIDDEN else cell.actual


def _pairs(line: PlanLine) -> Iterator[Value]:
    for cell in line.cells:
        yield from (cell.target, _actual(cell))


def _year_columns(year: int) -> tuple[Column, Column]:
    named = texts.FILE_YEAR.format(year=reiwa(year))
    return Column(f"{named} {texts.GOAL}", Kind.COUNT), Column(f"{named} {texts.ACTUAL}", Kind.COUNT)


def _rows(plan: DevelopmentPlan) -> Iterator[Row]:
    for line in plan.lines:
        for year, cell in zip(plan.years, line.cells, strict=True):
            named = texts.FILE_YEAR.format(year=reiwa(year))
            yield (*_head(plan, line), named, cell.target, _actual(cell))


def _charts(plan: DevelopmentPlan) -> Sheet:
    """A chart for each tier: how many people, by 年度, goal and actual; what is hidden is left out."""
    rows: list[Row] = []
    charts: list[Chart] = []
    for line in plan.of_skill(EVERY_SKILL):
        first = len(rows) + 1
        tier = str(_head(plan, line)[0])
        for year, cell in zip(plan.years, line.cells, strict=True):
            rows.append((tier, texts.FILE_YEAR.format(year=reiwa(year)), cell.target, cell.actual))
        labels, last = Range(first, 1, len(rows), 1), len(rows)
        series = tuple(
            Series(name, labels, Range(first, place, last, place))
            for place, name in ((2, texts.GOAL), (3, texts.ACTUAL))
        )
        if any(cell.target is not None or cell.actual is not None for cell in line.cells):
            charts.append(Chart(texts.CHART_PLAN.format(tier=tier), "bar", texts.PEOPLE, series))
    columns = (
        Column(texts.TIER),
        Column(texts.YEAR),
        Column(texts.GOAL, Kind.COUNT),
        Column(texts.ACTUAL, Kind.COUNT),
    )
    return Sheet(texts.SHEET_CHARTS, columns, rows, len(rows), tuple(charts))
