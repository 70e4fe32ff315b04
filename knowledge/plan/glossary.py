"""The glossary: a table with the header 用語 / 用語解説."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from knowledge.article import Kind
from knowledge.plan.draft import Draft, slug
from knowledge.plan.items import Piece
from knowledge.plan.tables import GLOSSARY, Row, Table
from knowledge.plan.traced import Traced
from knowledge.plan.wording import key, readable

_BRACKET = re.compile(r"^(?P<head>[^（(]+)[（(](?P<inside>[^（()）]+)[)）]$")


def read_terms(table: Table) -> Iterator[Draft]:
    """An article for each term, in the order of the table."""
    for row in table.rows[1:]:
        term = readable(row.cells[0])
        if term:
            yield _term(row, term)


def header_words(table: Table) -> list[Traced]:
    """The names of the columns."""
    return [cell.strip() for cell in table.rows[0].cells]


def _term(row: Row, term: Traced) -> Draft:
    match = _BRACKET.match(term.text)
    headword = match["head"] if match else term.text
    definition = [readable(cell) for cell in row.cells[1:]]
    return Draft(
        id=f"{slug(GLOSSARY)}-{key(unicodedata.normalize('NFKC', headword))}",
        kind=Kind.TERM,
        title=term.text,
        part=GLOSSARY,
        line=row.line,
        aliases=(match["head"].strip(), match["inside"].strip()) if match else (),
        headings=[row.cells[0].strip()],
        pieces=[Piece(words) for words in definition if words],
    )
