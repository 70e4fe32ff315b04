"""`dxbot migrate`: bring the database to the newest schema."""

from __future__ import annotations

import click

from bot.cli.shape import JapaneseCommand
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from storage.database import open_database
from storage.migrations import migrate as bring_up_to_date


@click.command(cls=JapaneseCommand, help=texts.MIGRATE)
def migrate() -> None:
    """Apply what is missing and say what it was."""
    with open_database(load_settings().database_url) as database:
        names = bring_up_to_date(database)
    click.echo(texts.MIGRATED.format(names="、".join(names)) if names else texts.MIGRATED_NOTHING)
