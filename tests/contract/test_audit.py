"""The audit chain on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.services import Stores
from staff.store import AuditEvent
from storage import audit as audit_module
from storage.database import Database
from storage.session import UnstorableText
from storage.stores import SqlStores
from tests.contract.processes import append_audit, run_together

NOW = datetime(2026, 11, 24, 8, 45, tzinfo=UTC)


def event(number: int = 0) -> AuditEvent:
    return AuditEvent(
        at=NOW + timedelta(seconds=number),
        actor="000001",
        action="directory.import",
        target=f"対象{number}",
        detail={"joiners": number, "note": "メモ"},
    )


def fill(stores: SqlStores, count: int = 5) -> None:
    for number in range(count):
        stores.audit.append(event(number))


def test_an_empty_chain_is_sound(stores: SqlStores) -> None:
    assert stores.audit.verify() == 0
    assert stores.audit.list_events() == []


def test_events_come_back_newest_first_and_the_chain_is_sound(stores: SqlStores) -> None:
    fill(stores)
    assert stores.audit.list_events(2) == [event(4), event(3)]
    assert stores.audit.verify() == 5


def test_equal_events_have_different_hashes(stores: SqlStores) -> None:
    assert stores.audit.append(event()) != stores.audit.append(event())


def test_a_long_chain_is_read_in_pages(stores: SqlStores, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "PAGE", 2)
    fill(stores)
    assert stores.audit.verify() == 5


@pytest.mark.parametrize(
    ("tampering", "named"),
    [
        ("update audit_events set actor = '000002' where position = 3", "3 番目"),
        ("update audit_events set at = '2026-01-01T00:00:00.000000+00:00' where position = 1", "1 番目"),
        ("""update audit_events set detail = '{"joiners": 9}' where position = 5""", "5 番目"),
        ("update audit_events set hash = 'x' where position = 2", "2 番目"),
        ("delete from audit_events where position = 4", "4 番目"),
        ("delete from audit_events where position = 5", "5 番目"),
        ("delete from audit_events", "1 番目"),
        ("update audit_events set position = 9 where position = 5", "5 番目"),
        ("update audit_head set length = 4", "4 番目"),
        ("update audit_head set hash = 'x'", "末尾"),
        ("delete from audit_head", "末尾"),
        (
            "insert into audit_events select 6, at, actor, action, target, detail, hash from audit_events"
            " where position = 5",
            "6 番目",
        ),
    ],
)
def test_tampering_is_found_and_named(
    database: Database, stores: SqlStores, tampering: str, named: str
) -> None:
    fill(stores)
    database.transaction(lambda tx: tx.query(tampering))
    with pytest.raises(ValueError, match=named):
        stores.audit.verify()


def test_an_undone_append_leaves_no_gap(stores: SqlStores) -> None:
    def work(inside: Stores) -> None:
        inside.audit.append(event(1))
        raise KeyError

    fill(stores, 2)
    with pytest.raises(KeyError):
        stores.transaction(work)
    fill(stores, 2)
    assert stores.audit.verify() == 4


@pytest.mark.parametrize("text", ["a\x00b", "\udc80"])
def test_text_that_cannot_be_kept_is_refused_alike(stores: SqlStores, text: str) -> None:
    with pytest.raises(UnstorableText):
        stores.audit.append(AuditEvent(at=NOW, actor=text, action="a", target="b"))
    with pytest.raises(UnstorableText):
        stores.audit.append(AuditEvent(at=NOW, actor="a", action="a", target="b", detail={"note": text}))
    assert stores.audit.verify() == 0


def test_a_time_without_zone_is_refused(stores: SqlStores) -> None:
    with pytest.raises(ValueError, match="zone"):
        stores.audit.append(AuditEvent(at=NOW.replace(tzinfo=None), actor="a", action="a", target="b"))


def test_threads_append_one_after_the_other(database: Database, stores: SqlStores) -> None:
    with ThreadPoolExecutor(4) as threads:
        hashes = [
            hash_
            for result in threads.map(lambda n: append_audit(database, f"t{n}"), range(4))
            for hash_ in result
        ]
    assert len(set(hashes)) == 120
    assert stores.audit.verify() == 120


def test_processes_append_one_after_the_other(database_url: str, stores: SqlStores) -> None:
    results = run_together("append_audit", database_url)
    assert len({hash_ for result in results for hash_ in result}) == 90
    assert stores.audit.verify() == 90
