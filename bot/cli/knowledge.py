"""`dxbot knowledge`: import, check and export articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from bot.cli.actor import actor
from bot.cli.encoding import encode, encoded
from bot.cli.failing import CommandError
from bot.cli.knowledge_editing import COMMANDS, host
from bot.cli.knowledge_learning import COMMANDS as LEARNING_COMMANDS
from bot.cli.knowledge_sources import COMMANDS as SOURCE_COMMANDS
from bot.cli.knowledge_sources import checked_source, require_source, warnings
from bot.cli.manuals import import_manual, is_manual
from bot.cli.opening import opened
from bot.cli.shape import JapaneseGroup
from bot.handlers.knowledge_admin import ArticleChange, import_articles, preview_articles
from bot.handlers.offices import warn_of_offices
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from bot.texts.ja import editing as editing_texts
from knowledge.article import Article, Layer
from knowledge.editing.desk import list_source_changes
from knowledge.editing.standing import lay_edits
from knowledge.entry import Entry
from knowledge.importing import FORMATS, export_articles, read_articles
from knowledge.packs import load_pack
from knowledge.plan import read_plan

_MOST_TITLES = 100


class Reading(NamedTuple):
    """What a file holds: the source's name, its articles, and lines to tell whoever imports it."""

    source: str
    articles: Sequence[Article]
    lines: Sequence[str]


@click.group(cls=JapaneseGroup, help=texts.KNOWLEDGE)
def knowledge() -> None:
    """Group the commands about knowledge."""


@knowledge.command("import", help=texts.IMPORT)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(("plan", *FORMATS)), help=texts.IMPORT_FORMAT)
@click.option("--title", default="", help=texts.IMPORT_TITLE)
@click.option("--edition", default="", help=texts.IMPORT_EDITION)
@click.option("--owner", default="", metavar="課", help=editing_texts.IMPORT_OWNER)
@click.option("--source", default="", metavar="NAME", help=texts.IMPORT_SOURCE)
@click.option("--dry-run", is_flag=True, help=texts.IMPORT_DRY_RUN)
def import_(
    path: Path, format_: str | None, title: str, edition: str, owner: str, source: str, dry_run: bool
) -> None:
    """Read the whole file, then replace what it brought before; nothing when a row is wrong."""
    with opened(load_settings()) as services:
        if format_ is None and is_manual(path):
            import_manual(services, path, owner, dry_run=dry_run)
            return
        reading = read_file(path, format_, title=title, edition=edition)
        reading = reading._replace(source=checked_source(source) or reading.source)
        change = preview_articles(services, reading.source, reading.articles)
        offices = warn_of_offices(services, reading.articles)
        for line in (*reading.lines, *warnings(change, named=bool(source)), *offices):
            click.echo(line)
        if dry_run:
            click.echo(_say(texts.IMPORT_WOULD, change))
            for line in _titles(change):
                click.echo(line)
            click.echo(texts.IMPORT_NOTHING_DONE)
            return
        click.echo(apply_reading(services, reading))
        for line in (*_edited(services, reading), *encoded(services)):
            click.echo(line)


def _titles(change: ArticleChange) -> Iterator[str]:
    """The titles that an import would add, change and remove, so that they can be looked over."""
    told = [
        text.format(title=title)
        for text, titles in (
            (texts.IMPORT_ADDED, change.added),
            (texts.IMPORT_CHANGED, change.changed),
            (texts.IMPORT_REMOVED, change.removed),
        )
        for title in titles
    ]
    yield from told[:_MOST_TITLES]
    if len(told) > _MOST_TITLES:
        yield texts.IMPORT_FURTHER.format(count=len(told) - _MOST_TITLES)


def read_file(path: Path, format_: str | None, *, title: str = "", edition: str = "") -> Reading:
    """Read a plan, or a file or folder of articles. Raises PlanError or ImportFailed with everything wrong."""
    if format_ == "plan":
        plan = read_plan(path, title=title, edition=edition)
        return Reading(plan.source, plan.articles, plan.coverage.render().splitlines())
    result = read_articles(path, format_)
    return Reading(path.resolve().name, result.checked(), result.notes)


def apply_reading(services: Services, reading: Reading) -> str:
    """Import what was read; return the line that says what changed."""
    change = import_articles(services, reading.source, reading.articles, actor())
    return _say(texts.IMPORT_SAME if change.is_empty else texts.IMPORT_DONE, change)


def _edited(services: Services, reading: Reading | None = None) -> list[str]:
    """A line for each article (of the file) whose source differs since it was edited, or since it was explained."""
    read = {article.id for article in reading.articles} if reading else None
    changed = list_source_changes(services.stores, services.knowledge.pack_articles, host())
    lines = [editing_texts.source_changed(each.id) for each in changed if read is None or each.id in read]
    services.knowledge.refresh()
    for entry in services.knowledge.whole.revised:
        if entry.official and (read is None or entry.official.id in read):
            lines.append(editing_texts.revised(entry.id, entry.official.source.edition))
    return lines


def _waiting(services: Services) -> list[str]:
    """A line when proposals wait for a decision."""
    count = services.stores.proposals.count_waiting()
    return [editing_texts.waiting(count)] if count else []


def _say(text: str, change: ArticleChange) -> str:
    return text.format(
        source=change.source,
        added=len(change.added),
        changed=len(change.changed),
        removed=len(change.removed),
        same=change.same,
        count=change.count,
    )


@knowledge.command(help=texts.CHECK)
def check() -> None:
    """Load everything as a server would, and name what is wrong or due for review."""
    with opened(load_settings()) as services:
        services.knowledge.refresh()  # raises PackError with every mistake
        overdue = [article for article in _in_force(services) if _is_overdue(article, services)]
        revised = [entry for entry in services.knowledge.whole.entries if entry.is_revised]
        count = len(services.knowledge.whole.entries)
        flagged = [*_edited(services), *_waiting(services)]
    for article in overdue:
        click.echo(texts.CHECK_OVERDUE.format(title=article.title, id=article.id, day=article.review_on))
    for entry in revised:
        click.echo(_revised_line(entry))
    for line in flagged:
        click.echo(line)
    click.echo(texts.CHECK_OK.format(count=count))


def _revised_line(entry: Entry) -> str:
    return texts.CHECK_REVISED.format(
        title=entry.title, id=entry.id, written=entry.main.source.edition, edition=entry.source.edition
    )


@knowledge.command(help=texts.EXPORT)
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FILE", help=texts.EXPORT_OUT)
@click.option("--format", "format_", type=click.Choice(FORMATS), help=texts.IMPORT_FORMAT)
@click.option("--source", default="", metavar="NAME", help=texts.EXPORT_SOURCE)
def export(out: Path, format_: str | None, source: str) -> None:
    """Write articles as a file that people edit and `import` reads back."""
    with opened(load_settings()) as services:
        articles = _of_source(services, source) if source else _in_force(services)
    content = export_articles(articles, format_ or out.suffix.lower().lstrip("."))
    try:
        out.write_bytes(content)
    except OSError as error:
        raise CommandError([texts.EXPORT_FAILED.format(path=out, reason=error.strerror)]) from error
    click.echo(texts.EXPORT_DONE.format(count=len(articles), path=out))


def _in_force(services: Services) -> list[Article]:
    """What people may edit: the packs' articles, with the imported and edited ones of the same id in their place."""
    articles = services.stores.articles
    packs, imported = lay_edits(
        services.knowledge.pack_articles, articles.list_articles(), articles.list_edits()
    )
    editorial = [article for article in (*packs, *imported) if article.layer is Layer.EDITORIAL]
    return list({article.id: article for article in editorial}.values())


def _of_source(services: Services, source: str) -> list[Article]:
    if source in services.settings.content:
        return load_pack(source)
    require_source(services, source, services.settings.content)
    return services.stores.articles.list_articles(source)


def _is_overdue(article: Article, services: Services) -> bool:
    return article.review_on is not None and article.review_on < services.today()


for _command in (encode, *COMMANDS, *SOURCE_COMMANDS, *LEARNING_COMMANDS):
    knowledge.add_command(_command)
