"""What a chart is: numbers that fit its labels, and the same numbers as a table."""

from __future__ import annotations

from math import inf, nan

import pytest
from pydantic import ValidationError

from bot.charts.chart import HIDDEN, Chart, Series, format_value
from tests.charts.specimens import MY_LEVELS, OBSTACLES, PROGRESS, SKILL_MAP


def test_the_table_tells_withheld_nought_and_nothing_apart() -> None:
    assert OBSTACLES.columns == ("項目", "値")
    assert OBSTACLES.rows == (
        ("窓口・電話の対応がある", "62.4%"),
        ("紙の書類が多い", "48.1%"),
        ("庁外からネットワークにつなぐと遅い", "秘匿"),
        ("特にない", "0%"),
        ("前回だけの選択肢", "－"),
    )


def test_the_table_has_a_column_for_each_series_and_for_the_target() -> None:
    assert MY_LEVELS.columns == ("項目", "今回", "前回", "目標")
    assert MY_LEVELS.rows[0] == ("情報セキュリティ", "1", "0", "3")
    assert MY_LEVELS.rows[3] == ("AI・RPAの活用", "3", "－", "－")
    assert SKILL_MAP.rows[3][:3] == ("保育課", "秘匿", "－")


def test_a_status_is_told_by_its_word() -> None:
    assert PROGRESS.rows[1] == ("マイナンバーカードの普及促進", "順調", "注意", "未報告", "遅れ")


@pytest.mark.parametrize(
    "wrong",
    [
        {"series": (Series(values=(1.0,)),)},
        {"series": (Series(values=(1.0, 2.0, 3.0)),)},
        {"targets": (1.0,)},
        {"style": "status", "levels": ("順調",), "series": (Series(values=(0.0, 1.0)),)},
        {"style": "status", "levels": ("順調", "注意"), "series": (Series(values=(0.0, 0.5)),)},
    ],
)
def test_values_that_do_not_fit_are_refused(wrong: dict[str, object]) -> None:
    right = {"title": "t", "labels": ("a", "b"), "series": (Series(values=(0.0, 1.0)),), "alt": "t"}
    Chart.model_validate(right)
    with pytest.raises(ValidationError):
        Chart.model_validate(right | wrong)


def test_what_is_no_number_is_nothing() -> None:
    chart = Chart.of((("a", nan), ("b", inf), ("c", -inf), ("d", HIDDEN), ("e", 3)), title="t", alt="t")
    assert [row[1] for row in chart.rows] == ["－", "－", "－", "秘匿", "3"]


@pytest.mark.parametrize("chart", [OBSTACLES, MY_LEVELS, PROGRESS, SKILL_MAP])
def test_a_chart_can_be_kept_and_read_again(chart: Chart) -> None:
    assert Chart.model_validate_json(chart.model_dump_json()) == chart


@pytest.mark.parametrize(
    ("value", "said"),
    [(723, "723手続"), (1234567, "1,234,567手続"), (53.3, "53.3手続"), (0.125, "0.12手続"), (100, "100手続")],
)
def test_values_as_people_write_them(value: float, said: str) -> None:
    assert format_value(value, "手続") == said
