"""Charts of one bar a row, the label above its bar: amounts against a target, and answers as shares of 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart, Value
from bot.charts.frame import TICK, Shape, framed, hatched, heights, on, pixels_down, words
from bot.charts.looks import (
    COLOURS,
    INK,
    INNER,
    LEFT,
    LINE,
    PALE,
    PAPER,
    RIGHT,
    SMALL,
    WIDTH,
    colours_of_order,
    ink_on,
    width_of,
    wrapped,
)
from bot.texts.ja import charts as texts

BAR = 16
GAP = 14
ROOM = 76  # right of the bars, for the value
HIDDEN_WIDTH = 40
INSIDE = 4  # between a number and the ends of its piece


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
    layers.append(hatched(withheld, alt.value(LEFT), alt.value(LEFT + HIDDEN_WIDTH), y, BAR))
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
    layers.append(_names(labels, step))
    body = alt.layer(*layers).properties(width=WIDTH, height=step * len(labels))
    return framed(body, _bars_legend(chart))


def _names(labels: Sequence[Sequence[str]], step: float) -> alt.Chart:
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


SHARE = 24


def stacked(chart: Chart) -> Any:
    """A bar of 100 % for each label, divided among the series; what is withheld is the striped rest."""
    labels = [wrapped(label, INNER) for label in chart.labels]
    step = heights(labels) * LINE + SHARE + GAP
    colours = colours_of_order(len(chart.series))
    end = chart.maximum or 100.0
    pieces = []
    for place in range(len(labels)):
        y = place * step + heights(labels) * LINE + SHARE / 2 + 2
        pieces += [piece | {"y": y} for piece in _pieces(chart, place, colours, end)]
    y = pixels_down("y")
    base = on(pieces).encode(y=y)
    scale = alt.Scale(domain=[0, end], range=[LEFT, RIGHT], clamp=True)
    x, x2 = alt.X("start:Q", scale=scale, axis=None), alt.X2("stop:Q")
    known = base.transform_filter("!datum.hidden")
    grounds = known.mark_rule(clip=True, strokeWidth=SHARE).encode(
        x=x, x2=x2, color=alt.Color("colour:N", scale=None)
    )
    edges = known.mark_tick(orient="vertical", thickness=1, size=SHARE, color=PAPER).encode(
        x=alt.X("stop:Q", scale=scale, axis=None)
    )
    numbers = (
        base.transform_filter("datum.fits")
        .mark_text(baseline="middle", fontSize=SMALL)
        .encode(
            x=alt.X("middle:Q", scale=scale, axis=None), text="text:N", color=alt.Color("ink:N", scale=None)
        )
    )
    withheld = base.transform_filter("datum.hidden")
    plates = withheld.transform_filter("datum.fits").mark_rule(clip=True, strokeWidth=LINE, color=PAPER)
    half = width_of(texts.HIDDEN, SMALL) / 2 / INNER * end
    layers = [
        grounds,
        edges,
        hatched(withheld, x, x2, y, SHARE),
        plates.transform_calculate(left=f"datum.middle - {half}", right=f"datum.middle + {half}").encode(
            x=alt.X("left:Q", scale=scale, axis=None), x2=alt.X2("right:Q")
        ),
        numbers,
        _names(labels, step),
    ]
    body = alt.layer(*layers).properties(width=WIDTH, height=step * len(labels))
    names: list[tuple[str, str, Shape]] = [
        (one.name, colour, "square") for one, colour in zip(chart.series, colours, strict=True)
    ]
    return framed(body, names)


def _pieces(chart: Chart, place: int, colours: Sequence[str], end: float) -> list[dict[str, Any]]:
    """One bar's pieces from left to right, then the rest when some of it is withheld."""
    made, start, withheld = [], 0.0, False
    for one, colour in zip(chart.series, colours, strict=True):
        value = one.values[place]
        withheld = withheld or value == HIDDEN
        if isinstance(value, float) and value > 0:
            made.append(_piece(start, start + value, f"{value:.0f}", colour, end))
            start += value
    if withheld and start < end:
        made.append(_piece(start, end, texts.HIDDEN, PAPER, end) | {"hidden": True})
    return made


def _piece(start: float, stop: float, text: str, colour: str, end: float) -> dict[str, Any]:
    fits = (min(stop, end) - start) / end * INNER >= width_of(text, SMALL) + INSIDE
    return {
        "start": start,
        "stop": stop,
        "middle": (start + stop) / 2,
        "text": text,
        "fits": fits and bool(text),
        "colour": colour,
        "ink": ink_on(colour),
        "hidden": False,
    }
