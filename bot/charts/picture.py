"""The picture of a chart: SVG for pages, PNG for chats, the same drawing; kept by content, since many look at the same.

Drawing takes a moment, the first one a second or two for the engine's start: ask on a thread.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from bot.charts.chart import Chart
from bot.charts.png import pressed
from bot.faults import report

MOST_KEPT = 256
SCALE = 2.0  # sharp on phones
MOST_LABELS, MOST_VALUES = 80, 800  # of one picture: nobody reads more, and drawing it takes long
MOST_TALL = 2048  # pixels: a taller one is drawn less sharp
PATIENCE_SECONDS = 10.0
_CLIP = re.compile(r'((?:id="|url\(#)clip)(\d+)')
log = logging.getLogger(__name__)
_lock = Lock()  # the engine works on one picture at a time


class NoPicture(Exception):
    """A chart that could not be drawn. Its numbers can still be told."""


@dataclass(frozen=True)
class Picture:
    """A PNG image and its size in pixels."""

    data: bytes
    width: int
    height: int


class _Kept:
    """The pictures drawn last, by the content of their charts."""

    def __init__(self, draw: Callable[[Chart], Any]) -> None:
        self._draw = draw
        self._made: OrderedDict[Chart, Any] = OrderedDict()

    def of(self, chart: Chart) -> Any:
        with _lock:
            if chart not in self._made:
                try:
                    self._made[chart] = self._draw(chart)
                except Exception as error:
                    raise NoPicture(type(error).__name__) from error
                if len(self._made) > MOST_KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(chart)
            return self._made[chart]

    def forget(self) -> None:
        """Draw all of them anew when they are asked for."""
        with _lock:
            self._made.clear()


def svg_of(chart: Chart) -> str:
    """The chart as SVG. Raises NoPicture."""
    return str(_svgs.of(chart))


def png_of(chart: Chart) -> Picture:
    """The chart as PNG. Raises NoPicture."""
    picture: Picture = _pngs.of(chart)
    return picture


def forget_pictures() -> None:
    """Let go of every picture, as in a process that has just started."""
    _svgs.forget()
    _pngs.forget()


async def pictures_of(charts: Iterable[Chart]) -> Mapping[Chart, Picture]:
    """The pictures of those charts that can be drawn within PATIENCE_SECONDS, drawn on a thread."""
    drawn: dict[Chart, Picture] = {}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            for chart in charts:
                try:
                    drawn[chart] = await asyncio.to_thread(png_of, chart)
                except NoPicture as problem:
                    report("drawing a chart", problem.__cause__ or problem)
    except TimeoutError:
        log.warning("charts go out without their pictures: drawing takes too long")
    return drawn


@cache
def _engine() -> Any:
    """The converter, with the Japanese font."""
    import noto_cjk_sans_jp_regular  # noqa: PLC0415  loaded only where a chart is drawn
    import vl_convert  # noqa: PLC0415

    vl_convert.register_font_directory(str(Path(noto_cjk_sans_jp_regular.__file__).parent))
    return vl_convert


def _specification(chart: Chart) -> str:
    count = len(chart.labels)
    if count > MOST_LABELS or count * len(chart.series) > MOST_VALUES:
        raise ValueError(f"{count} labels of {len(chart.series)} series are too many for a picture")
    from bot.charts.drawing import specification  # noqa: PLC0415  Altair is loaded only where a chart is drawn

    return specification(chart)


def _draw_svg(chart: Chart) -> str:
    return _numbered(str(_engine().vegalite_to_svg(_specification(chart))))


def _numbered(svg: str) -> str:
    """The drawing with its clips counted from 1: the engine counts on from the pictures that it drew before."""
    numbers: dict[str, int] = {}
    return _CLIP.sub(lambda found: f"{found[1]}{numbers.setdefault(found[2], len(numbers) + 1)}", svg)


def _draw_png(chart: Chart) -> Picture:
    specification = _specification(chart)
    picture = _png(specification, SCALE)
    if picture.height > MOST_TALL:
        return _png(specification, SCALE * MOST_TALL / picture.height)
    return picture


def _png(specification: str, scale: float) -> Picture:
    data = pressed(_engine().vegalite_to_png(specification, scale=scale))
    return Picture(data, int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))


_svgs, _pngs = _Kept(_draw_svg), _Kept(_draw_png)
