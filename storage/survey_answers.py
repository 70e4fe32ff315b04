"""Submissions (surveys.store.Submissions and People)."""

from __future__ import annotations

from storage.columns import checked, to_iso
from storage.session import Row, Session, Tx
from storage.survey_drafts import DROP_DRAFT, DraftTables
from storage.survey_heaps import heap_up, list_heaped, take_heaps
from storage.survey_respondents import FIND, own_submission, respondent_of, sheet_of
from storage.survey_rounds import find_round, parse_round
from surveys.definition import Identity
from surveys.round import Round
from surveys.store import Kept
from surveys.submission import Sheet, Submission

# Only what is newer may take the place of what is there.
_KEEP = """
insert into survey_submissions (round_id, respondent, revision, sent_at, body)
values (:round_id, :respondent, :revision, :sent_at, :body)
on conflict (round_id, respondent) do update
  set revision = excluded.revision, sent_at = excluded.sent_at, body = excluded.body
  where excluded.revision > survey_submissions.revision
returning revision
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


class SqlSurveys(DraftTables):
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
                return _put_anonymous(tx, submission)
            return _put(tx, found, submission)

        return self._session.transaction(work)

    def find_submission(self, round_id: str, person_id: str) -> Submission | None:
        """The person's own submission."""
        found = find_round(self._session, round_id)
        return None if found is None else own_submission(self._session, found, person_id)

    def list_sheets(self, round_id: str) -> list[Sheet]:
        """Every stored submission."""
        found = find_round(self._session, round_id)
        if found is None:
            return []
        here = {"round_id": round_id}
        sql = "select respondent, body from survey_submissions where round_id = :round_id order by body, respondent"
        named = found.definition.identity is Identity.NAMED
        sheets = [
            sheet_of(row["body"], row["respondent"] if named else "")
            for row in self._session.query(sql, here)
        ]
        return sheets + [sheet_of(body) for body in sorted(list_heaped(self._session, round_id))]

    def forget_answers(self, round_id: str) -> int:
        """Remove every submission of a round and who answered."""
        here = {"round_id": round_id}

        def work(tx: Tx) -> int:
            gone = len(
                tx.query(
                    "delete from survey_submissions where round_id = :round_id returning respondent", here
                )
            )
            gone += len(take_heaps(tx, round_id))
            tx.query("delete from survey_people where round_id = :round_id", here)
            return gone

        return self._session.transaction(work)

    def forget_person(self, person_id: str) -> int:
        """Remove what lies under this person; return how many submissions went."""

        def work(tx: Tx) -> int:
            asked = tx.query(_ROUNDS_OF, {"person_id": person_id})
            names = [(row["id"], respondent_of(tx, parse_round(row), person_id)) for row in asked]
            gone = sum(
                len(tx.query(_FORGET_ONE, {"round_id": round_id, "respondent": name}))
                for round_id, name in names
            )
            for table in ("people", "drafts", "links", "mutes", "absences"):
                sql = f"delete from survey_{table} where person_id = :person_id"  # noqa: S608  literals of ours
                tx.query(sql, {"person_id": person_id})
            return gone

        return self._session.transaction(work)


def _put(tx: Tx, found: Round, submission: Submission) -> Kept:
    respondent = respondent_of(tx, found, submission.person_id, make=True)
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
    stored = tx.query(FIND, {"round_id": found.id, "respondent": respondent})[0]["revision"]
    return Kept.ALREADY if stored == submission.revision else Kept.STALE


def _put_anonymous(tx: Tx, submission: Submission) -> Kept:
    """Put it among the others of its 部. The draft goes whatever was saved meanwhile: it holds answers beside a 職員番号."""
    here = {"round_id": submission.round_id, "person_id": submission.person_id}
    if not tx.query(_MARK, here):
        return Kept.ALREADY
    tx.query(DROP_DRAFT, here)
    heap_up(tx, submission.round_id, submission.attributes, _body(submission))
    return Kept.STORED


def _body(submission: Submission) -> str:
    sheet = Sheet(attributes=submission.attributes, answers=submission.answers)
    return checked(sheet.model_dump_json(exclude={"person_id"}))
