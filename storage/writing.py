"""The one thread of a process that writes to SQLite: queued works share a commit."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing, suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from pysqlite3 import dbapi2 as sqlite3

from bot.texts.ja import storage as texts
from storage.session import DatabaseError, InsideWork, Params, Row, Transaction, Tx

T = TypeVar("T")

GROUP_WORKS = 200
GROUP_SECONDS = 0.02
BEGIN_SECONDS = 30.0


class _Job:
    """A work waiting for the writing thread, and the future its caller waits on."""

    def __init__(self, work: Callable[[Tx], Any]) -> None:
        self.work = work
        self.done: Future[Any] = Future()
        self.outcome: Callable[[], None] = lambda: None

    def run(self, connection: Any) -> None:
        """Run the work in a savepoint and keep its outcome for after the commit."""
        connection.execute("savepoint work")
        tx = Transaction("sqlite", _runner(connection), _many_runner(connection))
        try:
            result = tx.perform(self.work)
        except BaseException as failure:
            self._fail(connection, failure)
        else:
            connection.execute("release work")
            self.outcome = lambda: self.done.set_result(result)

    def _fail(self, connection: Any, failure: BaseException) -> None:
        self.outcome = lambda: self.done.set_exception(failure)
        # Some failures (disk full, I/O) make SQLite roll everything back: then no work of the group stands.
        if not connection.in_transaction:
            raise failure
        connection.execute("rollback to work")
        connection.execute("release work")


class Writer:
    """Runs works one after the other, each in a savepoint, and commits all that queued up meanwhile at once.

    A caller gets its result or exception only after the commit. A work that raises loses only its own changes;
    when the commit itself fails, every work of the group fails.
    """

    def __init__(self, open_connection: Callable[[], Any], inside: InsideWork) -> None:
        self._inside = inside
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._connection = open_connection()
        self._connection.execute("pragma busy_timeout = 0")
        self._thread = threading.Thread(target=self._serve, name="dxbot-writer", daemon=True)
        self._thread.start()

    def perform(self, work: Callable[[Tx], T]) -> T:
        """Queue a work and wait for its outcome."""
        job = _Job(work)
        with self._lock:
            if self._closed:
                raise DatabaseError(texts.CLOSED)
            self._queue.put(job)
        result: T = job.done.result()
        return result

    def close(self) -> None:
        """Finish what is queued, then end the thread and close its connection."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        with closing(self._connection):
            while (job := self._queue.get()) is not None:
                if not self._serve_group(job):
                    return

    def _serve_group(self, first: _Job) -> bool:
        """Serve `first` and what waits behind it; False when the end of the queue came along."""
        jobs = [first]
        more = True
        try:
            begin(self._connection)
            more = self._run_all(jobs)
            self._connection.execute("commit")
        except BaseException as failure:
            _abandon(self._connection, jobs, failure)
        else:
            for job in jobs:
                job.outcome()
        return more

    def _run_all(self, jobs: list[_Job]) -> bool:
        until = time.monotonic() + GROUP_SECONDS
        with self._inside.entered():
            jobs[0].run(self._connection)
            while len(jobs) < GROUP_WORKS and time.monotonic() < until:
                try:
                    job = self._queue.get_nowait()
                except Empty:
                    return True
                if job is None:
                    return False
                jobs.append(job)
                job.run(self._connection)
        return True


def begin(connection: Any) -> None:
    """Take the write lock on a connection without busy_timeout.

    SQLite's own waiting backs off to 100 ms, so that several busy processes starve each other: a short random
    wait gives each its turn. Raises DatabaseError when another process holds the lock for BEGIN_SECONDS.
    """
    until = time.monotonic() + BEGIN_SECONDS
    while True:
        try:
            connection.execute("begin immediate")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            if time.monotonic() > until:
                raise DatabaseError(texts.busy(BEGIN_SECONDS)) from error
        time.sleep(random.uniform(0.0005, 0.003))  # noqa: S311  a wait, not a secret


def _abandon(connection: Any, jobs: Sequence[_Job], failure: BaseException) -> None:
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("rollback")
    for job in jobs:
        job.done.set_exception(failure)


def _runner(connection: Any) -> Callable[[str, Params], list[Row]]:
    def run(sql: str, params: Params) -> list[Row]:
        with closing(connection.execute(sql, params)) as cursor:
            rows: list[Row] = cursor.fetchall()
        return rows

    return run


def _many_runner(connection: Any) -> Callable[[str, Sequence[Params]], None]:
    def run_many(sql: str, rows: Sequence[Params]) -> None:
        connection.executemany(sql, rows).close()

    return run_many
