"""Answers as parts of 100 %: a bar for each label, divided among the series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from bot.charts.chart import HIDDEN, Chart, Value
from bot.charts.frame import Shape, boxed, framed, heights, on, pixels_down, words
from bot.charts.looks import (
    INNER,
    LEFT,
    LINE,
    PAPER,
    RIGHT,
    SMALL,
    SUMMED,
    WIDTH,
    colours_of_order,
    ink_on,
    width_of,
    wrapped,
)
from bot.charts.rows import GAP, names_above
from bot.texts.ja import charts as texts

SHARE = 24
INSIDE = 4  # between a number and the ends of its piece
NOTE_LINE = 14


def stacked(chart: Chart) -> Any:
    """Parts from left to right; what is withheld is the empty rest, what is told of several together is named below."""
    labels = [wrapped(label, INNER) for label in chart.labels]
    notes = [_notes(chart, place) for place in range(len(labels))]
    top = heights(labels) * LINE
    step = top + SHARE + GAP + max(map(len, notes), default=0) * NOTE_LINE
    end = chart.maximum or 100.0
    pieces = [
        piece | {"y": place * step + top + SHARE / 2 + 2}
        for place in range(len(labels))
        for piece in _pieces(chart, place, end)
    ]
    below = [
        {"x": LEFT, "y": place * step + top + SHARE + 5, "text": lines}
        for place, lines in enumerate(notes)
        if lines
    ]
    layers = [
        *_bars(pieces, end),
        names_above(labels, step),
        words(below, fontSize=SMALL, lineHeight=NOTE_LINE),
    ]
    body = alt.layer(*layers).properties(width=WIDTH, height=step * len(labels))
    return framed(body, list(_legend(chart)))


def _bars(pieces: list[dict[str, Any]], end: float) -> Iterator[Any]:
    base = on(pieces).encode(y=pixels_down("y"))
    scale = alt.Scale(domain=[0, end], range=[LEFT, RIGHT], clamp=True)
    x, x2 = alt.X("start:Q", scale=scale, axis=None), alt.X2("stop:Q")
    known = base.transform_filter("!datum.hidden")
    yield known.mark_rule(clip=True, strokeWidth=SHARE).encode(
        x=x, x2=x2, color=alt.Color("colour:N", scale=None)
    )
    yield known.mark_tick(orient="vertical", thickness=1, size=SHARE, color=PAPER).encode(
        x=alt.X("stop:Q", scale=scale, axis=None)
    )
    yield boxed(base.transform_filter("datum.hidden"), x, x2, SHARE)
    numbers = base.transform_filter("datum.fits").mark_text(baseline="middle", fontSize=SMALL)
    yield numbers.encode(
        x=alt.X("middle:Q", scale=scale, axis=None), text="text:N", color=alt.Color("ink:N", scale=None)
    )


def _legend(chart: Chart) -> Iterator[tuple[str, str, Shape]]:
    for one, colour in zip(
        chart.series, colours_of_order(len(chart.series), upwards=chart.upwards), strict=True
    ):
        yield one.name, colour, "square"
    if chart.sums:
        yield texts.SUMS, SUMMED, "square"
    if any(value == HIDDEN for value in _every_value(chart)):
        yield texts.HIDDEN, PAPER, "square"


def _every_value(chart: Chart) -> Iterator[Value]:
    for one in chart.series:
        yield from one.values
    yield from (one.value for one in chart.sums)


def _notes(chart: Chart, label: int) -> Sequence[str]:
    """What the sums of a row add up, in lines below its bar."""
    told = [
        texts.sum_told(chart.sum_name(one), chart.told(one.value)) for one in chart.sums if one.label == label
    ]
    return [line for text in told for line in wrapped(text, INNER, SMALL, most=2)]


def _pieces(chart: Chart, label: int, end: float) -> Iterator[dict[str, Any]]:
    """One bar's pieces from left to right, a sum where its first part would stand; then the rest when some of it is withheld."""
    sums = {one.series[0]: one for one in chart.sums if one.label == label}
    colours = colours_of_order(len(chart.series), upwards=chart.upwards)
    start, withheld = 0.0, False
    for place, one in enumerate(chart.series):
        joint = sums.get(place)
        value = joint.value if joint else one.values[label]
        withheld = withheld or value == HIDDEN
        if isinstance(value, float) and value > 0:
            number = f"{value:.0f}"
            told = f"{texts.SUM_SIGN}{number}" if joint else number
            yield _piece(start, start + value, told, SUMMED if joint else colours[place], end)
            start += value
    if withheld and start < end:
        yield _piece(start, end, texts.HIDDEN, PAPER, end) | {"hidden": True}


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
