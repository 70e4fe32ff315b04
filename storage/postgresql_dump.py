"""PostgreSQL's own tools: pg_dump, pg_restore and psql, which must be of the server's version or newer."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from bot.texts.ja import storage as texts
from storage.session import DatabaseError

# How libpq's settings are called in the environment: a password among arguments could be read by everybody.
_NAMES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}
# The dump names its tables with their schema. Under that name they are loaded while the present ones are out of the way;
# when this is committed everything is where it was, and what was loaded stands beside it.
_ASIDE = SQL(
    "drop schema if exists {beside} cascade; alter schema {here} rename to dxbot_aside; create schema {here}"
)
_BACK = SQL("alter schema {here} rename to {beside}; alter schema dxbot_aside rename to {here}")


def schema_of(url: str) -> str:
    """The schema in which the product's tables are. Raises DatabaseError when there is none."""
    with psycopg.connect(url) as connection:
        row = connection.execute("select current_schema()").fetchone()
    if not row or not row[0]:
        raise DatabaseError(texts.NO_SCHEMA)
    return str(row[0])


def dump(url: str, target: Path) -> None:
    """Write a consistent dump of our schema into an existing file, and read its list back. Raises DatabaseError."""
    options = [
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        f"--schema={_pattern(schema_of(url))}",
        f"--file={target}",
    ]
    _finish("pg_dump", _begin("pg_dump", url, options))
    check(url, target)


def check(url: str, source: Path) -> None:
    """Raise DatabaseError unless a dump can be read."""
    _finish("pg_restore", _begin("pg_restore", url, ["--list", str(source)]))


def load_beside(url: str, source: Path, here: str, beside: str) -> None:
    """Load a dump of the schema `here` as the schema `beside`, in one transaction: others see `here` as it is all the time.

    Raises DatabaseError; then `beside` may hold a part.
    """
    names = {"here": Identifier(here), "beside": Identifier(beside)}
    aside, back = (text.format(**names).as_string() for text in (_ASIDE, _BACK))
    loading = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"]
    script = _begin(
        "pg_restore",
        url,
        ["--no-owner", "--no-privileges", f"--schema={here}", "--file=-", str(source)],
        stdout=subprocess.PIPE,
    )
    try:
        loaded = _begin(
            "psql",
            url,
            [*loading, f"--command={aside}", "--file=-", f"--command={back}"],
            stdin=script.stdout,
        )
    except DatabaseError:
        script.kill()
        raise
    finally:
        if script.stdout:
            script.stdout.close()
    _finish("psql", loaded)
    _finish("pg_restore", script)


def _pattern(schema: str) -> str:
    return '"' + schema.replace('"', '""') + '"'


def _begin(
    tool: str,
    url: str,
    arguments: Sequence[str],
    stdin: IO[str] | None = None,
    stdout: int = subprocess.DEVNULL,
) -> subprocess.Popen[str]:
    found = shutil.which(tool)
    if found is None:
        raise DatabaseError(texts.no_tool(tool))
    told = conninfo_to_dict(url)
    settings = {_NAMES[name]: str(value) for name, value in told.items() if name in _NAMES and value}
    return subprocess.Popen(  # noqa: S603  PostgreSQL's own tool, no shell
        [found, *arguments],
        env=os.environ | settings,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(tool: str, process: subprocess.Popen[str]) -> None:
    with process:
        _, told = process.communicate()
    if process.returncode:
        lines = told.strip().splitlines()
        raise DatabaseError(texts.tool_failed(tool, lines[0] if lines else str(process.returncode)))
