"""What stores talk to: a Session outside a transaction (Database) or inside one (Transaction)."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal, Protocol, Self, TypeVar

from bot.texts.ja import storage as texts

T = TypeVar("T")
Row = dict[str, Any]
Params = Mapping[str, str | int | float | None]
Dialect = Literal["sqlite", "postgresql"]

# PostgreSQL refuses both; SQLite would take them and hand back text that cannot be encoded.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class DatabaseError(Exception):
    """The database cannot be used; the text says why and what to do next."""


class NestedTransaction(RuntimeError):
    """The database was asked for something from inside a running transaction: use the Tx given to the work."""


class FailedTransaction(RuntimeError):
    """A statement of this transaction failed before, so that nothing of it can be kept."""


class UnstorableText(ValueError):
    """A text holds NUL or half a character (a lone surrogate): neither database can keep it."""


class Session(Protocol):
    """Runs SQL with named parameters (`:name`). Both databases take the same text."""

    @property
    def dialect(self) -> Dialect:
        """Which database it is; a branch on it needs a comment."""

    def query(self, sql: str, params: Params = ..., /) -> list[Row]:
        """Run one statement and return its rows as dicts (none for a statement that returns nothing).

        Raises UnstorableText before anything is sent when a text parameter holds NUL or a lone surrogate.
        """

    def transaction(self, work: Callable[[Tx], T], /) -> T:
        """Run `work` atomically: all of it is kept, or, when it raises, nothing."""


class Tx(Session, Protocol):
    """A running read-write transaction. Its own `transaction` joins it."""

    def query_many(self, sql: str, rows: Sequence[Params], /) -> None:
        """Run one statement once for each of `rows`."""


class Database(Session, Protocol):
    """An open database, safe to use from several threads. Outside a transaction `query` only reads.

    `transaction` may run its work again after a conflict with another process, so a work does nothing but
    talk to its Tx. Calling the database itself from inside a work raises NestedTransaction.
    """

    def alone(self) -> AbstractContextManager[None]:
        """Hold what only one process at a time may hold; for changes of the schema."""

    def clean(self) -> bool:
        """Rewrite the file without anything that was deleted; False when somebody else held on to it meanwhile.

        Where the database is a server that is the server's own work: True.
        """

    def close(self) -> None:
        """Finish what is under way and let go of every connection. Later calls raise DatabaseError."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *error: object) -> None: ...


def check_text(value: object) -> None:
    """Raise UnstorableText when `value` is a text that the databases cannot keep."""
    if isinstance(value, str) and _UNSTORABLE.search(value):
        raise UnstorableText(texts.UNSTORABLE_TEXT)


class Transaction:
    """The Tx that both drivers hand to a work.

    After a failed statement it refuses everything, as PostgreSQL does by itself and SQLite does not;
    `failure` is what that statement raised.
    """

    def __init__(
        self,
        dialect: Dialect,
        run: Callable[[str, Params], list[Row]],
        run_many: Callable[[str, Sequence[Params]], None],
    ) -> None:
        self._dialect = dialect
        self._run = run
        self._run_many = run_many
        self.failure: BaseException | None = None
        self._over = False

    @property
    def dialect(self) -> Dialect:
        """Which database it is."""
        return self._dialect

    def query(self, sql: str, params: Params | None = None, /) -> list[Row]:
        """Run one statement; see Session."""
        params = params or {}
        with self._guarded([params]):
            return self._run(sql, params)

    def query_many(self, sql: str, rows: Sequence[Params], /) -> None:
        """Run one statement for each of `rows`; see Tx."""
        with self._guarded(rows):
            self._run_many(sql, rows)

    def transaction(self, work: Callable[[Tx], T], /) -> T:
        """Join: `work` becomes part of this transaction."""
        return work(self)

    def perform(self, work: Callable[[Tx], T]) -> T:
        """Run a work to its end. Raises FailedTransaction when the work hid a statement's failure."""
        try:
            result = work(self)
        finally:
            self._over = True
        if self.failure is not None:
            raise FailedTransaction(texts.FAILED_TRANSACTION) from self.failure
        return result

    @contextmanager
    def _guarded(self, rows: Sequence[Params]) -> Iterator[None]:
        if self._over:
            raise RuntimeError("the transaction is over: a Tx must not leave its work")
        if self.failure is not None:
            raise FailedTransaction(texts.FAILED_TRANSACTION) from self.failure
        for params in rows:
            for value in params.values():
                check_text(value)
        try:
            yield
        except BaseException as failure:
            self.failure = failure
            raise


class InsideWork(threading.local):
    """Whether this thread is inside a work of some database; so that nested calls raise instead of waiting."""

    running = False

    def refuse(self) -> None:
        """Raise NestedTransaction when this thread is inside a work."""
        if self.running:
            raise NestedTransaction(
                "the database was called from inside a transaction: use the work's own Tx"
            )

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Mark the thread for as long as a work runs on it."""
        self.running = True
        try:
            yield
        finally:
            self.running = False
