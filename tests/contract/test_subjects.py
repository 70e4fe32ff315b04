"""What conversations are about, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.stores import SqlStores

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
