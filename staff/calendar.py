"""The city's own time: dates in Japan, 年度, ISO weeks, and the days on which the city hall is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import count

import jpholiday

JAPAN = timezone(timedelta(hours=9), "JST")  # no summer time, and no table of zones to be installed
_SATURDAY = 5
_APRIL = 4
_REIWA = 2018


def date_in_japan(at: datetime) -> date:
    """The date in Japan of an aware time."""
    return at.astimezone(JAPAN).date()


def fiscal_year(day: date) -> int:
    """The 年度 as the year of its April: 2027-03-31 is in 2026 (令和8年度)."""
    return day.year if day.month >= _APRIL else day.year - 1


def reiwa(year: int) -> str:
    """A year of our era as 令和N; the first is 令和元."""
    return f"令和{'元' if year == _REIWA + 1 else year - _REIWA}"


def japanese_day(day: date) -> str:
    """A day of our era in the 和暦: 令和8年11月26日."""
    return f"{reiwa(day.year)}年{day.month}月{day.day}日"


def iso_week(day: date) -> str:
    """The ISO week as 2026-W53, by the year that the week belongs to."""
    return f"{day:%G-W%V}"


@dataclass(frozen=True)
class BusinessCalendar:
    """Business days: no weekend, no 祝日 or 振替休日, not 12/29–1/3, none of the city's own `closures`."""

    closures: frozenset[date] = frozenset()

    def is_business_day(self, day: date) -> bool:
        """Whether the city hall is open on that day."""
        if day.weekday() >= _SATURDAY or day in self.closures:
            return False
        return not _is_year_end(day) and not jpholiday.is_holiday(day)

    def on_or_after(self, day: date) -> date:
        """That day, or the next business day when the city hall is closed."""
        return next(one for one in _days(day, 1) if self.is_business_day(one))

    def on_or_before(self, day: date) -> date:
        """That day, or the last business day before it."""
        return next(one for one in _days(day, -1) if self.is_business_day(one))

    def after(self, day: date, business_days: int) -> date:
        """The n-th business day after `day` (n ≥ 1), `day` itself not counted."""
        for _ in range(business_days):
            day = self.on_or_after(day + timedelta(days=1))
        return day

    def before(self, day: date, business_days: int = 1) -> date:
        """The n-th business day before `day` (n ≥ 1), `day` itself not counted."""
        for _ in range(business_days):
            day = self.on_or_before(day - timedelta(days=1))
        return day


def _days(first: date, step: int) -> Iterator[date]:
    return (first + timedelta(days=step * number) for number in count())


def _is_year_end(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
