"""`dxbot audit verify`: the chain of the audit log, from its first entry."""

from __future__ import annotations

import click

from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from staff.chain import Anchor


@click.group(cls=JapaneseGroup, help=texts.AUDIT)
def audit() -> None:
    """Group the commands about the audit log."""


@audit.command("anchor", help=texts.AUDIT_ANCHOR)
def anchor_() -> None:
    """Print what the log is now."""
    with opened(load_settings()) as services:
        anchor = services.stores.audit.anchor()
        services.stores.audit.keep_anchor(services.today(), anchor)
    click.echo(str(anchor))


@audit.command(help=texts.AUDIT_VERIFY)
@click.option("--anchor", "told", metavar="ANCHOR", help=texts.AUDIT_VERIFY_ANCHOR)
def verify(told: str | None) -> None:
    """Check the chain and say how long it is."""
    with opened(load_settings()) as services:
        try:
            count = services.stores.audit.verify(Anchor.read(told) if told else None)
        except ValueError as error:
            raise CommandError([texts.AUDIT_BROKEN.format(reason=error)]) from error
    click.echo(texts.AUDIT_OK.format(count=count))
