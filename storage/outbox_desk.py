"""What operators see of the outbox, and what they settle by hand."""

from __future__ import annotations

from datetime import datetime

from pydantic import ValidationError

from bot.delivery import Message, Unsettled
from storage.columns import from_iso, to_iso
from storage.session import Row, Session

_UNSETTLED = """
select key, body, state, coalesce(reason, '') as reason, attempts, settled_at from outbox
where state in ('failed', 'unclear') {more} order by settled_at desc, key limit :limit
"""
_MARK_SENT = """
update outbox set state = 'sent', settled_at = :now, told_at = coalesce(told_at, :now)
where key = :key and state in ('failed', 'unclear') returning key
"""
_RESEND = """
update outbox set state = 'queued', doubtful = 0, attempts = 0, first_attempt_at = null, due_at = :now, worker = null,
  reason = null, settled_at = null, told_at = null
where key = :key and state in ('failed', 'unclear') returning key
"""
_WAITING = """
select count(*) as messages from outbox
where key >= :first and key < :last and (due_at < :due or first_attempt_at < :due)
  and state not in ('sent', 'failed', 'unclear', 'dropped')
"""
_FORGET = """
update outbox set body = '', reference = null
where settled_at < :before and state in ('sent', 'failed', 'unclear', 'dropped') and body <> '' returning key
"""
_AFTER_ALL = "\U0010ffff"  # sorts after every character that a key has


class OutboxDesk:
    """The operator's list, over one session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list_keys(self, prefix: str) -> list[str]:
        """The keys that begin so, of messages in every state."""
        sql = "select key from outbox where key >= :first and key < :last order by key"
        rows = self._session.query(sql, {"first": prefix, "last": prefix + _AFTER_ALL})
        return [row["key"] for row in rows]

    def count_waiting(self, prefix: str, due_before: datetime) -> int:
        """How many messages of such keys were due before that time and are not settled."""
        row: Row = {"first": prefix, "last": prefix + _AFTER_ALL, "due": to_iso(due_before)}
        return int(self._session.query(_WAITING, row)[0]["messages"])

    def list_unsettled(self, limit: int = 200) -> list[Unsettled]:
        """What failed or is unclear, the newest first."""
        return _readable(self._session.query(_UNSETTLED.format(more=""), {"limit": limit}))

    def unsettled(self, key: str) -> Unsettled | None:
        """One entry of the list."""
        rows = self._session.query(_UNSETTLED.format(more="and key = :key"), {"limit": 1, "key": key})
        return next(iter(_readable(rows)), None)

    def mark_sent(self, key: str, now: datetime) -> bool:
        """An operator saw that the message arrived. False when it is not on the list any more."""
        return self._changed(_MARK_SENT, {"key": key, "now": to_iso(now)})

    def resend(self, key: str, now: datetime) -> bool:
        """An operator wants it sent again. False when it is not on the list any more."""
        return self._changed(_RESEND, {"key": key, "now": to_iso(now)})

    def take_untold(self, now: datetime, limit: int = 1000) -> list[Unsettled]:
        """What came on the list and the operator was not told of yet; told of now."""
        sql = _UNSETTLED.format(more="and told_at is null")

        def work(tx: Session) -> list[Row]:
            rows = tx.query(sql, {"limit": limit})
            for row in rows:
                tx.query(
                    "update outbox set told_at = :now where key = :key",
                    {"now": to_iso(now), "key": row["key"]},
                )
            return rows

        return _readable(self._session.transaction(work))

    def forget_settled(self, before: datetime) -> int:
        """Empty what was settled before that time; how many. The keys stay."""
        return len(self._session.transaction(lambda tx: tx.query(_FORGET, {"before": to_iso(before)})))

    def _changed(self, sql: str, row: Row) -> bool:
        return bool(self._session.transaction(lambda tx: tx.query(sql, row)))


def _readable(rows: list[Row]) -> list[Unsettled]:
    found = []
    for row in rows:
        try:
            message = Message.model_validate_json(row["body"])
        except ValidationError:  # of another version: it was put aside with its reason
            continue
        found.append(
            Unsettled(
                message=message,
                unclear=row["state"] == "unclear",
                reason=row["reason"],
                attempts=row["attempts"],
                at=from_iso(row["settled_at"]),
            )
        )
    return found
