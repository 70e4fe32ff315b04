"""The PostgreSQL driver: named parameters, and sessions that break."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator

import psycopg
import pytest

from storage.database import Database, Tx, open_database
from storage.postgresql import to_pyformat
from tests.databases import with_schema

COUNT_UP = "update numbers set number = number + 1 returning number"


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select :a", "select %(a)s"),
        ("select :a::text, ':b', '100%', x % 2", "select %(a)s::text, ':b', '100%%', x %% 2"),
        ("select ':it''s :a', :b", "select ':it''s :a', %(b)s"),
        ('select ":name" from t -- :c %', 'select ":name" from t -- :c %%'),
        ("a = :a_1 and b=:b", "a = %(a_1)s and b=%(b)s"),
    ],
)
def test_named_parameters(sql: str, expected: str) -> None:
    assert to_pyformat(sql) == expected


@pytest.fixture
def address(postgresql_url: str) -> Iterator[str]:
    """A database with a small table, and sessions that can be told from other tests' by their name."""
    name = f"dxbot_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"create schema {name}")
        connection.execute(f"create table {name}.numbers (number bigint)")
        connection.execute(f"insert into {name}.numbers values (0)")
        yield f"{with_schema(postgresql_url, name)}&application_name={name}"
        connection.execute("set client_min_messages = error")
        connection.execute(f"drop schema {name} cascade")


def number(database: Database) -> int:
    return int(database.query("select number from numbers")[0]["number"])


def end_other_sessions(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where pid <> pg_backend_pid() and application_name = 'dxbot'"
        )


def test_after_the_server_ended_our_sessions_work_goes_on(address: str) -> None:
    with open_database(address) as database:
        assert number(database) == 0
        end_other_sessions(address)
        assert number(database) == 0
        assert database.transaction(lambda tx: tx.query(COUNT_UP)) == [{"number": 1}]


def test_a_session_that_ends_inside_a_work_keeps_nothing(address: str) -> None:
    def work(tx: Tx) -> None:
        tx.query(COUNT_UP)
        end_other_sessions(address)
        tx.query("select 1")

    with open_database(address) as database:
        with pytest.raises(psycopg.OperationalError):
            database.transaction(work)
        assert number(database) == 0
        database.transaction(lambda tx: tx.query(COUNT_UP))
        assert number(database) == 1


def test_a_work_that_met_a_conflict_runs_again_even_when_it_hid_it(address: str) -> None:
    runs: list[int] = []
    read, written = threading.Event(), threading.Event()

    def slow(tx: Tx) -> None:
        before = tx.query("select number from numbers")[0]["number"]
        runs.append(before)
        read.set()
        written.wait(10)
        try:
            tx.query("update numbers set number = :number", {"number": before + 10})
        except psycopg.Error as error:
            raise RuntimeError("hidden") from error

    with open_database(address) as database:
        thread = threading.Thread(target=database.transaction, args=[slow])
        thread.start()
        read.wait(10)
        database.transaction(lambda tx: tx.query(COUNT_UP))
        written.set()
        thread.join(10)
        assert runs == [0, 1]
        assert number(database) == 11
