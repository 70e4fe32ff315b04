"""Help: what the bot can do and how to ask."""

from __future__ import annotations

from bot.messages import Action, Items, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts

HELP_ACTION = Action(name="help", label="使いかた")
HELP_WORDS = frozenset({"使いかた", "使い方", "ヘルプ", "help", "?", "？", "つかいかた"})


def show_help(_request: Request, _services: Services) -> Reply:
    """How to ask, with examples that can be pressed."""
    starters = tuple(
        Action(name="ask", label=question, value=question)
        for question in texts.STARTERS
        if question not in HELP_WORDS
    )
    return Reply(
        title=texts.HELP_TITLE,
        parts=(
            Paragraph(text=texts.HELP),
            Items(items=texts.HELP_EXAMPLES),
            Paragraph(text=texts.HELP_UNKNOWN, tone="note"),
        ),
        actions=starters,
    )
