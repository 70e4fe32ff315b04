"""What was kept goes in time, by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery import Message
from bot.jobs.retention import clean_file, forget_expired, forget_leavers
from bot.jobs.running import Job, keep_doing
from bot.messages import Paragraph, Reply
from bot.settings import Settings
from knowledge.learning.unanswered import Reason, keep_question
from staff.privacy.erasing import look
from staff.privacy.holding import HoldRefused, lift_hold, place_hold
from storage.stores import SqlStores
from tests.handlers.learning_city import NOW, later, open_city
from tests.staff.privacy.planting import leaver, plant
from tests.staff.privacy.planting import settle as settle_rounds

EXPIRED = Job("expired", forget_expired, 0.01)


async def test_the_worker_forgets_what_is_old_and_ends_when_told(
    sqlite_stores: SqlStores, caplog: pytest.LogCaptureFixture
) -> None:
    services = later(open_city(sqlite_stores), NOW + timedelta(days=400))
    for days in (0, 390):
        keep_question(
            sqlite_stores.learning, "1", "名刺の作り方", Reason.UNKNOWN, "職員課", NOW + timedelta(days=days)
        )
    stop = asyncio.Event()
    with caplog.at_level(logging.INFO):
        work = asyncio.create_task(keep_doing(EXPIRED, services, stop))
        await _until(lambda: len(sqlite_stores.learning.list_questions()) == 1)
        stop.set()
        await asyncio.wait_for(work, 5)
    assert "questions 1" in caplog.text
    assert "名刺" not in caplog.text


def test_messages_go_with_their_time_and_are_not_sent_again(stores: SqlStores) -> None:
    city = open_city(stores)
    reply = Reply(parts=(Paragraph(text="名刺の作り方"),))
    for key in ("sent", "failed", "waiting"):
        assert stores.outbox.put(Message(key=key, channel="web", recipient="1", reply=reply, due_at=NOW))
    claimed = [stores.outbox.claim("w", NOW, 60) for _ in range(2)]
    assert all(claimed)
    stores.outbox.settle_failed("failed", "w", "x", NOW)
    stores.outbox.settle_sent("sent", "w", "1", NOW)
    stores.inbox.add("1", "sent", reply, NOW)
    assert forget_expired(later(city, NOW + timedelta(days=364)))["messages"] == 0
    done = forget_expired(later(city, NOW + timedelta(days=366)))
    assert (done["messages"], done["inbox"]) == (2, 1)
    bodies = stores._session.query("select key, body from outbox order by key")
    assert {row["key"]: "名刺" in row["body"] for row in bodies} == {
        "failed": False,
        "sent": False,
        "waiting": True,
    }
    assert stores.inbox.list_for("1") == []
    assert stores.outbox.list_unsettled() == []
    assert not stores.outbox.put(Message(key="sent", channel="web", recipient="1", reply=reply, due_at=NOW))


async def test_a_database_that_is_away_does_not_end_it(
    sqlite_stores: SqlStores, caplog: pytest.LogCaptureFixture
) -> None:
    services = open_city(sqlite_stores)
    sqlite_stores._session.transaction(lambda tx: tx.query("alter table asker_keys rename to away"))
    stop = asyncio.Event()
    work = asyncio.create_task(keep_doing(EXPIRED, services, stop))
    await _until(lambda: "expired failed" in caplog.text)
    sqlite_stores._session.transaction(lambda tx: tx.query("alter table away rename to asker_keys"))
    stop.set()
    await asyncio.wait_for(work, 5)


async def _until(condition: Callable[[], bool]) -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen")


def test_what_went_is_on_record_and_a_hold_keeps_it(stores: SqlStores) -> None:
    city = later(open_city(stores), NOW + timedelta(days=400))
    keep_question(stores.learning, "1", "名刺の作り方", Reason.UNKNOWN, "職員課", NOW)
    hold = place_hold(stores, "cli/test", "questions", "情報公開請求", NOW)
    assert forget_expired(city)["questions"] == 0
    assert stores.records.list_deletions() == []
    lift_hold(stores, "cli/test", hold.id, NOW)
    assert forget_expired(city)["questions"] == 1
    (proof,) = stores.records.list_deletions()
    assert (proof.kind, proof.cause, proof.removed, proof.remaining) == ("questions", "term", 1, 0)
    assert [event.action for event in stores.audit.list_events(2)] == ["records.release", "records.hold"]


@pytest.mark.parametrize(
    ("kind", "reason", "round_id"),
    [("nothing", "x", ""), ("audit", " ", ""), ("audit", "x", "round-1"), ("answers", "x", "round-1")],
)
def test_a_hold_that_makes_no_sense_is_refused(
    sqlite_stores: SqlStores, kind: str, reason: str, round_id: str
) -> None:
    with pytest.raises(HoldRefused):
        place_hold(sqlite_stores, "cli/test", kind, reason, NOW, round_id)
    assert sqlite_stores.records.list_holds() == []


def test_leavers_are_erased_when_their_term_is_over(stores: SqlStores, tmp_path: Path) -> None:
    settings = Settings(content=(), leaver_days=30, erased_list=str(tmp_path / "erased"))
    gone, back = leaver(1), leaver(2)
    settle_rounds(stores, [gone, back])
    for person in (gone, back):
        plant(stores, person)
    stores.directory.save((), [], [gone.id, back.id], NOW.date())
    stores.directory.save((), [back], [], NOW.date())
    city = open_city(stores, settings)
    assert forget_leavers(later(city, NOW + timedelta(days=30)))["leavers erased"] == 0
    assert look(stores, gone.id).holdings
    over = later(city, NOW + timedelta(days=31))
    place_hold(stores, "cli/test", "answers", "監査の求め", NOW)
    assert forget_leavers(over) == {"leavers erased": 0, "leavers held": 1}
    lift_hold(stores, "cli/test", stores.records.list_holds()[0].id, NOW)
    assert forget_leavers(over) == {"leavers erased": 1, "leavers held": 0}
    assert look(stores, gone.id).holdings == []
    assert look(stores, back.id).holdings


def test_the_file_is_rewritten_when_nobody_works(sqlite_stores: SqlStores) -> None:
    cleaned: list[int] = []

    def clean() -> bool:
        cleaned.append(1)
        return True

    city = replace(open_city(sqlite_stores), clean=clean)
    keep_question(sqlite_stores.learning, "1", "名刺の作り方", Reason.UNKNOWN, "職員課", NOW)
    day, night = NOW + timedelta(days=400 - 5), NOW + timedelta(days=400 - 5, hours=12)
    assert clean_file(later(city, night)) == {"cleaned": 0}, "nothing was deleted"
    forget_expired(later(city, day))
    assert clean_file(later(city, night)) == {"cleaned": 1}
    assert clean_file(later(city, night)) == {"cleaned": 0}
    assert cleaned == [1]
    assert sqlite_stores.records.list_deletions()[0].cleaned_at is not None
