"""A made-up plan that is running, with reports of the last months and requests of this week. Marked as a sample throughout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.texts.ja import initiatives as texts
from knowledge.initiatives.assignment import Assignment
from knowledge.initiatives.initiative import Initiative, Kpi, Milestone, Target
from knowledge.initiatives.progress import ProgressReport, Status
from staff.calendar import BusinessCalendar, date_in_japan, fiscal_year

PREFIX = "mihon-"
BY = "cli/demo"

# id, title, 課, the initiative it carries on, KPI (name, unit, this year's target), last reports as (days ago, status, value)
_ROWS: tuple[tuple[str, str, str, str, tuple[str, str, float] | None, tuple[tuple[int, str, float | None], ...]], ...] = (
    (
        "online", "行政手続のオンライン化", "市民窓口課", "jikko-3", ("オンライン化した手続の数", "手続", 120),
        ((112, "on_track", 24), (83, "on_track", 41), (54, "on_track", 58), (32, "at_risk", 63)),
    ),
    (
        "rpa", "AI・RPAの利用推進", "デジタル推進室", "jikko-4", ("業務時間を減らした業務の数", "業務", 5),
        ((90, "on_track", 1), (60, "on_track", 2), (27, "on_track", 4)),
    ),
    ("telework", "テレワークの推進", "職員課", "jikko-5", None, ((60, "on_track", None), (20, "at_risk", None))),
    ("open-data", "オープンデータの推進", "文書統計課", "jikko-6", ("公開したデータセットの数", "件", 60), ((75, "on_track", 31),)),
    (
        "cashless", "キャッシュレス化の推進", "納税支援課", "jikko-7", ("キャッシュレスにした窓口の数", "か所", 18),
        ((86, "on_track", 6), (57, "at_risk", 7), (6, "off_track", 7)),
    ),
    ("writing", "書かない窓口", "市民窓口課", "", ("書かない窓口で受けた手続の数", "種類", 30), ((41, "on_track", 9), (9, "on_track", 14))),
)  # fmt: skip


def demo_initiatives(today: date, calendar: BusinessCalendar) -> list[Initiative]:
    """The made-up initiatives of the running 年度; what they are to reach is due on days when the city hall is open."""
    year = fiscal_year(today)
    return [
        Initiative(
            id=f"{PREFIX}{id_}",
            title=title,
            plan=texts.DEMO_PLAN,
            edition=texts.DEMO_EDITION,
            article_id=follows,
            owner=owner,
            kpi=_kpi(kpi, year) if kpi else None,
            milestones=_milestones(id_, today, calendar),
            blank=() if kpi else ("工程表",),
            starts_on=date(year, 4, 1),
            ends_on=date(year + 3, 3, 31),
            follows=follows,
        )
        for id_, title, owner, follows, kpi, _ in _ROWS
    ]


def demo_reports(now: datetime) -> list[ProgressReport]:
    """Their reports, the oldest of each first."""
    return [
        ProgressReport(
            initiative_id=f"{PREFIX}{id_}",
            number=number,
            at=(at := now - timedelta(days=ago)),
            by=BY,
            status=Status(status),
            value=value,
            as_of=at.date() if value is not None else None,
            done=texts.DEMO_DONE,
            next=texts.DEMO_NEXT,
            blocked=texts.DEMO_BLOCKED if status == Status.OFF_TRACK else "",
        )
        for id_, *_, reports in _ROWS
        for number, (ago, status, value) in enumerate(reports, 1)
    ]


def demo_assignments(now: datetime, calendar: BusinessCalendar) -> list[Assignment]:
    """What デジタル推進室 asks of every 課 these weeks, due on days when the city hall is open."""
    return [
        Assignment(
            id=f"{PREFIX}{name}",
            title=title,
            text=text,
            due_on=calendar.on_or_after(date_in_japan(now) + timedelta(days=days)),
            entered_by=BY,
            entered_at=now,
        )
        for name, title, days, text in texts.DEMO_ASSIGNMENTS
    ]


def _kpi(kpi: tuple[str, str, float], year: int) -> Kpi:
    name, unit, value = kpi
    targets = tuple(Target(fiscal_year=year + ahead, value=value * (ahead + 1)) for ahead in range(3))
    return Kpi(name=name, unit=unit, targets=targets)


def _milestones(id_: str, today: date, calendar: BusinessCalendar) -> tuple[Milestone, ...]:
    steps: Sequence[tuple[str, str, int]] = texts.DEMO_MILESTONES
    return tuple(
        Milestone(text=text, due_on=calendar.on_or_after(today + timedelta(days=days)))
        for name, text, days in steps
        if name == id_
    )
