"""What a table's chart shows, and what it says in words: never more than is published."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.charts.chart import HIDDEN, Chart
from bot.handlers.result_parts import question_parts
from surveys.disclosure import CITY, DIVISION, Cell, State, Table
from surveys.disclosure.publication import Row, Together
from surveys.results import Reading
from surveys.tabulating import PILOT
from surveys.waves import Wave
from tests.surveys.rounds import work_round

SCALE = ("不満", "やや不満", "普通", "やや満足", "満足")
KEPT = ("desk", "window")
WISHES = ("child", "care", "none")
BASE = 100


def cells(*values: int | str) -> tuple[Cell, ...]:
    """Counts; "hidden" and "merged" for what is not shown."""
    return tuple(
        Cell(state=State(value)) if isinstance(value, str) else Cell(state=State.SHOWN, value=value)
        for value in values
    )


def table(
    question: str, by: str, columns: Sequence[str], *rows: tuple[str, tuple[Cell, ...]], several: bool = False
) -> Table:
    made = tuple(Row(members=(name,), base=BASE, cells=found) for name, found in rows)
    return Table(question=question, by=(by,), columns=tuple(columns), several=several, threshold=5, rows=made)


def charts(question: str, by: str, *waves: Sequence[Table]) -> list[Chart]:
    found = [
        Wave(
            work_round(f"round-{number}").model_copy(update={"wave": f"第{number}回"}),
            {(one.question, one.by): one for one in tables},
        )
        for number, tables in enumerate(waves, 1)
    ]
    return [part for part in question_parts(found, question, (by,), Reading()) if isinstance(part, Chart)]


def test_a_scale_is_one_bar_of_a_hundred_and_of_several_rounds_one_each() -> None:
    first = table("F", CITY, SCALE, (CITY, cells(10, 20, 30, 25, 15)))
    second = table("F", CITY, SCALE, (CITY, cells(5, 15, 30, 30, 20)))
    (alone,) = charts("F", CITY, [first])
    assert (alone.style, alone.labels) == ("stacked", ("全庁 (100人)",))
    assert alone.alt == "「やや満足・満足」は、全庁 (100人) 40%。"
    (both,) = charts("F", CITY, [first], [second])
    assert both.labels == ("第1回 (100人)", "第2回 (100人)")
    assert [one.values for one in both.series][-1] == (15.0, 20.0)


def test_the_rows_of_a_matrix_stand_in_one_picture() -> None:
    rows = [table(f"X.{row}", CITY, ("できる", "難しい"), (CITY, cells(60, 40))) for row in ("doc", "call")]
    (chart,) = charts("X.doc", CITY, rows)
    assert (chart.style, chart.labels) == ("stacked", ("資料作成 (100人)", "電話 (100人)"))


def test_options_are_bars_and_over_rounds_lines() -> None:
    first = table("W", CITY, WISHES, (CITY, cells(20, 0, "hidden")), several=True)
    second = table("W", CITY, WISHES, (CITY, cells(30, "hidden", 60)), several=True)
    bars, lines = charts("W", CITY, [first], [second])
    assert (bars.style, lines.style) == ("bars", "lines")
    assert bars.rows == (("特にない", "60%"), ("育児", "30%"), ("介護", "秘匿"))
    assert {one.name: one.values for one in lines.series} == {
        "特にない": (HIDDEN, 60.0),
        "育児": (20.0, 30.0),
        "介護": (0.0, HIDDEN),
    }
    assert "特にない 秘匿→60%" in lines.alt and "介護 0%→秘匿" in lines.alt


def test_what_is_given_together_has_one_bar() -> None:
    row = Row(
        members=(CITY,),
        base=BASE,
        cells=cells("merged", "merged", 80),
        together=(Together(columns=(0, 1), cell=cells(20)[0]),),
    )
    one = table("W", CITY, WISHES, several=True).model_copy(update={"rows": (row,)})
    (bars,) = charts("W", CITY, [one])
    assert bars.rows == (("特にない", "80%"), ("育児＋介護", "20%"))


def test_words_claim_nothing_of_a_group_of_which_something_is_withheld() -> None:
    rows = (("D1", cells(20, "hidden", "hidden")), ("D2", cells(10, 20, 70)))
    (chart,) = charts("W", DIVISION, [table("W", DIVISION, WISHES, *rows, several=True)])
    assert chart.style == "heatmap"
    assert chart.series[1].values == (HIDDEN, 20.0)
    assert "第1部" not in chart.alt and "第2部 (100人) 特にない 70%" in chart.alt
    assert "秘匿" in chart.alt


@pytest.mark.parametrize("hidden", [0, 1, 2, 3])
def test_most_and_least_are_told_only_where_all_are_known(hidden: int) -> None:
    rows = [(name, cells(10, 20, 30, 25, 15)) for name in ("D1", "D2", "D11", "D12")]
    rows = [
        (name, cells(10, 20, 30, "hidden", "hidden") if place < hidden else found)
        for place, (name, found) in enumerate(rows)
    ]
    (chart,) = charts("F", DIVISION, [table("F", DIVISION, SCALE, *rows)])
    assert ("いちばん多いのは" in chart.alt) == (hidden == 0)


def test_where_much_is_withheld_no_part_stands_out_of_its_place() -> None:
    rows = [(name, cells("hidden", "hidden", "hidden", 20, 30)) for name in ("D1", "D2")]
    (chart,) = charts("F", DIVISION, [table("F", DIVISION, SCALE, *rows)])
    assert (chart.style, chart.series[0].values) == ("heatmap", (HIDDEN, HIDDEN))


def test_pilots_stand_beside_the_others_before_and_after() -> None:
    first = table("K", PILOT, KEPT, ("pilot", cells(40, 60)), ("others", cells(50, 50)))
    second = table("K", PILOT, KEPT, ("pilot", cells(20, 80)), ("others", cells("hidden", "hidden")))
    (chart,) = charts("K", PILOT, [first], [second])
    assert chart.style == "grouped"
    assert chart.columns[1:] == (
        "実証中の課 第1回",
        "実証中の課 第2回",
        "そのほかの課 第1回",
        "そのほかの課 第2回",
    )
    assert chart.rows[0] == ("内部事務", "40%", "20%", "50%", "秘匿")
    (alone,) = charts("K", PILOT, [first])
    assert alone.alt == "内部事務は実証中の課 40%、そのほかの課 50%。窓口は実証中の課 60%、そのほかの課 50%。"


def test_too_many_groups_are_read_in_the_table_alone() -> None:
    rows = [(f"D{number}", cells(1, 2)) for number in range(100, 150)]
    assert charts("K", DIVISION, [table("K", DIVISION, KEPT, *rows)]) == []
