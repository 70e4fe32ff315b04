"""Text made safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.question import clean, holds_personal_number


@pytest.mark.parametrize(
    "typed", ["", " \t\n", "\0", "\u200b\u200d", "\u202e\u202c", "😀🎉", "\ud800", "…!?", "ー"]
)
def test_nothing_to_look_for(typed: str) -> None:
    expected = "ー" if typed == "ー" else ""
    assert clean(typed) == expected


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("R\0PA", "RPA"),
        ("RP\u200bA", "RPA"),
        ("\u202eRPA", "RPA"),
        ("ＲＰＡ　とは", "RPA とは"),
        ("\ud800RPA", "RPA"),
        ("テレワ一クとデ-タ", "テレワークとデータ"),
        ("テレワーク一件", "テレワーク一件"),
    ],
)
def test_hidden_characters_are_dropped_and_what_stands_for_a_long_vowel_is_one(typed: str, read: str) -> None:
    assert clean(typed) == read


@given(st.text())
def test_what_is_left_can_be_stored_and_shown(typed: str) -> None:
    read = clean(typed)
    assert "\0" not in read
    assert read.encode("utf-8").decode("utf-8") == read
    assert clean(read) == read


@pytest.mark.parametrize(
    "typed", ["123456789012", "1234 5678 9012です", "番号は1234-5678-9012", "１２３４５６７８９０１２"]
)
def test_twelve_digits_are_noticed(typed: str) -> None:
    assert holds_personal_number(clean(typed))


@pytest.mark.parametrize("typed", ["1234567890", "1234567890123", "令和4年度401手続", "0466-25-1111"])
def test_other_numbers_are_not(typed: str) -> None:
    assert not holds_personal_number(clean(typed))
