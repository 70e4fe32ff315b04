"""Initiatives on the web: how all stand, one with its course, its report form, and what becomes of it."""

from __future__ import annotations

from datetime import date

from bot.handlers.digest.composing import mark
from bot.handlers.digest.gathering import initiative_line
from bot.handlers.initiatives.deciding import decide
from bot.handlers.initiatives.entering import form_for
from bot.handlers.initiatives.history import MOST_HISTORY, history
from bot.handlers.initiatives.listing import report_actions
from bot.handlers.initiatives.report_form import report_form
from bot.handlers.initiatives.standing import beneath, find_initiative, standing_initiatives
from bot.messages import Request
from bot.texts.ja import initiatives as texts
from bot.texts.ja.digest import day_alone
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import Page, link
from bot.web.paging import Portion, portion_of_numbers
from knowledge.initiatives.changes import VersionChange, period, step_date, version_change, with_before
from knowledge.initiatives.initiative import Initiative, State, Target
from knowledge.initiatives.owners import may_report
from knowledge.initiatives.progress import figure
from knowledge.initiatives.store import Overtaken
from knowledge.initiatives.succession import succession
from staff.calendar import reiwa
from staff.permissions import Permission, allowed, require

LONGEST_REASON = 300
VERSIONS_EACH_PAGE = 20


def show_all(desk: Desk) -> Page:
    """GET /initiatives: those under way, those nobody decided on, those that ended."""
    services, today = desk.services, desk.services.today()
    everything, reports = standing_initiatives(services), services.stores.initiatives.list_all_reports()
    running = [
        (one, line := initiative_line(one, reports.get(one.id, ()), today, nobody=False), mark(line))
        for one in everything
        if one.is_open(today)
    ]
    return desk.page(
        "console/initiatives.html",
        i=texts,
        running=running,
        coming=[one for one in everything if one.is_coming(today)],
        undecided=[one for one in everything if one.awaits_decision(today)],
        between=succession(everything, today),
        past=[one for one in everything if one.state is not State.RUNNING],
        figure=figure,
        period=period,
        day=day_alone,
        may_decide=allowed(desk.person, Permission.INITIATIVE_MANAGE),
    )


def show_one(desk: Desk) -> Page:
    """GET /initiatives/one: KPI, 工程表, its reports and changes, and the report form for those who may."""
    return _page(desk, _find(desk))


def enter(desk: Desk) -> Page:
    """GET /initiatives/enter: the form that adds an initiative, or with `id` changes one."""
    require(desk.person, Permission.INITIATIVE_MANAGE)
    before = _find(desk) if desk.field("id") else None
    return desk.page("console/entering.html", i=texts, before=before, form=form_for(desk.services, before))


def decide_one(desk: Desk) -> Page:
    """POST /initiatives/decide: ended, handed on or taken up again, with a reason."""
    initiative, reason = _find(desk), desk.field("reason").strip()
    try:
        state = State(desk.field("state"))
    except ValueError:
        raise NotThere(texts.NOT_FOUND) from None
    if not reason:
        return _page(desk, initiative, 422, texts.PAGE_REASON_MISSING)
    if len(reason) > LONGEST_REASON:
        return _page(desk, initiative, 422, texts.PAGE_REASON_LONG.format(most=LONGEST_REASON))
    try:
        decide(desk.services, desk.person, initiative.id, state, reason)
    except Overtaken:
        return _page(desk, _find(desk), 409, texts.PAGE_OVERTAKEN)
    return Page(location=link("/initiatives/one", id=initiative.id, done="decided"))


def _page(desk: Desk, one: Initiative, status: int = 200, notice: str = "") -> Page:
    services, today = desk.services, desk.services.today()
    reports = services.stores.initiatives.list_reports(one.id)
    departments = services.stores.directory.list_departments()
    asked = Request(
        channel="web", user=desk.person.id, name="progress_history", value=one.id, person=desk.person
    )
    reports_now = one.is_open(today) and may_report(desk.person, one, departments, today)
    everything = standing_initiatives(services)
    course = portion_of_numbers(reports[0].number if reports else 0, desk.visit.count("course"), MOST_HISTORY)
    return desk.page(
        "console/initiative.html",
        status,
        i=texts,
        one=one,
        state=_state(one, today),
        targets=_targets(one),
        course=course,
        history=history(asked, services, course.at),
        period=period(one),
        step_date=step_date,
        versions=_versions(desk, one),
        form=report_form(one, today, reports[0] if reports else None) if reports_now else None,
        same=report_actions(one.id, one.title, reports)[1:] if reports_now else (),
        may_decide=allowed(desk.person, Permission.INITIATIVE_MANAGE),
        follows=next((each for each in everything if each.id == one.follows), None),
        successors=[each for each in everything if each.follows == one.id],
        notice=notice or (texts.PAGE_DECIDED if desk.field("done") else ""),
        reason=desk.field("reason"),
    )


def _versions(desk: Desk, one: Initiative) -> Portion[VersionChange]:
    """What people changed, a page at a time; what the first version on the page changed is told by the one before it."""
    store = desk.services.stores.initiatives
    latest = store.find_latest(one.id)
    page = portion_of_numbers(latest.number if latest else 0, desk.visit.number, VERSIONS_EACH_PAGE)
    found = store.list_versions(one.id, max(page.rows, default=0), len(page.rows) + 1)
    pairs = with_before(found, beneath(desk.services, one.id))[: len(page.rows)]
    return page.holding([version_change(*pair) for pair in pairs])


def _state(one: Initiative, today: date) -> str:
    if one.awaits_decision(today):
        return texts.UNDECIDED
    return texts.BEFORE if one.is_coming(today) else texts.STATES[one.state.value]


def _targets(one: Initiative) -> list[tuple[str, str]]:
    if one.kpi is None:
        return []
    return [(f"{reiwa(target.fiscal_year)}年度", _target(target, one.kpi.unit)) for target in one.kpi.targets]


def _target(target: Target, unit: str) -> str:
    """A year's target, with how much of it each 課 has where it is split."""
    value = texts.PAGE_NO_NUMBER if target.value is None else figure(target.value, unit)
    split = "、".join(f"{name} {figure(part, unit)}" for name, part in target.split.items())
    return texts.split_target(value, split) if split else value


def _find(desk: Desk) -> Initiative:
    found = find_initiative(desk.services, desk.field("id"))
    if found is None:
        raise NotThere(texts.NOT_FOUND)
    return found


SHOWN: Pages = {"/initiatives": show_all, "/initiatives/one": show_one, "/initiatives/enter": enter}
DONE: Pages = {"/initiatives/decide": decide_one}
