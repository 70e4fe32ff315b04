"""What charts share: data, the empty box of what is withheld, a legend above, words and their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Literal

import altair as alt

from bot.charts.looks import FAINT, FONTS, INK, INNER, LEFT, LINE, PALE, PAPER, SMALL, TEXT, WIDTH, flowed

Rows = list[dict[str, Any]]
Drawing = alt.LayerChart | alt.VConcatChart
TICK: Final = "M-.25,-1H.25V1H-.25Z"
Shape = Literal["square", "circle", "triangle-up", "diamond", "cross", "M-.25,-1H.25V1H-.25Z"]
DASHES = [3, 2]


def on(rows: Rows) -> alt.Chart:
    """A chart of these rows of data."""
    return alt.Chart(alt.InlineData(values=rows))


def pixels(name: str) -> Any:
    """A place given in pixels, across."""
    return alt.X(f"{name}:Q", scale=None, axis=None)


def pixels_down(name: str) -> Any:
    """A place given in pixels, from above."""
    return alt.Y(f"{name}:Q", scale=None, axis=None)


def boxed(base: alt.Chart, x: Any, x2: Any, thickness: float) -> Any:
    """An empty box around `y` of what is withheld: no colour of the scale, in print as on a screen. Its word stands in it or beside."""
    half = (thickness - 1) / 2
    box = base.transform_calculate(box_top=f"datum.y - {half}", box_bottom=f"datum.y + {half}").mark_rect(
        fill=PAPER, stroke=FAINT, strokeWidth=1, strokeDash=DASHES
    )
    return box.encode(x=x, x2=x2, y=pixels_down("box_top"), y2=alt.Y2("box_bottom:Q"))


def words(rows: Rows, **style: Any) -> alt.Chart:
    """Texts at places in pixels: rows of x, y and text, which may have several lines."""
    made = on(rows).mark_text(**{"align": "left", "baseline": "top", "lineHeight": LINE, **style})
    chart: alt.Chart = made.encode(x=pixels("x"), y=pixels_down("y"), text="text:N")
    return chart


def framed(body: Any, legend: Sequence[tuple[str, str, Shape]] = ()) -> Any:
    """The chart with its legend above: each entry a name, its colour and its shape."""
    stacked = alt.vconcat(_legend(legend), body, spacing=8) if legend else body
    return (
        stacked.configure(
            background=PAPER, padding={"left": 0, "right": 0, "top": 8, "bottom": 8}, font=FONTS
        )
        .configure_view(stroke=None)
        .configure_text(color=INK, fontSize=TEXT, font=FONTS)
        .configure_axis(
            labelColor=INK,
            labelFontSize=SMALL,
            titleColor=INK,
            domainColor=FAINT,
            tickColor=FAINT,
            gridColor=PALE,
        )
    )


def _legend(entries: Sequence[tuple[str, str, Shape]]) -> Any:
    places = flowed([name for name, _, _ in entries], INNER)
    rows = [
        {
            "text": name,
            "x": LEFT + x + 6,
            "words": LEFT + x + 16,
            "y": 8 + line * LINE,
            "colour": colour,
            "shape": shape,
        }
        for (name, colour, shape), (line, x) in zip(entries, places, strict=True)
    ]
    base = on(rows).encode(y=pixels_down("y"))
    colour = alt.Color("colour:N", scale=None)
    signs = base.mark_point(filled=True, size=90, opacity=1, stroke=INK, strokeWidth=1).encode(
        x=pixels("x"), color=colour, shape=alt.Shape("shape:N", scale=None)
    )
    names = base.mark_text(align="left", baseline="middle", fontSize=SMALL).encode(
        x=pixels("words"), text="text:N"
    )
    return alt.layer(signs, names).properties(width=WIDTH, height=(places[-1][0] + 1) * LINE)


def heights(lines: Iterable[Sequence[str]]) -> int:
    """How many lines the longest of the labels takes."""
    return max((len(one) for one in lines), default=1)
