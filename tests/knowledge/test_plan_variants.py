"""Plans of the same make that are written a little differently."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.plan import parse_plan
from tests.knowledge.plans import MADE_UP, article, texts

PLAN = MADE_UP.read_text(encoding="utf-8")
SMALL = "つばめ町DX計画\n\n1. はじめに\n\n進めます。\n\n1. 1 期間\n\n3年です。\n"


def test_without_a_contents_page_headings_are_told_by_their_numbers() -> None:
    start, end = PLAN.index("目次（本編）"), PLAN.index("1. 計画のねらい\n")
    plan = parse_plan(PLAN[:start] + PLAN[end:])
    whole = parse_plan(PLAN)
    assert [found.id for found in plan.articles] == [found.id for found in whole.articles]
    assert [found.passages for found in plan.articles] == [found.passages for found in whole.articles]
    assert article(plan, "jikko-1").source.page is None


def test_windows_line_ends_and_page_breaks_change_no_word() -> None:
    plan = parse_plan(PLAN.replace("\n", "\r\n").replace("4. 重点的な取組\r\n\r\n", "4. 重点的な取組\r\n\f"))
    assert [found.passages for found in plan.articles] == [
        found.passages for found in parse_plan(PLAN).articles
    ]


def test_full_width_numbers_are_numbers() -> None:
    plan = parse_plan(
        PLAN.replace("\n1. 2 計画の期間\n", "\n１．２　計画の期間\n").replace(
            "\n(1) 方針\n", "\n（１）方針\n"
        )
    )
    assert article(plan, "honpen-1.2").title == "計画の期間"
    assert article(plan, "honpen-5-1").title == "方針"


def test_a_heading_that_differs_a_little_from_the_contents_page_is_found() -> None:
    plan = parse_plan(PLAN.replace("\n1. 2 計画の期間\n", "\n1. 2 本計画の期間\n"))
    assert article(plan, "honpen-1.2").title == "本計画の期間"
    assert article(plan, "honpen-1.2").source.page == 2


def test_a_heading_on_two_lines_is_one_heading() -> None:
    plan = parse_plan(
        PLAN.replace(
            "\n5. まち全体のデジタル化（スマートタウン）\n", "\n5. まち全体のデジタル\n化（スマートタウン）\n"
        )
    )
    assert article(plan, "honpen-5").title == "まち全体のデジタル化（スマートタウン）"


def test_a_heading_of_the_contents_page_that_is_missing_is_noted() -> None:
    plan = parse_plan(PLAN.replace("\n2. 2 未来のまちの姿\n", "\n"))
    assert plan.coverage.notes == ("注意: 21行目の目次の「2. 2 未来のまちの姿」が本文に見つかりません。",)
    assert any("2.2未来のまちの姿" in item.text.replace(" ", "") for item in plan.coverage.left_out)


def test_a_running_head_is_layout() -> None:
    torn = PLAN.replace("約1万人減\n\n12\n", "約1万人減\n\nかえで浜市DX推進計画（本編）\n\n12\n")
    plan = parse_plan(torn)
    assert "約1万人減少すると" in texts(article(plan, "honpen-5"))[0]


def test_numbered_lines_of_a_list_are_no_headings() -> None:
    plan = parse_plan(SMALL.replace("進めます。", "次を行う。\n\n(1) 調べる\n(2) 試す"))
    assert texts(article(plan, "honpen-1")) == ["次を行う。", "(1)調べる", "(2)試す"]


def test_numbers_out_of_order_are_no_headings() -> None:
    plan = parse_plan(SMALL.replace("進めます。", "進めます。\n\n7. 5割をめざす"))
    assert texts(article(plan, "honpen-1")) == ["進めます。", "7. 5割をめざす"]


def test_text_above_the_first_heading_is_an_article_of_its_part() -> None:
    plan = parse_plan(
        PLAN.replace("\n1. 計画のねらい\n", "\n1. 計画のねらい\n", 1).replace(
            "\n重点項目\n", "\nごあいさつ\n\n新しい年度の取組をお知らせします。\n"
        )
    )
    assert article(plan, "jikko").title == "ごあいさつ"
    assert texts(article(plan, "jikko"))[0] == "新しい年度の取組をお知らせします。"


def test_a_table_without_a_number_takes_its_place_as_number() -> None:
    plan = parse_plan(PLAN.replace("取組項目\t(2) AI・RPA等の活用", "取組項目\tAI・RPA等の活用"))
    assert article(plan, "jikko-2").title == "AI・RPA等の活用"


def test_a_heading_above_its_table_is_one_article_with_it() -> None:
    plan = parse_plan(
        PLAN.replace("取組項目\t(1)", "(1) 窓口のデジタル化\n\nここから始めます。\n\n取組項目\t(1)")
    )
    found = article(plan, "jikko-1")
    assert texts(found) == ["ここから始めます。"]
    assert found.source.section == "(1)"
    assert len([other for other in plan.articles if other.id == "jikko-1"]) == 1


def test_a_cell_that_goes_on_after_a_page_break_is_whole() -> None:
    plan = parse_plan(PLAN.replace("②手続が紙に留まっている。", "②手続が紙に\n\n留まっている。"))
    assert texts(article(plan, "jikko-1"), "現状と課題")[1] == "②手続が紙に留まっている。"


def test_a_row_of_another_name_keeps_its_name() -> None:
    plan = parse_plan(PLAN.replace("概要\t市役所", "所管課\t窓口課\n概要\t市役所"))
    assert texts(article(plan, "jikko-1"), "所管課") == ["窓口課"]


@pytest.mark.parametrize(
    ("cover", "edition", "ended_on"),
    [
        ("2027年3月", "令和9年3月", None),
        ("令和元年5月\n\n<平成31年度～令和2年度>", "令和元年5月", date(2021, 3, 31)),
        ("2030年度から2033年度", "", date(2034, 3, 31)),
        ("", "", None),
    ],
)
def test_dates_of_the_title_block(cover: str, edition: str, ended_on: date | None) -> None:
    plan = parse_plan(SMALL.replace("\n\n1. は", f"\n\n{cover}\n\n1. は", 1))
    assert (plan.edition, plan.ended_on) == (edition, ended_on)
    assert len(plan.coverage.notes) == (not edition) + (ended_on is None)
