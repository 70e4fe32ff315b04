"""Holds, proofs of deletion, and leavers (staff.privacy.store.Records)."""

from __future__ import annotations

from datetime import date, datetime

from staff.privacy.store import Deletion, Hold
from storage.columns import from_iso, to_iso
from storage.session import Row, Session

_PLACE = """
insert into record_holds (id, kind, round_id, reason, placed_by, placed_at)
values (:id, :kind, :round_id, :reason, :placed_by, :placed_at)
"""
_LIFT = """
update record_holds set lifted_by = :by, lifted_at = :at where id = :id and lifted_at is null returning *
"""
_ADD = """
insert into deletions (id, at, kind, cause, removed, remaining) values (:id, :at, :kind, :cause, :removed, :remaining)
"""
_CLEANED = "update deletions set cleaned_at = :at where cleaned_at is null and at <= :before"


class SqlRecords:
    """Rows that are added, and marked once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def place_hold(self, hold: Hold) -> None:
        """Keep a hold."""
        names = ("id", "kind", "round_id", "reason", "placed_by")
        row: Row = {name: getattr(hold, name) for name in names} | {"placed_at": to_iso(hold.placed_at)}
        self._session.transaction(lambda tx: tx.query(_PLACE, row))

    def lift_hold(self, hold_id: str, by: str, at: datetime) -> Hold | None:
        """Lift a hold; None when there is none of that id that still holds."""
        row: Row = {"id": hold_id, "by": by, "at": to_iso(at)}
        rows = self._session.transaction(lambda tx: tx.query(_LIFT, row))
        return _hold(rows[0]) if rows else None

    def list_holds(self, *, lifted_too: bool = False) -> list[Hold]:
        """Holds, the newest first."""
        rows = self._session.query("select * from record_holds order by placed_at desc, id")
        return [_hold(row) for row in rows if lifted_too or not row["lifted_at"]]

    def add_deletion(self, deletion: Deletion) -> None:
        """Keep a proof."""
        row: Row = deletion.model_dump(include={"id", "kind", "cause", "removed", "remaining"})
        self._session.transaction(lambda tx: tx.query(_ADD, row | {"at": to_iso(deletion.at)}))

    def list_deletions(self, limit: int = 100) -> list[Deletion]:
        """Proofs, the newest first."""
        sql = "select * from deletions order by at desc, kind, id limit :limit"
        return [_deletion(row) for row in self._session.query(sql, {"limit": limit})]

    def uncleaned_since(self) -> datetime | None:
        """Since when something that was deleted may still lie in the database file."""
        found = self._session.query("select min(at) as at from deletions where cleaned_at is null")[0]["at"]
        return from_iso(found) if found else None

    def mark_cleaned(self, before: datetime, at: datetime) -> None:
        """The file was rewritten."""
        times = {"before": to_iso(before), "at": to_iso(at)}
        self._session.transaction(lambda tx: tx.query(_CLEANED, times))

    def leavers_due(self, left_before: date) -> list[str]:
        """Who left before that day."""
        sql = "select person_id from leavers where left_on < :day order by person_id"
        return [row["person_id"] for row in self._session.query(sql, {"day": left_before.isoformat()})]


def _hold(row: Row) -> Hold:
    lifted = from_iso(row["lifted_at"]) if row["lifted_at"] else None
    times = {
        "placed_at": from_iso(row["placed_at"]),
        "lifted_at": lifted,
        "lifted_by": row["lifted_by"] or "",
    }
    return Hold.model_validate({**row, **times})


def _deletion(row: Row) -> Deletion:
    cleaned = from_iso(row["cleaned_at"]) if row["cleaned_at"] else None
    return Deletion.model_validate({**row, "at": from_iso(row["at"]), "cleaned_at": cleaned})
