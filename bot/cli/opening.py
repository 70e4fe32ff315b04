"""Services for the time of one command, on a database whose schema fits this program."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.app import build_services
from bot.cli.failing import CommandError
from bot.cli.standing import record_run
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import cli as texts
from staff.acting import acting_from
from storage.database import open_database
from storage.migrations import pending

PLAIN = "%(asctime)s %(levelname)s %(name)s %(message)s"


@contextmanager
def opened(settings: Settings) -> Iterator[Services]:
    """Services that are closed at the end. Raises CommandError when the schema is missing or too old.

    No database is made: a mistyped address must not look like an empty one. What the command shows goes on record first
    (standing.py).
    """
    require_schema(settings.database_url)
    services = build_services(settings)
    try:
        with acting_from("cli"):
            if running := click.get_current_context(silent=True):
                record_run(services, running.command_path.removeprefix("dxbot "))
            yield services
    finally:
        services.close()


def require_schema(database_url: str) -> None:
    """Raise CommandError naming the migrations to apply, DatabaseError when the database is out of reach."""
    with open_database(database_url, create=False) as database:
        names = pending(database)
    if names:
        raise CommandError([texts.SCHEMA_OLD.format(names="、".join(names))])


def log_to_stderr(settings: Settings) -> None:
    """Log lines for the operator: time, level, place, event; never what people asked or answered."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format == "json" else logging.Formatter(PLAIN))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, place, event; for a fault its kind and where, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "place": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            told["fault"] = record.exc_info[0].__name__
            told["where"] = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames[-12:]]
        return json.dumps(told, ensure_ascii=False)
