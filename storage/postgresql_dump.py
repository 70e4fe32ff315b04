"""PostgreSQL's own tools: pg_dump and pg_restore, which must be of the server's version or newer."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bot.texts.ja import storage as texts
from storage.postgresql import APPLICATION
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
_OTHERS = """
select count(*) from pg_stat_activity where datname = current_database() and application_name = %s
"""


def dump(url: str, target: Path) -> None:
    """Write a consistent dump into an existing file, and read its list back. Raises DatabaseError."""
    _run("pg_dump", url, ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
    _run("pg_restore", url, ["--list", str(target)])


def restore(url: str, source: Path, now: datetime) -> Path:
    """Put a dump in the place of what is there, in one transaction; what was there is dumped first, beside `source`."""
    _run("pg_restore", url, ["--list", str(source)])
    with psycopg.connect(url) as connection:
        row = connection.execute(_OTHERS, [APPLICATION]).fetchone()
        if row and row[0]:
            raise DatabaseError(texts.IN_USE)
    former = source.with_name(f"{source.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    os.close(os.open(former, os.O_CREAT | os.O_EXCL, 0o600))
    dump(url, former)
    options = [
        "--clean",
        "--if-exists",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
    ]
    name = str(conninfo_to_dict(url).get("dbname", ""))
    _run("pg_restore", url, [*options, f"--dbname={name}", str(source)])
    return former


def _run(tool: str, url: str, arguments: Sequence[str]) -> None:
    found = shutil.which(tool)
    if found is None:
        raise DatabaseError(texts.no_tool(tool))
    told = conninfo_to_dict(url)
    settings = {_NAMES[name]: str(value) for name, value in told.items() if name in _NAMES and value}
    done = subprocess.run(  # noqa: S603  PostgreSQL's own tool, no shell
        [found, *arguments], env=os.environ | settings, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise DatabaseError(texts.tool_failed(tool, lines[0] if lines else str(done.returncode)))
