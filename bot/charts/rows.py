"""Charts of one bar a row, the label above its bar: amounts against a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart, Value
from bot.charts.frame import TICK, Shape, boxed, framed, heights, on, pixels_down, words
from bot.charts.looks import (
    COLOURS,
    INK,
    INNER,
    LEFT,
    LINE,
    PALE,
    PAPER,
    RIGHT,
    WIDTH,
    wrapped,
)
from bot.texts.ja import charts as texts

BAR = 16
GAP = 14
ROOM = 76  # right of the bars, for the value
HIDDEN_WIDTH = 40


def bars(chart: Chart) -> Any:
    """A bar for each label; a ring for each further series, a tick for the target."""
    labels = [wrapped(label, INNER) for label in chart.labels]
    step = heights(labels) * LINE + BAR + GAP
    tops = [place * step + heights(labels) * LINE + BAR / 2 + 2 for place in range(len(labels))]
    first, *others = chart.series or (None,)
    low, high = _range(chart)
    scale = alt.Scale(domain=[low, high], range=[LEFT, RIGHT - ROOM], clamp=True)
    rows = [
        {"y": y, "zero": 0, "value": _number(value), "text": chart.told(value), "hidden": value == HIDDEN}
        for y, value in zip(tops, first.values if first else (), strict=bool(first))
    ]
    x, y = alt.X("value:Q", scale=scale, axis=None), pixels_down("y")
    base = on(rows).encode(y=y)
    tracks = base.mark_rule(clip=True, strokeWidth=BAR, color=PALE).encode(
        x=alt.value(LEFT), x2=alt.value(RIGHT - ROOM)
    )
    values = base.mark_rule(clip=True, strokeWidth=BAR, color=COLOURS[0]).encode(
        x=alt.X("zero:Q", scale=scale, axis=None), x2=alt.X2("value:Q")
    )
    layers: list[Any] = [tracks, values]
    withheld = base.transform_filter("datum.hidden")
    layers.append(boxed(withheld, alt.value(LEFT), alt.value(LEFT + HIDDEN_WIDTH), BAR))
    layers.append(
        base.mark_text(align="left", baseline="middle", fontWeight="bold").encode(
            x=alt.value(RIGHT - ROOM + 10), text="text:N"
        )
    )
    for number, one in enumerate(others, 1):
        layers.append(
            on(_places(tops, one.values))
            .mark_point(filled=True, size=80, color=PAPER, stroke=COLOURS[number], strokeWidth=3, opacity=1)
            .encode(x=x, y=y)
        )
    if chart.targets:
        tick = on(_places(tops, chart.targets)).mark_tick(
            orient="vertical", thickness=3, size=BAR + 10, color=INK
        )
        layers.append(tick.encode(x=x, y=y))
    layers.append(names_above(labels, step))
    body = alt.layer(*layers).properties(width=WIDTH, height=step * len(labels))
    return framed(body, _bars_legend(chart))


def names_above(labels: Sequence[Sequence[str]], step: float) -> alt.Chart:
    """The labels, each just above its bar."""
    most = heights(labels)
    return words(
        [
            {"x": LEFT, "y": place * step + (most - len(lines)) * LINE, "text": lines}
            for place, lines in enumerate(labels)
        ]
    )


def _bars_legend(chart: Chart) -> list[tuple[str, str, Shape]]:
    named = [one.name or texts.VALUE for one in chart.series]
    entries: list[tuple[str, str, Shape]] = [
        (name, COLOURS[number], "circle" if number else "square") for number, name in enumerate(named)
    ]
    if chart.targets:
        entries.append((texts.TARGET, INK, TICK))
    return entries if len(entries) > 1 else []


def _range(chart: Chart) -> tuple[float, float]:
    given = [value for one in chart.series for value in one.values if isinstance(value, float)]
    given += [target for target in chart.targets if target is not None]
    low = min([0.0, *given])
    high = max([0.0, *given]) if chart.maximum is None else chart.maximum
    return low, high if high > low else low + 1.0


def _number(value: Value) -> float:
    return value if isinstance(value, float) else 0.0


def _places(tops: Sequence[float], values: Sequence[Value]) -> list[dict[str, Any]]:
    return [
        {"y": y, "value": value} for y, value in zip(tops, values, strict=True) if isinstance(value, float)
    ]
