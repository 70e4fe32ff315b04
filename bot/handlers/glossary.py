"""Look up one word: the glossary's definition, or what comes nearest."""

from __future__ import annotations

from bot.handlers import ask
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts


def look_up(request: Request, services: Services) -> Reply:
    """Explain the word in `text`; without one, say how to give it."""
    word = (request.text or request.value).strip()
    if not word:
        return Reply(title=texts.TERM_TITLE, parts=(Paragraph(text=texts.TERM_EMPTY),))
    entry = services.knowledge.find_term(word)
    if entry is None:
        return ask.ask(request.model_copy(update={"text": word}), services)
    return ask.reply_to(services.knowledge.explain(entry), ask.date_in_japan(services))
