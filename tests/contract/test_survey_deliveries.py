"""However often and in whatever order submissions arrive at two processes: one stored for each person, the newest."""

from __future__ import annotations

from storage.database import Database
from storage.stores import SqlStores
from surveys.definition import Identity
from tests.surveys.deliveries import deliver, newest, open_for

COUNT = 100


def test_none_is_lost_and_none_is_stale(stores: SqlStores, database: Database, database_url: str) -> None:
    expected = newest(COUNT)
    open_for(stores.surveys, len(expected), Identity.CONFIDENTIAL)
    assert deliver(database_url, COUNT) > COUNT
    rows = database.query("select round_id, respondent from survey_submissions")
    assert len(rows) == len({(row["round_id"], row["respondent"]) for row in rows}) == len(expected)
    for person_id, text in expected.items():
        own = stores.surveys.find_submission("round-1", person_id)
        assert own is not None
        assert own.answers["L"] == text


def test_anonymous_submissions_are_one_a_person_too(stores: SqlStores, database_url: str) -> None:
    expected = newest(COUNT)
    open_for(stores.surveys, len(expected), Identity.ANONYMOUS)
    deliver(database_url, COUNT)
    people = [str(sheet.answers["L"]).partition("の")[0] for sheet in stores.surveys.list_sheets("round-1")]
    assert sorted(people) == sorted(str(int(person_id)) for person_id in expected)
