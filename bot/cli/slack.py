"""`dxbot slack`: what is pasted when installing in Slack."""

from __future__ import annotations

import re

import click

from bot.cli.failing import CommandError
from bot.cli.shape import JapaneseCommand, JapaneseGroup
from bot.slack.manifest import write_manifest
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import slack as texts


@click.group(cls=JapaneseGroup, help=cli_texts.SLACK)
def slack() -> None:
    """Group the commands for Slack."""


@slack.command(cls=JapaneseCommand, help=texts.MANIFEST)
@click.option("--url", default="", help=texts.MANIFEST_URL)
def manifest(url: str) -> None:
    """Print the app manifest: for HTTP with an address, for Socket Mode without."""
    if url and not re.fullmatch(r"https://[^\s/?#]+", url.rstrip("/")):
        raise CommandError([texts.MANIFEST_BAD_URL])
    click.echo(write_manifest(url.rstrip("/")), nl=False)
