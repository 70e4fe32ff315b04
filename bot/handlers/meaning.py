"""The glossary's words in a message that somebody else wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.handlers import ask
from bot.handlers.usage import HELP_ACTION
from bot.messages import Action, Paragraph, Reply, Request, SourceLine
from bot.services import Services
from bot.texts.ja import meaning as texts
from knowledge.answer import Answer
from knowledge.article import Kind
from knowledge.asking.question import clean
from knowledge.entry import Entry
from knowledge.finding.sentences import sentences_of
from knowledge.language.japanese import fold

MOST_READ = 4_000
MOST_SHOWN = 20


def explain_words(request: Request, services: Services) -> Reply:
    """One term is explained in full, each of several in a sentence, none is said politely."""
    text = fold(clean(request.text[:MOST_READ]))
    seen = services.seen_by(request.person)
    found = [entry for entry in seen.entries if entry.kind is Kind.TERM and _stands_in(entry, text)]
    if not found:
        return Reply(parts=(Paragraph(text=texts.NONE),), actions=(HELP_ACTION,))
    if len(found) == 1:
        return ask.show_article(request.model_copy(update={"value": found[0].id}), services)
    more = len(found) - MOST_SHOWN
    notes = [Paragraph(text=texts.MORE.format(count=more), tone="note")] if more > 0 else []
    told = [answer for entry in found[:MOST_SHOWN] if (answer := seen.explain(entry.id)) and answer.excerpts]
    return Reply(
        title=texts.TITLE,
        parts=(
            *(
                Paragraph(label=answer.title, text=_first_sentence(answer.excerpts[0].text))
                for answer in told
            ),
            *notes,
            Paragraph(text=texts.READ_ON, tone="note"),
            *_sources(told),
        ),
        actions=tuple(
            Action(name="article", label=entry.title, value=entry.id) for entry in found[:MOST_SHOWN]
        ),
    )


def _first_sentence(text: str) -> str:
    """The first sentence of a definition, word for word."""
    first = next(iter(sentences_of(text)), None)
    return text[first.start : first.end] if first else text


def _sources(told: Sequence[Answer]) -> Iterator[SourceLine]:
    """The documents that the definitions stand in, each once."""
    sources = [answer.excerpts[0].source for answer in told]
    stands_in = dict.fromkeys((source.document, source.edition) for source in sources)
    return (SourceLine(cite=document, edition=edition) for document, edition in stands_in if document)


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
