"""Kinds of fact in a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.answering import facts


@pytest.mark.parametrize(
    ("holds", "yes", "no"),
    [
        (facts.holds_date, "令和5年度に始める", "早めに始める"),
        (facts.holds_day, "5月10日に開く", "令和5年5月に10日間開く"),
        (facts.holds_price, "参加は無料", "参加できる"),
        (facts.holds_contact, "内線で聞く", "窓口で聞く"),
        (facts.holds_frequency, "毎年度見直す", "適宜見直す"),
        (facts.holds_place, "市民センターで開く", "身近なところで開く"),
        (facts.holds_office, "情報システム課で実証する", "一部の所属で実証する"),
        (facts.holds_time, "今後広げる", "広げたい"),
        (facts.holds_time, "使い終わった日の翌開庁日まで", "3日間使う端末を返す"),
        (facts.holds_time, "毎月10日まで", "10時間ほどかかる"),
        (facts.holds_list, "子育て、介護、災害の手続", "子育てと介護の手続を進める"),
        (facts.holds_list, "住民系とlgwan系とネット系を分ける", "手続の一覧を作る"),
        (facts.holds_count, "31手続を目標にする", "令和4年度に始める"),
    ],
)
def test_a_fact_is_told_from_talk(holds: Callable[[str], bool], yes: str, no: str) -> None:
    assert holds(yes)
    assert not holds(no)


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("職員数は", "職員が進める", True),
        ("職員数は", "職員が30人いる", False),
        ("実施率は", "5業務で行う", True),
        ("実施率は", "4割で行う", False),
        ("何件ですか", "401手続とする", False),
        ("目標は", "拡充に取り組む", False),
    ],
)
def test_a_figure_needs_its_unit(question: str, text: str, *, lacks: bool) -> None:
    assert facts.lacks_figure(question, text) is lacks


def test_days_and_lists() -> None:
    assert facts.asks_for_day("策定日はいつ")
    assert not facts.asks_for_day("何日間ですか")
    assert facts.list_size("13地区の名前") == 13
    assert facts.list_size("地区の名前") == 0
    assert facts.items_in_a_row("人事、財務、文書など") == 3


@pytest.mark.parametrize(
    ("lacks", "question", "without", "having"),
    [
        (facts.lacks_claimed, "対象は20業務ですか", "令和7年度に対象の業務を移す", "対象の17業務を移す"),
        (
            facts.lacks_reason,
            "なんで目標は60%なの",
            "目標は60%とする。人が減るため進める。",
            "人が減るため、目標は60%とする。",
        ),
        (facts.lacks_part, "基本方針の第3章の中身は", "基本方針に基づいて進める", "第3章に進め方を定める"),
    ],
)
def test_what_is_asked_for_must_be_there(
    lacks: Callable[[str, str], bool], question: str, without: str, having: str
) -> None:
    assert lacks(question, without)
    assert not lacks(question, having)
    assert not lacks("実証はいつから?", without)


def test_what_is_done_with_a_thing_asks_neither_for_its_figure_nor_for_the_office() -> None:
    assert facts.asks_for_count("台数は")
    assert not facts.asks_for_count("台数はどうするの")
    assert facts.asks_for_office("ごみの課は?")
    assert not facts.asks_for_office("うちの課は仕事も見直すの")
