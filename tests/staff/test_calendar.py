"""Business days, 年度 and ISO weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.calendar import BusinessCalendar, date_in_japan, fiscal_year, iso_week, reiwa

CITY = BusinessCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "day, opens",
    [
        (date(2026, 11, 23), date(2026, 11, 24)),  # 勤労感謝の日
        (date(2026, 5, 3), date(2026, 5, 7)),  # 5/6 is a 振替休日
        (date(2026, 12, 29), date(2027, 1, 4)),
        (date(2026, 12, 28), date(2026, 12, 28)),
        (date(2026, 3, 31), date(2026, 3, 31)),
        (date(2026, 9, 22), date(2026, 9, 24)),  # 国民の休日 between two holidays
    ],
)
def test_the_next_day_the_city_hall_is_open(day: date, opens: date) -> None:
    assert CITY.on_or_after(day) == opens


def test_the_citys_own_closures_count() -> None:
    assert BusinessCalendar(frozenset({date(2026, 11, 24)})).on_or_after(date(2026, 11, 23)) == date(
        2026, 11, 25
    )


def test_counting_business_days_over_new_year() -> None:
    assert CITY.after(date(2026, 12, 25), 3) == date(2027, 1, 5)
    assert CITY.before(date(2027, 1, 5), 3) == date(2026, 12, 25)


@given(DAYS, st.integers(1, 8))
def test_after_and_before_are_opposites_between_business_days(day: date, number: int) -> None:
    day = CITY.on_or_after(day)
    assert CITY.before(CITY.after(day, number), number) == day


def test_weeks_are_named_by_the_year_they_belong_to() -> None:
    assert iso_week(date(2027, 1, 1)) == "2026-W53"


def test_fiscal_years() -> None:
    assert [fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))] == [2025, 2026]
    assert [reiwa(2019), reiwa(2026)] == ["令和元", "令和8"]


def test_a_date_in_japan() -> None:
    assert date_in_japan(datetime(2026, 11, 22, 15, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert date_in_japan(datetime(2026, 11, 22, 15, 0, tzinfo=UTC) - timedelta(seconds=1)) == date(
        2026, 11, 22
    )
