"""A chart's one specification: Vega-Lite, made with Altair. Importing this takes Altair in, so it is done where used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.charts.chart import Chart, Style
from bot.charts.courses import lines, sparklines
from bot.charts.grids import grid
from bot.charts.groups import grouped
from bot.charts.parts import stacked
from bot.charts.rows import bars

KINDS: Mapping[Style, Callable[[Chart], Any]] = {
    "bars": bars,
    "stacked": stacked,
    "grouped": grouped,
    "heatmap": grid,
    "status": grid,
    "lines": lines,
    "sparkline": sparklines,
}


def specification(chart: Chart) -> str:
    """The chart as Vega-Lite JSON."""
    return str(KINDS[chart.style](_printable(chart)).to_json(indent=None))


def _printable(chart: Chart) -> Chart:
    """The chart without characters that no picture can hold, or that would turn its words around."""
    series = tuple(one.model_copy(update={"name": _clean(one.name)}) for one in chart.series)
    return chart.model_copy(
        update={
            "unit": _clean(chart.unit),
            "labels": tuple(map(_clean, chart.labels)),
            "levels": tuple(map(_clean, chart.levels)),
            "series": series,
        }
    )


def _clean(text: str) -> str:
    return "".join(one if one.isprintable() else " " for one in text)
