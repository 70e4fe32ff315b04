"""When rounds open, remind and close: business days, within working hours."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import chain, count

from bot.texts.ja import survey_rounds as texts
from staff.calendar import JAPAN, BusinessCalendar, date_in_japan, fiscal_year, reiwa
from surveys.definition import Definition, Repeat
from surveys.round import Round

OPENING, CLOSING = time(9, 0), time(17, 0)
REMINDER_DAYS = (3, 5)
LONGEST_WAVE = 60
_MONTHS = {Repeat.MONTHLY: 1, Repeat.QUARTERLY: 3, Repeat.YEARLY: 12}


def plan_round(
    definition: Definition,
    on: date,
    calendar: BusinessCalendar,
    *,
    days: int | None = None,
    wave: str = "",
    pilots: frozenset[str] = frozenset(),
    repeats_from: date | None = None,
) -> Round:
    """The round of a survey that begins on that day, or on the next business day.

    Open from 9:00 for `days` business days, until 17:00 of the last one. Its id is the survey's with the day asked for.
    `repeats_from`: the day of the first round, where this is not it.
    """
    first = calendar.on_or_after(on)
    last = calendar.after(first, days or definition.open_days)
    return Round(
        id=f"{definition.id}-{on:%Y%m%d}",
        survey_id=definition.id,
        definition=definition,
        content_hash=definition.content_hash,
        opens_at=datetime.combine(first, OPENING, JAPAN),
        closes_at=datetime.combine(last, CLOSING, JAPAN),
        repeats_from=(repeats_from or on) if definition.repeat else None,
        wave=wave or _wave(definition, on),
        pilots=pilots,
    )


def plan_next(opened: Round, calendar: BusinessCalendar) -> Round | None:
    """The round after this one, on the date of the first so many months later; None for a survey that does not repeat."""
    repeat, first = opened.definition.repeat, opened.repeats_from
    if repeat is None or first is None:
        return None
    dates = (_later(first, _MONTHS[repeat] * number) for number in count(1))
    on = next(one for one in dates if one > date_in_japan(opened.opens_at))
    return plan_round(opened.definition, on, calendar, pilots=opened.pilots, repeats_from=first)


def put_off(planned: Round, now: datetime, calendar: BusinessCalendar) -> Round:
    """A planned round as it opens now: late by a day or more, it is open for as many business days as were planned."""
    first, last, today = (date_in_japan(at) for at in (planned.opens_at, planned.closes_at, now))
    if today <= first:
        return planned
    days = next(number for number in count(1) if calendar.after(first, number) >= last)
    closes = datetime.combine(calendar.after(calendar.on_or_after(today), days), CLOSING, JAPAN)
    return planned.model_copy(update={"opens_at": now, "closes_at": closes})


def told_apart(planned: Round, others: Iterable[Round]) -> Round:
    """The round with a number behind its name where another round of the survey has that name."""
    taken = {one.wave for one in others if one.id != planned.id}
    names = chain([planned.wave], (texts.again(planned.wave, number) for number in count(2)))
    return planned.model_copy(update={"wave": next(name for name in names if name not in taken)})


def working_time(at: datetime, calendar: BusinessCalendar) -> datetime:
    """That time, or the next opening of the city hall when it is closed then."""
    local = at.astimezone(JAPAN)
    day = local.date()
    if calendar.is_business_day(day) and OPENING <= local.time() < CLOSING:
        return at
    if not calendar.is_business_day(day) or local.time() >= CLOSING:
        day = calendar.on_or_after(day + timedelta(days=1))
    return datetime.combine(day, OPENING, JAPAN)


def is_working_time(at: datetime, calendar: BusinessCalendar) -> bool:
    """Whether somebody may be reminded at that time."""
    return working_time(at, calendar) == at


def reminder_days(round_: Round, calendar: BusinessCalendar) -> tuple[date, ...]:
    """The days on which whoever has not answered is reminded: three at most."""
    first, last = date_in_japan(round_.opens_at), date_in_japan(round_.closes_at)
    days = {calendar.after(first, count) for count in REMINDER_DAYS} | {last_reminder(round_, calendar)}
    return tuple(sorted(day for day in days if first < day < last))


def last_reminder(round_: Round, calendar: BusinessCalendar) -> date:
    """The business day before closing."""
    return calendar.before(date_in_japan(round_.closes_at))


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _wave(definition: Definition, on: date) -> str:
    """How people call the round: by its 年度, and by what tells it from the others of that year."""
    year = f"{reiwa(fiscal_year(on))}年度"
    match definition.repeat:
        case Repeat.YEARLY:
            return year
        case Repeat.QUARTERLY:
            return texts.quarter(year, (on.month - 4) % 12 // 3 + 1)
        case _:
            return texts.month(year, on.month)
