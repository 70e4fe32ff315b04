"""PostgreSQL: psycopg 3 with two pools, one that writes and one that only reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import lru_cache
from typing import Any, LiteralString, Self, TypeVar

import psycopg
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from bot.texts.ja import storage as texts
from storage.session import DatabaseError, Dialect, InsideWork, Params, Row, Transaction, Tx, check_text

T = TypeVar("T")
Connection = psycopg.Connection[Row]

APPLICATION = "dxbot"
POOL_SIZE = 8
CONNECT_SECONDS = 10
LOCK_SECONDS = 30
CONFLICTS = (SerializationFailure, DeadlockDetected)
# Two numbers nobody else's advisory locks in this database are likely to use.
_SCHEMA_LOCK = 7_310_417_001
_WRITING_LOCK: LiteralString = "7310417002"
_BEGIN: LiteralString = "begin isolation level serializable"
_BEGIN_AMONG_OTHERS: LiteralString = f"{_BEGIN}; select pg_advisory_xact_lock_shared({_WRITING_LOCK})"

_TOKENS = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|::|:([A-Za-z_]\w*)|%""")


class PostgresqlDatabase:
    """A PostgreSQL database. Transactions are serializable, so that a work means the same as on SQLite."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._inside = InsideWork()
        try:
            psycopg.connect(url, connect_timeout=CONNECT_SECONDS).close()
        except (psycopg.Error, UnicodeError) as error:
            raise DatabaseError(texts.cannot_connect(" ".join(str(error).split()))) from error
        self._writing = _open_pool(url, _prepare_writing)
        self._reading = _open_pool(url, _prepare_reading)

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return "postgresql"

    def query(self, sql: str, params: Params | None = None, /) -> list[Row]:
        """Read what is committed; see Session."""
        self._inside.refuse()
        params = params or {}
        for value in params.values():
            check_text(value)
        with _borrowed(self._reading) as connection:
            return _run(connection, sql, params)

    def transaction(self, work: Callable[[Tx], T], /) -> T:
        """Run `work`; when it met a conflict, again while no other transaction runs. See Session."""
        self._inside.refuse()
        try:
            with suppress(*CONFLICTS):
                return self._perform(work, alone=False)
            return self._perform(work, alone=True)
        except (LockNotAvailable, *CONFLICTS) as error:
            raise DatabaseError(texts.busy(LOCK_SECONDS)) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the lock of schema changes, in a session of its own; see Database."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("select pg_advisory_lock(%s)", [_SCHEMA_LOCK])
            yield

    def clean(self) -> bool:
        """Autovacuum does it; what WAL and backups hold is told in docs/operation.md."""
        return True

    def close(self) -> None:
        """Close both pools."""
        self._writing.close()
        self._reading.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _perform(self, work: Callable[[Tx], T], *, alone: bool) -> T:
        with (
            _borrowed(self._writing) as connection,
            _nobody_else(connection) if alone else nullcontext(),
            self._inside.entered(),
        ):
            return _perform(connection, work, _BEGIN if alone else _BEGIN_AMONG_OTHERS)


@lru_cache(maxsize=1000)
def to_pyformat(sql: str) -> str:
    """`:name` as psycopg writes it, `%(name)s`; literals, quoted names, comments and `::` stay as they are."""

    def token(match: re.Match[str]) -> str:
        return f"%({match[1]})s" if match[1] else match[0].replace("%", "%%")

    return _TOKENS.sub(token, sql)


def _open_pool(url: str, prepare: Callable[[Connection], None]) -> ConnectionPool[Connection]:
    return ConnectionPool(
        url,
        min_size=1,
        max_size=POOL_SIZE,
        open=True,
        configure=prepare,
        check=ConnectionPool.check_connection,
        timeout=CONNECT_SECONDS,
        connection_class=psycopg.Connection[Row],
        kwargs={
            "autocommit": True,
            "row_factory": dict_row,
            "connect_timeout": CONNECT_SECONDS,
            "application_name": APPLICATION,
        },
    )


def _prepare_writing(connection: Connection) -> None:
    # A statement prepared before a migration would fail after it.
    connection.prepare_threshold = None
    connection.execute("select set_config('lock_timeout', %s, false)", [f"{LOCK_SECONDS}s"])


def _prepare_reading(connection: Connection) -> None:
    _prepare_writing(connection)
    connection.execute("set default_transaction_read_only = on")


@contextmanager
def _borrowed(pool: ConnectionPool[Connection]) -> Iterator[Connection]:
    try:
        connection = pool.getconn()
    except PoolClosed as error:
        raise DatabaseError(texts.CLOSED) from error
    except PoolTimeout as error:
        raise DatabaseError(texts.cannot_connect(str(error))) from error
    try:
        yield connection
    finally:
        pool.putconn(connection)


@contextmanager
def _nobody_else(connection: Connection) -> Iterator[None]:
    """Wait until no transaction runs, and keep new ones waiting.

    The lock is of the session: taken inside the transaction, its snapshot would be older than what it waited for.
    """
    connection.execute(f"select pg_advisory_lock({_WRITING_LOCK})")
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(f"select pg_advisory_unlock({_WRITING_LOCK})")


def _perform(connection: Connection, work: Callable[[Tx], T], begin: LiteralString) -> T:
    connection.execute(begin)
    tx = _transaction(connection)
    try:
        result = tx.perform(work)
        connection.execute("commit")
    except BaseException:
        if not connection.closed:
            connection.execute("rollback")
        # A conflict stays a conflict, whatever the work made of the exception.
        if isinstance(tx.failure, CONFLICTS):
            raise tx.failure from None
        raise
    return result


def _transaction(connection: Connection) -> Transaction:
    def run(sql: str, params: Params) -> list[Row]:
        return _run(connection, sql, params)

    def run_many(sql: str, rows: Sequence[Params]) -> None:
        with connection.cursor() as cursor:
            text: Any = to_pyformat(sql)
            cursor.executemany(text, rows)

    return Transaction("postgresql", run, run_many)


def _run(connection: Connection, sql: str, params: Params) -> list[Row]:
    text: Any = to_pyformat(sql)
    with connection.execute(text, params) as cursor:
        return cursor.fetchall() if cursor.description else []
