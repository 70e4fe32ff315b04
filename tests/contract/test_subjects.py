"""What conversations are about, on both databases."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from storage import subjects
from storage.session import Database, DatabaseError, Row
from storage.stores import SqlStores
from storage.subjects import LateSubjects

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)


def test_the_last_subject_stands_until_its_time(stores: SqlStores) -> None:
    stores.subjects.remember("a", ["x"], NOW, LATER)
    stores.subjects.remember("a", ["y", "項目"], NOW, LATER)
    assert stores.subjects.recall("a", NOW) == ("y", "項目")
    assert stores.subjects.recall("b", NOW) == ()
    assert stores.subjects.recall("a", LATER) == ()


def test_what_ran_out_is_removed_by_the_next(stores: SqlStores) -> None:
    stores.subjects.remember("a", ["x"], NOW, LATER)
    stores.subjects.remember("b", ["y"], LATER, LATER + timedelta(minutes=30))
    assert stores.subjects.recall("a", NOW) == ()
    assert stores.subjects.recall("b", LATER) == ("y",)


def test_every_process_sees_it(stores: SqlStores) -> None:
    stores.transaction(lambda inside: inside.subjects.remember("a", ["x"], NOW, LATER))
    assert stores.subjects.recall("a", NOW) == ("x",)


@pytest.fixture
def late(database: Database, monkeypatch: pytest.MonkeyPatch) -> LateSubjects:
    monkeypatch.setattr(subjects, "LATE_SECONDS", 3600.0)
    return LateSubjects(database)


def _written(database: Database) -> list[Row]:
    return database.query("select conversation, articles from subjects order by conversation")


def test_this_process_sees_at_once_what_is_written_later(
    database: Database, stores: SqlStores, late: LateSubjects
) -> None:
    late.remember("b", ["x"], NOW, LATER)
    late.remember("a", ["y"], NOW, LATER)
    late.remember("a", ["z"], NOW, LATER)
    assert late.recall("a", NOW) == ("z",)
    assert late.recall("a", LATER) == ()
    assert _written(database) == []
    late.flush()
    assert [row["conversation"] for row in _written(database)] == ["a", "b"]
    assert stores.subjects.recall("a", NOW) == late.recall("a", NOW) == ("z",)


def test_another_process_is_believed_once_ours_is_written(stores: SqlStores, late: LateSubjects) -> None:
    late.remember("a", ["x"], NOW, LATER)
    late.flush()
    stores.subjects.remember("a", ["y"], NOW, LATER)
    assert late.recall("a", NOW) == ("y",)
    late.flush()
    assert late.recall("a", NOW) == ("y",)


def test_what_cannot_be_written_waits_for_the_next(
    database: Database, late: LateSubjects, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(work: object) -> None:
        raise DatabaseError("away")

    late.remember("a", ["x"], NOW, LATER)
    with monkeypatch.context() as patched:
        patched.setattr(database, "transaction", away)
        late.flush()
    assert late.recall("a", NOW) == ("x",)
    late.remember("b", ["y"], NOW, LATER)
    late.flush()
    assert [row["conversation"] for row in _written(database)] == ["a", "b"]


def test_it_is_written_by_itself(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subjects, "LATE_SECONDS", 0.01)
    late = LateSubjects(database)
    late.remember("a", ["x"], NOW, LATER)
    until = time.monotonic() + 5
    while not _written(database) and time.monotonic() < until:
        time.sleep(0.01)
    assert [row["conversation"] for row in _written(database)] == ["a"]
