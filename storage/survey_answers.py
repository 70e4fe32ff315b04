"""Submissions, drafts and links (surveys.store.Submissions, Drafts and Links)."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from random import SystemRandom
from secrets import token_hex

from storage.columns import checked, from_iso, to_iso, to_json
from storage.session import Row, Session, Tx
from storage.survey_rounds import RoundTables, find_round, parse_round
from storage.survey_sealing import pile
from surveys.definition import Identity
from surveys.round import Round, State
from surveys.store import Kept
from surveys.submission import Draft, Sheet, Submission

HEAP_SIZE = 40
_CHANCE = SystemRandom()

# Only what is newer may take the place of what is there.
_KEEP = """
insert into survey_submissions (round_id, respondent, revision, sent_at, body)
values (:round_id, :respondent, :revision, :sent_at, :body)
on conflict (round_id, respondent) do update
  set revision = excluded.revision, sent_at = excluded.sent_at, body = excluded.body
  where excluded.revision > survey_submissions.revision
returning revision
"""
_FIND = """
select revision, sent_at, body from survey_submissions where round_id = :round_id and respondent = :respondent
"""
_MARK = """
update survey_people set answered = 1 where round_id = :round_id and person_id = :person_id and answered = 0
returning person_id
"""
_IS_ASKED = "select answered from survey_people where round_id = :round_id and person_id = :person_id"
_ROUNDS_OF = """
select survey_rounds.id, survey_rounds.body from survey_rounds
join survey_people on survey_people.round_id = survey_rounds.id
where survey_people.person_id = :person_id
"""
_FORGET_ONE = """
delete from survey_submissions where round_id = :round_id and respondent = :respondent returning respondent
"""
_END_DRAFT = """
delete from survey_drafts where round_id = :round_id and person_id = :person_id and revision <= :revision
"""
_FIND_DRAFT = "select body from survey_drafts where round_id = :round_id and person_id = :person_id"
_SAVE_DRAFT = """
insert into survey_drafts (round_id, person_id, revision, body) values (:round_id, :person_id, :revision, :body)
on conflict (round_id, person_id) do update set revision = excluded.revision, body = excluded.body
"""
_DROP_DRAFT = "delete from survey_drafts where round_id = :round_id and person_id = :person_id"
_MAKE_KEY = """
insert into survey_keys (round_id, secret) values (:round_id, :secret) on conflict (round_id) do nothing
"""
_KEY = "select secret from survey_keys where round_id = :round_id"
_ADD_LINK = """
insert into survey_links (digest, round_id, person_id, expires_at)
values (:digest, :round_id, :person_id, :expires_at)
"""
_FIND_LINK = "select round_id, person_id from survey_links where digest = :digest and expires_at > :now"


class SqlSurveys(RoundTables):
    """Rounds, and what is answered in them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)

    def keep_submission(self, submission: Submission) -> Kept:
        """Store a submission unless a newer one is there; mark the person, end the draft."""

        def work(tx: Tx) -> Kept:
            found = find_round(tx, submission.round_id)
            here = {"round_id": submission.round_id, "person_id": submission.person_id}
            if found is None or not found.takes_answers(submission.sent_at):
                return Kept.CLOSED
            asked = tx.query(_IS_ASKED, here)
            if not asked:
                return Kept.NOT_ASKED
            tx.query(_END_DRAFT, here | {"revision": submission.revision})
            if found.definition.identity is Identity.ANONYMOUS:
                return _heap_up(tx, found, submission)
            return _put(tx, found, submission)

        return self._session.transaction(work)

    def find_submission(self, round_id: str, person_id: str) -> Submission | None:
        """The person's own submission."""
        found = find_round(self._session, round_id)
        return None if found is None else _own(self._session, found, person_id)

    def list_sheets(self, round_id: str) -> list[Sheet]:
        """Every stored submission."""
        found = find_round(self._session, round_id)
        if found is None:
            return []
        here = {"round_id": round_id}
        sql = "select respondent, body from survey_submissions where round_id = :round_id order by body, respondent"
        named = found.definition.identity is Identity.NAMED
        sheets = [
            _sheet(row["body"], row["respondent"] if named else "") for row in self._session.query(sql, here)
        ]
        heaps = self._session.query("select body from survey_heaps where round_id = :round_id", here)
        return sheets + [
            _sheet(body) for body in sorted(one for row in heaps for one in json.loads(row["body"]))
        ]

    def forget_answers(self, round_id: str) -> int:
        """Remove every submission of a round and who answered."""
        here = {"round_id": round_id}

        def work(tx: Tx) -> int:
            gone = len(
                tx.query(
                    "delete from survey_submissions where round_id = :round_id returning respondent", here
                )
            )
            heaps = tx.query("delete from survey_heaps where round_id = :round_id returning body", here)
            tx.query("delete from survey_people where round_id = :round_id", here)
            return gone + sum(len(json.loads(row["body"])) for row in heaps)

        return self._session.transaction(work)

    def forget_person(self, person_id: str) -> int:
        """Remove what lies under this person; return how many submissions went."""

        def work(tx: Tx) -> int:
            asked = tx.query(_ROUNDS_OF, {"person_id": person_id})
            names = [(row["id"], _respondent(tx, parse_round(row), person_id)) for row in asked]
            gone = sum(
                len(tx.query(_FORGET_ONE, {"round_id": round_id, "respondent": name}))
                for round_id, name in names
            )
            for table in ("people", "drafts", "links", "mutes", "absences"):
                sql = f"delete from survey_{table} where person_id = :person_id"  # noqa: S608  literals of ours
                tx.query(sql, {"person_id": person_id})
            return gone

        return self._session.transaction(work)

    def find_draft(self, round_id: str, person_id: str) -> Draft | None:
        """The draft."""
        rows = self._session.query(_FIND_DRAFT, {"round_id": round_id, "person_id": person_id})
        return Draft.model_validate_json(rows[0]["body"]) if rows else None

    def change_draft(self, round_id: str, person_id: str, change: Callable[[Draft], Draft]) -> Draft | None:
        """Change the draft, or begin one; None when nothing can be answered any more."""

        def work(tx: Tx) -> Draft | None:
            before = _begun(tx, round_id, person_id)
            if before is None:
                return None
            after = change(before)
            if after == before:
                return before
            after = after.model_copy(update={"revision": before.revision + 1})
            row: Row = {"round_id": round_id, "person_id": person_id, "revision": after.revision}
            tx.query(_SAVE_DRAFT, row | {"body": to_json(after)})
            return after

        return self._session.transaction(work)

    def drop_draft(self, round_id: str, person_id: str) -> None:
        """Remove the draft."""
        here = {"round_id": round_id, "person_id": person_id}
        self._session.transaction(lambda tx: tx.query(_DROP_DRAFT, here))

    def add_link(self, digest: str, round_id: str, person_id: str, expires_at: datetime) -> None:
        """Keep a link's hash."""
        row = {
            "digest": digest,
            "round_id": round_id,
            "person_id": person_id,
            "expires_at": to_iso(expires_at),
        }
        self._session.transaction(lambda tx: tx.query(_ADD_LINK, row))

    def find_link(self, digest: str, now: datetime) -> tuple[str, str] | None:
        """The round and person of a link that is still good."""
        rows = self._session.query(_FIND_LINK, {"digest": digest, "now": to_iso(now)})
        return (rows[0]["round_id"], rows[0]["person_id"]) if rows else None


def _begun(tx: Tx, round_id: str, person_id: str) -> Draft | None:
    """The draft as it stands, or the one that begins."""
    here = {"round_id": round_id, "person_id": person_id}
    found = find_round(tx, round_id)
    asked = tx.query(_IS_ASKED, here)
    if found is None or found.state is not State.OPEN or not asked:
        return None
    if rows := tx.query(_FIND_DRAFT, here):
        return Draft.model_validate_json(rows[0]["body"])
    if asked[0]["answered"] and not found.definition.can_be_edited:
        return None
    sent = _own(tx, found, person_id)
    answers, revision = (sent.answers, sent.revision) if sent else ({}, 0)
    return Draft(round_id=round_id, person_id=person_id, revision=revision + 1, answers=answers)


def _put(tx: Tx, found: Round, submission: Submission) -> Kept:
    respondent = _respondent(tx, found, submission.person_id, make=True)
    row: Row = {
        "round_id": found.id,
        "respondent": respondent,
        "revision": submission.revision,
        "sent_at": to_iso(submission.sent_at),
        "body": _body(submission),
    }
    if tx.query(_KEEP, row):
        tx.query(_MARK, {"round_id": found.id, "person_id": submission.person_id})
        return Kept.STORED
    stored = tx.query(_FIND, {"round_id": found.id, "respondent": respondent})[0]["revision"]
    return Kept.ALREADY if stored == submission.revision else Kept.STALE


def _heap_up(tx: Tx, found: Round, submission: Submission) -> Kept:
    """Put an anonymous submission into a heap chosen at random: the heap is written anew, sorted, so it has no order."""
    if not tx.query(_MARK, {"round_id": found.id, "person_id": submission.person_id}):
        return Kept.ALREADY
    heaps = max(1, sum(found.headcounts.values()) // HEAP_SIZE)
    heap = _CHANCE.randrange(heaps)
    sql = "select body from survey_heaps where round_id = :round_id and heap = :heap"
    rows = tx.query(sql, {"round_id": found.id, "heap": heap})
    pile(tx, found.id, heap, [*(json.loads(rows[0]["body"]) if rows else []), _body(submission)])
    return Kept.STORED


def _own(session: Session, found: Round, person_id: str) -> Submission | None:
    respondent = _respondent(session, found, person_id)
    rows = session.query(_FIND, {"round_id": found.id, "respondent": respondent}) if respondent else []
    if not rows:
        return None
    sheet = _sheet(rows[0]["body"])
    return Submission(
        round_id=found.id,
        person_id=person_id,
        revision=rows[0]["revision"],
        sent_at=from_iso(rows[0]["sent_at"]),
        attributes=sheet.attributes,
        answers=sheet.answers,
    )


def _respondent(session: Session, found: Round, person_id: str, *, make: bool = False) -> str:
    """Under which name the person's submission lies; "" where nobody can tell."""
    if found.definition.identity is Identity.NAMED:
        return person_id
    if found.definition.identity is Identity.ANONYMOUS:
        return ""
    here = {"round_id": found.id}
    rows = session.query(_KEY, here)
    if not rows and make:
        session.query(_MAKE_KEY, here | {"secret": token_hex(32)})
        rows = session.query(_KEY, here)
    if not rows:
        return ""
    return hmac.new(bytes.fromhex(rows[0]["secret"]), person_id.encode(), sha256).hexdigest()


def _body(submission: Submission) -> str:
    sheet = Sheet(attributes=submission.attributes, answers=submission.answers)
    return checked(sheet.model_dump_json(exclude={"person_id"}))


def _sheet(body: str, person_id: str = "") -> Sheet:
    return Sheet.model_validate_json(body).model_copy(update={"person_id": person_id})
