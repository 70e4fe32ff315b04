"""One literal table: command, action or form id → handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

from bot.handlers import ask, glossary, meaning, usage
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts

Handler = Callable[[Request, Services], Reply]

HANDLERS: Mapping[str, Handler] = {
    "ask": ask.ask,
    "article": ask.show_article,
    "pick": ask.pick,
    "none_of_these": ask.none_of_these,
    "term": glossary.look_up,
    "meaning": meaning.explain_words,
    "help": usage.show_help,
}


def handle(request: Request, services: Services) -> Reply:
    """Answer a request; an id nobody knows gets a polite reply, so that every button answers."""
    began = perf_counter()
    reply = HANDLERS.get(request.name, _nobody)(request, services)
    outcome = reply.answer.outcome if reply.answer else "-"
    name = request.name if request.name in HANDLERS else "unknown"
    services.meter.observe(request.channel, name, outcome, perf_counter() - began)
    return reply


def _nobody(_request: Request, _services: Services) -> Reply:
    return Reply(parts=(Paragraph(text=texts.UNKNOWN_ACTION, tone="warning"),), actions=(usage.HELP_ACTION,))
