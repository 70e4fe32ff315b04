"""Durable writes a second through storage, against raw autocommit inserts by pysqlite3 in the same run."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter

from pysqlite3 import dbapi2 as sqlite3

from bench.harness import Result
from storage.database import Tx, open_database

WRITES = 4000
THREADS = (1, 4, 16)
TABLE = "create table if not exists notes (id text primary key, body text not null)"
INSERT = "insert into notes (id, body) values (:id, :body)"
BODY = "窓口の手続をオンラインで受け付ける。" * 5


def measure() -> Result:
    """Insert WRITES rows each way; every row is on disk before its caller goes on."""
    with tempfile.TemporaryDirectory() as folder:
        raw = _raw(Path(folder) / "raw.db")
        rows: list[tuple[str, int, float, float]] = [("raw pysqlite3, autocommit", 1, raw, 1.0)]
        for threads in THREADS:
            rate = _through_storage(Path(folder) / f"storage-{threads}.db", threads)
            rows.append(("storage, one transaction a write", threads, rate, rate / raw))
    columns = ("way", "threads", "writes/s", "x raw")
    return Result("writing", "Durable writes (SQLite, WAL, synchronous=FULL)", columns, tuple(rows))


def _raw(path: Path) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = full")
        connection.execute(TABLE)
        began = perf_counter()
        for number in range(WRITES):
            connection.execute(INSERT, {"id": str(number), "body": BODY})
        return WRITES / (perf_counter() - began)


def _through_storage(path: Path, threads: int) -> float:
    with open_database(f"sqlite:///{path}") as database:
        database.transaction(lambda tx: tx.query(TABLE))

        def write(number: int) -> None:
            def work(tx: Tx) -> None:
                tx.query(INSERT, {"id": str(number), "body": BODY})

            database.transaction(work)

        with ThreadPoolExecutor(threads) as pool:
            began = perf_counter()
            for _ in pool.map(write, range(WRITES)):
                pass
            seconds = perf_counter() - began
        stored = database.query("select count(*) as rows from notes")[0]["rows"]
    if stored != WRITES:
        raise RuntimeError(f"{stored} of {WRITES} rows stored")
    return WRITES / seconds
