"""Whether this week's digest is late: what the dead man's alert, /readyz and /metrics tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.handlers.digest.sending import key_of, prefix_of, readers
from bot.services import Services
from staff.calendar import JAPAN, date_in_japan, iso_week
from staff.weekly import Subscription, delivery_day

ALERT_AT = time(10, 0)
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True)
class Lateness:
    """A week's digest that is late: not made at all, `waiting` messages not settled a while after they were due,
    or `missing` readers whose time has come and who have none.
    """

    week: str
    made: bool
    waiting: int
    missing: int


def lateness(services: Services) -> Lateness | None:
    """What is late now; None before 10:00 of the day it goes out, when all is well, and where nobody reads it."""
    now = services.clock()
    week = iso_week(date_in_japan(now))
    day = delivery_day(week, services.calendar)
    if day is None or now < datetime.combine(day, ALERT_AT, JAPAN):
        return None
    made = services.stores.digests.issue(week) is not None
    opens = services.working_moment()  # in the evening, what waits for the morning is late already
    waiting = services.stores.outbox.count_waiting(
        prefix_of(week), now - PATIENCE if opens <= now else opens + PATIENCE
    )
    missing = _missing(services, week, day)
    return Lateness(week, made, waiting, missing) if waiting or missing else None


def _missing(services: Services, week: str, day: date) -> int:
    """How many readers should have a message for a while and have none."""
    held = set(services.stores.outbox.list_keys(prefix_of(week)))
    wishes = services.stores.digests.list_subscriptions()
    latest = services.clock() - PATIENCE
    return sum(
        key_of(week, person.id) not in held and not wish.is_paused(day) and wish.moment(day) <= latest
        for person in readers(services.stores.directory.list_people())
        for wish in (wishes.get(person.id) or Subscription(person_id=person.id),)
    )
