"""Initiatives in chat: where they stand, how one went, and the owner's report; 「変化なし」 is one press."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from bot.charts.chart import Chart
from bot.handlers.forms import is_filled, text_of
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Choice, Form, FormField, Paragraph, Reply, Request, Table
from bot.services import Services, Stores
from bot.texts.ja import initiatives as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.owners import may_report
from knowledge.initiatives.progress import (
    LONGEST,
    ProgressReport,
    ReportMistakes,
    Standing,
    Status,
    due_on,
    figure,
    read_report,
    standing,
    trend,
    unchanged_report,
)
from knowledge.initiatives.reading import pack_initiatives
from knowledge.initiatives.store import Overtaken, merge_initiatives
from staff.calendar import date_in_japan, fiscal_year, reiwa
from staff.permissions import Permission
from staff.store import AuditEvent

FIELDS = ("status", "value", "as_of", "split", "done", "next", "blocked")
MOST_BUTTONS = 4
MOST_HISTORY = 24


def standing_initiatives(services: Services) -> list[Initiative]:
    """Every initiative as it stands now."""
    packs = pack_initiatives(services.settings.content)
    return merge_initiatives(packs, services.stores.initiatives.list_latest())


def find_initiative(services: Services, initiative_id: str) -> Initiative | None:
    """One initiative."""
    return next((one for one in standing_initiatives(services) if one.id == initiative_id), None)


def list_initiatives(request: Request, services: Services) -> Reply:
    """Every initiative under way, with buttons to report on one's own."""
    if refusal := permitted(request, Permission.INITIATIVE_READ):
        return refusal
    today, reports = services.today(), services.stores.initiatives.list_all_reports()
    shown = [one for one in standing_initiatives(services) if one.is_open(today)]
    if not shown:
        return Reply(title=texts.LIST_TITLE, parts=(Paragraph(text=texts.LIST_NONE),))
    departments = services.stores.directory.list_departments()
    own = [one for one in shown if may_report(request.person, one, departments, today)]
    rows = tuple(_row(one, reports.get(one.id, ()), services) for one in shown)
    intro = (Paragraph(text=texts.LIST_INTRO),) if own else ()
    table = Table(caption=texts.LIST_CAPTION, columns=texts.LIST_COLUMNS, rows=rows)
    return Reply(
        title=texts.LIST_TITLE,
        parts=(*intro, table),
        actions=tuple(
            action
            for one in own[:MOST_BUTTONS]
            for action in report_actions(one.id, one.title, reports.get(one.id, ()))
        ),
    )


def report_actions(initiative_id: str, title: str, reports: Sequence[ProgressReport]) -> tuple[Action, ...]:
    """The buttons that report on an initiative: the form, and 「変化なし」 where there was a report before."""
    form = Action(name="progress_report", label=texts.entry_label(title), value=initiative_id)
    same = Action(name="progress_same", label=texts.same_label(title), value=initiative_id)
    return (form, same) if reports else (form,)


def report_progress(request: Request, services: Services) -> Reply:
    """The report form; filled in, the report is kept."""
    initiative, refusal = _reportable(request, services)
    if initiative is None:
        return refusal
    before = _last(services, initiative.id)
    if not is_filled(request, "status"):
        return Reply(form=report_form(initiative, services.today(), before))
    values = {name: text_of(request, name) for name in FIELDS}
    try:
        report = read_report(initiative, values, before, services.clock(), _actor(request))
        check_split(services, report)
    except ReportMistakes as wrong:
        return Reply(form=report_form(initiative, services.today(), before, values, wrong.by_field))
    return _keep(services, initiative, report, texts.reported)


def same_progress(request: Request, services: Services) -> Reply:
    """「変化なし」: the report before, said again."""
    initiative, refusal = _reportable(request, services)
    if initiative is None:
        return refusal
    before = _last(services, initiative.id)
    if before is None:
        return Reply(
            form=report_form(initiative, services.today(), None),
            parts=(Paragraph(text=texts.NOTHING_BEFORE),),
        )
    if before.unchanged and date_in_japan(before.at) == services.today():  # pressed twice
        return _kept(initiative, before, texts.unchanged)
    report = unchanged_report(before, services.clock(), _actor(request))
    return _keep(services, initiative, report, texts.unchanged)


def show_history(request: Request, services: Services) -> Reply:
    """How an initiative went: every report, and what changed from one to the next."""
    if refusal := permitted(request, Permission.INITIATIVE_READ):
        return refusal
    initiative = find_initiative(services, request.value)
    if initiative is None:
        return refused(texts.NOT_FOUND)
    reports = services.stores.initiatives.list_reports(initiative.id, MOST_HISTORY)
    title = texts.HISTORY_TITLE.format(title=initiative.title)
    if not reports:
        return Reply(title=title, parts=(Paragraph(text=texts.HISTORY_NONE),))
    unit = initiative.kpi.unit if initiative.kpi else ""
    rows = tuple(
        (
            japanese_day(date_in_japan(report.at)),
            report.status.label,
            "" if report.value is None else figure(report.value, unit),
            japanese_day(report.as_of) if report.as_of else "",
            _difference(report, before),
        )
        for report, before in zip(reports, [*reports[1:], None], strict=True)
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


def report_form(
    initiative: Initiative,
    day: date,
    before: ProgressReport | None,
    values: dict[str, str] | None = None,
    mistakes: dict[str, str] | None = None,
) -> Form:
    """The form for one report, with what was typed and what is wrong with it."""
    last = (
        texts.last_report(japanese_day(date_in_japan(before.at)), before.status.label)
        if before
        else texts.FIRST_REPORT
    )
    typed = values or {"status": before.status.value if before else ""}

    def field(name: str, label: str, **more: object) -> FormField:
        told = {"value": typed.get(name, ""), "error": (mistakes or {}).get(name, ""), **more}
        return FormField(id=name, label=label, **told)

    choices = tuple(Choice(value=one.value, label=one.label) for one in Status)
    kpi = initiative.kpi
    figures = (
        (
            field(
                "value",
                f"{texts.REPORT_VALUE}（{kpi.unit}）" if kpi.unit else texts.REPORT_VALUE,
                hint=_value_hint(initiative, fiscal_year(day)),
            ),
            field("as_of", texts.REPORT_AS_OF, kind="date"),
            field("split", texts.REPORT_SPLIT, kind="long_text", hint=texts.REPORT_SPLIT_HINT),
        )
        if kpi and (kpi.unit or kpi.targets)
        else ()
    )
    return Form(
        name="progress_report",
        title=texts.REPORT_TITLE,
        intro=texts.report_intro(initiative.title, last),
        fields=(
            field(
                "status",
                texts.REPORT_STATUS,
                kind="single",
                required=True,
                choices=choices,
                hint=texts.STATUS_HINT,
            ),
            *figures,
            field("done", texts.REPORT_DONE, kind="long_text", max_length=LONGEST),
            field("next", texts.REPORT_NEXT, kind="long_text", max_length=LONGEST),
            field(
                "blocked",
                texts.REPORT_BLOCKED,
                kind="long_text",
                max_length=LONGEST,
                hint=texts.REPORT_BLOCKED_HINT,
            ),
        ),
        submit=texts.REPORT_SUBMIT,
        value=initiative.id,
    )


def check_split(services: Services, report: ProgressReport) -> None:
    """Raise ReportMistakes when the split names a 課 that the directory lacks."""
    known = {one.name for one in services.stores.directory.list_departments()}
    if unknown := [name for name in report.split if name not in known]:
        raise ReportMistakes({"split": texts.unknown_departments("、".join(unknown))})


def _reportable(request: Request, services: Services) -> tuple[Initiative | None, Reply]:
    if refusal := permitted(request, Permission.INITIATIVE_REPORT):
        return None, refusal
    initiative = find_initiative(services, request.value)
    if initiative is None:
        return None, refused(texts.NOT_FOUND)
    departments = services.stores.directory.list_departments()
    if not may_report(request.person, initiative, departments, services.today()):
        return None, refused(texts.NOT_YOURS.format(owner=initiative.owner))
    if not initiative.is_open(services.today()):
        return None, refused(texts.NOT_OPEN)
    return initiative, Reply()


def _keep(
    services: Services, initiative: Initiative, report: ProgressReport, said: Callable[[str, str, str], str]
) -> Reply:
    event = AuditEvent(
        at=report.at,
        actor=report.by,
        action="initiative.report",
        target=initiative.id,
        detail={"number": report.number, "status": report.status.value},
    )

    def work(stores: Stores) -> None:
        stores.initiatives.add_report(report)
        stores.audit.append(event)

    try:
        services.stores.transaction(work)
    except Overtaken:
        return refused(texts.OVERTAKEN)
    return _kept(initiative, report, said)


def _kept(initiative: Initiative, report: ProgressReport, said: Callable[[str, str, str], str]) -> Reply:
    due = due_on(initiative, report)
    text = said(initiative.title, report.status.label, japanese_day(due) if due else "―")
    history = Action(name="progress_history", label=texts.HISTORY, value=initiative.id)
    return Reply(title=texts.REPORTED_TITLE, parts=(Paragraph(text=text),), actions=(history,))


def _last(services: Services, initiative_id: str) -> ProgressReport | None:
    return next(iter(services.stores.initiatives.list_reports(initiative_id, 1)), None)


def _actor(request: Request) -> str:
    return request.person.id if request.person else ""


def _value_hint(initiative: Initiative, year: int) -> str:
    kpi = initiative.kpi
    assert kpi is not None  # noqa: S101 (the caller's condition)
    target = kpi.target(year)
    if target is None:
        return texts.value_hint(kpi.name, kpi.note)
    return texts.value_hint(kpi.name, texts.target(f"{reiwa(year)}年", figure(target, kpi.unit)))


def _row(initiative: Initiative, reports: Sequence[ProgressReport], services: Services) -> tuple[str, ...]:
    last, kpi, today = next(iter(reports), None), initiative.kpi, services.today()
    unreported = standing(initiative, last, today) is Standing.UNREPORTED
    target = kpi.target(fiscal_year(today)) if kpi else None
    unit = kpi.unit if kpi else ""
    return (
        initiative.title,
        texts.UNREPORTED if unreported or last is None else last.status.label,
        "" if target is None else figure(target, unit),
        "" if last is None or last.value is None else figure(last.value, unit),
        japanese_day(last.as_of) if last and last.as_of else "",
        initiative.owner,
    )


def _difference(report: ProgressReport, before: ProgressReport | None) -> str:
    if before is None:
        return texts.FIRST
    if report.status is not before.status:
        return texts.status_changed(before.status.label, report.status.label)
    return texts.SAME if report.unchanged else report.done


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
