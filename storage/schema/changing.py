"""Running the statements of a migration alike on both databases."""

from __future__ import annotations

import re

from storage.session import Tx


def change(tx: Tx, statements: str) -> None:
    """Run statements that define tables and indexes, separated by `;`."""
    for statement in filter(None, map(str.strip, statements.split(";"))):
        tx.query(_sorted_alike(statement) if tx.dialect == "postgresql" else statement)


def _sorted_alike(statement: str) -> str:
    # PostgreSQL sorts text by the language of the database, SQLite by code point: make it code points on both.
    return re.sub(r"\btext\b", 'text collate "C"', statement)
