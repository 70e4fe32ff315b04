"""Files for HR: what to have, what for; how far it is; the file, for ten minutes; and which were made before."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextvars import copy_context

from bot.exporting import Making, Refused, TooBusy
from bot.handlers.export.chat import PATH
from bot.handlers.export.earlier import list_earlier
from bot.handlers.export.making import (
    TYPES,
    Exporter,
    Output,
    choose_rounds,
    list_published,
    make_export,
    read_output,
)
from bot.sealed_files import MadeFile
from bot.sheets.csv_file import MOST_NAMED, UTF8, Unfit
from bot.sheets.model import SheetError
from bot.texts.ja import export as texts
from bot.web.console.desk import Desk, NotThere, Pages
from bot.web.pages import File, Page
from staff.permissions import may, require_role
from surveys.export.wanted import NEEDED, ExportError, Wanted, What, read_wanted

WAIT_SECONDS = 1.5
MOST_ROUNDS = 20


def show(desk: Desk) -> Page:
    """GET /console/exports."""
    return _page(desk)


def make(desk: Desk) -> Page:
    """POST /console/exports: begin a file, and go to where it will be. One that is quick is ready by then."""
    try:
        wanted, output = _asked(desk)
        require_role(desk.person.roles, wanted.needs)
        choose_rounds(desk.services, wanted)
        making = _start(desk, wanted, output)
    except ExportError as error:
        return _page(desk, 400, mistakes=str(error).splitlines())
    except TooBusy:
        return _page(desk, 503, mistakes=[texts.BUSY])
    making.finished.wait(WAIT_SECONDS)
    return Page(location=f"{PATH}/{making.id}")


def show_making(desk: Desk) -> Page:
    """GET /console/exports/{making}: how far it is, or the link to the file."""
    making = _found(desk)
    if making.problem:
        return _page(desk, 422, mistakes=making.problem.splitlines())
    return desk.page(
        "console/exporting.html",
        e=texts,
        making=making,
        told=_told(making),
        size=texts.file_size(len(making.file.content)) if making.file else "",
        here_path=f"{PATH}/{making.id}",
    )


def download(desk: Desk) -> Page:
    """GET /console/exports/{making}/file: the file, for whoever had it made."""
    making = _found(desk)
    if making.file is None:
        raise NotThere(texts.GONE)
    return Page(file=File(making.file.content, making.file.name, making.file.type))


def _asked(desk: Desk) -> tuple[Wanted, Output]:
    what, _, level = desk.field("what").partition("/")
    wanted = read_wanted(what, level, desk.field("purpose"), desk.field("round"))
    encoding = desk.field("encoding") or UTF8
    return wanted, read_output(desk.field("format"), encoding, replace_unfit=bool(desk.field("replace")))


def _start(desk: Desk, wanted: Wanted, output: Output) -> Making:
    services, exporter = desk.services, Exporter.of(desk.person)
    context = copy_context()

    def work(making: Making) -> MadeFile:
        target = io.BytesIO()
        try:
            outcome = context.run(make_export, services, exporter, wanted, output, target, making.tell)
        except (ExportError, SheetError) as error:
            raise Refused(str(error)) from error
        notes = tuple(_notes(outcome.unfit))
        return MadeFile(target.getvalue(), outcome.name, TYPES[output.suffix], wanted.needs, notes)

    files = services.stores.sealed_files
    return services.exports.start(files, desk.person.id, services.clock, work, texts.FAILED)


def _notes(unfit: Sequence[Unfit]) -> list[str]:
    if not unfit:
        return []
    lines = [texts.REPLACED.format(count=len(unfit)), *(one.told for one in unfit[:MOST_NAMED])]
    more = len(unfit) - MOST_NAMED
    return [*lines, texts.MORE_REPLACED.format(count=more)] if more > 0 else lines


def _told(making: Making) -> str:
    if not making.total:
        return texts.READING_TEXT
    return texts.MAKING_TEXT.format(total=f"{making.total:,}", done=f"{making.done:,}")


def _found(desk: Desk) -> Making:
    services = desk.services
    making = services.exports.find(
        services.stores.sealed_files, desk.person.id, desk.field("making"), services.clock, texts.STOPPED
    )
    if making is None:
        raise NotThere(texts.GONE)
    if making.file:  # a role may have been taken away since
        require_role(desk.person.roles, making.file.needs)
    return making


def _page(desk: Desk, status: int = 200, *, mistakes: Sequence[str] = ()) -> Page:
    may_have = {
        f"{what}/{level}" for (what, level), needed in NEEDED.items() if may(desk.person.roles, needed)
    }
    return desk.page(
        "console/exports.html",
        status,
        e=texts,
        choices=[(name, label) for name, label in texts.CHOICES.items() if name in may_have],
        rounds=[(what, _rounds(desk, what)) for what in What],
        typed={
            name: desk.field(name) for name in ("what", "round", "format", "encoding", "purpose", "replace")
        },
        mistakes=mistakes,
        earlier=list_earlier(desk.services),
    )


def _rounds(desk: Desk, what: What) -> list[tuple[str, str]]:
    """The published rounds to choose from, the newest first."""
    found = reversed(list_published(desk.services, what)[-MOST_ROUNDS:])
    return [(one.id, f"{one.definition.title} {one.wave}".strip()) for one, _ in found]


SHOWN: Pages = {PATH: show, f"{PATH}/{{making}}": show_making, f"{PATH}/{{making}}/file": download}
DONE: Pages = {PATH: make}
