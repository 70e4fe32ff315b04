"""Publications of survey results and what holds them up (surveys.publishing.Publications), as JSON."""

from __future__ import annotations

from datetime import datetime

from storage.columns import from_iso, to_iso, to_json
from storage.session import Row, Session, Tx
from surveys.disclosure import Publication
from surveys.setbacks import Setback

_ADD = """
insert into survey_publications (round_id, number, at, body) values (:round, :number, :at, :body)
on conflict (round_id, number) do nothing
returning number
"""
_KEEP = (
    "insert into survey_snapshots (round_id, body) values (:round, :body) on conflict (round_id) do nothing"
)
_NOTE = """
insert into survey_setbacks (round_id, body) values (:round, :body)
on conflict (round_id) do update set body = excluded.body
"""
_END = "delete from survey_setbacks where round_id = :round"
_OLD = "select id from survey_rounds where state = 'closed' and closes_at < :before"
_LIST = "select body from survey_publications where round_id = :round order by number"
_NUMBERS = "select round_id, max(number) as number from survey_publications group by round_id"
_MADE = "select at from survey_publications where round_id = :round and number = :number"


class SqlPublications:
    """Rows that are added and never changed; the answers of closing beside them, to be removed in time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_publication(self, publication: Publication, at: datetime, snapshot: str = "") -> bool:
        """Keep a publication, the first with the answers of closing; False when that number of the round is there."""
        row: Row = {
            "round": publication.round_id,
            "number": publication.number,
            "at": to_iso(at),
            "body": to_json(publication),
        }

        def work(tx: Tx) -> bool:
            if not tx.query(_ADD, row):
                return False
            tx.query(_END, {"round": publication.round_id})
            if snapshot:
                tx.query(_KEEP, {"round": publication.round_id, "body": snapshot})
            return True

        return self._session.transaction(work)

    def note_setback(self, setback: Setback) -> None:
        """Keep a failure in the place of the one before. A round that is published has none."""
        row: Row = {"round": setback.round_id, "number": 1, "body": to_json(setback)}

        def work(tx: Tx) -> None:
            if not tx.query(_MADE, row):
                tx.query(_NOTE, row)

        self._session.transaction(work)

    def list_setbacks(self) -> dict[str, Setback]:
        """Of every round that could not be published so far."""
        rows = self._session.query("select body from survey_setbacks order by round_id")
        found = [Setback.model_validate_json(row["body"]) for row in rows]
        return {one.round_id: one for one in found}

    def list_publications(self, round_id: str) -> list[Publication]:
        """All of a round, by number."""
        rows = self._session.query(_LIST, {"round": round_id})
        return [Publication.model_validate_json(row["body"]) for row in rows]

    def list_numbers(self) -> dict[str, int]:
        """The newest number of every round that is published."""
        return {row["round_id"]: int(row["number"]) for row in self._session.query(_NUMBERS)}

    def published_at(self, round_id: str, number: int = 1) -> datetime | None:
        """When the one of that number was made; None when there is none."""
        found = self._session.query(_MADE, {"round": round_id, "number": number})
        return from_iso(found[0]["at"]) if found else None

    def find_snapshot(self, round_id: str) -> str:
        """The answers of closing; empty when they are gone, or the round is not published."""
        rows = self._session.query(
            "select body from survey_snapshots where round_id = :round", {"round": round_id}
        )
        return str(rows[0]["body"]) if rows else ""

    def list_snapshots(self) -> list[str]:
        """The rounds whose answers of closing are kept."""
        rows = self._session.query("select round_id from survey_snapshots order by round_id")
        return [row["round_id"] for row in rows]

    def forget_publications(self, closed_before: datetime) -> int:
        """Remove old rounds with what was published of them; how many rounds."""
        before = {"before": to_iso(closed_before)}

        def work(tx: Tx) -> int:
            for table in ("survey_publications", "survey_snapshots"):
                tx.query(f"delete from {table} where round_id in ({_OLD})", before)  # noqa: S608  literals of ours
            for table in ("drawings", "drawing_marks"):
                tx.query(f"delete from {table} where owner in ({_OLD})", before)  # noqa: S608  as above
            return len(tx.query(f"delete from survey_rounds where id in ({_OLD}) returning id", before))  # noqa: S608

        return self._session.transaction(work)

    def forget_snapshot(self, round_id: str) -> None:
        """Remove the answers of closing. Publications stay."""
        self._session.transaction(
            lambda tx: tx.query("delete from survey_snapshots where round_id = :round", {"round": round_id})
        )
