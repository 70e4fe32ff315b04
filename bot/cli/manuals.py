"""`dxbot knowledge import manual.docx`: a manual becomes drafts that wait for approval."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.actor import actor
from bot.handlers.editing import send_proposals
from bot.handlers.offices import require_offices, warn_of_offices
from bot.services import Services
from bot.texts.ja import editing as texts
from knowledge.editing.rights import Editor
from knowledge.manuals import SUFFIXES, Manual, read_manual


def is_manual(path: Path) -> bool:
    """Whether a file is read as a manual."""
    return path.suffix.lower() in SUFFIXES


def import_manual(services: Services, path: Path, owner: str, *, dry_run: bool) -> None:
    """Show the drafts of a file and, unless it is a dry run, propose them. Raises ImportFailed."""
    manual = read_manual(path, owner)
    articles = [draft.article for draft in manual.drafts]
    require_offices(services.stores, articles)
    for line in [*manual.notes, *_lines(manual), *warn_of_offices(services, articles)]:
        click.echo(line)
    proposals = manual.proposals(actor(), services.clock())
    if dry_run:
        new = sum(services.stores.proposals.find(proposal.id) is None for proposal in proposals)
        click.echo(texts.manual_would(manual.source, new, len(proposals) - new))
        return
    new = send_proposals(services, Editor(by=actor(), on_host=True), proposals)
    click.echo(texts.manual_done(manual.source, new, len(proposals) - new))


def _lines(manual: Manual) -> list[str]:
    return [
        texts.draft_line(draft.place, len(draft.article.steps), len(draft.article.body))
        for draft in manual.drafts
    ]
