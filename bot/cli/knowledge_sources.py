"""`dxbot knowledge remove` and `diff`, and the rules of a source's name: what an import replaces, and when it asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.handlers.knowledge_admin import ArticleChange, preview_articles, remove_source
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from knowledge.editions import changes_between

LONGEST_SOURCE = 200
MOST_SHARED = 20
_SAID = {"removed": texts.DIFF_REMOVED, "added": texts.DIFF_ADDED}


@click.command(help=texts.REMOVE)
@click.argument("source")
@click.option("--dry-run", is_flag=True, help=texts.REMOVE_DRY_RUN)
def remove(source: str, dry_run: bool) -> None:
    """Take away everything that was imported under a source."""
    with opened(load_settings()) as services:
        require_source(services, source)
        change = (
            preview_articles(services, source, ()) if dry_run else remove_source(services, source, actor())
        )
    for title in change.removed:
        click.echo(texts.REMOVE_TITLE.format(title=title))
    text = texts.REMOVE_WOULD if dry_run else texts.REMOVE_DONE
    click.echo(text.format(source=source, count=len(change.removed)))


@click.command(help=texts.DIFF)
@click.argument("old")
@click.argument("new")
def diff(old: str, new: str) -> None:
    """Print every passage that went or came between two imported editions."""
    with opened(load_settings()) as services:
        for source in (old, new):
            require_source(services, source)
        articles = services.stores.articles
        changes = list(changes_between(articles.list_articles(old), articles.list_articles(new)))
    for article, found in groupby(changes, key=lambda change: change.article):
        click.echo(texts.DIFF_ARTICLE.format(title=article))
        for change in found:
            click.echo(_SAID[change.kind].format(text=change.text.replace("\n", "\n    ")))
    click.echo(texts.DIFF_COUNTS.format(count=len({change.article for change in changes}), old=old, new=new))


def require_source(services: Services, source: str, packs: Sequence[str] = ()) -> None:
    """Raise CommandError with the names there are, when nothing was imported under `source`."""
    names = [name for name, _ in services.stores.articles.list_sources()]
    if source not in names:
        known = "、".join([*packs, *names]) or texts.NONE
        raise CommandError([texts.EXPORT_NO_SOURCE.format(source=source, known=known)])


def checked_source(source: str) -> str:
    """A source's name as given. Raises CommandError for one that no list could show."""
    if len(source) > LONGEST_SOURCE or not source.isprintable() or source != source.strip():
        raise CommandError([texts.IMPORT_SOURCE_WRONG.format(longest=LONGEST_SOURCE)])
    return source


def warnings(change: ArticleChange, *, named: bool) -> Iterator[str]:
    """Ids that another source, or a pack, holds too. Raises CommandError when the file seems another one of the same name, unless
    its source was `named` on purpose.
    """
    if change.is_another_file and not named:
        text = texts.IMPORT_ANOTHER_FILE.format(
            source=change.source,
            removed=len(change.removed),
            before=len(change.removed) + len(change.changed) + change.same,
        )
        raise CommandError([text])
    for id_, other in change.shared[:MOST_SHARED]:
        yield texts.IMPORT_SHARED.format(id=id_, other=other)
    if len(change.shared) > MOST_SHARED:
        yield texts.IMPORT_SHARED_MORE.format(count=len(change.shared) - MOST_SHARED)
    if change.taken_over:
        ids = "、".join(change.taken_over[:MOST_SHARED])
        more = texts.IMPORT_TAKEN_OVER_MORE if len(change.taken_over) > MOST_SHARED else ""
        yield texts.IMPORT_TAKEN_OVER.format(count=len(change.taken_over), ids=ids, more=more)


COMMANDS = (remove, diff)
