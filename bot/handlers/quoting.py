"""Excerpts as parts of a reply: quotes, explanations, and a procedure's steps as a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.messages import Items, Linked, Paragraph, Part, Quote, linked
from bot.texts.ja import ask as texts
from knowledge.answer import Excerpt
from knowledge.article import DEADLINE, NEEDS, OWNER, STEPS, Layer

_ROWS = (STEPS, NEEDS, DEADLINE, OWNER)
_ADDRESSED = re.compile(r"(?:(?P<words>\S.*?) )?(?P<url>https?://\S+)", re.DOTALL)


def excerpt_parts(excerpts: Sequence[Excerpt], cited: str = "", *, named: bool = False) -> Iterator[Part]:
    """Every excerpt in order, word for word; each with its article's name where there are several, or `named`.

    `cited` is the place that the reply names at its end: a quote from there does not name it again.
    """
    named = named or len({excerpt.article_id for excerpt in excerpts}) > 1
    for (row, _), found in groupby(excerpts, key=lambda excerpt: (_row(excerpt), excerpt.article_id)):
        shown = tuple(found)
        name = f"{shown[0].title} " if named else ""
        if row:
            yield from _rows(row, name, shown)
        else:
            yield from (_words(excerpt, name, cited) for excerpt in shown)


def _row(excerpt: Excerpt) -> str:
    """The row of a procedure that an excerpt of ours stands in, or ""."""
    if excerpt.layer is Layer.OFFICIAL:
        return ""
    return next((row for row in _ROWS if re.fullmatch(rf"{row}\d*", excerpt.label)), "")


def _rows(row: str, name: str, excerpts: Sequence[Excerpt]) -> Iterator[Part]:
    if row in (STEPS, NEEDS):
        yield Paragraph(text=f"{name}{row}", tone="note")
        items = tuple(_item(excerpt.text) for excerpt in excerpts)
        yield Items(items=items, numbered=row == STEPS)
    else:
        yield from (Paragraph(text=excerpt.text, label=f"{name}{row}") for excerpt in excerpts)


def _item(text: str) -> Linked | str:
    """An item whose text ends in an address opens it."""
    found = _ADDRESSED.fullmatch(text)
    return linked(found["words"] or found["url"], found["url"]) if found else text


def _words(excerpt: Excerpt, name: str, cited: str) -> Part:
    if excerpt.layer is Layer.OFFICIAL:
        row = f"・{excerpt.label}" if excerpt.label else ""
        cite = excerpt.source.cite()
        label = f"{name}{texts.OFFICIAL}{row}"
        return Quote(text=excerpt.text, cite="" if cite == cited else cite, label=label)
    return Paragraph(text=excerpt.text, label=f"{name}{texts.PLAIN}".strip())
