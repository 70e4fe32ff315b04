"""Days as people write them: 2027-04-01, 2027/4/1, 令和9年4月1日, R9.4.1."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from bot.texts.ja import importing as texts

# A day outside of these is a slip of the hand.
_EARLIEST, _LATEST = date(1950, 1, 1), date(2099, 12, 31)
_BEFORE_REIWA = 2018
_DAY = re.compile(
    r"(?:(?:令和|R) ?(?P<of_era>\d{1,2}|元)|(?P<year>\d{4}))[-/.年] ?(?P<month>\d{1,2})[-/.月] ?(?P<day>\d{1,2})日?"
)
_PARTING = re.compile(r"\s*(?:から|より|以降|~)\s*")


class NoDay(ValueError):
    """What is written is no day; the text says what to do."""


def read_day(text: str) -> date | None:
    """The day that a field says; None for an empty one. Raises NoDay."""
    written = unicodedata.normalize("NFKC", text).removesuffix(" 00:00:00")
    if not written:
        return None
    match = _DAY.fullmatch(written)
    if not match:
        raise NoDay(texts.field_value("date"))
    year = int(match["year"] or 0) or _BEFORE_REIWA + (
        1 if match["of_era"] == "元" else int(match["of_era"] or 0)
    )
    try:
        day = date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        raise NoDay(texts.import_no_such_day(written)) from None
    if not _EARLIEST <= day <= _LATEST:
        raise NoDay(texts.import_day_too_far(written, _EARLIEST.year, _LATEST.year))
    return day


def read_period(text: str) -> tuple[date | None, date | None]:
    """The first and last day of 「令和8年4月1日から令和9年3月31日まで」, either of which may be open. Raises NoDay."""
    written = re.sub(r"[〜～]", "~", unicodedata.normalize("NFKC", text)).strip(" 。")
    first, since, last = _parted(written)
    ends = last.removesuffix("まで").strip()
    if not (first or ends) or (not since and ends == last):
        raise NoDay(texts.field_value("date"))
    return read_day(first), read_day(ends)


def _parted(written: str) -> tuple[str, str, str]:
    """What stands before and behind the word that parts a period's days; all of it behind, where there is none."""
    found = _PARTING.search(written)
    return (written[: found.start()], found[0], written[found.end() :]) if found else ("", "", written)
