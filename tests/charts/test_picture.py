"""Pictures: everything in them, no wider than a phone, told apart without colours, drawn once."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from math import inf
from xml.etree import ElementTree

import pytest

from bot.charts.chart import HIDDEN, Chart, Series
from bot.charts.looks import (
    INK,
    ORDERED,
    PAIRED,
    PAPER,
    STATUS,
    SUMMED,
    WIDTH,
    colours_of_groups,
    colours_of_order,
    ink_on,
    luminance,
    width_of,
    wrapped,
)
from bot.charts.picture import MOST_LABELS, MOST_TALL, SCALE, NoPicture, pictures_of, png_of, svg_of
from tests.charts.specimens import (
    AGREEMENT,
    ALL,
    INDICATORS,
    OBSTACLES,
    PILOTS,
    ROUNDS,
    SKILL_MAP,
    TOGETHER,
    TOGETHER_CELLS,
)
from tests.web.specimen import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg_of(chart))


def texts(root: ElementTree.Element) -> str:
    """The picture's words, without the breaks of lines."""
    return "".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("chart", ALL, ids=lambda chart: chart.style)
def test_a_picture_holds_every_label_and_fits_a_phone(chart: Chart) -> None:
    root = drawn(chart)
    said = re.sub(r"\s", "", texts(root))
    names = [one.name for one in chart.series] if len(chart.series) > 1 else []
    labels = () if chart is INDICATORS else chart.labels
    for word in (*labels, *names):
        assert re.sub(r"\s", "", word) in said
    assert float(root.attrib["width"]) == WIDTH
    picture = png_of(chart)
    assert picture.data.startswith(b"\x89PNG\r\n\x1a\n")
    assert picture.width == WIDTH * SCALE


@pytest.mark.parametrize(
    "chart", [OBSTACLES, AGREEMENT, PILOTS, SKILL_MAP, ROUNDS, TOGETHER], ids=lambda chart: chart.style
)
def test_what_is_withheld_is_an_empty_box_and_named(chart: Chart) -> None:
    root = drawn(chart)
    boxes = [one for one in root.iter(f"{SVG}path") if one.attrib.get("stroke-dasharray")]
    withheld = [HIDDEN in values for values in zip(*(one.values for one in chart.series), strict=True)]
    assert len(boxes) >= sum(withheld) > 0
    assert {one.attrib["fill"] for one in boxes} == {PAPER}
    assert texts(root).count("秘匿") >= sum(withheld)


@pytest.mark.parametrize("chart", [TOGETHER, TOGETHER_CELLS], ids=lambda chart: chart.style)
def test_what_is_told_together_is_one_plain_part_with_its_sum(chart: Chart) -> None:
    root = drawn(chart)
    plain = [one for one in root.iter() if SUMMED in (one.attrib.get("stroke"), one.attrib.get("fill"))]
    parts = [one for one in plain if one.tag == f"{SVG}line"]
    assert len(parts) == 1 and not parts[0].attrib.get("stroke-dasharray")
    assert "計38" in texts(root)
    if chart.style == "stacked":
        assert "不満・やや不満＋どちらでもないの合計 38%" in texts(root)


@pytest.mark.parametrize("count", [2, 3])
def test_bars_beside_each_other_are_told_apart_in_grey_print(count: int) -> None:
    greys = sorted(luminance(colour) for colour in colours_of_groups(count))
    assert all(after - before > 0.15 for before, after in pairwise(greys))


def test_long_names_of_two_rounds_stay_inside() -> None:
    names = ("令和8年度 第1四半期", "令和8年度 第2四半期")
    chart = Chart(title="", style="lines", labels=names, series=(Series(values=(1.0, 2.0)),), alt="")
    assert float(drawn(chart).attrib["width"]) == WIDTH


def test_a_picture_asks_nobody_for_anything() -> None:
    for chart in ALL:
        addresses = set(re.findall(r"https?://[^\"' <]+", svg_of(chart)))
        assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


@pytest.mark.parametrize(
    "chart",
    [
        Chart.of(((HOSTILE, 1.0), ("\ud83d", 2.0), ("a\x00b\x1b", 3.0)), title=HOSTILE, unit=HOSTILE, alt=HOSTILE),
        Chart.of((), title="", alt=""),
        Chart(title="", labels=(), series=(), alt=""),
        Chart.of((("", 0.0),), title="", alt=""),
        Chart.of((("一つ", 5.0),), title="", alt="", style="lines"),
        Chart.of((("負", -50.0), ("正", 150.0)), title="", alt=""),
        Chart.of((("大", 1e300), ("小", 1e-300), ("無", inf)), title="", alt="", style="lines"),
        Chart.of((("秘", HIDDEN),), title="", alt="", style="sparkline"),
        Chart(title="", labels=("あ" * 300,), series=(Series(name="い" * 300, values=(1.0,)),), alt="", style="heatmap"),
    ],
    ids=["hostile", "no points", "no series", "nought", "one", "below nought", "extreme", "withheld", "long"],
)  # fmt: skip
def test_strange_charts_are_drawn_too(chart: Chart) -> None:
    assert drawn(chart).tag == f"{SVG}svg"
    assert png_of(chart).width


def tower(height: int) -> Chart:
    return Chart.of(((str(number), 1.0) for number in range(height)), title="塔", alt="塔")


def test_a_tall_picture_is_less_sharp_and_a_tower_is_none() -> None:
    tall = png_of(tower(MOST_LABELS))
    assert (tall.height, tall.width < WIDTH * SCALE) == (MOST_TALL, True)
    for draw in (png_of, svg_of):
        with pytest.raises(NoPicture):
            draw(tower(MOST_LABELS + 1))


async def test_a_chart_is_drawn_once_and_a_broken_one_costs_no_other() -> None:
    first = await pictures_of((OBSTACLES, tower(1000), ROUNDS))
    again = await pictures_of((OBSTACLES.model_copy(), ROUNDS))
    assert set(first) == {OBSTACLES, ROUNDS}
    assert all(again[chart] is first[chart] for chart in first)


def test_words_are_readable_on_every_colour() -> None:
    for ground in {*ORDERED, *STATUS}:
        assert contrast(ink_on(ground), ground) >= 4.5
    assert contrast(INK, PAPER) > 15


@pytest.mark.parametrize("palette", [ORDERED, PAIRED, STATUS])
def test_colours_differ_for_colour_blind_eyes(palette: tuple[str, ...]) -> None:
    for blindness in (PROTANOPIA, DEUTERANOPIA):
        seen = [
            tuple(sum(w * c for w, c in zip(row, rgb(one), strict=True)) for row in blindness)
            for one in palette
        ]
        for one, other in combinations(seen, 2):
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.12  # fmt: skip


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light.
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def rgb(colour: str) -> tuple[float, ...]:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    lights = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (rgb(one), rgb(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_lines_are_broken_at_spaces_and_cut_with_a_mark() -> None:
    assert wrapped("令和6年度 第1回", 80, 11) == ["令和6年度", "第1回"]
    assert wrapped("業務の見直し（BPR）", 100, 12) == ["業務の見直し", "（BPR）"]
    assert wrapped("分かりやすい画面・案内", 96, 12) == ["分かりやすい画", "面・案内"]
    assert wrapped("システム・デジタル", 94, 11) == ["システム・", "デジタル"]
    assert wrapped("W" * 20, 70, 12) == ["W" * 10, "W" * 10], "a word wider than a line"
    cut = wrapped("あ" * 100, 130, 13, most=2)
    assert len(cut) == 2 and cut[1].endswith("…")
    assert all(width_of(line, 13) <= 130 for line in cut)


def test_the_good_end_of_a_scale_is_blue_whichever_end_is_good() -> None:
    assert colours_of_order(5, upwards=True) == tuple(reversed(colours_of_order(5)))
    assert colours_of_order(5)[0] == ORDERED[0]
