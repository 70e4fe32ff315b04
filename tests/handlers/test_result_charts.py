"""What a table's chart shows, and what it says in words: never more than is published."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from bot.charts.chart import HIDDEN, Chart, Sum
from bot.handlers.result_parts import question_parts
from bot.messages import Paragraph, Part, Reply
from bot.messages import Table as Table_
from bot.slack.render import message
from bot.teams.card import reply_card
from bot.texts.ja import results as texts
from surveys.disclosure import CITY, DIVISION, SECTION, Cell, Row, State, Table, Together
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
    assert both.upwards


def test_the_rows_of_a_matrix_stand_in_one_picture() -> None:
    rows = [table(f"X.{row}", CITY, ("できる", "難しい"), (CITY, cells(60, 40))) for row in ("doc", "call")]
    (chart,) = charts("X.doc", CITY, rows)
    assert not chart.upwards
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
    assert bars.rows == (("特にない", "80%"), ("育児＋介護の合計", "20%"))


@pytest.mark.parametrize(
    ("question", "columns", "style"), [("F", SCALE, "stacked"), ("W", WISHES, "heatmap")]
)
def test_columns_given_together_are_one_plain_part_with_their_number(
    question: str, columns: Sequence[str], style: str
) -> None:
    """Neither 秘匿 nor nothing: the picture, its table and the page's table tell the sum, and of what it is one."""
    rest = [20] * (len(columns) - 2)
    row = Row(
        members=("D12",),
        base=BASE,
        cells=cells("merged", "merged", *rest),
        together=(Together(columns=(0, 1), cell=cells(40)[0]),),
    )
    plain = table(question, DIVISION, columns, ("D11", cells(20, 20, *rest)))
    one = plain.model_copy(update={"rows": (*plain.rows, row)})
    wave = Wave(work_round(), {(one.question, one.by): one})
    parts = list(question_parts([wave], question, (DIVISION,), Reading()))
    (chart,) = [part for part in parts if isinstance(part, Chart)]
    labels = wave.columns[question].labels
    first, second = (labels[one] for one in columns[:2])
    name = f"{first}＋{second}の合計"
    assert (chart.style, chart.sums) == (style, (Sum(label=1, series=(0, 1), value=40.0),))
    assert chart.rows[1][1:3] == (f"{name} 40%", f"「{first}」の欄の合計に含む")
    assert "秘匿" not in chart.alt
    (shown,) = [part for part in parts if isinstance(part, Table_)]
    assert shown.rows[1][2:4] == (f"{name} 40人（40%）", f"「{first}」の欄の合計に含む")


def test_groups_without_numbers_are_named_below_the_table_and_sums_in_it() -> None:
    made = [
        Row(members=(name,), base=None, cells=cells("merged", "merged")) for name in ("D11", "D12", "D13")
    ]
    joint = Row(members=("D11", "D12"), base=BASE, cells=cells(40, 60))
    whole = Row(members=("D21",), base=BASE, cells=cells(30, 70))
    one = table("K", SECTION, KEPT).model_copy(update={"rows": (*made, whole, joint)})
    wave = Wave(work_round(), {("K", (SECTION,)): one})
    shown, without, _ = [
        part for part in question_parts([wave], "K", (SECTION,), Reading()) if not isinstance(part, Chart)
    ]
    assert isinstance(shown, Table_) and isinstance(without, Paragraph)
    assert [row[:2] for row in shown.rows] == [("2の1課", "100"), ("1の1課＋1の2課の合計", "100")]
    assert without.text.startswith("人数が少ないため、行がないもの: 1の3課。")
    only = Wave(wave.round, {("K", (SECTION,)): one.model_copy(update={"rows": tuple(made)})})
    (note, _) = question_parts([only], "K", (SECTION,), Reading())
    assert isinstance(note, Paragraph) and "1の1課、1の2課、1の3課" in note.text


def test_rows_given_together_for_some_answers_are_told_in_the_cells_of_their_groups() -> None:
    """Each of several answers may be put together differently: the picture has a row for each group, and says what is a sum."""
    rows = (
        Row(members=("desk",), base=58, cells=cells("merged", "hidden", 40)),
        Row(members=("window",), base=80, cells=cells("merged", 20, "merged")),
        Row(members=("desk", "window"), base=138, cells=cells(34, "blank", "blank")),
        Row(members=("window", "no"), base=100, cells=cells("blank", "blank", 70)),
        Row(members=("desk", "no"), base=30, cells=cells("blank", "hidden", "blank")),
    )
    one = table("W", "K", WISHES, several=True).model_copy(update={"rows": rows})
    wave = Wave(work_round(), {("W", ("K",)): one})
    chart, shown, note = question_parts([wave], "W", ("K",), Reading())
    assert isinstance(note, Paragraph)
    assert isinstance(chart, Chart) and isinstance(shown, Table_)
    assert chart.rows == (
        ("内部事務 (58人)", "計 25%", "秘匿", "69%"),
        ("窓口 (80人)", "計 25%", "25%", "計 70%"),
        ("no", "－", "秘匿", "計 70%"),
    )
    assert len(shown.rows) == 4
    assert shown.rows[2] == ("内部事務＋窓口の合計", "138", "34人（25%）", "ほかの行", "ほかの行")
    assert shown.rows[1][2] == "合計の行"
    assert "「合計の行」とあるものは" in note.text and "「ほかの行」とあるものは" in note.text


def parts_of_divisions(*rows: Row) -> list[Part]:
    one = table("W", DIVISION, WISHES, several=True).model_copy(update={"rows": rows})
    wave = Wave(work_round(), {("W", (DIVISION,)): one})
    return list(question_parts([wave], "W", (DIVISION,), Reading()))


def test_an_answer_that_no_division_has_a_number_of_is_named_once_instead_of_a_column() -> None:
    shown, untold, _ = (
        part
        for part in parts_of_divisions(
            Row(members=("D1",), base=35, cells=cells("hidden", 13, "hidden")),
            Row(members=("D2",), base=13, cells=cells("hidden", "hidden", "hidden")),
        )
        if not isinstance(part, Chart)
    )
    assert isinstance(shown, Table_) and isinstance(untold, Paragraph)
    assert shown.columns == ("区分", "有効回答", "介護")
    assert [row[2] for row in shown.rows] == ["13人（37%）", "秘匿"]
    assert untold.text == "どの行も秘匿の答え: 育児、特にない。"


def test_of_a_table_without_any_number_the_bases_are_left() -> None:
    shown, untold, note = (
        part
        for part in parts_of_divisions(
            *(Row(members=(one,), base=20, cells=cells("hidden", "hidden", "hidden")) for one in ("D1", "D2"))
        )
        if not isinstance(part, Chart)
    )
    assert isinstance(shown, Table_) and shown.rows == (("第1部", "20"), ("第2部", "20"))
    assert isinstance(untold, Paragraph) and untold.text == texts.without_column((), every=True)
    assert isinstance(note, Paragraph) and "「秘匿」は" in note.text


def test_divisions_given_together_speak_of_no_row_that_is_not_there() -> None:
    """A 部 of one 課 stands with another: an answer that no other row tells of either of them is 秘匿."""
    *_, shown, note = (
        part
        for part in parts_of_divisions(
            Row(members=("D1",), base=None, cells=cells("merged", "merged", "merged")),
            Row(members=("D2",), base=None, cells=cells("merged", "merged", "merged")),
            Row(members=("D1", "D2"), base=48, cells=cells(20, "blank", "blank")),
            Row(members=("D3",), base=30, cells=cells(10, 12, 8)),
        )
        if not isinstance(part, Chart)
    )
    assert isinstance(shown, Table_) and isinstance(note, Paragraph)
    assert shown.rows[0] == ("第1部＋第2部の合計", "48", "20人（42%）", "秘匿", "秘匿")
    assert "ほかの行" not in note.text


def test_a_sum_without_a_number_is_drawn_as_little_as_it_is_listed() -> None:
    chart, shown, *_ = parts_of_divisions(
        Row(members=("D1",), base=40, cells=cells(20, 12, 8)),
        Row(members=("D2",), base=30, cells=cells(10, 12, 8)),
        Row(members=("D3", "D4"), base=14, cells=cells("hidden", "hidden", "hidden")),
    )
    assert isinstance(chart, Chart) and isinstance(shown, Table_)
    assert [label.partition(" ")[0] for label in chart.labels] == [row[0] for row in shown.rows]


def test_the_sum_of_all_groups_is_the_citys_row_and_no_row_of_its_own() -> None:
    rows = [Row(members=(f"D{one}",), base=40, cells=cells(20, 12, "merged")) for one in (1, 2)]
    every = Row(members=("D1", "D2"), base=80, cells=cells("blank", "blank", 30))
    chart, shown, untold, *_ = parts_of_divisions(*rows, every)
    assert isinstance(chart, Chart) and isinstance(shown, Table_) and isinstance(untold, Paragraph)
    assert [one.name for one in chart.series] == ["育児", "介護"]
    assert [row[0] for row in shown.rows] == ["第1部", "第2部"]
    assert untold.text == texts.without_column(("特にない",), every=False)


def test_no_row_is_spoken_of_that_is_not_there() -> None:
    """A sum without a number has no row: what it would tell is withheld, and the signs below are those of the table."""
    rows = (
        Row(members=("desk",), base=58, cells=cells(20, 18, "merged")),
        Row(members=("window",), base=1080, cells=cells(1020, 40, "merged")),
        Row(members=("desk", "window"), base=1138, cells=cells("blank", "blank", "hidden")),
    )
    one = table("W", "K", WISHES, several=True).model_copy(update={"rows": rows})
    chart, shown, untold, note = question_parts(
        [Wave(work_round(), {("W", ("K",)): one})], "W", ("K",), Reading()
    )
    assert isinstance(chart, Chart) and isinstance(shown, Table_)
    assert isinstance(untold, Paragraph) and isinstance(note, Paragraph)
    assert shown.columns == ("区分", "有効回答", "育児", "介護")
    assert untold.text == "どの行も秘匿の答え: 特にない。"
    assert shown.rows[1][1:3] == ("1,080", "1,020人（94%）")
    assert "秘匿" in note.text and "合計" not in note.text.replace("割合の合計は", "")
    plain = table("W", "K", WISHES, ("desk", cells(20, 18, 20)), ("window", cells(40, 50, 10)), several=True)
    *_, note = question_parts([Wave(work_round(), {("W", ("K",)): plain})], "W", ("K",), Reading())
    assert isinstance(note, Paragraph) and "秘匿" not in note.text


def test_chats_write_a_groups_numbers_once() -> None:
    """The table that follows a picture tells its shares with the counts."""
    one = table("W", "K", WISHES, ("desk", cells(21, 18, 20)), ("window", cells(43, 50, 10)), several=True)
    parts = tuple(question_parts([Wave(work_round(), {("W", ("K",)): one})], "W", ("K",), Reading()))
    reply = Reply(title="結果", parts=parts)
    (chart,) = [part for part in parts if isinstance(part, Chart)]
    told = chart.alt.count("18%") + 1
    for made in (message(reply), message(reply, {chart: "F1"}), reply_card(reply)):
        assert json.dumps({**made, "fallbackText": "", "text": ""}, ensure_ascii=False).count("18%") == told


def test_a_sum_of_many_has_a_short_name_and_is_told_in_full_below() -> None:
    sections = ("D11", "D12", "D13", "D21")
    names = "1の1課、1の2課、1の3課、2の1課".split("、")
    first = Row(members=sections, base=BASE, cells=cells(40, "blank"))
    second = Row(members=("D11", "D12", "D13", "D22"), base=BASE, cells=cells("blank", 60))
    one = table("K", SECTION, KEPT).model_copy(update={"rows": (first, second)})
    wave = Wave(work_round(), {("K", (SECTION,)): one})
    shown, sums, _ = question_parts([wave], "K", (SECTION,), Reading())
    assert isinstance(shown, Table_) and isinstance(sums, Paragraph)
    assert [row[0] for row in shown.rows] == ["1の1課ほか3の合計", "1の1課ほか3の合計（その2）"]
    assert sums.label == texts.SUMS
    assert sums.text.splitlines() == [
        f"1の1課ほか3の合計: {'＋'.join(names)}",
        "1の1課ほか3の合計（その2）: 1の1課＋1の2課＋1の3課＋2の2課",
    ]
    figure = wave.figure("K", (SECTION,), Reading())
    assert figure is not None  # what files have, in full
    assert figure.lines[0].label == f"{'＋'.join(names)}の合計"


def test_nothing_is_drawn_of_what_is_all_withheld() -> None:
    hidden = table("W", CITY, WISHES, (CITY, cells("hidden", "hidden", "hidden")), several=True)
    said, _, _ = question_parts([Wave(work_round(), {("W", (CITY,)): hidden})], "W", (CITY,), Reading())
    assert isinstance(said, Paragraph) and "すべて秘匿" in said.text and str(BASE) in said.text
    joint = Row(members=("desk", "window"), base=BASE, cells=cells(34, 30, 40))
    alone = (
        Row(members=(one,), base=BASE, cells=cells("hidden", "merged", "merged"))
        for one in ("desk", "window")
    )
    one = table("W", "K", WISHES, several=True).model_copy(update={"rows": (*alone, joint)})
    assert charts("W", "K", [one]) == []


def test_a_follow_up_question_says_who_was_not_asked() -> None:
    one = table("R", CITY, ("自宅", "出先"), (CITY, cells(40, 60)))
    *_, note = question_parts([Wave(work_round(), {("R", (CITY,)): one})], "R", (CITY,), Reading())
    assert isinstance(note, Paragraph)
    assert note.text.endswith("前の質問「日数」に「0日」と答えた人には、聞いていません。")


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
