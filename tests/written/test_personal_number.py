"""Numbers that may be a マイナンバー are noticed however they are typed; others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.written.personal_number import holds_personal_number

# Made up: the check digit of 12345678901 is 8.
VALID = "123456789018"


@pytest.mark.parametrize(
    "typed",
    [
        VALID,
        "番号は1234 5678 9018です",
        "1234-5678-9018",
        "１２３４５６７８９０１８",
        "1234－5678－9018",
        "1234\u200b56789018",
        "1234・5678・9018",
        "名前123456789018、電話0466-25-1111",
        "内線 4321 1234-5678-9018",
        "2026 1234 5678 9018",
        "生年月日 1985/04/01 1234 5678 9018",
    ],
)
def test_a_personal_number_is_noticed(typed: str) -> None:
    assert holds_personal_number(typed)


@pytest.mark.parametrize("typed", ["123456789012", "0466-25-1111", "1234567890185", "令和8年度 35件", ""])
def test_other_numbers_are_left_alone(typed: str) -> None:
    assert not holds_personal_number(typed)


@given(st.integers(0, 10**11 - 1), st.sampled_from(["", " ", "-", "　"]))
def test_exactly_one_check_digit_is_right(first: int, gap: str) -> None:
    digits = f"{first:011}"
    found = [last for last in range(10) if holds_personal_number(gap.join(f"{digits}{last}"))]
    assert len(found) == 1


@given(st.text())
def test_any_text_is_read(typed: str) -> None:
    holds_personal_number(typed)
