"""The audit chain on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.services import Stores
from staff.acting import acting_from, channel_now
from staff.chain import Anchor
from staff.model import Department, Person, Post
from staff.store import AuditEvent, AuditFilter
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
            "insert into audit_events select 6, at, actor, action, target, detail, hash, channel from audit_events"
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


@pytest.mark.parametrize(
    "tampering",
    [
        ("delete from audit_events where position > 3", "update audit_head set length = 3"),
        ("delete from audit_events where position < 3", "update audit_base set position = 2"),
        ("update audit_events set channel = 'slack' where position = 2", "select 1"),
        ("delete from audit_base", "select 1"),
    ],
)
def test_a_log_cut_at_either_end_is_not_what_was_anchored(
    database: Database, stores: SqlStores, tampering: tuple[str, str]
) -> None:
    fill(stores)
    anchor = stores.audit.anchor()
    for statement in tampering:
        database.transaction(lambda tx, sql=statement: tx.query(sql))  # type: ignore[misc]
    hashes = {
        row["position"]: row["hash"] for row in database.query("select position, hash from audit_events")
    }
    if 3 in hashes and 4 not in hashes:  # somebody who knows how the chain is made mends its end
        database.transaction(lambda tx: tx.query("update audit_head set hash = :h", {"h": hashes[3]}))
        assert stores.audit.verify() == 3, "only an anchor tells"
    with pytest.raises(ValueError, match=r"番目|末尾"):
        stores.audit.verify(anchor)


def test_people_stand_under_pseudonyms_until_their_key_goes(database: Database, stores: SqlStores) -> None:
    person = Person(id="000001", name="見本 花子", email="a@example.lg.jp", posts=(Post(department_id="1"),))
    stores.directory.save([Department(id="1", name="見本課")], [person], [])
    stores.audit.append(event())
    stores.audit.append(event().model_copy(update={"actor": "cli/root", "target": "person/000001"}))
    kept = str(database.query("select * from audit_events"))
    assert "000001" not in kept and "cli/root" in kept
    assert [(one.actor, one.target) for one in stores.audit.list_events()] == [
        ("cli/root", "person/000001"),
        ("000001", "対象0"),
    ]
    assert [record.position for record in stores.audit.search(AuditFilter(actor="000001"))] == [1]
    assert stores.audit.forget_person("000001")
    assert not stores.audit.forget_person("000001")
    told = str(stores.audit.list_events()) + str(database.query("select * from audit_people"))
    assert "000001" not in told
    assert stores.audit.verify() == 2


def test_entries_are_found_by_action_channel_and_time(stores: SqlStores) -> None:
    fill(stores)
    with acting_from("slack"):
        stores.audit.append(event(5).model_copy(update={"action": "access.link", "channel": channel_now()}))

    def positions(**wanted: object) -> list[int]:
        return [record.position for record in stores.audit.search(AuditFilter(**wanted))]  # type: ignore[arg-type]

    assert positions(action="access.") == positions(channel="slack") == [6]
    assert positions(since=NOW + timedelta(seconds=2), until=NOW + timedelta(seconds=4)) == [4, 3]
    assert positions(before=3) == [2, 1]
    assert positions(actor="nobody") == []


def test_the_channel_reaches_events_made_inside_a_transaction(stores: SqlStores) -> None:
    with acting_from("teams"):
        stores.transaction(lambda inside: inside.audit.append(event()))
    assert stores.audit.list_events()[0].channel == "teams"


def test_a_pruned_log_verifies_and_says_so(database: Database, stores: SqlStores) -> None:
    fill(stores)
    old = stores.audit.anchor()
    assert stores.audit.prune(NOW, NOW) == 0
    assert stores.audit.prune(NOW + timedelta(seconds=3), NOW + timedelta(days=1)) == 3
    assert stores.audit.verify() == stores.audit.verify(old) == 3
    assert stores.audit.list_events(1)[0].action == "audit.prune"
    fill(stores, 2)
    anchor = stores.audit.anchor()
    assert (anchor.first, anchor.last) == (4, 8)
    assert stores.audit.verify(Anchor.read(str(anchor))) == 5
    assert stores.audit.prune(NOW + timedelta(days=2), NOW + timedelta(days=2)) == 5
    with pytest.raises(ValueError, match="保存期間"):
        stores.audit.verify(old)
    assert stores.audit.verify() == 1
    database.transaction(lambda tx: tx.query("update audit_base set hash = 'x'"))
    with pytest.raises(ValueError, match="9 番目"):
        stores.audit.verify()


def test_a_day_has_one_anchor(stores: SqlStores) -> None:
    fill(stores, 1)
    first = stores.audit.anchor()
    assert stores.audit.keep_anchor(NOW.date(), first)
    fill(stores, 1)
    assert not stores.audit.keep_anchor(NOW.date(), stores.audit.anchor())
    assert stores.audit.list_anchors() == [first]
    assert stores.audit.verify() == 2


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
