"""Requests to 課 (knowledge.initiatives.assignment.AssignmentStore)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from knowledge.initiatives.assignment import Assignment
from storage.columns import to_iso, to_json
from storage.session import Row, Session

_SAVE = """
insert into assignments (id, due_on, body) values (:id, :due_on, :body)
on conflict (id) do update set due_on = excluded.due_on, body = excluded.body
"""
_SETTLE = """
insert into assignments_done (assignment_id, department_id, done_by, done_at)
select id, :department, :by, :at from assignments where id = :id
on conflict (assignment_id, department_id) do nothing
returning assignment_id
"""


class SqlAssignments:
    """Requests as JSON, and a row for each 課 that has done one."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, assignment: Assignment) -> None:
        """Add a request, or put it in the place of the one of its id."""
        row: Row = {
            "id": assignment.id,
            "due_on": assignment.due_on.isoformat(),
            "body": to_json(assignment),
        }
        self._session.transaction(lambda tx: tx.query(_SAVE, row))

    def find(self, assignment_id: str) -> Assignment | None:
        """One request."""
        rows = self._session.query("select body from assignments where id = :id", {"id": assignment_id})
        return Assignment.model_validate_json(rows[0]["body"]) if rows else None

    def list_since(self, due_from: date) -> list[Assignment]:
        """Requests due on or after that day, the earliest first."""
        rows = self._session.query(
            "select body from assignments where due_on >= :day order by due_on, id",
            {"day": due_from.isoformat()},
        )
        return [Assignment.model_validate_json(row["body"]) for row in rows]

    def settle(self, assignment_id: str, department_id: str, by: str, at: datetime) -> bool:
        """Say that a 課 has done it; False when it was said before, or there is no such request."""
        row: Row = {"id": assignment_id, "department": department_id, "by": by, "at": to_iso(at)}
        return bool(self._session.transaction(lambda tx: tx.query(_SETTLE, row)))

    def list_done(self, assignment_id: str) -> list[str]:
        """The ids of the 課 that have done it."""
        rows = self._session.query(
            "select department_id from assignments_done where assignment_id = :id order by department_id",
            {"id": assignment_id},
        )
        return [row["department_id"] for row in rows]

    def done_of(self, department_ids: Sequence[str]) -> frozenset[tuple[str, str]]:
        """Which requests are done by these 課, as (request id, department id)."""
        return frozenset(
            (row["assignment_id"], row["department_id"])
            for department in department_ids
            for row in self._session.query(
                "select assignment_id, department_id from assignments_done where department_id = :id",
                {"id": department},
            )
        )
