"""An older edition of an article: its own words, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence

from bot.handlers.ask import reply_to
from bot.handlers.changed import change_items
from bot.messages import BETWEEN, Action, Paragraph, Part, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts
from knowledge.editions import Change


def show_edition(request: Request, services: Services) -> Reply:
    """Everything the older edition says about the article, then what the newest has instead."""
    article_id, _, edition = request.value.partition(BETWEEN)
    found = services.seen_by(request.person).explain_edition(article_id, edition)
    if found is None:
        return reply_to(None, services.today())
    answer, changes = found
    reply = reply_to(answer.model_copy(update={"more": ""}), services.today())
    newest = Action(name="article", label=texts.NEWEST, value=article_id)
    return reply.model_copy(
        update={"parts": (*reply.parts, *_changes(changes)), "actions": (newest, *reply.actions)}
    )


def _changes(changes: Sequence[Change]) -> Sequence[Part]:
    if not changes:
        return (Paragraph(text=texts.EDITION_SAME, tone="note"),)
    return (Paragraph(text=texts.EDITION_CHANGES, tone="note"), change_items(changes))
