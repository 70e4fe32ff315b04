"""`dxbot backup` and `dxbot restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseCommand
from bot.handlers.backups import MADE
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import privacy as texts
from staff.acting import acting_from
from staff.privacy.erased_list import ErasedListError
from staff.privacy.erasing import erase_again
from staff.store import AuditEvent
from storage.backup import back_up, read_manifest
from storage.backup import restore as put_back
from storage.database import Database
from storage.stores import SqlStores


@click.command(cls=JapaneseCommand, help=texts.BACKUP)
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy the database while it is in use, check the copy, and say its sum."""
    settings = load_settings()
    with opened(settings) as services:
        services.stores.audit.append(_event(services.clock(), MADE))
        made = back_up(settings.database_url, target, services.clock())
    click.echo(texts.BACKED_UP.format(path=made.path, size=made.size, sum=made.sha256))


@click.command(cls=JapaneseCommand, help=texts.RESTORE)
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help=texts.RESTORE_YES)
def restore(source: Path, yes: bool) -> None:
    """Put a backup in the place of the database; whoever was erased since is erased again before it takes force."""
    settings, now = load_settings(), datetime.now(UTC)
    made = read_manifest(source)
    click.echo(texts.RESTORING.format(path=source, at=made.made_at.isoformat(timespec="seconds")))
    if not yes and not click.confirm(texts.RESTORE_ASK):
        raise CommandError([texts.NOT_RESTORED])
    again: dict[str, int] = {}

    def then(database: Database, since: datetime) -> None:
        stores = SqlStores(database)
        stores.audit.append(_event(now, "backup.restore"))
        again.update(erase_again(stores, Services.erased_list_of(settings), since, now))

    try:
        with acting_from("cli"):
            former = put_back(settings.database_url, source, now, then)
    except ErasedListError as broken:
        raise CommandError([texts.LIST_BROKEN.format(reason=broken)]) from broken
    click.echo(texts.RESTORED.format(people=again["people"]))
    if former:
        click.echo(texts.FORMER_KEPT.format(path=former))


def _event(at: datetime, action: str) -> AuditEvent:
    return AuditEvent(at=at, actor=actor(), action=action, target="database")
