"""Putting a dump in the place of what a PostgreSQL database holds: loaded and checked beside it, then given its name."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from bot.texts.ja import storage as texts
from storage import postgresql_dump as tools
from storage.postgresql import APPLICATION, PostgresqlDatabase
from storage.session import Database, DatabaseError

RESTORING = "dxbot_restoring"
CLOSING_SECONDS = 1.0
_OTHERS = """
select count(*) from pg_stat_activity where datname = current_database() and application_name = %s
"""
_TABLES = "select count(*) from information_schema.tables where table_schema = %s"


def restore(url: str, source: Path, now: datetime, then: Callable[[Database], None]) -> Path:
    """Put a dump in the place of what is there; what was there is dumped first, beside `source`, and that file returned.

    `then` is given what was restored before it takes the place. Raises DatabaseError, and whatever `then` raises, with
    the database as it was. A process killed on the way leaves a schema beside it that the next one removes.
    """
    tools.check(url, source)
    _refuse_use(url)
    here = tools.schema_of(url)
    former = source.with_name(f"{source.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    os.close(os.open(former, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        tools.dump(url, former)
        tools.load_beside(url, source, here, RESTORING)
        _refuse_empty(url, here)
        with PostgresqlDatabase(_in_schema(url, RESTORING)) as database:
            then(database)
        _swap(url, here)
    except BaseException:
        former.unlink(missing_ok=True)
        _drop_rest(url)
        raise
    return former


def _refuse_use(url: str) -> None:
    """A connection that was closed just now goes after a moment."""
    until = time.monotonic() + CLOSING_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while (row := connection.execute(_OTHERS, [APPLICATION]).fetchone()) and row[0]:
            if time.monotonic() > until:
                raise DatabaseError(texts.IN_USE)
            time.sleep(0.05)


def _refuse_empty(url: str, here: str) -> None:
    with psycopg.connect(url) as connection:
        row = connection.execute(_TABLES, [RESTORING]).fetchone()
    if not row or not row[0]:
        raise DatabaseError(texts.backup_of_other_schema(here))


def _in_schema(url: str, schema: str) -> str:
    """The address with this schema in the place of the usual one; of two `options` the last one counts."""
    options = f"{conninfo_to_dict(url).get('options', '')} -csearch_path={schema}".strip()
    return f"{url}{'&' if '?' in url else '?'}options={quote(str(options))}"


def _swap(url: str, here: str) -> None:
    _refuse_use(url)
    names = {"here": Identifier(here), "restored": Identifier(RESTORING)}
    try:
        with psycopg.connect(url) as connection:
            connection.execute(SQL("drop schema {here} cascade").format(**names))
            connection.execute(SQL("alter schema {restored} rename to {here}").format(**names))
    except psycopg.Error as error:
        raise DatabaseError(texts.not_swapped(" ".join(str(error).split()))) from error


def _drop_rest(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(SQL("drop schema if exists {} cascade").format(Identifier(RESTORING)))
