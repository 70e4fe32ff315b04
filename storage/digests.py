"""Digests as sent, and how readers want them (knowledge.initiatives.issue, staff.weekly)."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.initiatives.issue import Issue, OwnPart
from staff.weekly import Subscription
from storage.columns import to_json
from storage.session import Row, Session, Tx

_ADD_ISSUE = "insert into digest_issues (week, body) values (:week, :body) on conflict (week) do nothing"
_ADD_COPY = """
insert into digest_copies (week, person_id, body) select :week, id, :body from people where id = :person_id
on conflict (week, person_id) do nothing
"""
_SUBSCRIBE = """
insert into digest_subscriptions (person_id, body) select id, :body from people where id = :person_id
on conflict (person_id) do update set body = excluded.body
"""


class SqlDigests:
    """Issues, copies and subscriptions as JSON."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_issue(self, issue: Issue) -> Issue:
        """Keep a week's issue; the one that stands afterwards: of two made at once, the first."""
        row: Row = {"week": issue.week, "body": to_json(issue)}

        def work(tx: Tx) -> Issue:
            tx.query(_ADD_ISSUE, row)
            return _issue(tx, issue.week) or issue

        return self._session.transaction(work)

    def issue(self, week: str) -> Issue | None:
        """A week's issue."""
        return _issue(self._session, week)

    def list_weeks(self, limit: int = 60) -> list[str]:
        """The weeks that have an issue, the newest first."""
        sql = "select week from digest_issues order by week desc limit :limit"
        return [row["week"] for row in self._session.query(sql, {"limit": limit})]

    def save_copies(self, week: str, parts: Mapping[str, OwnPart]) -> None:
        """Keep readers' parts, by 職員番号; what stands already stays."""
        rows = [{"week": week, "person_id": id_, "body": to_json(part)} for id_, part in parts.items()]
        self._session.transaction(lambda tx: tx.query_many(_ADD_COPY, rows))

    def copy(self, week: str, person_id: str) -> OwnPart | None:
        """The part of one reader, as it was sent."""
        rows = self._session.query(
            "select body from digest_copies where week = :week and person_id = :id",
            {"week": week, "id": person_id},
        )
        return OwnPart.model_validate_json(rows[0]["body"]) if rows else None

    def save_subscription(self, subscription: Subscription) -> None:
        """Keep it in the place of the one before."""
        row: Row = {"person_id": subscription.person_id, "body": to_json(subscription)}
        self._session.transaction(lambda tx: tx.query(_SUBSCRIBE, row))

    def subscription(self, person_id: str) -> Subscription:
        """One reader's; the usual one where nothing was said."""
        rows = self._session.query(
            "select body from digest_subscriptions where person_id = :id", {"id": person_id}
        )
        return (
            Subscription.model_validate_json(rows[0]["body"]) if rows else Subscription(person_id=person_id)
        )

    def list_subscriptions(self) -> dict[str, Subscription]:
        """Everything said, by 職員番号."""
        rows = self._session.query("select person_id, body from digest_subscriptions")
        return {row["person_id"]: Subscription.model_validate_json(row["body"]) for row in rows}


def _issue(session: Session, week: str) -> Issue | None:
    rows = session.query("select body from digest_issues where week = :week", {"week": week})
    return Issue.model_validate_json(rows[0]["body"]) if rows else None
