"""Messages waiting to be sent (bot.services.Outbox)."""

from __future__ import annotations

from datetime import datetime, timedelta

from pydantic import ValidationError

from bot.services import Claimed, Message
from bot.texts.ja import storage as texts
from storage.columns import from_iso, to_iso, to_json
from storage.session import Row, Session

STATES = ("queued", "sending", "sent", "failed", "doubtful")

_PUT = """
insert into outbox (key, channel, body, state, due_at, attempts, doubtful)
values (:key, :channel, :body, 'queued', :due_at, 0, 0)
on conflict (key) do nothing
returning key
"""

_CLAIMABLE = """
((state in ('queued', 'doubtful') and due_at <= :now) or (state = 'sending' and lease_until <= :now))
"""
# The condition stands twice: on PostgreSQL another worker may have taken the row that the inner select saw.
# A lease that ran out while sending leaves it open whether the message went out: it comes back as doubtful.
_CLAIM = f"""
update outbox set
  doubtful = case when state = 'sending' then 1 else doubtful end,
  state = 'sending',
  worker = :worker,
  lease_until = :until,
  attempts = attempts + 1,
  first_attempt_at = coalesce(first_attempt_at, :now)
where key = (select key from outbox where {_CLAIMABLE} order by due_at, key limit 1) and {_CLAIMABLE}
returning key, body, attempts, first_attempt_at, doubtful
"""  # noqa: S608  both parts are constants

_SETTLE = """
update outbox set state = :state, reference = :reference, reason = :reason, settled_at = :now,
  lease_until = null
where key = :key and worker = :worker and state = 'sending'
returning key
"""
_GIVE_BACK = """
update outbox set state = :state, doubtful = :doubtful, due_at = :at, reason = :reason,
  worker = null, lease_until = null
where key = :key and worker = :worker and state = 'sending'
returning key
"""


class SqlOutbox:
    """The outbox: queued → sending (under a worker's lease) → sent, failed, or back as queued or doubtful."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, message: Message) -> bool:
        """Add a message; False when its key is there already."""
        row: Row = {
            "key": message.key,
            "channel": message.channel,
            "body": to_json(message),
            "due_at": to_iso(message.due_at),
        }
        return self._changed(_PUT, row)

    def claim(self, worker: str, now: datetime, lease_seconds: float) -> Claimed | None:
        """Take the message that is due longest, for `lease_seconds`; None when nothing is due.

        One that this version cannot read is settled as failed, with the reason, and the next is taken.
        """
        until = now + timedelta(seconds=lease_seconds)
        params = {"worker": worker, "now": to_iso(now), "until": to_iso(until)}
        rows = self._session.transaction(lambda tx: tx.query(_CLAIM, params))
        if not rows:
            return None
        try:
            return _claimed(rows[0])
        except ValidationError as error:
            self.settle_failed(
                rows[0]["key"], worker, texts.UNREADABLE.format(count=error.error_count()), now
            )
            return self.claim(worker, now, lease_seconds)

    def settle_sent(self, key: str, worker: str, reference: str, now: datetime) -> bool:
        """Record that the message went out. False when the lease was lost."""
        return self._settle(key, worker, "sent", reference, None, now)

    def settle_retry(self, key: str, worker: str, at: datetime, reason: str, *, doubtful: bool) -> bool:
        """Give the message back, to be tried at `at`. False when the lease was lost."""
        row: Row = {
            "key": key,
            "worker": worker,
            "state": "doubtful" if doubtful else "queued",
            "doubtful": int(doubtful),
            "at": to_iso(at),
            "reason": reason,
        }
        return self._changed(_GIVE_BACK, row)

    def settle_failed(self, key: str, worker: str, reason: str, now: datetime) -> bool:
        """Record that the message cannot go out, or that nobody can tell. False when the lease was lost."""
        return self._settle(key, worker, "failed", None, reason, now)

    def counts(self) -> dict[str, int]:
        """How many messages stand in each state; a state without any is 0."""
        rows = self._session.query("select state, count(*) as messages from outbox group by state")
        return dict.fromkeys(STATES, 0) | {row["state"]: row["messages"] for row in rows}

    def _settle(
        self, key: str, worker: str, state: str, reference: str | None, reason: str | None, now: datetime
    ) -> bool:
        row: Row = {
            "key": key,
            "worker": worker,
            "state": state,
            "reference": reference,
            "reason": reason,
            "now": to_iso(now),
        }
        return self._changed(_SETTLE, row)

    def _changed(self, sql: str, row: Row) -> bool:
        return bool(self._session.transaction(lambda tx: tx.query(sql, row)))


def _claimed(row: Row) -> Claimed:
    return Claimed(
        message=Message.model_validate_json(row["body"]),
        attempts=row["attempts"] - 1,
        first_attempt_at=from_iso(row["first_attempt_at"]),
        doubtful=bool(row["doubtful"]),
    )
