"""Rounds and what is answered in them, on both databases."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.database import Database
from storage.stores import SqlStores
from surveys.definition import Identity
from surveys.question import Attribute
from surveys.round import Round, State
from surveys.store import Kept
from surveys.submission import Submission
from tests.surveys.samples import ANSWERS, IDENTITIES, NOW, members, opened, planned, survey


def begin(stores: SqlStores, identity: Identity = Identity.CONFIDENTIAL, count: int = 3) -> Round:
    """A round that is open to `count` people."""
    round_ = planned(survey(identity=identity))
    assert stores.surveys.plan_round(round_)
    assert stores.surveys.open_round(opened(round_, count), members(count))
    return opened(round_, count)


def sent(person: int, revision: int = 1, **answers: object) -> Submission:
    """A submission of that person."""
    return Submission(
        round_id="round-1",
        person_id=f"{person:06}",
        revision=revision,
        sent_at=NOW + timedelta(hours=1),
        attributes={Attribute.DIVISION: "D10"},
        answers={**ANSWERS, **answers},
    )


def test_a_round_is_planned_opened_and_closed_once(stores: SqlStores) -> None:
    round_ = planned(survey())
    assert stores.surveys.plan_round(round_)
    assert not stores.surveys.plan_round(round_)
    assert stores.surveys.list_rounds(State.PLANNED) == [round_]
    assert stores.surveys.open_round(opened(round_, 3), members(3))
    assert not stores.surveys.open_round(opened(round_, 3), members(3))
    assert stores.surveys.find_round("round-1") == opened(round_, 3)
    assert stores.surveys.list_rounds(State.OPEN, "other") == []
    assert [member.person_id for member in stores.surveys.list_waiting("round-1")] == [
        "000001",
        "000002",
        "000003",
    ]
    assert stores.surveys.close_round("round-1")
    assert not stores.surveys.close_round("round-1")
    assert not stores.surveys.drop_round("round-1")
    assert stores.surveys.find_round("round-1") == opened(round_, 3).model_copy(
        update={"state": State.CLOSED, "answered": 0}
    )
    assert stores.surveys.list_open_for("000001") == []


@pytest.mark.parametrize("identity", IDENTITIES)
def test_a_round_is_dropped_whole_until_somebody_has_answered(stores: SqlStores, identity: Identity) -> None:
    surveys = stores.surveys
    begin(stores, identity)
    surveys.change_draft("round-1", "000001", lambda draft: draft)
    surveys.add_link("digest", "round-1", "000001", NOW + timedelta(days=1))
    surveys.mark("round-1", "remind/2026-11-27")
    assert surveys.drop_round("round-1")
    assert not surveys.drop_round("round-1")
    assert surveys.keep_submission(sent(1)) is Kept.CLOSED
    begin(stores, identity)  # under the same id
    assert surveys.find_draft("round-1", "000001") is None
    assert surveys.find_link("digest", NOW) is None
    assert surveys.list_marks("round-1") == set()
    assert surveys.keep_submission(sent(1)) is Kept.STORED
    assert not surveys.drop_round("round-1")
    surveys.forget_person("000001")
    assert surveys.drop_round("round-1") is (identity is not Identity.ANONYMOUS)


def test_no_acknowledged_answer_goes_with_a_round_that_is_dropped(stores: SqlStores) -> None:
    """Three people send in the very moment in which somebody drops the round, ten times."""
    outcomes = set()
    for _ in range(10):
        begin(stores)
        with ThreadPoolExecutor(4) as threads:
            sending = [threads.submit(stores.surveys.keep_submission, sent(one)) for one in (1, 2, 3)]
            dropped = threads.submit(stores.surveys.drop_round, "round-1").result()
            kept = {one.result() for one in sending}
        assert kept == ({Kept.CLOSED} if dropped else {Kept.STORED})
        assert len(stores.surveys.list_sheets("round-1")) == (0 if dropped else 3)
        outcomes.add(dropped)
        if not dropped:
            stores.surveys.forget_answers("round-1")
            assert stores.surveys.drop_round("round-1")
    assert outcomes


@pytest.mark.parametrize("identity", IDENTITIES)
def test_who_may_answer_and_when(stores: SqlStores, identity: Identity) -> None:
    assert stores.surveys.keep_submission(sent(1)) is Kept.CLOSED
    begin(stores, identity)
    assert stores.surveys.keep_submission(sent(9)) is Kept.NOT_ASKED
    late = sent(1).model_copy(update={"sent_at": NOW + timedelta(days=7)})
    assert stores.surveys.keep_submission(late) is Kept.CLOSED
    assert stores.surveys.keep_submission(sent(1)) is Kept.STORED
    assert stores.surveys.keep_submission(sent(1)) is Kept.ALREADY
    assert stores.surveys.has_answered("round-1", "000001")
    assert [member.person_id for member in stores.surveys.list_waiting("round-1")] == ["000002", "000003"]
    assert [(one.asked, one.answered) for one in stores.surveys.count_responses("round-1")] == [(3, 1)]
    stores.surveys.close_round("round-1")
    assert stores.surveys.keep_submission(sent(2)) is Kept.CLOSED
    (sheet,) = stores.surveys.list_sheets("round-1")
    assert sheet.answers == ANSWERS
    assert sheet.attributes == {Attribute.DIVISION: "D10"}
    assert sheet.person_id == ("000001" if identity is Identity.NAMED else "")


@pytest.mark.parametrize("identity", [Identity.NAMED, Identity.CONFIDENTIAL])
def test_the_newest_stands_until_closing(stores: SqlStores, identity: Identity) -> None:
    begin(stores, identity)
    assert stores.surveys.keep_submission(sent(1, 4, L="四")) is Kept.STORED
    assert stores.surveys.keep_submission(sent(1, 2, L="二")) is Kept.STALE
    assert stores.surveys.keep_submission(sent(1, 5, L="五")) is Kept.STORED
    own = stores.surveys.find_submission("round-1", "000001")
    assert own is not None
    assert (own.revision, own.answers["L"]) == (5, "五")
    stores.surveys.close_round("round-1")
    after = stores.surveys.find_submission("round-1", "000001")
    assert (after is not None) == (identity is Identity.NAMED)
    assert [sheet.answers["L"] for sheet in stores.surveys.list_sheets("round-1")] == ["五"]


def test_the_first_anonymous_submission_stands(stores: SqlStores) -> None:
    begin(stores, Identity.ANONYMOUS)
    assert stores.surveys.keep_submission(sent(1, 1, L="一")) is Kept.STORED
    assert stores.surveys.keep_submission(sent(1, 9, L="九")) is Kept.ALREADY
    assert stores.surveys.find_submission("round-1", "000001") is None
    assert stores.surveys.change_draft("round-1", "000001", lambda draft: draft) is None
    assert [sheet.answers["L"] for sheet in stores.surveys.list_sheets("round-1")] == ["一"]


def test_drafts_grow_and_begin_again_from_what_was_sent(stores: SqlStores) -> None:
    begin(stores)
    first = stores.surveys.change_draft("round-1", "000001", lambda draft: draft)
    assert first is not None
    assert (first.revision, first.answers) == (1, {})
    second = stores.surveys.change_draft(
        "round-1", "000001", lambda draft: draft.model_copy(update={"page": 2, "answers": {"S": "a"}})
    )
    assert second is not None
    assert stores.surveys.find_draft("round-1", "000001") == second
    assert (second.revision, second.page) == (2, 2)
    assert stores.surveys.keep_submission(sent(1, second.revision)) is Kept.STORED
    assert stores.surveys.find_draft("round-1", "000001") is None
    again = stores.surveys.change_draft("round-1", "000001", lambda draft: draft)
    assert again is not None
    assert (again.revision, again.answers) == (3, ANSWERS)
    assert stores.surveys.change_draft("round-1", "000009", lambda draft: draft) is None
    stores.surveys.close_round("round-1")
    assert stores.surveys.find_draft("round-1", "000001") is None
    assert stores.surveys.change_draft("round-1", "000001", lambda draft: draft) is None


@pytest.mark.parametrize("identity", [Identity.CONFIDENTIAL, Identity.ANONYMOUS])
def test_nothing_stored_joins_answers_to_people(
    stores: SqlStores, database: Database, identity: Identity
) -> None:
    begin(stores, identity, 100)
    for person in range(100, 0, -1):
        stores.surveys.keep_submission(sent(person, 1, T=f"t{person}"))
    rows = database.query("select * from survey_submissions") + database.query("select * from survey_heaps")
    everything = json.dumps(rows)
    # A pseudonym's digits may look like anybody's number by chance.
    assert not any(
        re.search(rf"(?<![0-9a-f]){person:06}(?![0-9a-f])", everything) for person in range(1, 101)
    )
    stores.surveys.close_round("round-1")
    assert database.query("select * from survey_keys") == []
    rows = database.query(
        "select respondent, sent_at, revision, body from survey_submissions order by respondent"
    )
    assert {(row["sent_at"], row["revision"]) for row in rows} <= {(None, 0)}
    heaps = database.query("select body from survey_heaps")
    assert all(json.loads(heap["body"]) == sorted(json.loads(heap["body"])) for heap in heaps)
    assert len(stores.surveys.list_sheets("round-1")) == 100
    physical = "rowid" if database.dialect == "sqlite" else "ctid"
    people = database.query(f"select person_id from survey_people order by {physical}")
    assert [row["person_id"] for row in people] == sorted(row["person_id"] for row in people)
    stored = database.query(f"select respondent from survey_submissions order by {physical}")
    assert [row["respondent"] for row in stored] == sorted(row["respondent"] for row in stored)
    if database.dialect == "postgresql":
        for table in ("survey_people", "survey_submissions", "survey_heaps"):
            assert len(database.query(f"select distinct xmin::text from {table}")) <= 1


def test_an_open_anonymous_round_ties_no_answer_to_whoever_sent_it(
    stores: SqlStores, database: Database
) -> None:
    """The join of an administrator: whose mark was written in the transaction that wrote a heap, after every submission."""
    round_ = planned(survey(identity=Identity.ANONYMOUS))
    stores.surveys.plan_round(round_)
    people = [
        member.model_copy(update={"division_id": f"D{number % 3}0"})
        for number, member in enumerate(members(750))
    ]
    stores.surveys.open_round(opened(round_, 750), people)
    sent_from: dict[str, int] = {}
    for person in people[:30] + people[30::3]:
        submission = sent(int(person.person_id), T=person.person_id).model_copy(
            update={"attributes": {Attribute.DIVISION: person.division_id}}
        )
        assert stores.surveys.keep_submission(submission) is Kept.STORED
        sent_from[person.division_id] = sent_from.get(person.division_id, 0) + 1
        heaps = _heaps_joined(database, person.person_id)
        assert heaps
        for heap in heaps:
            assert f'"{person.division_id}"' in heap[0]
            assert len(heap) == sent_from[person.division_id] or len(heap) >= 100
    assert sent_from["D00"] == 250
    assert sum(len(json.loads(row["body"])) for row in database.query("select body from survey_heaps")) == 270
    assert len(stores.surveys.list_sheets("round-1")) == 270


def _heaps_joined(database: Database, person_id: str) -> list[list[str]]:
    """The heaps that this person's own may lie in, by what is stored: on SQLite any; on PostgreSQL those of one transaction."""
    sql = "select survey_heaps.body from survey_heaps"
    if database.dialect == "postgresql":
        sql += " join survey_people on survey_people.xmin = survey_heaps.xmin where person_id = :person_id"
    heaps = [json.loads(row["body"]) for row in database.query(sql, {"person_id": person_id})]
    return [heap for heap in heaps if any(person_id in body for body in heap)]


def test_an_anonymous_draft_goes_with_what_was_sent_even_when_another_device_saved_meanwhile(
    stores: SqlStores,
) -> None:
    begin(stores, Identity.ANONYMOUS)
    shown = stores.surveys.change_draft("round-1", "000001", lambda draft: draft)
    assert shown is not None
    stores.surveys.change_draft(
        "round-1", "000001", lambda draft: draft.model_copy(update={"answers": {"S": "b"}})
    )
    assert stores.surveys.keep_submission(sent(1, shown.revision)) is Kept.STORED
    assert stores.surveys.find_draft("round-1", "000001") is None
    assert [sheet.answers["S"] for sheet in stores.surveys.list_sheets("round-1")] == ["a"]


def test_links_are_good_for_one_person_until_they_expire(stores: SqlStores) -> None:
    begin(stores)
    until = NOW + timedelta(days=7)
    stores.surveys.add_link("digest", "round-1", "000001", until)
    assert stores.surveys.find_link("digest", NOW) == ("round-1", "000001")
    assert stores.surveys.find_link("digest", until) is None
    assert stores.surveys.find_link("other", NOW) is None
    stores.surveys.close_round("round-1")
    assert stores.surveys.find_link("digest", NOW) is None


def test_absences_and_mutes(stores: SqlStores) -> None:
    begin(stores)
    stores.surveys.set_absent(["000002", "000001", "000002"])
    assert stores.surveys.list_absent() == ["000001", "000002"]
    stores.surveys.set_absent([])
    assert stores.surveys.list_absent() == []
    stores.surveys.mute("000001")
    stores.surveys.mute("000001")
    stores.surveys.mute("000002", "round-1")
    assert stores.surveys.list_muted("round-1") == {"000001", "000002"}
    assert stores.surveys.list_muted("round-2") == {"000001"}
    stores.surveys.unmute("000001")
    assert stores.surveys.list_muted("round-1") == {"000002"}


def test_answers_are_forgotten(stores: SqlStores) -> None:
    begin(stores, Identity.ANONYMOUS)
    stores.surveys.keep_submission(sent(1))
    stores.surveys.close_round("round-1")
    assert stores.surveys.forget_answers("round-1") == 1
    assert stores.surveys.list_sheets("round-1") == []
    assert stores.surveys.count_responses("round-1") == []


@pytest.mark.parametrize("identity", IDENTITIES)
def test_a_person_is_forgotten_as_far_as_anybody_can_tell(stores: SqlStores, identity: Identity) -> None:
    begin(stores, identity)
    stores.surveys.keep_submission(sent(1))
    stores.surveys.keep_submission(sent(2))
    stores.surveys.change_draft(
        "round-1", "000003", lambda draft: draft.model_copy(update={"answers": {"S": "a"}})
    )
    stores.surveys.mute("000001")
    assert stores.surveys.forget_person("000003") == 0
    assert stores.surveys.find_draft("round-1", "000003") is None
    assert stores.surveys.forget_person("000001") == (0 if identity is Identity.ANONYMOUS else 1)
    assert len(stores.surveys.list_sheets("round-1")) == (2 if identity is Identity.ANONYMOUS else 1)
    assert stores.surveys.list_muted("round-1") == set()
    assert stores.surveys.find_member("round-1", "000001") is None
    stores.surveys.close_round("round-1")
    assert stores.surveys.forget_person("000002") == (1 if identity is Identity.NAMED else 0)
