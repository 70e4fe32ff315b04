"""kill -9 of the web process at random while a thousand people answer on their links, on each database."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.harness import Cell, Result
from bench.postgresql import empty_schema, postgresql
from tests.surveys.killing import Killing

PEOPLE, KILLS = 1_000, 20


def measure() -> Result:
    """One run on SQLite, one on PostgreSQL. The database itself is not killed."""
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        rows = (
            _row("SQLite", f"sqlite:///{Path(folder) / 'killed.db'}", Path(folder)),
            _row("PostgreSQL", empty_schema(server), Path(folder)),
        )
    return Result(
        "surveys-kill",
        f"{PEOPLE:,} people answer while the web process is killed",
        ("database", "kills", "acknowledged", "stored whole", "half stored", "integrity", "seconds"),
        rows,
    )


def _row(name: str, url: str, folder: Path) -> tuple[Cell, ...]:
    killing = Killing(url, folder, PEOPLE, KILLS)
    began = time.perf_counter()
    killing.run()
    seconds = time.perf_counter() - began
    stored = killing.stored()
    whole = sum(
        stored.get(person) == {"A": f"{person}-A", "B": f"{person}-B"} for person in killing.acknowledged
    )
    return (
        name,
        killing.killed,
        len(killing.acknowledged),
        whole,
        killing.half_stored(),
        "ok" if killing.is_sound() else "broken",
        seconds,
    )
