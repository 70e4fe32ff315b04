"""The register of personal data against the schema it must cover."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from bot.texts.ja import personal_data as texts
from staff.privacy.item import Item
from staff.privacy.printing import outside_rows, register_page, register_rows
from staff.privacy.register import NOT_PERSONAL, OUTSIDE, REGISTER
from storage.database import Database
from tests.docs.test_documents import ROOT

# How a column that has to do with somebody is called in this schema.
_PERSONAL = re.compile(
    r"person|asker|actor|_by$|^email|chat_user|recipient|respondent|question$|^body$|^reference$|^answer"
)
_PLACES = {place.table: place for item in REGISTER for place in item.places}


def columns(database: Database) -> dict[str, list[str]]:
    if database.dialect == "sqlite":
        sql = """
        select m.name as "table", c.name as "column" from sqlite_master m, pragma_table_info(m.name) c
        where m.type = 'table' and m.name not like 'sqlite_%'
        """
    else:
        sql = """
        select table_name as "table", column_name as "column" from information_schema.columns
        where table_schema = current_schema()
        """
    found: dict[str, list[str]] = {}
    for row in database.query(sql):
        found.setdefault(row["table"], []).append(row["column"])
    return found


def test_every_table_is_in_the_register_or_is_said_to_hold_nothing_on_people(database: Database) -> None:
    tables = set(columns(database))
    assert len(tables) > 40
    assert tables == set(_PLACES) | set(NOT_PERSONAL)
    assert not set(_PLACES) & set(NOT_PERSONAL)


def test_every_column_that_has_to_do_with_people_has_its_place(database: Database) -> None:
    for table, names in columns(database).items():
        personal = {name for name in names if _PERSONAL.search(name)}
        place = _PLACES.get(table)
        if place is None:
            assert personal <= {"body"}, f"{table} has {personal}: put it into staff/privacy/register.py"
            continue
        assert set(place.columns) <= set(names), f"{table} has not all of {place.columns}"
        if not place.owned and not place.frozen:  # an owned row goes as a whole
            assert personal <= set(place.columns), f"{table}: {personal - set(place.columns)} is in no place"


def test_a_table_stands_once() -> None:
    tables = Counter(place.table for item in REGISTER for place in item.places)
    assert [table for table, count in tables.items() if count > 1] == []


def test_every_item_has_its_wording_and_no_other() -> None:
    assert {item.id for item in REGISTER} == set(texts.ITEMS)
    assert set(OUTSIDE) == set(texts.OUTSIDE)
    for row in (*register_rows(), *outside_rows()):
        assert row.what and row.kept and row.viewers and row.erasing, row.title
        assert "{" not in row.kept


@pytest.mark.parametrize("item", [one for one in REGISTER if not one.own], ids=lambda one: one.id)
def test_what_people_cannot_delete_themselves_says_why(item: Item) -> None:
    assert texts.ITEMS[item.id].stays


def test_the_page_is_the_codes() -> None:
    printed = (ROOT / "docs" / "personal-data.md").read_text(encoding="utf-8")
    assert printed == register_page(), "run: dxbot privacy register > docs/personal-data.md"
