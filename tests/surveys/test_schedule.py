"""When rounds open, remind and close."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from staff.calendar import JAPAN, BusinessCalendar
from surveys.definition import Repeat
from surveys.round import Round
from surveys.schedule import plan_next, plan_round, put_off, reminder_days, working_time
from tests.surveys.samples import survey

CALENDAR = BusinessCalendar()


def japan(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=JAPAN)


def test_a_round_opens_and_closes_on_business_days() -> None:
    # 2026-11-21 is a Saturday, Monday 23 a holiday.
    round_ = plan_round(survey(open_days=3), date(2026, 11, 21), CALENDAR)
    assert round_.id == "every-type-20261121"
    assert round_.opens_at == japan(24, 9)
    assert round_.closes_at == japan(27, 17)
    assert round_.wave == "令和8年度 11月"


@pytest.mark.parametrize(
    ("repeat", "dates", "waves"),
    [
        (
            Repeat.MONTHLY,
            ["20270131", "20270228", "20270331"],
            ["令和8年度 1月", "令和8年度 2月", "令和8年度 3月"],
        ),
        (Repeat.QUARTERLY, ["20270131", "20270430"], ["令和8年度 第4四半期", "令和9年度 第1四半期"]),
        (Repeat.YEARLY, ["20270131", "20280131"], ["令和8年度", "令和9年度"]),
    ],
)
def test_rounds_repeat_from_the_date_that_was_asked_for(
    repeat: Repeat, dates: list[str], waves: list[str]
) -> None:
    round_: Round | None = plan_round(survey(repeat=repeat), date(2027, 1, 31), CALENDAR)
    found = []
    for _ in dates:
        assert round_ is not None
        found.append((round_.id.rpartition("-")[2], round_.wave))
        assert CALENDAR.is_business_day(round_.opens_at.date())
        round_ = plan_next(round_, CALENDAR)
    assert found == list(zip(dates, waves, strict=True))


def test_a_round_that_nobody_opened_in_time_is_open_as_long_as_it_was_to_be() -> None:
    planned = plan_round(survey(open_days=3, repeat="monthly"), date(2026, 11, 4), CALENDAR)
    assert put_off(planned, japan(4, 23), CALENDAR) == planned
    late = put_off(planned, japan(20, 10), CALENDAR)
    assert (late.opens_at, late.closes_at) == (japan(20, 10), japan(26, 17))
    later = put_off(planned, datetime(2027, 1, 23, 10, tzinfo=JAPAN), CALENDAR)
    following = plan_next(later, CALENDAR)
    assert following is not None
    assert following.id.endswith("20270204")


def test_a_survey_that_does_not_repeat_has_no_next_round() -> None:
    assert plan_next(plan_round(survey(), date(2026, 11, 24), CALENDAR), CALENDAR) is None


def test_reminders_on_the_third_and_fifth_day_and_before_closing() -> None:
    long = plan_round(survey(open_days=10), date(2026, 11, 24), CALENDAR)
    assert reminder_days(long, CALENDAR) == (date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 7))
    short = plan_round(survey(open_days=2), date(2026, 11, 24), CALENDAR)
    assert reminder_days(short, CALENDAR) == (date(2026, 11, 25),)
    shortest = plan_round(survey(open_days=1), date(2026, 11, 24), CALENDAR)
    assert reminder_days(shortest, CALENDAR) == ()


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (japan(24, 9), japan(24, 9)),
        (japan(24, 16, 59), japan(24, 16, 59)),
        (japan(24, 17), japan(25, 9)),
        (japan(24, 8, 59), japan(24, 9)),
        (japan(20, 18), japan(24, 9)),
        (japan(22, 12), japan(24, 9)),
    ],
)
def test_messages_wait_for_working_hours(at: datetime, expected: datetime) -> None:
    assert working_time(at, CALENDAR) == expected
    assert working_time(at.astimezone(UTC), CALENDAR) == expected
