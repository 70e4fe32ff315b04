"""Initiatives, requests and digests on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from knowledge.initiatives.assignment import Assignment
from knowledge.initiatives.initiative import InitiativeVersion
from knowledge.initiatives.issue import Issue, OwnPart, Task
from knowledge.initiatives.progress import ProgressReport, Status
from knowledge.initiatives.store import Overtaken
from staff.weekly import Subscription, parse_time
from storage.database import Database
from storage.stores import SqlStores
from tests.digest.town import ONLINE
from tests.web.city import LEADER, MANAGER, settle

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def report(number: int, value: float = 10.0) -> ProgressReport:
    return ProgressReport(
        initiative_id=ONLINE.id,
        number=number,
        at=NOW,
        by="900002",
        status=Status.ON_TRACK,
        value=value,
        as_of=date(2026, 11, 20),
    )


def version(number: int, title: str = "") -> InitiativeVersion:
    changed = ONLINE.model_copy(update={"title": title or ONLINE.title})
    return InitiativeVersion(number=number, at=NOW, by="900005", initiative=changed)


def test_versions_follow_each_other_and_the_newest_stands(stores: SqlStores) -> None:
    stores.initiatives.save_version(version(1))
    stores.initiatives.save_version(version(2, "新しい題"))
    with pytest.raises(Overtaken):
        stores.initiatives.save_version(version(2))
    with pytest.raises(Overtaken):
        stores.initiatives.save_version(version(4))
    assert [one.number for one in stores.initiatives.list_versions(ONLINE.id)] == [2, 1]
    assert [one.number for one in stores.initiatives.list_versions(ONLINE.id, 2, 1)] == [2]
    assert [one.number for one in stores.initiatives.list_versions(ONLINE.id, 1)] == [1]
    assert stores.initiatives.list_latest() == [version(2, "新しい題")]


def test_reports_come_back_whole_the_newest_first(stores: SqlStores) -> None:
    for number in range(1, 15):
        stores.initiatives.add_report(report(number, float(number)))
    assert stores.initiatives.list_reports(ONLINE.id, 1) == [report(14, 14.0)]
    assert [one.number for one in stores.initiatives.list_all_reports(3)[ONLINE.id]] == [14, 13, 12]
    with pytest.raises(Overtaken):
        stores.initiatives.add_report(report(14))


def test_of_two_reports_at_once_one_is_kept(database: Database) -> None:
    def add(value: int) -> bool:
        try:
            SqlStores(database).initiatives.add_report(report(1, float(value)))
        except Overtaken:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(add, range(4))) == 1


def test_a_request_is_done_once_by_each_department(stores: SqlStores) -> None:
    asked = Assignment(title="調査票", due_on=date(2026, 11, 27), entered_by="900005", entered_at=NOW)
    stores.assignments.save(asked)
    assert stores.assignments.find(asked.id) == asked
    assert stores.assignments.settle(asked.id, "D11", "900002", NOW)
    assert not stores.assignments.settle(asked.id, "D11", "900003", NOW)
    assert not stores.assignments.settle("unknown", "D11", "900003", NOW)
    assert stores.assignments.list_done(asked.id) == ["D11"]
    assert stores.assignments.done_of(["D11", "D21"]) == {(asked.id, "D11")}
    assert stores.assignments.list_since(date(2026, 11, 27)) == [asked]
    assert stores.assignments.list_since(date(2026, 11, 28)) == []


def test_the_first_issue_of_a_week_stands(stores: SqlStores) -> None:
    settle(stores)
    first = Issue(week="2026-W48", day=date(2026, 11, 24), made_at=NOW, undecided=7)
    assert stores.digests.add_issue(first) == first
    assert stores.digests.add_issue(first.model_copy(update={"undecided": 1})) == first
    assert stores.digests.issue("2026-W48") == first
    assert stores.digests.issue("2026-W47") is None
    assert stores.digests.list_weeks() == ["2026-W48"]
    part = OwnPart(tasks=(Task(kind="report", id="a", title="取組"),))
    stores.digests.save_copies("2026-W48", {LEADER.id: part, "unknown": part})
    stores.digests.save_copies("2026-W48", {LEADER.id: OwnPart()})
    assert stores.digests.copy("2026-W48", LEADER.id) == part
    assert stores.digests.copy("2026-W48", "unknown") is None


def test_subscriptions_go_with_their_person(stores: SqlStores) -> None:
    settle(stores)
    wanted = Subscription(person_id=LEADER.id, at=parse_time("9:30"), place="slack/C0123456")
    stores.digests.save_subscription(wanted)
    assert stores.digests.subscription(LEADER.id) == wanted
    assert stores.digests.subscription(MANAGER.id) == Subscription(person_id=MANAGER.id)
    assert stores.digests.list_subscriptions() == {LEADER.id: wanted}
    stores.directory.save(stores.directory.list_departments(), [], [LEADER.id])
    assert stores.digests.list_subscriptions() == {}
