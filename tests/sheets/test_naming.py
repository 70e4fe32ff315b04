"""File names and how browsers are told."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from bot.sheets.naming import content_disposition, file_name


def test_a_japanese_name_is_told_both_ways() -> None:
    header = content_disposition("skills_令和8年度_R8-11-26.xlsx")
    assert header.isascii()
    assert 'filename="skills_8_R8-11-26.xlsx"' in header
    told = header.partition("filename*=UTF-8''")[2]
    assert unquote(told) == "skills_令和8年度_R8-11-26.xlsx"


@pytest.mark.parametrize(
    "hostile",
    [
        "../../etc/passwd",
        "..\\..\\x",
        'a"; filename="b.exe',
        "a\r\nSet-Cookie: x=1",
        "\u202excod",
        "a/b",
        "..",
        "",
    ],
)
def test_no_name_leads_elsewhere(hostile: str) -> None:
    name = file_name(hostile, "R8", suffix="csv")
    assert not set('/\\"\r\n\u202e') & set(name)
    assert not name.startswith(".")
    header = content_disposition(name)
    assert header.isascii() and header.isprintable() and header.count("filename=") == 1


def test_a_long_name_is_cut_and_keeps_its_kind() -> None:
    assert len(file_name("長" * 300, suffix="xlsx")) <= 130
    assert file_name("長" * 300, suffix="xlsx").endswith(".xlsx")
