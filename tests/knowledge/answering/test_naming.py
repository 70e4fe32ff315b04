"""Which of a sort of things is asked for, and whether a text names any."""

from __future__ import annotations

import pytest

from knowledge.answering.naming import names_any, sort_asked


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("連携している大学はどこ", "大学"),
        ("調査を委託した会社はどこですか", "会社"),
        ("具体的にどの施設のこと", "施設"),
        ("見直した業務の一覧", "業務"),
        ("対象の20業務を教えて", "業務"),
        ("窓口を増やす市民センターって具体的にどこ", "市民センター"),
        ("何という製品ですか", "製品"),
        ("基幹系のベンダー名", "ベンダー"),
    ],
)
def test_the_sort_is_read_where_its_things_are_asked_for(question: str, sort: str) -> None:
    assert sort_asked(question) == sort


@pytest.mark.parametrize(
    "question",
    [
        "この業務は何のためにある",
        "システムを教えて",
        "大学は何をしますか",
        "どのシステム側に入れますか",
        "施設はいつ開きますか",
        "講座は何地区で開く",
    ],
)
def test_what_is_asked_of_a_sort_itself_names_nothing(question: str) -> None:
    assert sort_asked(question) == ""


@pytest.mark.parametrize(
    ("sort", "text", "named"),
    [
        ("大学", "npoや大学、ボランティア団体と連携します。", False),
        ("大学", "みどり野大学と連携します。", True),
        ("システム", "情報系システムに入れます。", True),
        ("施設", "利用の多い施設から始めます。", False),
        ("手数料", "住民票や税証明などの手数料から始めます。", True),
        ("業務", "業務(税、保険)を移します。", True),
    ],
)
def test_a_name_or_members_name_things_and_the_sort_alone_does_not(sort: str, text: str, named: bool) -> None:
    assert names_any(sort, "どれですか", text) is named


def test_a_name_that_the_question_says_itself_is_no_answer() -> None:
    assert not names_any("業務", "標準化対象業務はどれ", "標準化対象業務を移します。")
