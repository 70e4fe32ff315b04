"""Messages delivered to people in the web channel (bot.delivery.Inbox)."""

from __future__ import annotations

from datetime import datetime

from bot.messages import Reply
from storage.columns import from_iso, to_iso, to_json
from storage.session import Row, Session

_ADD = """
insert into inbox (key, person_id, delivered_at, body) values (:key, :person_id, :at, :body)
on conflict (key) do nothing
returning key
"""
_LIST = """
select key, delivered_at, body from inbox where person_id = :person_id
order by delivered_at desc, key desc limit :limit
"""


_FORGET = "delete from inbox where delivered_at < :before returning key"


class SqlInbox:
    """What lies in people's inboxes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, person_id: str, key: str, reply: Reply, at: datetime) -> bool:
        """Deliver once; False when a message of that key is there already."""
        row: Row = {"key": key, "person_id": person_id, "at": to_iso(at), "body": to_json(reply)}
        return bool(self._session.transaction(lambda tx: tx.query(_ADD, row)))

    def list_for(self, person_id: str, limit: int = 50) -> list[tuple[str, datetime, Reply]]:
        """The person's messages as (key, delivered at, what it says), newest first."""
        rows = self._session.query(_LIST, {"person_id": person_id, "limit": limit})
        return [
            (row["key"], from_iso(row["delivered_at"]), Reply.model_validate_json(row["body"]))
            for row in rows
        ]

    def forget(self, before: datetime) -> int:
        """Remove what was delivered before that time; how many."""
        return len(self._session.transaction(lambda tx: tx.query(_FORGET, {"before": to_iso(before)})))
