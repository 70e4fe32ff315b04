"""Opening a database by its address."""

from __future__ import annotations

from pathlib import Path

from bot.texts.ja import storage as texts
from storage.session import Database, DatabaseError, Params, Row, Session, Tx

__all__ = ["Database", "DatabaseError", "Params", "Row", "Session", "Tx", "open_database"]


def open_database(url: str, *, create: bool = True) -> Database:
    """Open `sqlite:///path` (`sqlite:////absolute/path`) or `postgresql://…`.

    A missing SQLite file is made, with its folders, unless `create` is False. The schema is left as it is: call `migrate`.
    Raises DatabaseError with a line that names the setting when the database cannot be used.
    """
    if url.startswith("sqlite:///"):
        path = url.removeprefix("sqlite:///")
        if not path:
            raise DatabaseError(texts.no_sqlite_path())
        if not create and not Path(path).exists():
            raise DatabaseError(texts.sqlite_missing(path))
        from storage.sqlite import SqliteDatabase  # noqa: PLC0415  only the driver in use is loaded

        return SqliteDatabase(Path(path))
    if url.startswith("postgresql://"):
        from storage.postgresql import PostgresqlDatabase  # noqa: PLC0415  only the driver in use is loaded

        return PostgresqlDatabase(url)
    raise DatabaseError(texts.unknown_database(url.split(":", 1)[0]))
