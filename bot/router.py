"""One literal table: command, action or form id → handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.handlers import ask, glossary, usage
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts

Handler = Callable[[Request, Services], Reply]

HANDLERS: Mapping[str, Handler] = {
    "ask": ask.ask,
    "article": ask.show_article,
    "none_of_these": ask.none_of_these,
    "term": glossary.look_up,
    "help": usage.show_help,
}


def handle(request: Request, services: Services) -> Reply:
    """Answer a request; an id nobody knows gets a polite reply, so that every button answers."""
    handler = HANDLERS.get(request.name)
    if handler is None:
        return Reply(
            parts=(Paragraph(text=texts.UNKNOWN_ACTION, tone="warning"),), actions=(usage.HELP_ACTION,)
        )
    return handler(request, services)
