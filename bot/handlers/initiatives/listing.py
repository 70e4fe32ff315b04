"""All initiatives under way in one table, with buttons to report on one's own."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.initiatives.standing import standing_initiatives
from bot.handlers.refusing import permitted
from bot.messages import Action, Paragraph, Reply, Request, Table
from bot.services import Services
from bot.texts.ja import initiatives as texts
from bot.texts.ja.ask import day as japanese_day
from knowledge.initiatives.initiative import Initiative
from knowledge.initiatives.owners import may_report
from knowledge.initiatives.progress import ProgressReport, Standing, figure, standing
from staff.calendar import fiscal_year
from staff.permissions import Permission

MOST_BUTTONS = 4


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
