"""Charts that compare a few groups: for each label a bar of every group, one below the other."""

from __future__ import annotations

from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart
from bot.charts.frame import boxed, framed, heights, on, pixels_down, words
from bot.charts.looks import INNER, LEFT, LINE, PALE, RIGHT, SMALL, WIDTH, colours_of_groups, wrapped

BAR, BETWEEN, GAP = 13, 3, 14
ROOM = 56  # right of the bars, for the value
HIDDEN_WIDTH = 40


def grouped(chart: Chart) -> Any:
    """Bars in the colour of their group, each with its number; an empty box where one is withheld."""
    labels = [wrapped(label, INNER) for label in chart.labels]
    head = heights(labels) * LINE
    step = head + len(chart.series) * (BAR + BETWEEN) + GAP
    colours = colours_of_groups(len(chart.series))
    rows = [
        {
            "y": place * step + head + 2 + number * (BAR + BETWEEN) + BAR / 2,
            "zero": 0,
            "value": value if isinstance(value, float) else 0.0,
            "text": chart.told(value),
            "hidden": value == HIDDEN,
            "colour": colours[number],
        }
        for number, one in enumerate(chart.series)
        for place, value in enumerate(one.values)
    ]
    known = [value for one in chart.series for value in one.values if isinstance(value, float)]
    end = chart.maximum or max(known, default=0.0) or 1.0
    scale = alt.Scale(domain=[0, end], range=[LEFT, RIGHT - ROOM], clamp=True)
    y = pixels_down("y")
    base = on(rows).encode(y=y)
    tracks = base.mark_rule(clip=True, strokeWidth=BAR, color=PALE).encode(
        x=alt.value(LEFT), x2=alt.value(RIGHT - ROOM)
    )
    values = base.mark_rule(clip=True, strokeWidth=BAR).encode(
        x=alt.X("zero:Q", scale=scale, axis=None),
        x2=alt.X2("value:Q"),
        color=alt.Color("colour:N", scale=None),
    )
    withheld = base.transform_filter("datum.hidden")
    told = base.mark_text(align="left", baseline="middle", fontSize=SMALL, fontWeight="bold").encode(
        x=alt.value(RIGHT - ROOM + 8), text="text:N"
    )
    names = words(
        [
            {"x": LEFT, "y": place * step + head - len(lines) * LINE, "text": lines}
            for place, lines in enumerate(labels)
        ]
    )
    boxes = boxed(withheld, alt.value(LEFT), alt.value(LEFT + HIDDEN_WIDTH), BAR)
    body = alt.layer(tracks, values, boxes, told, names).properties(
        width=WIDTH, height=max(step * len(labels), 1)
    )
    return framed(
        body,
        [(one.name, colour, "square") for one, colour in zip(chart.series, colours, strict=True)],
    )
