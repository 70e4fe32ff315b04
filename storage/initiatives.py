"""Initiatives and their reports (knowledge.initiatives.store.InitiativeStore)."""

from __future__ import annotations

from pydantic import BaseModel

from knowledge.editing.store import LAST
from knowledge.initiatives.initiative import InitiativeVersion
from knowledge.initiatives.progress import ProgressReport
from knowledge.initiatives.store import Overtaken
from storage.columns import to_json
from storage.session import Session, Tx

_NEWEST_OF_EACH = """
select body from initiative_versions as version
where number = (select max(number) from initiative_versions where initiative_id = version.initiative_id)
order by initiative_id
"""
_RECENT_REPORTS = """
select initiative_id, body from progress_reports as report
where number > (select max(number) from progress_reports where initiative_id = report.initiative_id) - :each
order by initiative_id, number desc
"""


class SqlInitiatives:
    """Versions and reports as JSON, numbered for each initiative."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save_version(self, version: InitiativeVersion) -> None:
        """Add the version that follows the newest. Raises Overtaken."""
        id_ = version.initiative.id
        self._session.transaction(lambda tx: _follow(tx, "initiative_versions", id_, version.number, version))

    def list_versions(
        self, initiative_id: str, newest: int = LAST, limit: int = LAST
    ) -> list[InitiativeVersion]:
        """An initiative's versions from the number `newest` down, at most `limit` of them, the newest first."""
        rows = self._session.query(
            "select body from initiative_versions where initiative_id = :id and number <= :newest"
            " order by number desc limit :limit",
            {"id": initiative_id, "newest": newest, "limit": limit},
        )
        return [InitiativeVersion.model_validate_json(row["body"]) for row in rows]

    def find_latest(self, initiative_id: str) -> InitiativeVersion | None:
        """The newest version of one initiative, if people changed it."""
        rows = self._session.query(
            "select body from initiative_versions where initiative_id = :id order by number desc limit 1",
            {"id": initiative_id},
        )
        return InitiativeVersion.model_validate_json(rows[0]["body"]) if rows else None

    def list_latest(self) -> list[InitiativeVersion]:
        """The newest version of each initiative that people changed, by id."""
        return [
            InitiativeVersion.model_validate_json(row["body"]) for row in self._session.query(_NEWEST_OF_EACH)
        ]

    def add_report(self, report: ProgressReport) -> None:
        """Add the report that follows the newest. Raises Overtaken."""
        id_ = report.initiative_id
        self._session.transaction(lambda tx: _follow(tx, "progress_reports", id_, report.number, report))

    def list_reports(self, initiative_id: str, limit: int = 100) -> list[ProgressReport]:
        """An initiative's reports, the newest first."""
        rows = self._session.query(
            "select body from progress_reports where initiative_id = :id order by number desc limit :limit",
            {"id": initiative_id, "limit": limit},
        )
        return [ProgressReport.model_validate_json(row["body"]) for row in rows]

    def list_all_reports(self, each: int = 12) -> dict[str, list[ProgressReport]]:
        """The newest reports of every initiative, the newest first."""
        found: dict[str, list[ProgressReport]] = {}
        for row in self._session.query(_RECENT_REPORTS, {"each": each}):
            found.setdefault(row["initiative_id"], []).append(ProgressReport.model_validate_json(row["body"]))
        return found


def _follow(tx: Tx, table: str, id_: str, number: int, model: BaseModel) -> None:
    # Both tables are ours: their names come from above. Of two writers at once, the second inserts nothing.
    added = tx.query(
        f"insert into {table} (initiative_id, number, body) select :id, :number, :body "  # noqa: S608
        f"where (select coalesce(max(number), 0) from {table} where initiative_id = :id) = :before "
        "on conflict (initiative_id, number) do nothing returning number",
        {"id": id_, "number": number, "before": number - 1, "body": to_json(model)},
    )
    if not added:
        raise Overtaken(id_)
