"""`dxbot privacy`: what is kept on people."""

from __future__ import annotations

import click

from bot.cli.shape import JapaneseGroup
from bot.texts.ja import privacy as texts
from staff.privacy.printing import register_page


@click.group(cls=JapaneseGroup, help=texts.CLI)
def privacy() -> None:
    """Group the commands about personal data."""


@privacy.command(help=texts.REGISTER)
def register() -> None:
    """Print the register as docs/personal-data.md has it."""
    click.echo(register_page(), nl=False)
