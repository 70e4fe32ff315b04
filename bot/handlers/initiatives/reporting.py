"""The owner's report in chat and on the page; 「変化なし」 is one press."""

from __future__ import annotations

from collections.abc import Callable

from bot.handlers.forms import is_filled, text_of
from bot.handlers.initiatives.report_form import report_form
from bot.handlers.initiatives.standing import find_initiative
from bot.handlers.refusing import permitted, refused
from bot.messages import Action, Paragraph, Reply, Request
from bot.services import Services, Stores
from bot.texts.ja import initiatives as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.owners import may_report
from knowledge.initiatives.progress import (
    ProgressReport,
    ReportMistakes,
    due_on,
    read_report,
    unchanged_report,
)
from knowledge.initiatives.store import Overtaken
from staff.calendar import date_in_japan
from staff.permissions import Permission
from staff.store import AuditEvent

FIELDS = ("status", "value", "as_of", "split", "done", "next", "blocked")


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
