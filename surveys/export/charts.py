"""Sheets of charts with their numbers beside them: only what is shown has a bar, so a hidden count never looks like 0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.sheets.model import Chart, Column, Kind, Range, Row, Series, Sheet
from bot.texts.ja import export as texts

_FEWEST = 2
Points = Sequence[tuple[str, int]]


def bar_sheet(figures: Iterable[tuple[str, Points]]) -> Sheet:
    """Lying bars of whole per cents, a chart for each figure with at least two points."""
    rows: list[Row] = []
    charts: list[Chart] = []
    for title, points in figures:
        if len(points) < _FEWEST:
            continue
        first, last = len(rows) + 1, len(rows) + len(points)
        series = Series(title, Range(first, 1, last, 1), Range(first, 2, last, 2))
        charts.append(Chart(title, "bar", texts.PER_CENT, (series,)))
        rows += [(title, label, share) for label, share in points]
    columns = (Column(texts.CHART, Kind.NOTE), Column(texts.POINT), Column(texts.SHARE, Kind.SHARE))
    return Sheet(texts.SHEET_CHARTS, columns, rows, len(rows), tuple(charts))


def line_sheet(
    waves: Sequence[str], groups: Iterable[tuple[str, Sequence[tuple[str, Sequence[int | None]]]]]
) -> Sheet:
    """Lines over the waves, a chart for each group of (name, a whole per cent for each wave, None where it is not shown)."""
    rows: list[Row] = []
    charts: list[Chart] = []
    labels = Range(0, 2, 0, 1 + len(waves))
    for title, lines in groups:
        series = []
        for name, shares in lines:
            place = len(rows) + 1
            series.append(Series(name, labels, Range(place, 2, place, 1 + len(waves))))
            rows.append((title, name, *shares))
        if series and len(waves) >= _FEWEST:
            charts.append(Chart(title, "line", texts.PER_CENT, tuple(series)))
    columns = (
        Column(texts.CHART, Kind.NOTE),
        Column(texts.POINT),
        *(Column(wave, Kind.SHARE) for wave in waves),
    )
    return Sheet(texts.SHEET_CHARTS, columns, rows, len(rows), tuple(charts))
