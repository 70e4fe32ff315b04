"""Charts of cells, as many columns beside each other as a phone can show: values by colour, or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart, Sum, Value
from bot.charts.frame import boxed, framed, heights, on, pixels, pixels_down, words
from bot.charts.looks import FAINT, INNER, LEFT, PAPER, SMALL, STATUS, SUMMED, WIDTH, ink_on, wrapped
from bot.texts.ja import charts as texts

SIDE = 100  # for the rows' labels
MOST_COLUMNS = 5
CELL = 28
SMALL_LINE = 14
EDGE = 2
# Viridis from light to dark, so that much stands out; the number stands in every cell.
SCALE = ("#fde725", "#a0da39", "#4ac16d", "#1fa187", "#277f8e", "#365c8d", "#46327e")


def grid(chart: Chart) -> Any:
    """The cells in panels below each other, of about as many columns each, MOST_COLUMNS at most."""
    count = len(chart.series)
    each = _even(count)
    panels = [_panel(chart, range(at, min(at + each, count))) for at in range(0, count, each)]
    return framed(panels[0] if len(panels) == 1 else alt.vconcat(*panels, spacing=18))


def _even(count: int) -> int:
    """How many columns stand beside each other, so that the last panel is not left with one."""
    return max(1, -(-count // -(-count // MOST_COLUMNS or 1)))


def _panel(chart: Chart, places: range) -> Any:
    columns = [chart.series[place] for place in places]
    wide = (INNER - SIDE) / _even(len(chart.series))
    heads = [wrapped(one.name, wide - 8, SMALL, most=4) for one in columns]
    labels = [wrapped(label, SIDE - 6, SMALL, most=3) for label in chart.labels]
    top = heights(heads) * SMALL_LINE + 4
    tall = max(CELL, heights(labels) * SMALL_LINE + 4)
    cells = list(_cells(chart, places, wide, top, tall))
    base = on(cells)
    x, x2, y = pixels("left"), alt.X2("right:Q"), pixels_down("y")
    grounds = base.mark_rule(clip=True, strokeWidth=tall - EDGE).encode(
        x=x, x2=x2, y=y, color=alt.Color("colour:N", scale=None)
    )
    edged = (
        base.transform_filter("datum.edged")
        .mark_rect(filled=False, stroke=FAINT, strokeWidth=1)
        .encode(x=x, x2=x2, y=pixels_down("above"), y2=alt.Y2("below:Q"))
    )
    shown = base.mark_text(baseline="middle", fontSize=SMALL).encode(
        x=pixels("middle"), y=y, text="text:N", color=alt.Color("ink:N", scale=None)
    )
    withheld = base.transform_filter("datum.hidden")
    layers = [
        grounds,
        edged,
        boxed(withheld, x, x2, tall - EDGE),
        shown,
        words(
            _heads(heads, wide, top), align="center", baseline="bottom", fontSize=SMALL, lineHeight=SMALL_LINE
        ),
        words(_sides(labels, top, tall), baseline="middle", fontSize=SMALL, lineHeight=SMALL_LINE),
    ]
    return alt.layer(*layers).properties(width=WIDTH, height=top + tall * len(labels))


def _heads(heads: Sequence[Sequence[str]], wide: float, top: float) -> list[dict[str, Any]]:
    return [
        {"x": LEFT + SIDE + (place + 0.5) * wide, "y": top - 4 - (len(lines) - 1) * SMALL_LINE, "text": lines}
        for place, lines in enumerate(heads)
    ]


def _sides(labels: Sequence[Sequence[str]], top: float, tall: float) -> list[dict[str, Any]]:
    return [
        {"x": LEFT, "y": top + (place + 0.5) * tall - (len(lines) - 1) * SMALL_LINE / 2, "text": lines}
        for place, lines in enumerate(labels)
    ]


def _cells(chart: Chart, places: range, wide: float, top: float, tall: float) -> Iterator[dict[str, Any]]:
    for row in range(len(chart.labels)):
        y = top + (row + 0.5) * tall
        for first, last, value, colour, text in _runs(chart, row, places):
            left, right = (
                LEFT + SIDE + (first - places.start) * wide,
                LEFT + SIDE + (last + 1 - places.start) * wide - EDGE,
            )
            yield {
                "left": left,
                "right": right,
                "middle": (left + right) / 2,
                "y": y,
                "above": y - (tall - EDGE) / 2,
                "below": y + (tall - EDGE) / 2,
                "text": text,
                "colour": colour,
                "ink": ink_on(colour),
                "hidden": value == HIDDEN,
                "edged": value is None,
            }


def _runs(chart: Chart, row: int, places: range) -> Iterator[tuple[int, int, Value, str, str]]:
    """The cells of a row as (first column, last, value, colour, text): one over all neighbours that are told together."""
    sums = {place: one for one in chart.sums if one.label == row for place in one.series}
    end = _end(chart)
    for joint, run in groupby(places, lambda place: sums.get(place) or place):
        columns = list(run)
        value = joint.value if isinstance(joint, Sum) else chart.series[columns[0]].values[row]
        text, colour = _text(chart, value), _colour(chart, value, end)
        if isinstance(joint, Sum):
            text, colour = (text, PAPER) if value == HIDDEN else (f"{texts.SUM_SIGN}{text}", SUMMED)
        yield columns[0], columns[-1], value, colour, text


def _text(chart: Chart, value: Value) -> str:
    """What stands in a cell: the unit only where it is one sign."""
    if isinstance(value, float) and chart.style == "heatmap" and len(chart.unit) > 1:
        return chart.model_copy(update={"unit": ""}).told(value)
    return chart.told(value)


def _end(chart: Chart) -> float:
    values = [value for one in chart.series for value in one.values if isinstance(value, float)]
    return chart.maximum or max([0.0, *values]) or 1.0


def _colour(chart: Chart, value: Value, end: float) -> str:
    if not isinstance(value, float):
        return PAPER
    if chart.style == "status":
        return STATUS[min(int(value), len(STATUS) - 1)]
    share = min(max(value / end, 0.0), 1.0)
    return SCALE[round(share * (len(SCALE) - 1))]
