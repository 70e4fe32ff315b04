"""`dxbot year-roll` and `dxbot handover`: before each 4/1, and for whoever takes over."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import click

from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.cli.shape import JapaneseCommand
from bot.handlers.yearly import check_year, handover, next_new_year
from bot.settings import load_settings
from bot.texts.ja import cli as cli_texts
from bot.texts.ja import yearly as texts


@click.command(cls=JapaneseCommand, help=cli_texts.YEAR_ROLL)
def year_roll() -> None:
    """List what is not settled for the next 4/1; exit 1 when there is anything."""
    with opened(load_settings()) as services:
        services.knowledge.refresh()
        day = next_new_year(services.today())
        findings = check_year(services, day)
    if not findings:
        click.echo(texts.NOTHING)
        return
    click.echo(texts.TITLE.format(day=day.isoformat(), count=len(findings)))
    for heading, found in groupby(findings, key=lambda one: one.heading):
        click.echo(f"■ {heading}")
        for one in found:
            click.echo(f"  {one.line}")
    raise CommandError([])


@click.command("handover", cls=JapaneseCommand, help=cli_texts.HANDOVER)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help=cli_texts.HANDOVER_OUT)
def write_handover(out: Path | None) -> None:
    """Write the 引継書: Markdown, or Word for a .docx file."""
    with opened(load_settings()) as services:
        services.knowledge.refresh()
        sections = handover(services)
        made = texts.HANDOVER_MADE.format(day=services.today().isoformat())
    if out is None:
        click.echo(_markdown(sections, made), nl=False)
        return
    try:
        if out.suffix.lower() == ".docx":
            _write_docx(out, sections, made)
        else:
            out.write_text(_markdown(sections, made), encoding="utf-8")
    except OSError as error:
        raise CommandError([cli_texts.file_missing(str(out))]) from error
    click.echo(texts.HANDOVER_DONE.format(path=out))


def _markdown(sections: list[tuple[str, list[str]]], made: str) -> str:
    lines = [f"# {texts.HANDOVER_TITLE}", "", made]
    for heading, told in sections:
        lines += ["", f"## {heading}", "", *(f"- {line}" for line in told or [texts.NONE])]
    return "\n".join(lines) + "\n"


def _write_docx(out: Path, sections: list[tuple[str, list[str]]], made: str) -> None:
    import docx  # noqa: PLC0415  loaded only where a Word file is asked for

    document = docx.Document()
    document.add_heading(texts.HANDOVER_TITLE, 0)
    document.add_paragraph(made)
    for heading, told in sections:
        document.add_heading(heading, 1)
        for line in told or [texts.NONE]:
            document.add_paragraph(line, style="List Bullet")
    document.save(str(out))
