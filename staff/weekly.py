"""When what the bot starts goes out: working hours, the day of a week's digest, a reader's own time, pauses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from staff.calendar import JAPAN, BusinessCalendar, iso_week

USUAL_TIME = time(8, 45)
_WEEK_LENGTH = 8  # of 2026-W48


@dataclass(frozen=True)
class WorkingHours:
    """From when to when the city hall works on a business day; `end` is no longer inside."""

    start: time
    end: time

    @classmethod
    def parse(cls, text: str) -> WorkingHours:
        """`8:30-17:15`. Raises ValueError."""
        start, _, end = text.partition("-")
        hours = cls(parse_time(start), parse_time(end))
        if hours.start >= hours.end:
            raise ValueError(text)
        return hours

    def contain(self, at: time) -> bool:
        """Whether a time of day is inside."""
        return self.start <= at < self.end

    def next_moment(self, at: datetime, calendar: BusinessCalendar) -> datetime:
        """That moment if the city hall works then, else when it opens next."""
        local = at.astimezone(JAPAN)
        if calendar.is_business_day(local.date()):
            if self.contain(local.time()):
                return at
            if local.time() < self.start:
                return datetime.combine(local.date(), self.start, JAPAN)
        return datetime.combine(calendar.after(local.date(), 1), self.start, JAPAN)


def parse_time(text: str) -> time:
    """`8:45` or `08:45`. Raises ValueError."""
    hour, _, minute = text.strip().partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit() and len(minute) == 2):
        raise ValueError(text)
    return time(int(hour), int(minute))


def monday_of(week: str) -> date:
    """The Monday of an ISO week such as 2026-W53. Raises ValueError for any other text, or a week there is not."""
    year, _, number = week.partition("-W")
    if len(week) != _WEEK_LENGTH or not (
        year.isascii() and year.isdigit() and number.isascii() and number.isdigit()
    ):
        raise ValueError(week)
    return date.fromisocalendar(int(year), int(number), 1)


def delivery_day(week: str, calendar: BusinessCalendar) -> date | None:
    """The first business day from Monday on; None when the whole week is closed: the next week's issue covers it."""
    day = calendar.on_or_after(monday_of(week))
    return day if iso_week(day) == week else None


class Subscription(BaseModel):
    """How one reader wants the digest. `place` is a channel's address as `slack/C0123`, or empty: to the person.

    `paused_until` is the last day of a pause; date.max one without end.
    """

    model_config = ConfigDict(frozen=True)

    person_id: str
    at: time = USUAL_TIME
    place: str = ""
    paused_until: date | None = None

    def is_paused(self, day: date) -> bool:
        """Whether nothing is sent on that day."""
        return self.paused_until is not None and day <= self.paused_until

    def moment(self, day: date) -> datetime:
        """When it goes out on a day."""
        return datetime.combine(day, self.at, JAPAN)


class SubscriptionStore(Protocol):
    """How readers want the digest; those who said nothing want it as usual."""

    def save_subscription(self, subscription: Subscription) -> None:
        """Keep it in the place of the one before."""

    def subscription(self, person_id: str) -> Subscription:
        """One reader's; the usual one where nothing was said."""

    def list_subscriptions(self) -> Mapping[str, Subscription]:
        """Everything said, by 職員番号."""
