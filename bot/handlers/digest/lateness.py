"""Whether this week's digest is late: what the dead man's alert, /readyz and /metrics tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.handlers.digest.sending import prefix_of
from bot.services import Services
from staff.calendar import JAPAN, date_in_japan, iso_week
from staff.model import Role
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
    opens = services.working_moment()  # in the evening, what waits for the morning is late already
    waiting = services.stores.outbox.count_waiting(
        prefix_of(week), now - PATIENCE if opens <= now else opens + PATIENCE
    )
    missing = _missing(services, week, day)
    if not waiting and not missing:
        return None
    return Lateness(week, services.stores.digests.issue(week) is not None, waiting, missing)


def _missing(services: Services, week: str, day: date) -> int:
    """How many readers should have a message for a while and have none. Probes ask: of most readers no more than the
    number is read.
    """
    prefix = prefix_of(week)
    held = {key.removeprefix(prefix) for key in services.stores.outbox.list_keys(prefix)}
    without = services.stores.directory.list_holders(Role.LEADER, but=held)
    wishes = services.stores.digests.list_subscriptions() if without else {}
    latest = services.clock() - PATIENCE
    return sum(
        not wish.is_paused(day) and wish.moment(day) <= latest
        for person in without
        for wish in (wishes.get(person.id) or Subscription(person_id=person.id),)
    )
