"""`dxbot knowledge history/rollback/proposals/approve/reject`: editing without a browser."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bot.cli.actor import actor
from bot.cli.failing import CommandError
from bot.cli.opening import opened
from bot.handlers.editing import approve_proposal, delete_article, go_back, look, reject_proposal
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import editing as texts
from bot.texts.ja import knowledge_pages as words
from knowledge.editing.desk import NothingThere
from knowledge.editing.difference import FieldChange, list_changes
from knowledge.editing.fields import FieldMistakes
from knowledge.editing.proposing import AlreadyDecided, NoReason, consider
from knowledge.editing.rights import Editor
from knowledge.editing.store import Outdated, Proposal, ProposalState, Version
from staff.calendar import JAPAN

_FORESEEN = (AlreadyDecided, FieldMistakes, NoReason, NothingThere, Outdated)


@click.command(help=texts.CLI_HISTORY)
@click.argument("article_id", metavar="ID")
def history(article_id: str) -> None:
    """Print every version of an article with what it changed, the newest first."""
    with opened(load_settings()) as services:
        try:
            standing = look(services, host(), article_id)
        except NothingThere as missing:
            raise CommandError([str(missing)]) from None
        versions = services.stores.versions.list_versions(article_id)
        for line in _history(versions):
            click.echo(line)
    if standing.source_changed:
        click.echo(texts.CLI_SOURCE_CHANGED)
    if not versions:
        click.echo(words.NO_HISTORY)


@click.command(help=texts.CLI_ROLLBACK)
@click.argument("article_id", metavar="ID")
@click.option("--to", "number", type=click.IntRange(min=0), required=True, help=texts.CLI_TO)
@click.option("--reason", default="", help=texts.CLI_REASON)
def rollback(article_id: str, number: int, reason: str) -> None:
    """Make an older version stand again, as a new one."""
    with opened(load_settings()) as services:
        try:
            version = go_back(services, host(), article_id, "", number, reason)
        except _FORESEEN as foreseen:
            raise CommandError([_say(foreseen)]) from None
    click.echo(texts.rolled_back(article_id, number, version.number))


@click.command(help=texts.CLI_DELETE)
@click.argument("article_id", metavar="ID")
@click.option("--reason", default="", help=texts.CLI_REASON)
def delete(article_id: str, reason: str) -> None:
    """Take an article out of the answers, reversibly."""
    with opened(load_settings()) as services:
        try:
            version = delete_article(services, host(), article_id, "", reason)
        except _FORESEEN as foreseen:
            raise CommandError([_say(foreseen)]) from None
    click.echo(texts.deleted(article_id, version.number))


@click.command(help=texts.CLI_PROPOSALS)
@click.option("--state", type=click.Choice([state.value for state in ProposalState]), help=texts.CLI_STATE)
@click.option("--show", "proposal_id", default="", metavar="ID", help=texts.CLI_SHOW)
def proposals(state: str | None, proposal_id: str) -> None:
    """List proposals, or show one with what approving it changes."""
    with opened(load_settings()) as services:
        if proposal_id:
            _show(services, proposal_id)
            return
        found = services.stores.proposals.list_proposals(ProposalState(state or "waiting"))
    for proposal in found:
        click.echo(_proposal_line(proposal))
    if not found:
        click.echo(texts.CLI_NO_PROPOSALS)


@click.command(help=texts.CLI_APPROVE)
@click.argument("proposal_ids", metavar="ID", nargs=-1, required=True)
def approve(proposal_ids: Sequence[str]) -> None:
    """Approve proposals, each by itself; the first that cannot be approved ends it."""
    with opened(load_settings()) as services:
        for proposal_id in proposal_ids:
            try:
                version = approve_proposal(services, host(), proposal_id)
            except _FORESEEN as foreseen:
                raise CommandError([_say(foreseen)]) from None
            click.echo(texts.approved(version.article_id, version.number))


@click.command(help=texts.CLI_REJECT)
@click.argument("proposal_id", metavar="ID")
@click.option("--reason", required=True, help=texts.CLI_REJECT_REASON)
def reject(proposal_id: str, reason: str) -> None:
    """Turn a proposal down with a reason."""
    with opened(load_settings()) as services:
        try:
            reject_proposal(services, host(), proposal_id, reason)
        except _FORESEEN as foreseen:
            raise CommandError([_say(foreseen)]) from None
    click.echo(texts.CLI_REJECTED)


COMMANDS = (history, rollback, delete, proposals, approve, reject)


def host() -> Editor:
    """The operator at the command line, who sees and may change everything."""
    return Editor(by=actor(), on_host=True)


def _say(foreseen: Exception) -> str:
    return texts.OUTDATED if isinstance(foreseen, Outdated) else str(foreseen)


def _history(versions: Sequence[Version]) -> list[str]:
    lines: list[str] = []
    older = [*(version.article for version in versions[1:]), versions[-1].beneath if versions else None]
    for version, before in zip(versions, older, strict=True) if versions else ():
        at = version.at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M")
        what = words.change(version.change.value)
        lines.append(texts.version_line(version.number, at, version.by, what, version.reason))
        lines += _changes(list_changes(before, version.article))
    return lines


def _changes(changes: Sequence[FieldChange]) -> list[str]:
    lines: list[str] = []
    for change in changes:
        lines.append(f"  {texts.label(change.field)}")
        lines += [f"    {words.SIDE_MARKS[line.side]} {line.text}" for line in change.lines]
    return lines


def _proposal_line(proposal: Proposal) -> str:
    title = proposal.article.title if proposal.article else proposal.phrasing
    kind = words.proposal_kind(phrasing=proposal.article is None)
    day = proposal.proposed_at.astimezone(JAPAN).date().isoformat()
    return texts.proposal_line(proposal.id, day, kind, title, proposal.reference)


def _show(services: Services, proposal_id: str) -> None:
    try:
        found = consider(services.stores, services.knowledge.pack_articles, proposal_id, host())
    except NothingThere as missing:
        raise CommandError([str(missing)]) from None
    click.echo(_proposal_line(found.proposal))
    for line in _changes(list_changes(found.before, found.result)):
        click.echo(line)
