"""Small charts as SVG shapes: plain geometry that a template writes out."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from bot.messages import Chart

WIDTH = 320.0
ROW = 44.0
LINE_HEIGHT = 190.0
TOP, BOTTOM, SIDE = 28.0, 160.0, 36.0
MAX_LABELS = 6


@dataclass(frozen=True)
class Bar:
    """A bar with its label above: top left corner, width, and the text of its value."""

    label: str
    value: str
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Dot:
    """A point of a line chart with the text of its value; `label` is empty where there is no room for it."""

    label: str
    value: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """What to draw in a box of `width` × `height`. `zero` is where the axis of nought stands (x or y)."""

    width: float
    height: float
    zero: float
    bars: tuple[Bar, ...] = ()
    dots: tuple[Dot, ...] = ()

    @property
    def path(self) -> str:
        """The dots as an SVG polyline's points."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def draw(chart: Chart) -> Drawing:
    """Lay out a chart. Points that are not finite numbers are left to the table beside it."""
    points = [(label, value) for label, value in chart.points if isfinite(value)]
    low = min([0.0, *(value for _, value in points)])
    high = max([0.0, *(value for _, value in points)])
    span = high - low or 1.0
    if chart.style == "line":
        return _line(points, chart.unit, low, span)
    return _bars(points, chart.unit, low, span)


def format_value(value: float, unit: str) -> str:
    """A number as people write it: thousands separated, no idle decimals, the unit after it."""
    number = f"{value:,.2f}".rstrip("0").rstrip(".") if isfinite(value) else "-"
    return f"{number}{unit}"


def _bars(points: list[tuple[str, float]], unit: str, low: float, span: float) -> Drawing:
    zero = -low / span * WIDTH
    bars = tuple(
        Bar(
            label=label,
            value=format_value(value, unit),
            x=zero + min(value, 0.0) / span * WIDTH,
            y=row * ROW + 24.0,
            width=abs(value) / span * WIDTH,
        )
        for row, (label, value) in enumerate(points)
    )
    return Drawing(width=WIDTH, height=max(len(points), 1) * ROW, zero=zero, bars=bars)


def _line(points: list[tuple[str, float]], unit: str, low: float, span: float) -> Drawing:
    step = (WIDTH - 2 * SIDE) / max(len(points) - 1, 1)
    every = -(-len(points) // MAX_LABELS) or 1

    def height_of(value: float) -> float:
        return BOTTOM - (value - low) / span * (BOTTOM - TOP)

    dots = tuple(
        Dot(
            label=label if place % every == 0 else "",
            value=format_value(value, unit) if place % every == 0 else "",
            x=SIDE + place * step,
            y=height_of(value),
        )
        for place, (label, value) in enumerate(points)
    )
    return Drawing(width=WIDTH, height=LINE_HEIGHT, zero=height_of(0.0), dots=dots)
