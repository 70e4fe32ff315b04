"""Rounds and their audience (surveys.store.Rounds and Wishes)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache

from storage.columns import to_iso, to_json
from storage.session import Row, Session, Tx
from storage.survey_sealing import seal
from surveys.question import STORED
from surveys.round import Member, ResponseCount, Round, State

_PLAN = """
insert into survey_rounds (id, survey_id, state, opens_at, closes_at, body)
values (:id, :survey_id, :state, :opens_at, :closes_at, :body)
on conflict (id) do nothing
returning id
"""
_MOVE = """
update survey_rounds set state = :state, opens_at = :opens_at, closes_at = :closes_at, body = :body
where id = :id and state = :expected
returning id
"""
_ASK = """
insert into survey_people (round_id, person_id, section_id, division_id, role, answered)
values (:round_id, :person_id, :section_id, :division_id, :role, 0)
"""
_FIND = "select body from survey_rounds where id = :id"
_LIST = """
select body from survey_rounds where state = coalesce(:state, state) and survey_id = coalesce(:survey_id, survey_id)
order by opens_at, id
"""
# Whoever was forgotten since left an anonymous answer behind, so answers are looked for as well as marks.
_DROP = """
delete from survey_rounds where id = :id and state <> 'closed'
  and not exists (select 1 from survey_people where round_id = :id and answered = 1)
  and not exists (select 1 from survey_submissions where round_id = :id)
  and not exists (select 1 from survey_heaps where round_id = :id)
returning id
"""
_MEMBER = """
select person_id, section_id, division_id, role, answered from survey_people
where round_id = :round_id and person_id = :person_id
"""
_WAITING = """
select person_id, section_id, division_id, role from survey_people
where round_id = :round_id and answered = 0 order by person_id
"""
_OPEN_FOR = """
select survey_rounds.body, survey_people.answered from survey_people
join survey_rounds on survey_rounds.id = survey_people.round_id
where survey_people.person_id = :person_id and survey_rounds.state = 'open'
order by survey_rounds.closes_at, survey_rounds.id
"""
_COUNT = """
select section_id, division_id, count(*) as asked, sum(answered) as answered from survey_people
where round_id = :round_id group by section_id, division_id order by section_id, division_id
"""
_ANSWERED = "select coalesce(sum(answered), 0) as answered from survey_people where round_id = :round_id"
_MUTE = """
insert into survey_mutes (person_id, round_id) values (:person_id, :round_id)
on conflict (person_id, round_id) do nothing
"""
_WANTS = """
select 1 as wanted from survey_people
join survey_rounds on survey_rounds.id = survey_people.round_id
where survey_rounds.id = :round_id and person_id = :person_id and state = 'open' and closes_at > :now and answered = 0
  and not exists (
    select 1 from survey_mutes
    where survey_mutes.person_id = :person_id and survey_mutes.round_id in ('', :round_id)
  )
"""
_MARK_DONE = """
insert into survey_marks (round_id, mark) values (:round_id, :mark)
on conflict (round_id, mark) do nothing
returning mark
"""
_MARKS = "select mark from survey_marks where round_id = :round_id"


class RoundTables:
    """Rounds as JSON under their state; the audience in rows, all there from opening on."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def plan_round(self, planned: Round) -> bool:
        """Add a round; False when one of that id is there already."""
        row = _row(planned) | {"survey_id": planned.survey_id}
        return bool(self._session.transaction(lambda tx: tx.query(_PLAN, row)))

    def find_round(self, round_id: str) -> Round | None:
        """One round."""
        return find_round(self._session, round_id)

    def list_rounds(self, state: State | None = None, survey_id: str | None = None) -> list[Round]:
        """Rounds by the time they open."""
        params = {"state": state.value if state else None, "survey_id": survey_id}
        return [parse_round(row) for row in self._session.query(_LIST, params)]

    def open_round(self, opened: Round, members: Sequence[Member]) -> bool:
        """Freeze the round and its audience; False when it is not planned any more."""
        people: list[Row] = [{"round_id": opened.id, **member.model_dump(mode="json")} for member in members]

        def work(tx: Tx) -> bool:
            if not tx.query(_MOVE, _row(opened) | {"expected": State.PLANNED.value}):
                return False
            tx.query_many(_ASK, people)
            return True

        return self._session.transaction(work)

    def close_round(self, round_id: str, at: datetime | None = None) -> bool:
        """Close an open round and seal its answers; False when it is not open."""

        def work(tx: Tx) -> bool:
            found = find_round(tx, round_id)
            if found is None or found.state is not State.OPEN:
                return False
            closes_at = min(found.closes_at, at or found.closes_at)
            answered = int(tx.query(_ANSWERED, {"round_id": round_id})[0]["answered"])
            closed = found.model_copy(
                update={"state": State.CLOSED, "closes_at": closes_at, "answered": answered}
            )
            tx.query(_MOVE, _row(closed) | {"expected": State.OPEN.value})
            seal(tx, closed)
            return True

        return self._session.transaction(work)

    def drop_round(self, round_id: str) -> bool:
        """Remove a planned round, or an open one that nobody has answered."""
        return bool(self._session.transaction(lambda tx: tx.query(_DROP, {"id": round_id})))

    def mark(self, round_id: str, mark: str) -> bool:
        """Note that something was done; False when it was noted before."""
        row = {"round_id": round_id, "mark": mark}
        return bool(self._session.transaction(lambda tx: tx.query(_MARK_DONE, row)))

    def list_marks(self, round_id: str) -> set[str]:
        """What was noted."""
        return {row["mark"] for row in self._session.query(_MARKS, {"round_id": round_id})}

    def find_member(self, round_id: str, person_id: str) -> Member | None:
        """Somebody as the round knows them."""
        rows = self._session.query(_MEMBER, {"round_id": round_id, "person_id": person_id})
        return _member(rows[0]) if rows else None

    def has_answered(self, round_id: str, person_id: str) -> bool:
        """Whether this person has answered."""
        rows = self._session.query(_MEMBER, {"round_id": round_id, "person_id": person_id})
        return bool(rows and rows[0]["answered"])

    def list_waiting(self, round_id: str) -> list[Member]:
        """Whoever has not answered."""
        return [_member(row) for row in self._session.query(_WAITING, {"round_id": round_id})]

    def list_open_for(self, person_id: str) -> list[tuple[Round, bool]]:
        """The open rounds that ask this person."""
        rows = self._session.query(_OPEN_FOR, {"person_id": person_id})
        return [(parse_round(row), bool(row["answered"])) for row in rows]

    def count_responses(self, round_id: str) -> list[ResponseCount]:
        """How many of each 課 are asked and have answered."""
        rows = self._session.query(_COUNT, {"round_id": round_id})
        return [
            ResponseCount(
                section_id=row["section_id"],
                division_id=row["division_id"],
                asked=int(row["asked"]),
                answered=int(row["answered"]),
            )
            for row in rows
        ]

    def set_absent(self, person_ids: Iterable[str]) -> None:
        """Put this list in the place of the one before."""
        rows = [{"person_id": person_id} for person_id in sorted(set(person_ids))]

        def work(tx: Tx) -> None:
            tx.query("delete from survey_absences")
            tx.query_many("insert into survey_absences (person_id) values (:person_id)", rows)

        self._session.transaction(work)

    def list_absent(self) -> list[str]:
        """Who is away."""
        rows = self._session.query("select person_id from survey_absences order by person_id")
        return [row["person_id"] for row in rows]

    def mute(self, person_id: str, round_id: str = "") -> None:
        """No reminder any more, of one round or of any."""
        row = {"person_id": person_id, "round_id": round_id}
        self._session.transaction(lambda tx: tx.query(_MUTE, row))

    def unmute(self, person_id: str) -> None:
        """Reminders again."""
        sql = "delete from survey_mutes where person_id = :person_id"
        self._session.transaction(lambda tx: tx.query(sql, {"person_id": person_id}))

    def wants_reminder(self, round_id: str, person_id: str, now: datetime) -> bool:
        """Whether the round takes answers, and the person is asked, has not answered and wants reminders."""
        row = {"round_id": round_id, "person_id": person_id, "now": to_iso(now)}
        return bool(self._session.query(_WANTS, row))

    def list_muted(self, round_id: str) -> set[str]:
        """Who wants no reminder of this round."""
        sql = "select person_id from survey_mutes where round_id in ('', :round_id)"
        return {row["person_id"] for row in self._session.query(sql, {"round_id": round_id})}


def find_round(session: Session, round_id: str) -> Round | None:
    """One round, inside a transaction or outside."""
    rows = session.query(_FIND, {"id": round_id})
    return parse_round(rows[0]) if rows else None


def _row(round_: Round) -> dict[str, str]:
    return {
        "id": round_.id,
        "state": round_.state.value,
        "opens_at": to_iso(round_.opens_at),
        "closes_at": to_iso(round_.closes_at),
        "body": to_json(round_),
    }


def parse_round(row: Row) -> Round:
    """A round from its row."""
    return _parsed(row["body"])


@lru_cache(maxsize=64)
def _parsed(body: str) -> Round:
    """A round is read with every page: once a wording is enough. Its definition was checked when it was written."""
    return Round.model_validate_json(body, context={STORED: True})


def _member(row: Row) -> Member:
    return Member(**{name: row[name] for name in ("person_id", "section_id", "division_id", "role")})
