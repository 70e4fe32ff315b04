"""How one initiative went: its reports, what changed from one to the next, and the course of its KPI."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.charts.chart import Chart
from bot.handlers.initiatives.standing import find_initiative
from bot.handlers.refusing import permitted, refused
from bot.messages import Paragraph, Reply, Request, Table
from bot.services import Services
from bot.texts.ja import initiatives as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.progress import ProgressReport, figure, trend
from staff.calendar import date_in_japan
from staff.permissions import Permission

MOST_HISTORY = 24


def show_history(request: Request, services: Services) -> Reply:
    """How an initiative went: its newest reports, and what changed from one to the next."""
    return history(request, services)


def history(request: Request, services: Services, at: int = 1) -> Reply:
    """How an initiative went: a page of its reports, the newest first, and what changed from one to the next."""
    if refusal := permitted(request, Permission.INITIATIVE_READ):
        return refusal
    initiative = find_initiative(services, request.value)
    if initiative is None:
        return refused(texts.NOT_FOUND)
    # One more than is shown: what the oldest of them changed.
    found = services.stores.initiatives.list_reports(initiative.id, at * MOST_HISTORY + 1)[
        (at - 1) * MOST_HISTORY :
    ]
    reports = found[:MOST_HISTORY]
    title = texts.HISTORY_TITLE.format(title=initiative.title)
    if not reports:
        return Reply(title=title, parts=(Paragraph(text=texts.HISTORY_NONE),))
    unit = initiative.kpi.unit if initiative.kpi else ""
    rows = tuple(
        (
            japanese_day(date_in_japan(report.at)),
            report.status.label,
            _value(report, unit),
            _told(report, before),
        )
        for report, before in zip(reports, [*found[1:], None], strict=False)
    )
    table = Table(caption=texts.HISTORY_CAPTION, columns=texts.HISTORY_COLUMNS, rows=rows)
    return Reply(title=title, parts=(*_chart(initiative, reports), *_split(reports, unit), table))


def _split(reports: Sequence[ProgressReport], unit: str) -> Iterator[Table]:
    """The newest value by 課, where it was reported so."""
    newest = next((one for one in reports if one.split), None)
    if newest:
        rows = tuple((name, figure(value, unit)) for name, value in newest.split.items())
        day = japanese_day(newest.as_of) if newest.as_of else ""
        yield Table(caption=texts.SPLIT_CAPTION.format(day=day), columns=texts.SPLIT_COLUMNS, rows=rows)


def _value(report: ProgressReport, unit: str) -> str:
    if report.value is None:
        return ""
    return texts.dated(figure(report.value, unit), japanese_day(report.as_of) if report.as_of else "")


def _told(report: ProgressReport, before: ProgressReport | None) -> str:
    """What a report said: how the status moved, then what was done, comes next, and is in the way."""
    if report.unchanged:
        return texts.SAME
    moved = before is not None and report.status is not before.status
    lines = [
        texts.status_changed(before.status.label, report.status.label) if before and moved else "",
        *(
            texts.told(name, text)
            for name, text in (
                (texts.REPORT_DONE, report.done),
                (texts.REPORT_NEXT, report.next),
                (texts.REPORT_BLOCKED, report.blocked),
            )
            if text
        ),
    ]
    return "\n".join(filter(None, lines)) or (texts.SAME_STATUS if before else texts.FIRST)


def _chart(initiative: Initiative, reports: Sequence[ProgressReport]) -> tuple[Chart, ...]:
    dated = {
        report.as_of: report.value
        for report in reversed(reports)
        if report.as_of and report.value is not None
    }
    if initiative.kpi is None or len(dated) < 2 or len(trend(reports)) < 2:
        return ()
    points = tuple((f"{day.month}月{day.day}日", value) for day, value in sorted(dated.items()))
    unit = initiative.kpi.unit
    alt = texts.CHART_ALT.format(
        name=initiative.kpi.name, first=figure(points[0][1], unit), last=figure(points[-1][1], unit)
    )
    return (Chart.of(points, title=initiative.kpi.name, style="lines", unit=unit, alt=alt),)
