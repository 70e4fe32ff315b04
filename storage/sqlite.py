"""SQLite: connections of sqlite-utils on the pysqlite3 wheel, and one writing thread a process."""

from __future__ import annotations

import os
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext
from contextvars import copy_context
from pathlib import Path
from typing import Any, Self, TypeVar

from pysqlite3 import dbapi2 as sqlite3
from sqlite_utils import Database as Tables

from bot.texts.ja import storage as texts
from storage.session import DatabaseError, Dialect, InsideWork, Params, Row, Tx, check_text
from storage.use import Share
from storage.writing import Writer

T = TypeVar("T")

# Older versions can corrupt a database when its WAL is reset (fixed in 3.51.3).
NEEDED_VERSION = (3, 51, 3)
BUSY_SECONDS = 30.0
CLEAN_SECONDS = 10.0


class SqliteDatabase:
    """A database file: one writing thread with group commit, one reading connection a thread."""

    def __init__(self, path: Path) -> None:
        require_version(sqlite3.sqlite_version_info)
        self._path = path
        self._inside = InsideWork()
        self._local = threading.local()
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._readers_lock = threading.Lock()
        self._closed = False
        try:
            _create(path)
            self._share = Share(path)
            self._writer = Writer(lambda: connect(path), self._inside)
        except (OSError, sqlite3.Error) as error:
            raise DatabaseError(texts.cannot_open(str(path), str(error))) from error

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return "sqlite"

    def query(self, sql: str, params: Params | None = None, /) -> list[Row]:
        """Read what is committed; see Session."""
        self._inside.refuse()
        params = params or {}
        for value in params.values():
            check_text(value)
        reader = self._reader()
        with reader.in_use:
            if self._closed:
                reader.close()
                raise DatabaseError(texts.CLOSED)
            return run(reader.connection, sql, params)

    def transaction(self, work: Callable[[Tx], T], /) -> T:
        """Hand `work` to the writing thread and wait until it is durable; see Session."""
        self._inside.refuse()
        if self._closed:
            raise DatabaseError(texts.CLOSED)
        # The work runs on the writing thread: what it is done for (staff.acting) goes along.
        context = copy_context()
        return self._writer.perform(lambda tx: context.run(work, tx))

    def alone(self) -> AbstractContextManager[None]:
        """BEGIN IMMEDIATE lets one process at a time change the schema already: nothing more to hold."""
        return nullcontext()

    def clean(self) -> bool:
        """Rewrite the file and empty the WAL. secure_delete blanks rows at once; what pages moved about goes with this."""
        self._inside.refuse()
        with closing(connect(self._path)) as connection:
            try:
                connection.execute("vacuum").close()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                return False
            return empty_wal(connection)

    def close(self) -> None:
        """Finish the queued works and the reads under way, then close every connection."""
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        with self._readers_lock:
            readers = list(self._readers)
        for reader in readers:
            with reader.in_use:
                reader.close()
        self._share.give_back()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _reader(self) -> _Reader:
        if self._closed:
            raise DatabaseError(texts.CLOSED)
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = self._local.reader = _Reader(self._path)
            with self._readers_lock:
                self._readers.add(reader)
        return reader


class _Reader:
    """A thread's reading connection; closed with the database, or when its thread has gone.

    SQLite crashes when a connection is closed under a running statement: both hold `in_use`.
    """

    def __init__(self, path: Path) -> None:
        self.in_use = threading.Lock()
        self.connection = connect(path)
        self.connection.execute("pragma query_only = on")
        self.close = weakref.finalize(self, self.connection.close)


def require_version(found: tuple[int, ...]) -> None:
    """Raise DatabaseError when the SQLite library is older than NEEDED_VERSION."""
    if found < NEEDED_VERSION:
        shown, needed = (".".join(map(str, version)) for version in (found, NEEDED_VERSION))
        raise DatabaseError(texts.old_sqlite(shown, needed))


def connect(path: Path) -> Any:
    """A connection that commits only when told, with rows as dicts and the durability this product promises."""
    connection = sqlite3.connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        tables = Tables(connection)
        tables.enable_wal()
        for setting in ("synchronous = full", "secure_delete = on", "foreign_keys = on"):
            tables.execute(f"pragma {setting}")
        connection.row_factory = _as_dict
    except BaseException:
        connection.close()
        raise
    return connection


def empty_wal(connection: Any) -> bool:
    """Write the WAL back and cut it to nothing; False when a reader held on to it for all of CLEAN_SECONDS."""
    until = time.monotonic() + CLEAN_SECONDS
    while run(connection, "pragma wal_checkpoint(truncate)", {})[0]["busy"]:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def copy_to(path: Path, target: Path) -> None:
    """Copy a database as it is at one moment into an empty file, without anything deleted. Others go on writing.

    Raises DatabaseError.
    """
    if not path.exists():
        raise DatabaseError(texts.sqlite_missing(str(path)))
    try:
        with closing(connect(path)) as connection:
            connection.execute("vacuum into :target", {"target": str(target)}).close()
    except sqlite3.Error as error:
        raise DatabaseError(texts.backup_failed(str(target), str(error))) from error


def check_file(path: Path) -> None:
    """Raise DatabaseError unless a file is a sound database that stands without a WAL of its own."""
    try:
        with closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
            connection.execute("pragma journal_mode = delete").close()
            found = connection.execute("pragma integrity_check").fetchall()
    except sqlite3.Error as error:
        raise DatabaseError(texts.backup_damaged(str(path))) from error
    if found != [("ok",)]:
        raise DatabaseError(texts.backup_damaged(str(path)))


def run(connection: Any, sql: str, params: Params) -> list[Row]:
    """Run one statement to its end and return its rows."""
    with closing(connection.execute(sql, params)) as cursor:
        rows: list[Row] = cursor.fetchall()
    return rows


def _as_dict(cursor: Any, values: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.description, values, strict=True)}


def _create(path: Path) -> None:
    # Staff's data: nobody but the program's own user reads the file, nor the WAL, which takes over its mode.
    path.parent.mkdir(parents=True, exist_ok=True)
    # One that is there is not opened: closing it would give up the locks of every connection that this process has to it, and
    # another process would take itself for the last one and remove the WAL from under them.
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
