"""`dxbot export`: HR's files, made as on the console."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli.actor import actor
from bot.cli.failing import USAGE, CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.export.making import Exporter, Output, make_export, read_output
from bot.handlers.turning_away import record_refusal
from bot.settings import load_settings
from bot.sheets.csv_file import MOST_NAMED, UTF8
from bot.sheets.saving import whole_file
from bot.texts.ja import export as texts
from staff.permissions import NotAllowed
from surveys.export.wanted import ExportError, Level, Wanted, What, read_wanted


@click.group(cls=JapaneseGroup, help=texts.CLI)
def export() -> None:
    """Group the exports."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    options: list[Callable[[Any], Any]] = [
        click.option(
            "--format", "suffix", default="xlsx", metavar="xlsx|csv", show_default=True, help=texts.CLI_FORMAT
        ),
        click.option(
            "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help=texts.CLI_OUT
        ),
        click.option("--purpose", required=True, help=texts.CLI_PURPOSE),
        click.option("--level", default=Level.AGGREGATE.value, show_default=True, help=texts.CLI_LEVEL),
        click.option("--round", "round_id", default="", help=texts.CLI_ROUND),
        click.option("--encoding", default=UTF8, show_default=True, help=texts.CLI_ENCODING),
        click.option("--replace-unfit", is_flag=True, help=texts.CLI_REPLACE),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@export.command(help=texts.CLI_SKILLS)
@_options
def skills(**given: Any) -> None:
    """Write what was published of the self-assessments."""
    _export(What.SKILLS, **given)


@export.command(help=texts.CLI_TELEWORK)
@_options
def telework(**given: Any) -> None:
    """Write what was published of a telework survey."""
    _export(What.TELEWORK, **given)


def _export(
    what: What,
    *,
    suffix: str,
    out: Path,
    purpose: str,
    level: str,
    round_id: str,
    encoding: str,
    replace_unfit: bool,
) -> None:
    try:
        wanted = read_wanted(what, level, purpose, round_id)
        output = read_output(suffix, encoding, replace_unfit=replace_unfit)
    except ExportError as error:
        raise CommandError([str(error)], USAGE) from None
    _write(wanted, output, out)


def _write(wanted: Wanted, output: Output, out: Path) -> None:
    with opened(load_settings()) as services:
        exporter = Exporter.on_server(actor())
        try:
            with (
                whole_file(out) as file,
                click.progressbar(length=1, label=texts.CLI_PROGRESS, file=sys.stderr) as bar,
            ):

                def tell(done: int, rows: int) -> None:
                    bar.length = rows
                    bar.update(done - bar.pos)

                outcome = make_export(services, exporter, wanted, output, file, tell)
        except NotAllowed as refusal:
            record_refusal(services, None, "cli", f"export.{wanted.what}/{wanted.level}")
            raise CommandError([str(refusal)]) from None
        except OSError as error:
            raise CommandError([texts.CLI_FAILED.format(path=out, reason=error.strerror)]) from None
    for one in outcome.unfit[:MOST_NAMED]:
        click.echo(one.told, err=True)
    if len(outcome.unfit) > MOST_NAMED:
        click.echo(texts.MORE_REPLACED.format(count=len(outcome.unfit) - MOST_NAMED), err=True)
    click.echo(texts.CLI_DONE.format(path=out, rows=outcome.rows))
