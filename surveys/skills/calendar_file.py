"""Dated trainings as a calendar file (.ics, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event

from bot.texts.ja import skills as texts
from staff.calendar import JAPAN
from surveys.skills.catalogue import Resource


def calendar_file(resources: Iterable[Resource], now: datetime) -> bytes:
    """The coming sessions of the resources, one event each; the same session keeps its UID from file to file."""
    calendar = Calendar()
    calendar.add("prodid", "-//dxbot//skills//JA")
    calendar.add("version", "2.0")
    for resource in resources:
        for session in resource.upcoming(now):
            event = Event()
            event.add("uid", f"{resource.id}-{session.starts_at.astimezone(JAPAN):%Y%m%dT%H%M}@dxbot")
            event.add("dtstamp", now)
            event.add("dtstart", session.starts_at.astimezone(UTC))
            event.add("dtend", session.ends_at.astimezone(UTC))
            event.add("summary", resource.title)
            if session.place:
                event.add("location", session.place)
            event.add("description", "\n".join(filter(None, [texts.TRAINING_NOTE, resource.link])))
            calendar.add_component(event)
    return bytes(calendar.to_ical())
