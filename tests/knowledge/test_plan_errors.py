"""Documents that are no plan: a clear error, never another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.plan import PlanError, decode_plan, parse_plan, read_plan
from tests.knowledge.plans import MADE_UP

PLAN = MADE_UP.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "\n \n\t\n", "\ufeff"])
def test_an_empty_document(text: str) -> None:
    with pytest.raises(PlanError, match="文字がありません"):
        parse_plan(text)


@pytest.mark.parametrize(
    "text", ["お知らせ\n\n今日は休みです。\n", "用語\t用語解説\nあ\tいうえ\n", "目次\n\n1. あ\n"]
)
def test_a_document_without_chapters(text: str) -> None:
    with pytest.raises(PlanError, match="見出しが見つかりません"):
        parse_plan(text)


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\ufffd"])
def test_a_character_that_is_no_text_is_named_with_its_line(character: str) -> None:
    with pytest.raises(PlanError, match=f"3行目.*U\\+{ord(character):04X}") as caught:
        parse_plan(f"計画\n\n1. は{character}じめに\n")
    assert caught.value.line == 3


def test_two_tables_of_one_number_are_named_with_their_lines() -> None:
    with pytest.raises(PlanError, match=r"150行目の「AI・RPA等の活用」は141行目"):
        parse_plan(PLAN.replace("取組項目\t(2)", "取組項目\t(1)"))


def test_a_table_without_a_name() -> None:
    with pytest.raises(PlanError, match="150行目の表に名前がありません"):
        parse_plan(PLAN.replace("取組項目\t(2) AI・RPA等の活用", "取組項目\t"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_encodings_that_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(PLAN.encode(encoding))
    assert [found.body for found in read_plan(path).articles] == [
        found.body for found in parse_plan(PLAN).articles
    ]


def test_an_encoding_that_is_not_read_names_the_line() -> None:
    with pytest.raises(PlanError, match="2行目の文字コード") as caught:
        decode_plan("計画\n".encode() + b"\x82\xff\xfe\n")
    assert caught.value.line == 2


def test_utf16_is_refused() -> None:
    with pytest.raises(PlanError, match="文字"):
        decode_plan(PLAN.encode("utf-16"))


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="開けません"):
        read_plan(tmp_path / "nowhere.txt")
    with pytest.raises(PlanError, match="開けません"):
        read_plan(tmp_path)
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * (2 * 1024 * 1024 + 1))
    with pytest.raises(PlanError, match="2 MB を超えています"):
        read_plan(large)


PIECES = st.sampled_from(
    ["1. は", "1. 1 に", "(1) ほ", "取組項目\t(1) へ", "工程表\t令和4年度\t", "\t①\t", "用語\t解説", "<p>", "<取組>",
     "目次", "あ.....\t3", "\n", "\n\n", "。", "※", "D X", "【図1 と】", "3", "用語集", "ち編", " ", "、"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
@example("取組項目\t0\r\r1.0")
def test_any_text_is_read_or_refused_and_accounted_for(text: str) -> None:
    try:
        plan = parse_plan(text)
    except PlanError as error:
        assert str(error)
        return
    coverage = plan.coverage
    left_out = sum(len(item.text) for item in coverage.left_out)
    assert (
        coverage.article + coverage.heading + coverage.listed + coverage.layout + left_out == coverage.total
    )
