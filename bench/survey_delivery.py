"""10,000 submissions delivered one to four times each, shuffled, by two processes: what is stored, and how fast."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench.harness import Result
from bench.postgresql import empty_schema, postgresql
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.definition import Identity
from tests.surveys.deliveries import deliver, newest, open_for

SUBMISSIONS = 10_000


def measure() -> Result:
    """Each database with answers that can be edited, and with anonymous ones."""
    with tempfile.TemporaryDirectory() as folder, postgresql() as server:
        rows = []
        for identity in (Identity.CONFIDENTIAL, Identity.ANONYMOUS):
            rows.append(_row("SQLite", f"sqlite:///{Path(folder) / identity}.db", identity))
            rows.append(_row("PostgreSQL", empty_schema(server), identity))
    return Result(
        "surveys-delivery",
        f"{SUBMISSIONS:,} submissions, each delivered 1-4 times, shuffled, to two processes",
        ("database", "identity", "deliveries", "people", "rows", "lost", "stale", "deliveries/s"),
        tuple(rows),
    )


def _row(name: str, url: str, identity: Identity) -> tuple[str | int | float, ...]:
    expected = newest(SUBMISSIONS)
    with open_database(url) as database:
        migrate(database)
        store = SqlStores(database).surveys
        open_for(store, len(expected), identity)
        began = time.perf_counter()
        count = deliver(url, SUBMISSIONS)
        seconds = time.perf_counter() - began
        stored = [str(sheet.answers["L"]) for sheet in store.list_sheets("round-1")]
    people = {text.partition("の")[0] for text in stored}
    lost = len(expected) - len(people)
    # The first of an anonymous round stands: nobody can tell whose it was, so none can take its place.
    stale = len(set(stored) - set(expected.values())) if identity is not Identity.ANONYMOUS else 0
    return name, identity.value, count, len(expected), len(stored), lost, stale, count / seconds
