"""Progress reports: the owner's word on an initiative, checked once, and when the next is due."""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from bot.texts.ja import initiatives as texts
from knowledge.initiatives.initiative import NO_MONTHS, Initiative, Kpi
from staff.calendar import date_in_japan

LONGEST = 1000
MOST_VALUE = 1e12
_NUMBER = re.compile(r"([-+]?\d[\d,]*(?:\.\d+)?)\s*(.*)", re.DOTALL)
_SPLIT = re.compile(r"^(?P<name>[^:：]+)[:：]\s*(?P<value>.+)$")


class Status(StrEnum):
    """How an initiative goes, in the owner's judgement."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"

    @property
    def label(self) -> str:
        """The colour with its word: nobody has to see colours."""
        return texts.STATUSES[self.value]


class Standing(StrEnum):
    """Where an initiative stands with its reports on a day."""

    REPORTED = "reported"
    UNREPORTED = "unreported"
    UNDECIDED = "undecided"
    ENDED = "ended"


class ProgressReport(BaseModel):
    """One report. `value` counts in the KPI's unit as of `as_of`, `split` by 課; `by` is a 職員番号.

    `unchanged`: the owner said that nothing changed; status, value and as-of date are those of the report before.
    """

    model_config = ConfigDict(frozen=True)

    initiative_id: str
    number: int = Field(ge=1)
    at: AwareDatetime
    by: str
    status: Status
    value: float | None = None
    as_of: date | None = None
    split: Mapping[str, float] = {}
    done: str = ""
    next: str = ""
    blocked: str = ""
    unchanged: bool = False


class ReportMistakes(Exception):
    """Fields that are wrong, each with what to do."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__("\n".join(by_field.values()))
        self.by_field = dict(by_field)


def read_report(
    initiative: Initiative,
    values: Mapping[str, str],
    before: ProgressReport | None,
    at: AwareDatetime,
    by: str,
) -> ProgressReport:
    """The report that a filled form makes. Raises ReportMistakes naming every wrong field."""
    mistakes: dict[str, str] = {}
    status = values.get("status", "")
    if status not in set(Status):
        mistakes["status"] = texts.NO_STATUS
    value, split = _figures(initiative.kpi, values, mistakes)
    as_of = _as_of(values.get("as_of", ""), value, date_in_japan(at), mistakes)
    for name in ("done", "next", "blocked"):
        if len(values.get(name, "")) > LONGEST:
            mistakes[name] = texts.too_long(LONGEST)
    if status == Status.OFF_TRACK and not values.get("blocked", "").strip():
        mistakes["blocked"] = texts.SAY_WHY
    if mistakes:
        raise ReportMistakes(mistakes)
    return ProgressReport(
        initiative_id=initiative.id,
        number=before.number + 1 if before else 1,
        at=at,
        by=by,
        status=Status(status),
        value=value,
        as_of=as_of,
        split=split,
        **{name: values.get(name, "").strip() for name in ("done", "next", "blocked")},
    )


def unchanged_report(before: ProgressReport, at: AwareDatetime, by: str) -> ProgressReport:
    """「変化なし」: the report before, said again today."""
    again = {"number": before.number + 1, "at": at, "by": by, "unchanged": True}
    return before.model_copy(update=again)


def due_on(initiative: Initiative, last: ProgressReport | None) -> date | None:
    """By which day the next report is due; None where none is asked for."""
    months = initiative.cadence.months
    if months == NO_MONTHS:
        return None
    return initiative.starts_on if last is None else _months_after(date_in_japan(last.at), months)


def standing(initiative: Initiative, last: ProgressReport | None, day: date) -> Standing:
    """Where it stands on a day. A closed one is never 未報告; a report too old is never carried over silently."""
    if initiative.awaits_decision(day):
        return Standing.UNDECIDED
    if not initiative.is_open(day):
        return Standing.ENDED
    due = due_on(initiative, last)
    return Standing.UNREPORTED if due is not None and due <= day else Standing.REPORTED


def trend(reports: Sequence[ProgressReport], most: int = 8) -> tuple[float, ...]:
    """The last values reported, oldest first, of reports listed newest first; one for each as-of date."""
    by_day: dict[date, float] = {}
    for report in reports:
        if report.value is not None and report.as_of is not None:
            by_day.setdefault(report.as_of, report.value)
    return tuple(value for _, value in sorted(by_day.items()))[-most:]


def read_figure(text: str, unit: str) -> float:
    """A number, perhaps with its unit, as people write it. Raises ValueError with what to do."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise ValueError(texts.not_a_number(unit))
    written = match[2].strip()
    if written and written != unicodedata.normalize("NFKC", unit):
        raise ValueError(texts.wrong_unit(unit, written[:20]))
    value = float(match[1].replace(",", ""))
    if not math.isfinite(value) or not 0 <= value <= MOST_VALUE:
        raise ValueError(texts.OUT_OF_RANGE)
    return value


def _figures(
    kpi: Kpi | None, values: Mapping[str, str], mistakes: dict[str, str]
) -> tuple[float | None, Mapping[str, float]]:
    if kpi is None:
        return None, {}
    split: dict[str, float] = {}
    value: float | None = None
    try:
        value = read_figure(values["value"], kpi.unit) if values.get("value", "").strip() else None
    except ValueError as error:
        mistakes["value"] = str(error)
    try:
        split = _split(values.get("split", ""), kpi.unit)
    except ValueError as error:
        mistakes["split"] = str(error)
    if split and value is not None and not math.isclose(sum(split.values()), value, abs_tol=1e-6):
        mistakes.setdefault(
            "split", texts.split_differs(figure(sum(split.values()), kpi.unit), figure(value, kpi.unit))
        )
    return value, split


def _split(text: str, unit: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _SPLIT.match(line)
        if match is None:
            raise ValueError(texts.split_line(line[:30]))
        name = match["name"].strip()
        if name in found:
            raise ValueError(texts.split_twice(name))
        found[name] = read_figure(match["value"], unit)
    return found


def _as_of(text: str, value: float | None, today: date, mistakes: dict[str, str]) -> date | None:
    if value is None:
        return None
    if not text.strip():
        mistakes["as_of"] = texts.AS_OF_MISSING
        return None
    try:
        day = date.fromisoformat(unicodedata.normalize("NFKC", text).strip().replace("/", "-"))
    except ValueError:
        mistakes["as_of"] = texts.AS_OF_UNREADABLE
        return None
    if day > today:
        mistakes["as_of"] = texts.AS_OF_IN_FUTURE
    return day


def figure(value: float, unit: str) -> str:
    """A value with its unit."""
    return f"{value:,.10g}{unit}"


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
