"""Taking in a directory file: choose it, see what it changes, and only then apply it."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from bot.handlers.directory_admin import Reading, import_directory, read_files
from bot.texts.ja import console as texts
from bot.web.console.desk import Desk
from bot.web.pages import Page
from staff.diff import DirectoryChanged, NoOperatorLeft, TooManyLeavers
from staff.permissions import Permission, require
from staff.tables import DirectoryFileError

DRAFT_LASTS = timedelta(hours=1)


def form(desk: Desk) -> Page:
    """GET /console/people/import: choose the files."""
    require(desk.person, Permission.DIRECTORY_IMPORT)
    return _form(desk)


def preview(desk: Desk) -> Page:
    """POST /console/people/import: everything the files would change; nothing is changed."""
    require(desk.person, Permission.DIRECTORY_IMPORT)
    if not desk.files:
        return _form(desk, 422, [texts.IMPORT_NO_FILE])
    try:
        reading = read_files(desk.services, desk.files)
    except DirectoryFileError as wrong:
        return _form(desk, 422, list(wrong.problems)[:50])
    draft = uuid4().hex
    desk.services.stores.directory_drafts.put(draft, desk.person.id, desk.services.clock(), desk.files)
    return _preview(desk, reading, draft)


def apply(desk: Desk) -> Page:
    """POST /console/people/apply: make the directory what was shown, unless something else would happen by now."""
    require(desk.person, Permission.DIRECTORY_IMPORT)
    stores, draft = desk.services.stores, desk.field("draft")
    files = stores.directory_drafts.find(draft, desk.person.id, desk.services.clock() - DRAFT_LASTS)
    if not files:
        return _form(desk, 409, [texts.IMPORT_GONE])
    try:
        reading = read_files(desk.services, files)
        if _stamp(reading) != desk.field("stamp"):
            return _preview(desk, reading, draft, 409, texts.IMPORT_CHANGED)
        confirmed = desk.field("leavers") == "yes"
        import_directory(
            desk.services, reading.diff, desk.person.id, reading.planned, leavers_confirmed=confirmed
        )
    except TooManyLeavers as many:
        return _preview(desk, reading, draft, 422, str(many), asks_leavers=True)
    except (NoOperatorLeft, DirectoryChanged, DirectoryFileError) as refused:
        return _form(desk, 409, str(refused).splitlines())
    stores.directory_drafts.remove(desk.person.id)
    return Page(location="/console/people?done=imported")


def _form(desk: Desk, status: int = 200, problems: list[str] | None = None) -> Page:
    return desk.page("console/import.html", status, problems=problems or [])


def _preview(
    desk: Desk,
    reading: Reading,
    draft: str,
    status: int = 200,
    notice: str = "",
    *,
    asks_leavers: bool = False,
) -> Page:
    waiting = desk.services.stores.planned_changes.list_planned()
    return desk.page(
        "console/roster.html",
        status,
        lines=reading.lines(),
        nothing=reading.diff.empty and list(reading.planned) == waiting,
        draft=draft,
        stamp=_stamp(reading),
        notice=notice,
        asks_leavers=asks_leavers,
    )


def _stamp(reading: Reading) -> str:
    """Sets one set of changes apart from any other."""
    told = repr((reading.diff.before, reading.diff.after, reading.planned))
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
