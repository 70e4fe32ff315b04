"""`dxbot audit verify`: the chain of the audit log, from its first entry."""

from __future__ import annotations

import click

from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.settings import load_settings
from bot.texts.ja import cli as texts


@click.group(cls=JapaneseGroup, help=texts.AUDIT)
def audit() -> None:
    """Group the commands about the audit log."""


@audit.command(help=texts.AUDIT_VERIFY)
def verify() -> None:
    """Check the chain and say how long it is."""
    with opened(load_settings()) as services:
        try:
            count = services.stores.audit.verify()
        except ValueError as error:
            raise CommandError([texts.AUDIT_BROKEN.format(reason=error)]) from error
    click.echo(texts.AUDIT_OK.format(count=count))
