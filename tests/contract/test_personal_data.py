"""One person's data on both databases: found, erased, and nothing else touched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from staff.model import Person
from staff.privacy.erased_list import ErasedList
from staff.privacy.erasing import STANDING, HeldBack, erase_again, erase_person, look, tables_with
from staff.privacy.item import Under
from staff.privacy.register import REGISTER
from staff.privacy.store import Hold
from storage.database import Database
from storage.schema_reading import columns_of
from storage.stores import SqlStores
from surveys.definition import Identity
from tests.staff.privacy.planting import NOW, OTHER, ROUNDS, leaver, plant, settle

GONE, STAYING = leaver(1), leaver(2)
NEVER_FOUND = {place.table for item in REGISTER for place in item.places if place.under is Under.NOBODY}


@pytest.fixture
def planted(stores: SqlStores) -> SqlStores:
    settle(stores, [GONE, STAYING])
    for person in (STAYING, GONE):
        plant(stores, person)
    return stores


@pytest.fixture
def erased_list(tmp_path: Path) -> ErasedList:
    return ErasedList(tmp_path / "erased")


def everything(database: Database, tables: set[str]) -> dict[str, list[str]]:
    """Each row of some tables as text."""
    return {
        table: sorted(repr(row) for row in database.query(f'select * from "{table}"'))
        for table in columns_of(database)
        if table in tables
    }


def test_every_item_of_the_register_is_found(planted: SqlStores) -> None:
    """Whoever adds an item plants something of it, or showing and erasing it are untested."""
    found = {(one.item, one.table) for one in look(planted, GONE.id).holdings}
    wanted = {
        (item.id, place.table)
        for item in REGISTER
        for place in item.places
        if place.table not in NEVER_FOUND | {"leavers", "articles"}
    }
    assert found == wanted


def test_erasing_leaves_nothing_in_any_table(planted: SqlStores, erased_list: ErasedList) -> None:
    outlook = look(planted, GONE.id)
    assert len(outlook.needles) > 12
    touched = erase_person(planted, erased_list, outlook, "cli/test", NOW, "本人の求め")
    assert touched["answers"] == 2, "the named and the confidential submission"
    left = tables_with(planted.personal_data, outlook.subject, outlook.needles)
    assert {text: tables for text, tables in left.items() if set(tables) - STANDING} == {}
    assert look(planted, GONE.id).holdings == []
    assert planted.audit.verify() > 0


def test_what_is_not_theirs_stays(database: Database, planted: SqlStores, erased_list: ErasedList) -> None:
    before = look(planted, STAYING.id)
    erase_person(planted, erased_list, look(planted, GONE.id), "cli/test", NOW, "本人の求め")
    after = look(planted, STAYING.id)
    uploads = {"directory_drafts"}  # all of them go
    assert [one for one in after.holdings if one.table not in uploads] == [
        one for one in before.holdings if one.table not in uploads
    ]
    assert planted.surveys.has_answered(ROUNDS[Identity.ANONYMOUS], STAYING.id)
    assert len(planted.surveys.list_sheets(ROUNDS[Identity.ANONYMOUS])) == 2, "nobody can tell whose they are"


def test_records_of_the_city_stay_without_the_name(planted: SqlStores, erased_list: ErasedList) -> None:
    where = NOW.date()
    assert planted.directory.members_on(where)["D11"] == (GONE.id, STAYING.id, OTHER.id)
    erase_person(planted, erased_list, look(planted, GONE.id), "cli/test", NOW, "本人の求め")
    members = planted.directory.members_on(where)["D11"]
    assert len(members) == 3 and GONE.id not in members, "the headcount of the past stands"
    (report,) = planted.initiatives.list_reports("i00001")
    assert report.by.startswith("x-") and report.done == "（消去した職員）が実施"
    assert planted.assignments.list_done("i00001") == ["D11"]
    (version,) = planted.versions.list_versions("faq:00001")
    assert version.by == report.by, "one person's work is still one's"
    assert version.article and version.article.passages[0].text == "担当は（消去した職員）です。"


def test_a_namesake_keeps_the_name(planted: SqlStores, erased_list: ErasedList) -> None:
    namesake = GONE.model_copy(update={"id": "KEEP-00002", "email": "onaji@city.example"})
    planted.directory.save((), [namesake], [])
    outlook = look(planted, GONE.id)
    assert outlook.subject.namesakes and outlook.subject.spellings == ()
    erase_person(planted, erased_list, outlook, "cli/test", NOW, "本人の求め")
    assert planted.directory.person(namesake.id) == namesake
    assert planted.initiatives.list_reports("i00001")[0].done == f"{GONE.name}が実施"


def test_a_hold_keeps_everything(planted: SqlStores, erased_list: ErasedList) -> None:
    hold = Hold(id="h", kind="answers", reason="情報公開請求", placed_by=OTHER.id, placed_at=NOW)
    planted.records.place_hold(hold)
    before = look(planted, GONE.id).holdings
    with pytest.raises(HeldBack, match=r"調査の回答（情報公開請求）"):
        erase_person(planted, erased_list, look(planted, GONE.id), "cli/test", NOW, "本人の求め")
    assert look(planted, GONE.id).holdings == before
    assert erased_list.since(NOW) == []
    planted.records.lift_hold("h", OTHER.id, NOW)
    assert erase_person(planted, erased_list, look(planted, GONE.id), "cli/test", NOW, "本人の求め")


def test_a_part_of_it_by_themselves_touches_nothing_else(planted: SqlStores, erased_list: ErasedList) -> None:
    erase_person(
        planted, erased_list, look(planted, GONE.id), GONE.id, NOW, "own", {"assessments", "profiles"}
    )
    left = {one.item for one in look(planted, GONE.id).holdings}
    assert not left & {"assessments", "profiles"}
    assert {"plans", "answers", "inbox", "editing"} <= left
    assert planted.directory.person(GONE.id) == GONE
    assert planted.initiatives.list_reports("i00001")[0].by == GONE.id


def test_who_was_erased_after_a_backup_is_erased_again(planted: SqlStores, erased_list: ErasedList) -> None:
    """As after restoring: the list knows them, the database has them again."""
    secret = planted.personal_data.secret()
    erase_person(planted, erased_list, look(planted, GONE.id), "cli/test", NOW, "本人の求め")
    written = erased_list.path.read_text()
    assert GONE.id not in written and "00001" not in written
    settle_again = Person.model_validate(GONE.model_dump())
    planted.directory.save((), [settle_again], [])
    assert erase_again(planted, erased_list, NOW + timedelta(seconds=1), NOW)["people"] == 0, (
        "the backup is younger"
    )
    assert planted.directory.person(GONE.id)
    assert erase_again(planted, erased_list, NOW, NOW)["people"] == 1
    assert planted.directory.person(GONE.id) is None
    assert planted.directory.person(STAYING.id) and planted.personal_data.secret() == secret


def test_whoever_leaves_is_kept_aside_and_comes_back(planted: SqlStores) -> None:
    planted.directory.save((), [], [GONE.id], NOW.date())
    assert planted.directory.person(GONE.id) is None
    assert planted.personal_data.subject(GONE.id).names == (GONE.name,)
    assert planted.records.leavers_due(NOW.date()) == []
    assert planted.records.leavers_due(NOW.date() + timedelta(days=1)) == [GONE.id]
    planted.directory.save((), [GONE], [], NOW.date())
    assert planted.records.leavers_due(NOW.date() + timedelta(days=1)) == []


def test_a_tables_rows_are_counted_once(
    database: Database, planted: SqlStores, erased_list: ErasedList
) -> None:
    rows = sum(len(each) for each in everything(database, {"skill_plans"}).values())
    touched = erase_person(planted, erased_list, look(planted, GONE.id), "cli/test", NOW, "本人の求め")
    assert touched["plans"] == 1
    assert sum(len(each) for each in everything(database, {"skill_plans"}).values()) == rows - 1
