"""How reported values went: small bars in a line of text, and one chart of all initiatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.charts.chart import Chart, Series
from bot.texts.ja import digest as texts
from knowledge.initiatives.issue import InitiativeLine, Issue
from knowledge.initiatives.progress import figure

BARS = "▁▂▃▄▅▆▇█"
LEAST_VALUES = 3  # fewer tell no course


def spark(trend: Sequence[float]) -> str:
    """The last values as small bars; nothing for fewer than LEAST_VALUES."""
    if len(trend) < LEAST_VALUES:
        return ""
    low, high = min(trend), max(trend)
    span = (high - low) or 1.0
    return "".join(BARS[round((value - low) / span * (len(BARS) - 1))] for value in trend)


def courses(issue: Issue) -> Iterator[Chart]:
    """A small line for each initiative that reported often enough, the newest value at the right."""
    shown = [one for one in issue.initiatives if len(one.trend) >= LEAST_VALUES]
    if not shown:
        return
    longest = max(len(one.trend) for one in shown)
    yield Chart(
        title=texts.COURSES,
        style="sparkline",
        labels=tuple(texts.turn(longest - place - 1) for place in range(longest)),
        series=tuple(_series(one, longest) for one in shown),
        alt="。".join(_told(one) for one in shown) + "。",
    )


def _series(one: InitiativeLine, length: int) -> Series:
    name = f"{one.title}（{one.unit}）" if one.unit else one.title
    return Series(name=name, values=(*(None,) * (length - len(one.trend)), *one.trend))


def _told(one: InitiativeLine) -> str:
    first, last = figure(one.trend[0], one.unit), figure(one.trend[-1], one.unit)
    return texts.COURSE.format(title=one.title, count=len(one.trend), first=first, last=last)
