"""AI・RPA事例 (knowledge.cases.CaseStore): versions as JSON, standing by what their proposals say."""

from __future__ import annotations

from knowledge.cases import Case
from storage.columns import to_iso, to_json
from storage.session import Row, Session

_ADD = """
insert into cases (id, number, proposal_id, registered_at, body) values (:id, :number, :proposal, :at, :body)
on conflict (id, number) do nothing
returning id
"""
_LATEST = "select body from cases where id = :id order by number desc limit 1"
_APPROVED = """
select body from cases as standing
where number = (
  select max(one.number) from cases as one
  join proposals on proposals.id = one.proposal_id and proposals.state = 'approved'
  where one.id = standing.id
)
order by registered_at desc, id
"""
_WAITING = """
select cases.body from cases join proposals on proposals.id = cases.proposal_id and proposals.state = 'waiting'
order by cases.registered_at, cases.id
"""


class SqlCases:
    """Cases, numbered versions each."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_case(self, case: Case) -> bool:
        """Keep a version; False when there is one of that number already."""
        row: Row = {
            "id": case.id,
            "number": case.number,
            "proposal": case.proposal_id,
            "at": to_iso(case.registered_at),
            "body": to_json(case),
        }
        return bool(self._session.transaction(lambda tx: tx.query(_ADD, row)))

    def latest_case(self, case_id: str) -> Case | None:
        """The newest version, approved or not."""
        return next(iter(self._cases(_LATEST, {"id": case_id})), None)

    def list_approved(self) -> list[Case]:
        """The newest approved version of each case, the latest registered first."""
        return self._cases(_APPROVED, {})

    def list_waiting(self) -> list[Case]:
        """Versions that wait for approval, the oldest first."""
        return self._cases(_WAITING, {})

    def _cases(self, sql: str, params: Row) -> list[Case]:
        return [Case.model_validate_json(row["body"]) for row in self._session.query(sql, params)]
