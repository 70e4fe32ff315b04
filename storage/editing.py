"""Versions of edited articles, and proposals (knowledge.editing.store)."""

from __future__ import annotations

from datetime import datetime

from knowledge.editing.store import LAST, Outdated, Proposal, ProposalState, Version
from storage.columns import to_iso, to_json
from storage.session import Row, Session, Tx

_INSERT_VERSION = """
insert into article_versions (article_id, number, body) values (:article_id, :number, :body)
"""
_NEWEST = "select body from article_versions where article_id = :id order by number desc limit 1"
_NEWEST_OF_EACH = """
select body from article_versions as version
where number = (select max(number) from article_versions where article_id = version.article_id)
order by article_id
"""
_ADD_PROPOSAL = """
insert into proposals (id, state, proposed_at, body) values (:id, :state, :at, :body)
on conflict (id) do nothing
returning id
"""
_LIST_PROPOSALS = """
select body from proposals where state = coalesce(:state, state) order by proposed_at {order}, id limit :limit
"""
_SETTLE = """
update proposals set state = :state, body = :body where id = :id and state = 'waiting' returning id
"""


class SqlArticleVersions:
    """Versions as JSON, numbered for each article."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, version: Version) -> None:
        """Add the version that follows the newest. Raises Outdated when somebody else was first."""
        self._session.transaction(lambda tx: _save(tx, version))

    def latest(self, article_id: str) -> Version | None:
        """The newest version of an article."""
        return _latest(self._session, article_id)

    def find(self, article_id: str, number: int) -> Version | None:
        """One version."""
        rows = self._session.query(
            "select body from article_versions where article_id = :id and number = :number",
            {"id": article_id, "number": number},
        )
        return _version(rows[0]) if rows else None

    def list_versions(self, article_id: str, newest: int = LAST, limit: int = LAST) -> list[Version]:
        """An article's versions from the number `newest` down, at most `limit` of them, the newest first."""
        rows = self._session.query(
            "select body from article_versions where article_id = :id and number <= :newest"
            " order by number desc limit :limit",
            {"id": article_id, "newest": newest, "limit": limit},
        )
        return [_version(row) for row in rows]

    def list_latest(self) -> list[Version]:
        """The newest version of each edited article, by article id."""
        return [_version(row) for row in self._session.query(_NEWEST_OF_EACH)]


class SqlProposals:
    """Proposals as JSON, with what they are listed by in columns."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, proposal: Proposal) -> bool:
        """Add a proposal; False when one of that id is there already."""
        row: Row = {
            "id": proposal.id,
            "state": proposal.state.value,
            "at": to_iso(proposal.proposed_at),
            "body": to_json(proposal),
        }
        return bool(self._session.transaction(lambda tx: tx.query(_ADD_PROPOSAL, row)))

    def find(self, proposal_id: str) -> Proposal | None:
        """One proposal."""
        return _find_proposal(self._session, proposal_id)

    def list_proposals(self, state: ProposalState | None = None, limit: int = 500) -> list[Proposal]:
        """The proposals in that state: the oldest first while they wait, else the newest first."""
        order = "asc" if state is ProposalState.WAITING else "desc"
        rows = self._session.query(
            _LIST_PROPOSALS.format(order=order), {"state": state.value if state else None, "limit": limit}
        )
        return [Proposal.model_validate_json(row["body"]) for row in rows]

    def settle(
        self, proposal_id: str, state: ProposalState, by: str, at: datetime, decision: str = ""
    ) -> bool:
        """Approve or reject what waits; False when it is decided already, or unknown."""
        settled = {"state": state, "decided_by": by, "decided_at": at, "decision": decision}

        def work(tx: Tx) -> bool:
            proposal = _find_proposal(tx, proposal_id)
            if proposal is None:
                return False
            body = to_json(proposal.model_copy(update=settled))
            return bool(tx.query(_SETTLE, {"id": proposal_id, "state": state.value, "body": body}))

        return self._session.transaction(work)

    def count_waiting(self) -> int:
        """How many wait for a decision."""
        rows = self._session.query("select count(*) as waiting from proposals where state = 'waiting'")
        return int(rows[0]["waiting"])


def _save(tx: Tx, version: Version) -> None:
    current = _latest(tx, version.article_id)
    if version.number != (current.number if current else 0) + 1:
        raise Outdated(current)
    row: Row = {"article_id": version.article_id, "number": version.number, "body": to_json(version)}
    tx.query(_INSERT_VERSION, row)
    tx.query("update revisions set number = number + 1 where name = 'articles'")


def _latest(session: Session, article_id: str) -> Version | None:
    rows = session.query(_NEWEST, {"id": article_id})
    return _version(rows[0]) if rows else None


def _find_proposal(session: Session, proposal_id: str) -> Proposal | None:
    rows = session.query("select body from proposals where id = :id", {"id": proposal_id})
    return Proposal.model_validate_json(rows[0]["body"]) if rows else None


def _version(row: Row) -> Version:
    return Version.model_validate_json(row["body"])
