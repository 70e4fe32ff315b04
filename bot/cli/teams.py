"""`dxbot teams`: what is uploaded when installing in Teams."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import click

from bot.cli.failing import CommandError
from bot.cli.shape import JapaneseCommand, JapaneseGroup
from bot.settings import load_settings
from bot.teams.package import build_manifest, build_package
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import teams as texts

EXAMPLE_SITE = "https://www.example.com/"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@click.group(cls=JapaneseGroup, help=cli_texts.TEAMS)
def teams() -> None:
    """Group the commands for Teams."""


@teams.command(cls=JapaneseCommand, help=texts.PACKAGE)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--site", default=EXAMPLE_SITE, help=texts.PACKAGE_SITE)
def package(file: Path, site: str) -> None:
    """Write the app package."""
    app_id = load_settings().teams_app_id
    if not app_id:
        raise CommandError([texts.PACKAGE_NO_ID])
    if not _ID.fullmatch(app_id):
        raise CommandError([texts.PACKAGE_BAD_ID])
    if not re.fullmatch(r"https://[^\s/]+(/\S*)?", site):
        raise CommandError([texts.PACKAGE_BAD_SITE])
    manifest = build_manifest(app_id, version("dxbot"), site)
    try:
        file.write_bytes(build_package(manifest))
    except OSError:
        raise CommandError([texts.PACKAGE_NOT_WRITTEN.format(path=file)]) from None
    click.echo(texts.PACKAGE_WRITTEN.format(path=file, app_id=app_id, version=manifest["version"]))
    if site == EXAMPLE_SITE:
        click.echo(texts.PACKAGE_SITE_NOTE, err=True)
