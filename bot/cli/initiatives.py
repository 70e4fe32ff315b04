"""`dxbot initiatives`: taking a plan's initiatives in, and how they stand."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.digest.composing import mark
from bot.handlers.digest.gathering import initiative_line
from bot.handlers.initiatives.deciding import take_in, without_owner
from bot.handlers.initiatives.standing import standing_initiatives
from bot.settings import load_settings
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import initiatives as texts
from knowledge.initiatives.reading import read_initiatives


@click.group(cls=JapaneseGroup, help=texts.CLI)
def initiatives() -> None:
    """Group the commands."""


@initiatives.command("import", help=texts.IMPORT)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=texts.IMPORT_DRY_RUN)
def import_file(path: Path, dry_run: bool) -> None:
    """Add and change initiatives from a file."""
    try:
        data = path.read_bytes()
    except OSError:
        raise CommandError([cli_texts.file_missing(str(path))]) from None
    found = read_initiatives(data, path.name)
    with opened(load_settings()) as services:
        reason = texts.IMPORT_REASON.format(name=path.name)
        taken = take_in(services, found, actor(), reason, dry_run=dry_run)
        gaps = without_owner(services, found)
    told = texts.IMPORT_WOULD if dry_run else texts.IMPORT_DONE
    click.echo(told.format(added=taken.added, changed=taken.changed, same=taken.same))
    for one in gaps:
        click.echo(texts.IMPORT_GAP.format(title=one.title, owner=one.owner, role=one.role.label), err=True)


@initiatives.command("list", help=texts.CLI_LIST)
def list_standing() -> None:
    """Show how each stands."""
    with opened(load_settings()) as services:
        today, reports = services.today(), services.stores.initiatives.list_all_reports()
        for one in standing_initiatives(services):
            line = initiative_line(one, reports.get(one.id, ()), today, nobody=False)
            status = mark(line) if one.is_open(today) else texts.STATES[one.state.value]
            if one.awaits_decision(today):
                status = texts.UNDECIDED
            elif one.is_coming(today):
                status = texts.BEFORE
            click.echo(texts.CLI_LINE.format(id=one.id, title=one.title, status=status, owner=one.owner))
