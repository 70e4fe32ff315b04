"""Which tables and text columns a database has, as the database itself tells."""

from __future__ import annotations

from storage.session import Session

# The two catalogues have nothing in common.
_SQLITE = """
select m.name as table_name, c.name as column_name from sqlite_master m, pragma_table_info(m.name) c
where m.type = 'table' and m.name not like 'sqlite~_%' escape '~' and lower(c.type) = 'text' order by 1, 2
"""
_POSTGRESQL = """
select table_name, column_name from information_schema.columns
where table_schema = current_schema() and data_type = 'text' order by 1, 2
"""


def columns_of(session: Session) -> dict[str, list[str]]:
    """The text columns by table."""
    found: dict[str, list[str]] = {}
    for row in session.query(_SQLITE if session.dialect == "sqlite" else _POSTGRESQL):
        found.setdefault(row["table_name"], []).append(row["column_name"])
    return found
