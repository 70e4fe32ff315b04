"""`dxbot digest`: what a reader gets, sending a week, the page for the council."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.digest.reading import issue_of
from bot.handlers.digest.reading import preview as preview_for
from bot.handlers.digest.sending import readers, send
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import digest as texts
from staff.calendar import iso_week
from staff.model import Person
from staff.weekly import monday_of


@click.group(cls=JapaneseGroup, help=texts.CLI)
def digest() -> None:
    """Group the commands."""


@digest.command("preview", help=texts.CLI_PREVIEW)
@click.option("--week", default="", help=texts.CLI_WEEK)
@click.option("--person", default="", help=texts.CLI_PERSON)
@click.option("--json", "as_json", is_flag=True, help=texts.CLI_JSON)
def preview(week: str, person: str, as_json: bool) -> None:
    """Show what a reader gets."""
    with opened(load_settings()) as services:
        reader = _reader(services, person)
        issue, own, reply = preview_for(services, _week(services, week), reader)
    if as_json:
        told = {
            "issue": issue.model_dump(mode="json"),
            "own": own.model_dump(mode="json"),
            "text": reply.text,
        }
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    buttons = "　".join(f"［{action.label}］" for action in reply.actions)
    click.echo(f"{reply.text}\n{buttons}")


@digest.command("send", help=texts.CLI_SEND)
@click.option("--week", default="", help=texts.CLI_WEEK)
@click.option("--person", default="", help=texts.CLI_PERSON)
@click.option("--json", "as_json", is_flag=True, help=texts.CLI_JSON)
def send_week(week: str, person: str, as_json: bool) -> None:
    """Put a week's digests into the outbox; safe to repeat."""
    with opened(load_settings()) as services:
        wanted, current = _week(services, week), iso_week(services.today())
        if wanted != current:
            raise CommandError([texts.CLI_NOT_THIS_WEEK.format(week=current)])
        ids = frozenset({_reader(services, person).id}) if person else None
        sent = send(services, wanted, person_ids=ids)
    counts = {
        "week": wanted,
        "put": sent.put,
        "held": sent.held,
        "paused": sent.paused,
        "broken": sent.broken,
    }
    click.echo(json.dumps(counts) if as_json else texts.CLI_SENT.format(**counts))


@digest.command("council", help=texts.CLI_COUNCIL)
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help=texts.CLI_OUT)
@click.option("--week", default="", help=texts.CLI_WEEK)
def council(out: Path, week: str) -> None:
    """Write the page for the council."""
    from bot.handlers.digest.council import council_page  # noqa: PLC0415  Word is loaded only where it is written

    with opened(load_settings()) as services:
        issue = issue_of(services, _week(services, week))
    try:
        out.write_bytes(council_page(issue))
    except OSError as error:
        raise CommandError([cli_texts.EXPORT_FAILED.format(path=out, reason=error.strerror)]) from None
    click.echo(texts.CLI_COUNCIL_DONE.format(path=out))


def _week(services: Services, week: str) -> str:
    wanted = week or iso_week(services.today())
    try:
        monday_of(wanted)
    except ValueError:
        raise CommandError([texts.CLI_WRONG_WEEK.format(week=wanted)]) from None
    return wanted


def _reader(services: Services, person_id: str) -> Person:
    found = readers(services.stores.directory.list_people())
    if not found:
        raise CommandError([texts.CLI_NO_READERS])
    reader = next((one for one in found if person_id in ("", one.id)), None)
    if reader is None:
        raise CommandError([texts.CLI_NO_READER.format(person=person_id)])
    return reader
