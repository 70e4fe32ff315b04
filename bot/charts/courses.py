"""Charts of a course over time: lines over rounds or years, and small lines one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart, Series
from bot.charts.frame import Shape, boxed, framed, on, pixels, pixels_down, words
from bot.charts.looks import COLOURS, FAINT, INNER, LEFT, LINE, PALE, PAPER, RIGHT, SMALL, WIDTH, wrapped
from bot.texts.ja import charts as texts

TALL = 170
SIDE = 44
HEAD = 18
FOOT = 40
MOST_LABELS = 6
SHAPES: tuple[Shape, ...] = ("circle", "square", "triangle-up", "diamond", "cross")
SPARK = 30
SPARK_STEP = 56
SPARK_ROOM = 84


def lines(chart: Chart) -> Any:
    """A line for each series: colour and sign tell it apart, the numbers stand where there is room."""
    low, high = _range(chart)
    step = (WIDTH - 2 * SIDE) / max(len(chart.labels) - 1, 1)
    every = -(-len(chart.labels) // MOST_LABELS) or 1
    scale = alt.Scale(domain=[low, high], range=[TALL - FOOT, HEAD], clamp=True)
    y = alt.Y("value:Q", scale=scale, axis=None)
    layers: list[Any] = [_ground(scale)]
    for number, one in enumerate(chart.series):
        points = [
            {
                "x": SIDE + place * step,
                "value": value,
                "part": part,
                "text": chart.told(value) if _told(place, every, chart) else "",
            }
            for part, place, value in _known(one)
        ]
        layers += _line(points, COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)], y)
    layers += list(_withheld(chart, step))
    names = [
        wrapped(label, min(step * every, 2 * SIDE) - 4, SMALL, most=2) for label in chart.labels[::every]
    ]
    heads = [
        {"x": SIDE + place * every * step, "y": TALL - FOOT + 8, "text": name}
        for place, name in enumerate(names)
    ]
    layers.append(words(heads, align="center", fontSize=SMALL, lineHeight=14))
    legend = [
        (one.name, COLOURS[number % len(COLOURS)], SHAPES[number % len(SHAPES)])
        for number, one in enumerate(chart.series)
        if len(chart.series) > 1
    ]
    return framed(alt.layer(*layers).properties(width=WIDTH, height=TALL), legend)


def _ground(scale: Any) -> Any:
    base = on([{"value": 0}]).mark_rule(color=FAINT, strokeWidth=1)
    return base.encode(x=alt.value(LEFT), x2=alt.value(RIGHT), y=alt.Y("value:Q", scale=scale, axis=None))


def _line(points: list[dict[str, Any]], colour: str, shape: Shape, y: Any) -> Iterator[Any]:
    base = on(points).encode(x=pixels("x"), y=y)
    yield base.mark_line(color=colour, strokeWidth=2.5).encode(detail="part:N")
    yield base.mark_point(filled=True, size=70, opacity=1, color=colour, shape=shape, stroke=PAPER)
    yield base.mark_text(dy=-13, fontSize=SMALL, fontWeight="bold").encode(text="text:N")


def _known(one: Series) -> Iterator[tuple[int, int, float]]:
    """The points there are, as (part, place, value): a part ends where the next value is missing."""
    part = 0
    for place, value in enumerate(one.values):
        if isinstance(value, float):
            yield part, place, value
        else:
            part += 1


def _told(place: int, every: int, chart: Chart) -> bool:
    """Whether a point's number is written: all of one line where they fit, else the last of each."""
    return place == len(chart.labels) - 1 or (len(chart.series) == 1 and place % every == 0)


def _withheld(chart: Chart, step: float) -> Iterator[Any]:
    """An empty box on the ground where a series is withheld, with the word."""
    places = [
        {"x": middle - 14, "x2": middle + 14, "middle": middle, "y": TALL - FOOT - 9, "text": texts.HIDDEN}
        for place, middle in ((at, SIDE + at * step) for at in range(len(chart.labels)))
        if any(one.values[place] == HIDDEN for one in chart.series)
    ]
    if places:
        base = on(places)
        yield boxed(base, pixels("x"), alt.X2("x2:Q"), 16)
        told = base.mark_text(baseline="middle", fontSize=SMALL)
        yield told.encode(x=pixels("middle"), y=pixels_down("y"), text="text:N")


def sparklines(chart: Chart) -> Any:
    """A row for each series: its name, its small line over the labels, and its last number."""
    step = (INNER - SPARK_ROOM - 12) / max(len(chart.labels) - 1, 1)
    layers: list[Any] = []
    for row, one in enumerate(chart.series):
        known = list(_known(one))
        low = min((value for _, _, value in known), default=0.0)
        span = max((value for _, _, value in known), default=0.0) - low
        floor = row * SPARK_STEP + LINE + SPARK
        points = [
            {
                "x": LEFT + 6 + place * step,
                "y": floor - 5 - ((value - low) / span if span else 0.5) * (SPARK - 10),
                "part": part,
            }
            for part, place, value in known
        ]
        layers += _spark(points, chart.told(next(iter(reversed(one.values)), None)), floor)
        layers.append(words([{"x": LEFT, "y": row * SPARK_STEP, "text": wrapped(one.name, INNER, most=1)}]))
    return framed(alt.layer(*layers).properties(width=WIDTH, height=SPARK_STEP * len(chart.series)))


def _spark(points: list[dict[str, Any]], last: str, floor: float) -> Iterator[Any]:
    end, middle = RIGHT - SPARK_ROOM, floor - SPARK / 2
    x, y = pixels("x"), pixels_down("y")
    band = on([{"y": middle}]).mark_rule(clip=True, strokeWidth=SPARK, color=PALE)
    yield band.encode(x=alt.value(LEFT), x2=alt.value(end), y=y)
    yield on(points).mark_line(color=COLOURS[0], strokeWidth=2).encode(x=x, y=y, detail="part:N")
    yield on(points[-1:]).mark_point(filled=True, size=60, color=COLOURS[0], opacity=1).encode(x=x, y=y)
    told = on([{"x": end + 10, "y": middle, "text": last}])
    yield told.mark_text(align="left", baseline="middle", fontWeight="bold").encode(x=x, y=y, text="text:N")


def _range(chart: Chart) -> tuple[float, float]:
    values = [value for one in chart.series for value in one.values if isinstance(value, float)]
    low = min([0.0, *values])
    high = max([0.0, *values]) if chart.maximum is None else chart.maximum
    return low, high if high > low else low + 1.0
