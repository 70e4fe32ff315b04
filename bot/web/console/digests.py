"""The archive of digests: every issue as it was sent, with the reader's own part; a preview for any leader."""

from __future__ import annotations

from bot.handlers.digest.composing import compose, compose_whole, title
from bot.handlers.digest.reading import issue_of, part_of, preview
from bot.handlers.digest.sending import day_of, readers
from bot.messages import Action
from bot.sheets.naming import file_name
from bot.texts.ja import council as council_texts
from bot.texts.ja import digest as texts
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import File, Page
from staff.calendar import fiscal_year, iso_week, reiwa
from staff.permissions import Permission, allowed, require
from staff.weekly import monday_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SETTINGS = Action(name="digest_settings", label=texts.SETTINGS_LABEL)


def show_weeks(desk: Desk) -> Page:
    """GET /digests: the issues there are, and for デジタル推進室 who may be previewed."""
    services = desk.services
    week = iso_week(services.today())
    issues = [services.stores.digests.issue(one) for one in services.stores.digests.list_weeks()]
    may_preview = allowed(desk.person, Permission.DIGEST_PREVIEW)
    names = {one.id: one.name for one in services.stores.directory.list_departments()} if may_preview else {}
    people = readers(services.stores.directory.list_people()) if may_preview else []
    return desk.page(
        "console/digests.html",
        d=texts,
        issues=[(one.week, title(one)) for one in issues if one],
        week=week,
        day=texts.short_day(day_of(services, week)),
        may_preview=may_preview,
        settings=(SETTINGS,) if desk.person in readers([desk.person]) else (),
        people=[(one.id, one.name, names.get(one.department_id, "")) for one in people],
    )


def show_issue(desk: Desk) -> Page:
    """GET /digests/{week}: a whole issue."""
    issue = desk.services.stores.digests.issue(desk.field("week"))
    if issue is None:
        raise NotThere(texts.NO_ISSUE)
    whole = compose_whole(issue, part_of(desk.services, issue, desk.person))
    return desk.page("console/digest.html", d=texts, reply=whole, token="issue", target="/form")  # noqa: S106


def show_preview(desk: Desk) -> Page:
    """GET /digests/preview: what a leader gets, one screen and the rest."""
    require(desk.person, Permission.DIGEST_PREVIEW)
    services = desk.services
    reader = services.stores.directory.person(desk.field("person"))
    week = _week(desk)
    if reader is None or reader not in readers([reader]):
        raise NotThere(texts.CLI_NO_READER.format(person=desk.field("person")[:20]))
    issue, own, _ = preview(services, week, reader)
    # Its buttons would act for whoever looks: a preview has none.
    first = compose(issue, own)
    shown = first.model_copy(update={"title": texts.preview_title(first.title), "actions": ()})
    labels = [action.label for action in first.actions]
    whole = compose_whole(issue, own).model_copy(update={"title": texts.MORE, "actions": ()})
    return desk.page("console/preview.html", d=texts, reader=reader, first=shown, labels=labels, whole=whole)


def keep_council_page(desk: Desk) -> Page:
    """GET /digests/council: the page for the council as a Word document."""
    require(desk.person, Permission.DIGEST_PREVIEW)
    from bot.handlers.digest.council import council_page  # noqa: PLC0415  Word is loaded only where it is written

    issue = issue_of(desk.services, _week(desk))
    name = file_name(
        f"{reiwa(fiscal_year(issue.day))}年度", council_texts.FILE, f"{issue.day:%Y%m%d}", suffix="docx"
    )
    return Page(file=File(council_page(issue), name, WORD))


def _week(desk: Desk) -> str:
    """The week asked for, or this one. Raises NotThere for a week there is not."""
    week = desk.field("week") or iso_week(desk.services.today())
    try:
        monday_of(week)
    except ValueError:
        raise NotThere(texts.NO_ISSUE) from None
    return week


SHOWN: Pages = {
    "/digests": show_weeks,
    "/digests/preview": show_preview,
    "/digests/council": keep_council_page,
    "/digests/{week}": show_issue,
}
DONE: Pages = {}
