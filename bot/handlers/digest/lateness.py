"""Whether this week's digest is late: what the dead man's alert, /readyz and /metrics tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.handlers.digest.sending import prefix_of, readers
from bot.services import Services
from staff.calendar import JAPAN, date_in_japan, iso_week
from staff.weekly import delivery_day

ALERT_AT = time(10, 0)
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Lateness:
    """A week's digest that is late: not made at all, or `waiting` messages not settled a while after they were due."""

    week: str
    made: bool
    waiting: int


def lateness(services: Services) -> Lateness | None:
    """What is late now; None before 10:00 of the day it goes out, when all is well, and where nobody reads it."""
    now = services.clock()
    week = iso_week(date_in_japan(now))
    day = delivery_day(week, services.calendar)
    if day is None or now < datetime.combine(day, ALERT_AT, JAPAN):
        return None
    made = services.stores.digests.issue(week) is not None
    waiting = services.stores.outbox.count_waiting(prefix_of(week), now - PATIENCE)
    is_missing = not made and bool(readers(services.stores.directory.list_people()))
    return Lateness(week, made, waiting) if waiting or is_missing else None
