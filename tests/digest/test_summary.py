"""What 所属長 read on the first business day of a month."""

from __future__ import annotations

import pytest

from bot.delivery import Message
from bot.jobs.digests import summarise_month
from bot.messages import Reply
from staff.model import Person, Post, Role
from storage.stores import SqlStores
from tests.digest.town import ONLINE, TELEWORK, Town, jst
from tests.web.city import DEPARTMENTS, LEADER, MANAGER, OPERATOR


@pytest.fixture
def town(sqlite_stores: SqlStores) -> Town:
    return Town(sqlite_stores)


def summary_of(town: Town, person: Person = MANAGER) -> Reply:
    town.now = jst("2026-12-01 08:45")
    summarise_month(town.services)
    found: list[Message] = [one for one in town.outgoing() if one.key.startswith("summary/2026-12/")]
    return next(one.reply for one in found if one.recipient == person.id)


def test_it_tells_the_own_initiatives_the_requests_and_the_city(town: Town) -> None:
    town.begin(ONLINE, TELEWORK)
    town.report("at_risk", "80", "2026-11-10", "2026-11-12 10:00", blocked="様式の確認待ち")
    for title, due in (
        ("済んだ依頼", "2026-11-27"),
        ("残った依頼", "2026-11-30"),
        ("次の依頼", "2026-12-18"),
    ):
        town.send(OPERATOR, "assign", title=title, due_on=due, text="", departments=["D11"])
    done = next(
        one for one in town.stores.assignments.list_since(town.now.date()) if one.title == "済んだ依頼"
    )
    town.send(LEADER, "assignment_done", done.id)
    reply = summary_of(town)
    assert reply.title == "取組の月のまとめ（11月）"
    for told in (
        "🟡遅れ気味 行政手続のオンライン化：80手続／目標 120手続（11月10日時点）、困りごと: 様式の確認待ち",
        "12月10日（木） 行政手続のオンライン化: 転出届の受付開始",
        "11月に期限のあった2件のうち、1件が済んでいます。",
        "残った依頼（11月30日（月）まで、まだです）",
        "次の依頼（12月18日（金）まで、まだです）",
        "🟡遅れ気味 1　⚪未報告 1",
    ):
        assert told in reply.text
    assert "テレワークの推進" not in reply.text  # another 課's


def test_a_manager_may_report_from_it_what_is_overdue(town: Town) -> None:
    town.begin(ONLINE)
    reply = summary_of(town)
    assert "⚪未報告 行政手続のオンライン化" in reply.text
    assert [action.name for action in reply.actions] == ["progress_report", "digest_more"]
    assert town.send(MANAGER, "progress_report", reply.actions[0].value).form


def test_a_section_without_a_leader_is_told_to_its_manager(town: Town) -> None:
    post = Post(department_id="D21", roles=frozenset({Role.STAFF, Role.MANAGER}))
    alone = Person(id="900009", name="職員 課", email="x@city.example", posts=(post,), synthetic=True)
    town.stores.directory.save(DEPARTMENTS, [MANAGER, OPERATOR, LEADER, alone], [])
    assert "職員課にDX推進リーダーがいません" in summary_of(town, alone).text


def test_with_nothing_to_tell_it_says_so(town: Town) -> None:
    assert "担当の取組と残っている依頼はありません" in summary_of(town).text
