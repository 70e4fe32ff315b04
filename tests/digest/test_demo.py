"""The made-up plan: what falls due, falls due on a day when somebody is there to do it."""

from __future__ import annotations

from datetime import datetime, timedelta

from knowledge.initiatives.demo import demo_assignments, demo_initiatives
from staff.calendar import JAPAN, BusinessCalendar

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=JAPAN)


def test_nothing_is_due_on_a_day_when_the_city_hall_is_closed() -> None:
    calendar = BusinessCalendar(frozenset({(NOON + timedelta(days=1)).date()}))
    for ahead in range(366):
        now = NOON + timedelta(days=ahead)
        steps = [step.due_on for one in demo_initiatives(now.date(), calendar) for step in one.milestones]
        due = [one.due_on for one in demo_assignments(now, calendar)] + [on for on in steps if on]
        assert len(due) == 4
        assert all(calendar.is_business_day(on) and on > now.date() for on in due), now
