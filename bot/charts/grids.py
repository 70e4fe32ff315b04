"""Charts of cells, as many columns beside each other as a phone can show: values by colour, or words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart, Series, Value
from bot.charts.frame import framed, hatched, heights, on, pixels, pixels_down, words
from bot.charts.looks import FAINT, INNER, LEFT, PALE, PAPER, SMALL, STATUS, WIDTH, ink_on, wrapped

SIDE = 100  # for the rows' labels
MOST_COLUMNS = 5
CELL = 28
SMALL_LINE = 14
EDGE = 2
# Viridis from light to dark, so that much stands out; the number stands in every cell.
SCALE = ("#fde725", "#a0da39", "#4ac16d", "#1fa187", "#277f8e", "#365c8d", "#46327e")


def grid(chart: Chart) -> Any:
    """The cells in panels below each other, MOST_COLUMNS columns each."""
    parts = range(0, len(chart.series), MOST_COLUMNS)
    panels = [_panel(chart, chart.series[at : at + MOST_COLUMNS]) for at in parts]
    return framed(panels[0] if len(panels) == 1 else alt.vconcat(*panels, spacing=18))


def _panel(chart: Chart, columns: Sequence[Series]) -> Any:
    wide = (INNER - SIDE) / min(MOST_COLUMNS, max(len(chart.series), 1))
    heads = [wrapped(one.name, wide - 8, SMALL, most=4) for one in columns]
    labels = [wrapped(label, SIDE - 6, SMALL, most=2) for label in chart.labels]
    top = heights(heads) * SMALL_LINE + 4
    tall = max(CELL, heights(labels) * SMALL_LINE + 4)
    cells = list(_cells(chart, columns, wide, top, tall))
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
    plate = withheld.mark_rule(clip=True, strokeWidth=SMALL_LINE, color=PAPER).encode(
        x=pixels("plate"), x2=alt.X2("plate_end:Q"), y=y
    )
    layers = [
        grounds,
        edged,
        hatched(withheld, x, x2, y, tall - EDGE),
        plate,
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


def _cells(
    chart: Chart, columns: Sequence[Series], wide: float, top: float, tall: float
) -> Iterator[dict[str, Any]]:
    end = _end(chart)
    for column, one in enumerate(columns):
        left = LEFT + SIDE + column * wide
        for row, value in enumerate(one.values):
            y = top + (row + 0.5) * tall
            colour = _colour(chart, value, end)
            yield {
                "left": left,
                "right": left + wide - EDGE,
                "middle": left + (wide - EDGE) / 2,
                "y": y,
                "above": y - (tall - EDGE) / 2,
                "below": y + (tall - EDGE) / 2,
                "plate": left + (wide - EDGE) / 2 - SMALL * 1.2,
                "plate_end": left + (wide - EDGE) / 2 + SMALL * 1.2,
                "text": _text(chart, value),
                "colour": colour,
                "ink": ink_on(colour),
                "hidden": value == HIDDEN,
                "edged": colour == PAPER,
            }


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
        return PAPER if value is None else PALE
    if chart.style == "status":
        return STATUS[min(int(value), len(STATUS) - 1)]
    share = min(max(value / end, 0.0), 1.0)
    return SCALE[round(share * (len(SCALE) - 1))]
