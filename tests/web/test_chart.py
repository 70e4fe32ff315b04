"""Charts' geometry: everything inside the box, in proportion."""

from __future__ import annotations

from math import inf, nan

import pytest

from bot.messages import Chart
from bot.web.chart import LINE_HEIGHT, ROW, WIDTH, draw, format_value


def _chart(style: str, *values: float) -> Chart:
    points = tuple((f"{place}年度", value) for place, value in enumerate(values))
    return Chart.model_validate(
        {"title": "件数", "style": style, "unit": "件", "points": points, "alt": "件数"}
    )


def test_bars_are_in_proportion() -> None:
    bars = draw(_chart("bar", 401, 89, 0)).bars
    assert bars[0].width == pytest.approx(WIDTH)
    assert bars[1].width == pytest.approx(WIDTH * 89 / 401)
    assert bars[2].width == 0
    assert [bar.value for bar in bars] == ["401件", "89件", "0件"]
    assert bars[1].y - bars[0].y == ROW


def test_bars_below_nought_go_left() -> None:
    drawing = draw(_chart("bar", -50, 150))
    below, above = drawing.bars
    assert drawing.zero == pytest.approx(WIDTH / 4)
    assert below.x == pytest.approx(0)
    assert below.x + below.width == pytest.approx(drawing.zero)
    assert above.x == pytest.approx(drawing.zero)
    assert above.x + above.width == pytest.approx(WIDTH)


@pytest.mark.parametrize("values", [(), (0,), (5,), (-1,), (1e12, 1), (nan, inf, -inf, 3), tuple(range(40))])
@pytest.mark.parametrize("style", ["bar", "line"])
def test_nothing_leaves_the_box(style: str, values: tuple[float, ...]) -> None:
    drawing = draw(_chart(style, *values))
    for bar in drawing.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 0.001
        assert 0 <= bar.y < drawing.height
    for dot in drawing.dots:
        assert 0 <= dot.x <= WIDTH
        assert 0 <= dot.y <= LINE_HEIGHT
    finite = [value for value in values if abs(value) < inf]
    assert len(drawing.bars or drawing.dots) == len(finite)


def test_a_line_rises_with_its_values_and_labels_what_fits() -> None:
    drawing = draw(_chart("line", *range(24)))
    heights = [dot.y for dot in drawing.dots]
    assert heights == sorted(heights, reverse=True)
    assert 0 < len([dot for dot in drawing.dots if dot.label]) <= 6
    assert drawing.path.count(",") == 24


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (723, "723手続"),
        (1234567, "1,234,567手続"),
        (53.3, "53.3手続"),
        (0.125, "0.12手続"),
        (100, "100手続"),
        (nan, "-手続"),
    ],
)
def test_values_as_people_write_them(value: float, said: str) -> None:
    assert format_value(value, "手続") == said
