"""The glossary's words in a message that somebody else wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.handlers import ask
from bot.handlers.usage import HELP_ACTION
from bot.messages import Action, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import meaning as texts
from knowledge.answering.question import clean
from knowledge.article import Kind
from knowledge.entry import Entry
from knowledge.language.japanese import fold

MOST_READ = 4_000
MOST_SHOWN = 20


def explain_words(request: Request, services: Services) -> Reply:
    """One term is explained, several are offered, none is said politely."""
    text = fold(clean(request.text[:MOST_READ]))
    entries = services.seen_by(request.person).entries
    found = [entry for entry in entries if entry.kind is Kind.TERM and _stands_in(entry, text)]
    if not found:
        return Reply(parts=(Paragraph(text=texts.NONE),), actions=(HELP_ACTION,))
    if len(found) == 1:
        return ask.show_article(request.model_copy(update={"value": found[0].id}), services)
    more = len(found) - MOST_SHOWN
    notes = [Paragraph(text=texts.MORE.format(count=more), tone="note")] if more > 0 else []
    return Reply(
        title=texts.TITLE,
        parts=(Paragraph(text=texts.INTRO), *notes),
        actions=tuple(
            Action(name="article", label=entry.title, value=entry.id) for entry in found[:MOST_SHOWN]
        ),
    )


def _stands_in(entry: Entry, text: str) -> bool:
    return any(_contains(text, word) for word in _names(entry))


def _names(entry: Entry) -> Iterator[str]:
    for article in filter(None, (entry.editorial, entry.official)):
        for name in (article.title, *article.aliases):
            folded = fold(name)
            if len(folded) > 1:
                yield folded


def _contains(text: str, word: str) -> bool:
    """Whether the word stands in the text; letters must not go on beside it (UI in GUIDE is no UI)."""
    if word not in text:
        return False
    if not word.isascii():
        return True
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
