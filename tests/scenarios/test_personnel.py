"""Two 人事異動 played through: a merge, a split, 兼務, leavers, moves that wait for their day; what follows from each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.handlers.directory_admin import apply_due, import_directory, read_files
from bot.handlers.editing import editor_of
from bot.handlers.inquiry import route_for
from bot.handlers.survey_rounds import open_now, plan
from bot.jobs.personnel import take_force
from bot.services import Services
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from staff.diff import NoOperatorLeft
from staff.granting import grant_role
from staff.model import Role
from staff.permissions import Permission, allowed, own_departments
from storage.stores import SqlStores
from tests.surveys.samples import planned, survey

PEOPLE = ("職員番号", "氏名", "メール", "部", "課", "役割", "兼務課", "兼務役割", "発令日", "退職日")
PLACES = ("所属コード", "部", "課", "適用開始日", "適用終了日", "引継先")
YEAR_2026 = (
    ("10", "市民部", "", "", "", ""),
    ("11", "市民部", "市民課", "", "", ""),
    ("12", "市民部", "住民課", "", "", ""),
    ("13", "市民部", "推進課", "", "", ""),
    ("20", "総務部", "", "", "", ""),
    ("21", "総務部", "デジタル推進室", "", "", ""),
)
STAFF_2026 = (
    ("001", "見本 一", "市民課", "所属長", "", "", "", ""),
    ("002", "見本 二", "市民課", "DX推進リーダー", "", "", "", ""),
    ("003", "見本 三", "住民課", "DX推進リーダー", "", "", "", ""),
    ("004", "見本 四", "推進課", "所属長", "", "", "", ""),
    ("005", "見本 五", "推進課", "", "市民課", "DX推進リーダー", "", ""),
    ("006", "見本 六", "デジタル推進室", "デジタル推進室", "", "", "", ""),
    ("007", "見本 七", "住民課", "", "", "", "", ""),
)
# 4/1: 市民課 and 住民課 become 窓口課; 推進課 is split into 企画課 and 調整課.
YEAR_2027 = (
    ("10", "市民部", "", "", "", ""),
    ("11", "市民部", "市民課", "", "令和9年3月31日", "窓口課"),
    ("12", "市民部", "住民課", "", "令和9年3月31日", "窓口課"),
    ("13", "市民部", "推進課", "", "令和9年3月31日", "企画課|市民部/調整課"),
    ("14", "市民部", "窓口課", "令和9年4月1日", "", ""),
    ("15", "市民部", "企画課", "令和9年4月1日", "", ""),
    ("16", "市民部", "調整課", "令和9年4月1日", "", ""),
    ("20", "総務部", "", "", "", ""),
    ("21", "総務部", "デジタル推進室", "", "", ""),
)
STAFF_2027 = (
    ("001", "見本 一", "市民課", "所属長", "", "", "", "令和9年3月31日"),
    *STAFF_2026[1:4],
    ("004", "見本 四", "企画課", "所属長", "", "", "R9.4.1", ""),
    *STAFF_2026[4:6],
    ("005", "見本 五", "調整課", "DX推進リーダー", "窓口課", "", "2027-04-01", ""),
    STAFF_2026[6],
    ("008", "見本 八", "窓口課", "所属長", "", "", "2027/4/1", ""),
)
MARCH, APRIL = date(2027, 3, 20), date(2027, 4, 1)


@dataclass
class City:
    services: Services
    clock: list[datetime]

    def go_to(self, day: date) -> None:
        self.clock[0] = datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)

    def take(self, places: Sequence[Sequence[str]], people: Sequence[Sequence[str]]) -> list[str]:
        """What デジタル推進室 does with the files of 職員課; returns what was shown before."""
        reading = read_files(
            self.services, [("組織.csv", table(PLACES, places)), ("職員.csv", staff_table(people))]
        )
        import_directory(self.services, reading.diff, "cli/root", reading.planned)
        return reading.lines()

    def members(self, day: date) -> dict[str, tuple[str, ...]]:
        names = {one.id: one.name for one in self.services.stores.directory.list_departments()}
        return {names[id_]: people for id_, people in self.services.stores.directory.members_on(day).items()}

    def experts(self, owner: str) -> list[str]:
        """Who is told of a question for a 課."""
        return [person.id for person in route_for(self.services, owner).people]

    def may_change(self, number: str, owner: str) -> bool:
        return editor_of(self.services, self.services.stores.directory.person(number)).may_change(owner)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()


def staff_table(rows: Sequence[Sequence[str]]) -> bytes:
    full = [(row[0], row[1], f"p{row[0]}@example.lg.jp", "", *row[2:]) for row in rows]
    return table(PEOPLE, full)


@pytest.fixture
def city(stores: SqlStores) -> City:
    clock = [datetime(2026, 5, 1, tzinfo=UTC)]
    services = Services(
        settings=Settings(_env_file=None, content=()),
        stores=stores,
        knowledge=KnowledgeBase(stores.articles, ()),
        clock=lambda: clock[0],
    )
    made = City(services, clock)
    made.take(YEAR_2026, STAFF_2026)
    return made


def test_two_transfers(city: City) -> None:
    before = city.members(date(2026, 6, 1))
    assert before["市民課"] == ("001", "002", "005"), "兼務 counts in both"
    assert city.experts("市民課") == ["002", "005"]

    # The file of April comes in March: nothing changes yet but what waits is shown.
    city.go_to(MARCH)
    grant_role(
        city.services.stores, "cli/root", "003", Role.MANAGER, city.clock[0], MARCH, department_id="12"
    )
    shown = "\n".join(city.take(YEAR_2027, STAFF_2027))
    assert "2027-04-01 004 見本 四 → 市民部/企画課" in shown
    assert "退職" in shown
    assert city.members(MARCH) == before
    assert apply_due(city.services) is None
    assert city.may_change("003", "住民課") and not city.may_change("003", "市民課")

    # The day comes; the worker does it, twice over without harm.
    city.go_to(APRIL)
    counts = take_force(city.services)
    assert (counts["joined"], counts["left"]) == (1, 1)
    assert not any(take_force(city.services).values())
    assert city.members(date(2027, 3, 31)) == before, "history stays with the 課 of its time"
    after = city.members(APRIL)
    assert after == {
        "窓口課": ("002", "003", "005", "007", "008"),
        "企画課": ("004",),
        "調整課": ("005",),
        "デジタル推進室": ("006",),
    }
    # Articles of the 課 that are gone: who is asked, who may change them.
    for owner in ("市民課", "住民課", "窓口課"):
        assert city.experts(owner) == ["002", "003"]
        assert city.may_change("002", owner) and city.may_change("008", owner)
        assert not city.may_change("004", owner)
    assert city.experts("推進課") == ["004"], "the first of those it was split into"
    assert city.may_change("004", "推進課") and city.may_change("005", "推進課")
    assert not city.may_change("005", "企画課")
    # 兼務 is no union: 005 leads in 調整課 alone.
    five = city.services.stores.directory.person("005")
    assert five is not None and allowed(five, Permission.KNOWLEDGE_EDIT_OWN)
    assert own_departments(five, Permission.KNOWLEDGE_EDIT_OWN) == {"16"}
    assert city.services.stores.directory.person("001") is None
    # The role given for 住民課 ended with it.
    three = city.services.stores.directory.person("003")
    assert three is not None and Role.MANAGER not in three.roles
    assert city.services.stores.audit.list_events(1)[0].action == "directory.due"

    # The second 異動: somebody moves at once, another 課 gets a new name, somebody comes back.
    city.go_to(date(2028, 4, 1))
    places = [
        row if row[0] != "15" else ("15", "市民部", "政策課", "令和9年4月1日", "", "")
        for row in YEAR_2027[4:]
    ]
    people = (
        ("001", "見本 一", "政策課", "", "", "", "", ""),
        ("002", "見本 二", "調整課", "DX推進リーダー", "", "", "", ""),
        ("003", "見本 三", "窓口課", "DX推進リーダー", "", "", "", ""),
        ("004", "見本 四", "政策課", "所属長", "", "", "", ""),
        STAFF_2026[5],
        ("007", "見本 七", "窓口課", "", "", "", "", ""),
        ("008", "見本 八", "窓口課", "所属長", "", "", "", ""),
    )
    city.take([("10", "市民部", "", "", "", ""), *places], people)
    assert city.members(APRIL)["政策課"] == ("004",), "a new name is the same 課"
    assert city.members(date(2028, 4, 1)) == {
        "窓口課": ("003", "007", "008"),
        "政策課": ("001", "004"),
        "調整課": ("002",),
        "デジタル推進室": ("006",),
    }
    assert city.experts("市民課") == ["003"]
    assert not city.may_change("002", "市民課"), "whoever left the 課 left its articles"
    assert city.may_change("002", "推進課"), "調整課 has its part of what 推進課 had"
    kept = {one.name for one in city.services.stores.directory.list_departments()}
    assert {"市民課", "住民課", "推進課"} <= kept, "a 課 that the new file lacks is not forgotten"


def test_running_rounds_keep_whom_they_asked(city: City) -> None:
    """Denominators are of the day a round opened: a merge, a split, 兼務 and leavers change none of them."""
    surveys = city.services.stores.surveys

    def asked(round_id: str) -> dict[str, int]:
        round_ = surveys.find_round(round_id)
        assert round_ is not None
        names = {one.id: one.name for one in round_.departments}
        return {names[one.section_id]: one.asked for one in surveys.count_responses(round_id)}

    def open_until_may(round_id: str) -> None:
        now = city.services.clock()
        dates = {"opens_at": now, "closes_at": now + timedelta(days=60)}
        wanted = planned(survey(), round_id).model_copy(update=dates)
        assert plan(city.services, wanted, "cli/root")
        assert open_now(city.services, wanted, "cli/root")

    city.go_to(MARCH)
    open_until_may("before")
    first = {"市民課": 2, "住民課": 2, "推進課": 2, "デジタル推進室": 1}
    assert asked("before") == first
    city.take(YEAR_2027, STAFF_2027)
    assert asked("before") == first, "what waits changes nothing"
    city.go_to(APRIL)
    take_force(city.services)
    assert asked("before") == first, "nor does the day itself"
    member = surveys.find_member("before", "004")
    assert member is not None and member.section_id == "13", "counted where they were asked"
    assert surveys.find_member("before", "008") is None, "whoever came later is not asked"

    open_until_may("after")
    second = {"窓口課": 4, "企画課": 1, "調整課": 1, "デジタル推進室": 1}
    assert asked("after") == second, "兼務 is asked once, the leaver not at all"
    city.go_to(date(2027, 4, 20))
    people = (
        ("002", "見本 二", "調整課", "DX推進リーダー", "", "", "", ""),
        ("003", "見本 三", "窓口課", "DX推進リーダー", "", "", "", ""),
        ("004", "見本 四", "窓口課", "所属長", "", "", "", ""),
        ("005", "見本 五", "調整課", "DX推進リーダー", "窓口課", "", "", ""),
        STAFF_2026[5],
        ("008", "見本 八", "窓口課", "所属長", "", "", "", ""),
    )
    city.take([YEAR_2027[0], *YEAR_2027[4:]], people)
    assert (asked("before"), asked("after")) == (first, second), "the second 異動 changes neither"


def test_nobody_is_left_to_manage_is_refused(city: City) -> None:
    people = [row for row in STAFF_2026 if row[0] != "006"]
    with pytest.raises(NoOperatorLeft, match="コンソール"):
        city.take(YEAR_2026, people)
    assert city.services.stores.directory.person("006") is not None


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("13", "市民部", "推進課", "", "", "窓口課"), "適用終了日のある課"),
        (("13", "市民部", "推進課", "", "令和9年3月31日", "ない課"), "1つに決まりません"),
        (("13", "市民部", "推進課", "", "令和9年3月31日", "推進課"), "1つに決まりません"),
    ],
)
def test_a_wrong_successor_is_named(city: City, row: Sequence[str], told: str) -> None:
    places = [row if row[0] == one[0] else one for one in YEAR_2027]
    with pytest.raises(ValueError, match=told):
        city.take(places, STAFF_2026)


def test_a_later_row_needs_a_place_that_exists_then(city: City) -> None:
    city.go_to(MARCH)
    people = [*STAFF_2026, ("004", "見本 四", "推進課", "", "", "", "2027-05-01", "")]
    with pytest.raises(ValueError, match="推進課"):
        city.take(YEAR_2027, people)
    with pytest.raises(ValueError, match="発令日"):
        city.take(YEAR_2026, [*STAFF_2026[:6], ("007", "見本 七", "住民課", "", "", "", "あした", "")])
