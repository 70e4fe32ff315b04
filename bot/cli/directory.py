"""`dxbot directory import`: staff and departments, the differences shown before they are applied."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.directory_admin import Reading, changed_count, import_directory, read_files
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts

FILE = click.Path(path_type=Path)


@click.group(cls=JapaneseGroup, help=texts.DIRECTORY)
def directory() -> None:
    """Group the commands about staff."""


@directory.command("import", help=texts.DIRECTORY_IMPORT)
@click.argument("file", type=FILE)
@click.option("--departments", type=FILE, metavar="FILE", help=texts.DIRECTORY_DEPARTMENTS)
@click.option("--dry-run", is_flag=True, help=texts.DIRECTORY_DRY_RUN)
@click.option("--yes", is_flag=True, help=texts.DIRECTORY_YES)
@click.option("--allow-leavers", is_flag=True, help=texts.DIRECTORY_ALLOW_LEAVERS)
def import_(file: Path, departments: Path | None, dry_run: bool, yes: bool, allow_leavers: bool) -> None:
    """Read, show what would change, ask, apply."""
    files = [(path.name, read_bytes(path)) for path in (departments, file) if path]
    with opened(load_settings()) as services:
        reading = read_files(services, files)
        diff, is_same = reading.diff, _is_same(services, reading)
        for line in reading.lines():
            click.echo(line)
        if dry_run:
            click.echo(texts.DIRECTORY_NOTHING_DONE)
        elif not is_same and _agreed(yes):
            import_directory(services, diff, actor(), reading.planned, leavers_confirmed=allow_leavers)
            counts = {"joined": len(diff.joiners), "changed": changed_count(diff), "left": len(diff.leavers)}
            click.echo(texts.DIRECTORY_DONE.format_map(counts))


def read_bytes(path: Path) -> bytes:
    """A file's content. Raises CommandError naming the file when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError([texts.file_missing(str(path))]) from error


def _is_same(services: Services, reading: Reading) -> bool:
    """Whether neither the directory nor what waits for its day would change."""
    return reading.diff.empty and list(reading.planned) == services.stores.planned_changes.list_planned()


def _agreed(yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        raise CommandError([texts.DIRECTORY_NEEDS_YES])
    if click.prompt(texts.DIRECTORY_CONFIRM, default="n", show_default=False).strip().lower() in ("y", "yes"):
        return True
    raise CommandError([texts.DIRECTORY_STOPPED])
