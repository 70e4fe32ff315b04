"""人事異動 that waits for its day (staff.planning.PlannedChanges)."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime

from staff.planning import PlannedChange
from storage.columns import checked, to_iso, to_json
from storage.session import Session, Tx

_ADD = """
insert into planned_changes (effective_on, person_id, body) values (:day, :person_id, :body)
"""
_LIST = "select body from planned_changes where effective_on <= :until order by effective_on, person_id"


class SqlPlannedChanges:
    """One row for each person and day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_planned(self, until: date | None = None) -> list[PlannedChange]:
        """What waits, earliest first; up to `until`, that day included."""
        rows = self._session.query(_LIST, {"until": until.isoformat() if until else "9999-12-31"})
        return [PlannedChange.model_validate_json(row["body"]) for row in rows]

    def replace_planned(self, changes: Sequence[PlannedChange]) -> None:
        """Let exactly these wait."""
        rows = [
            {"day": one.effective_on.isoformat(), "person_id": one.person_id, "body": to_json(one)}
            for one in changes
        ]

        def work(tx: Tx) -> None:
            tx.query("delete from planned_changes")
            tx.query_many(_ADD, rows)

        self._session.transaction(work)

    def remove_until(self, day: date) -> None:
        """Take away what took force."""
        params = {"day": day.isoformat()}
        self._session.transaction(
            lambda tx: tx.query("delete from planned_changes where effective_on <= :day", params)
        )


class SqlDirectoryDrafts:
    """At most one upload for each person (staff.planning.DirectoryDrafts)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, draft_id: str, by: str, at: datetime, files: Sequence[tuple[str, bytes]]) -> None:
        """Keep files in the place of what this person uploaded before."""
        body = json.dumps([(name, b64encode(content).decode()) for name, content in files])
        params = {"id": draft_id, "by": by, "at": to_iso(at), "body": checked(body)}

        def work(tx: Tx) -> None:
            tx.query("delete from directory_drafts where uploaded_by = :by", {"by": by})
            tx.query(
                "insert into directory_drafts (id, uploaded_by, uploaded_at, body) values (:id, :by, :at, :body)",
                params,
            )

        self._session.transaction(work)

    def find(self, draft_id: str, by: str, since: datetime) -> list[tuple[str, bytes]]:
        """The files; none when there are none, they are somebody else's, or from before."""
        rows = self._session.query(
            "select body from directory_drafts where id = :id and uploaded_by = :by and uploaded_at >= :since",
            {"id": draft_id, "by": by, "since": to_iso(since)},
        )
        return [(name, b64decode(content)) for row in rows for name, content in json.loads(row["body"])]

    def remove(self, by: str) -> None:
        """Forget what somebody uploaded."""
        params = {"by": by}
        self._session.transaction(
            lambda tx: tx.query("delete from directory_drafts where uploaded_by = :by", params)
        )

    def forget(self, before: datetime) -> int:
        """Remove what was uploaded before that time; how much went."""
        sql = "delete from directory_drafts where uploaded_at < :before returning id"
        return len(self._session.transaction(lambda tx: tx.query(sql, {"before": to_iso(before)})))
