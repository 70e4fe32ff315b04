"""The glossary: one word's definition, or what comes nearest; and the index of every term by its reading."""

from __future__ import annotations

import re

from bot.handlers import ask
from bot.handlers.usage import HELP_ACTION
from bot.messages import BETWEEN, Action, Paragraph, Reply, Request
from bot.services import Services
from bot.texts.ja import ask as texts
from bot.texts.ja import glossary as glossary_texts
from knowledge.gojuon import index_terms

MOST_TERMS = 20
_TYPED = re.compile(r"(?:用語|ことば|言葉|term)(?:[\s:：]+(.*))?", re.DOTALL | re.IGNORECASE)


def word_in(typed: str) -> str | None:
    """The word of typed text such as `用語 BPR`; "" for `用語` alone; None for any other text."""
    found = _TYPED.fullmatch(typed.strip())
    return (found[1] or "").strip() if found else None


def look_up(request: Request, services: Services) -> Reply:
    """Explain the word in `text`; without one, offer the index."""
    word = (request.text or request.value).strip()
    if not word:
        return _index(request, services)
    entry = services.seen_by(request.person).find_term(word)
    if entry is None:
        return ask.ask(request.model_copy(update={"text": word}), services)
    return ask.show_article(request.model_copy(update={"value": entry}), services)


def show_row(request: Request, services: Services) -> Reply:
    """The terms of one row, MOST_TERMS at a time; `value` is the row and where to begin."""
    row, _, begin = request.value.partition(BETWEEN)
    terms = index_terms(services.seen_by(request.person).entries).get(row, [])
    start = int(begin) if begin.isascii() and begin.isdigit() and len(begin) < 7 else 0
    shown = terms[start : start + MOST_TERMS]
    if not shown:
        return _index(request, services)
    actions = [Action(name="article", label=entry.title, value=entry.id) for entry in shown]
    if left := len(terms) - start - len(shown):
        value = f"{row}{BETWEEN}{start + len(shown)}"
        actions.append(Action(name="term_row", label=glossary_texts.next_terms(left), value=value))
    return Reply(
        title=glossary_texts.row_title(row),
        parts=(Paragraph(text=glossary_texts.ROW_INTRO),),
        actions=(*actions, Action(name="term", label=glossary_texts.OTHER_ROWS)),
    )


def _index(request: Request, services: Services) -> Reply:
    rows = index_terms(services.seen_by(request.person).entries)
    actions = [
        Action(name="term_row", label=glossary_texts.row_label(row, len(terms)), value=f"{row}{BETWEEN}")
        for row, terms in rows.items()
    ]
    return Reply(
        title=texts.TERM_TITLE,
        parts=(Paragraph(text=texts.TERM_EMPTY),),
        actions=tuple(actions) or (HELP_ACTION,),
    )
