"""Messages waiting to be sent (bot.delivery.Outbox)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import ValidationError

from bot.delivery import Claimed, Message
from bot.texts.ja import storage as texts
from storage.columns import from_iso, to_iso, to_json
from storage.outbox_desk import OutboxDesk
from storage.outbox_turns import OutboxTurns
from storage.session import Row, Session

STATES = ("queued", "sending", "sent", "failed", "doubtful", "unclear", "dropped")

_PUT = """
insert into outbox (key, channel, body, state, due_at, attempts, doubtful, first_attempt_at)
values (:key, :channel, :body, :state, :due_at, 0, :doubtful, :attempted_at)
on conflict (key) do nothing
returning key
"""

_PUT_ASIDE = """
insert into outbox (key, channel, body, state, due_at, attempts, doubtful, reason, settled_at)
values (:key, :channel, :body, 'failed', :due_at, 0, 0, :reason, :now)
on conflict (key) do nothing
returning key
"""

_CLAIMABLE = """
((state in ('queued', 'doubtful') and due_at <= :now) or (state = 'sending' and lease_until <= :now))
"""
# The condition stands twice: on PostgreSQL another worker may have taken the row that the inner select saw.
# A lease that ran out while sending leaves it open whether the message went out: it comes back as doubtful.
# The due ones are listed once (materialized): a planner that ran the list again would take more than the limit.
_CLAIM = f"""
with due as materialized (
  select key as due_key from outbox where {_CLAIMABLE} {{channels}} order by due_at, key limit :limit {{lock}}
)
update outbox set
  doubtful = case when state = 'sending' then 1 else doubtful end,
  state = 'sending',
  worker = :worker,
  lease_until = :until,
  attempts = attempts + 1,
  first_attempt_at = coalesce(first_attempt_at, :now)
from due where key = due_key and {_CLAIMABLE}
returning key, body, attempts, first_attempt_at, doubtful, due_at
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
_FAILURES = """
select channel, coalesce(reason, '') as reason, count(*) as messages from outbox
where state = 'failed' and settled_at >= :since
group by channel, reason order by messages desc, channel, reason
"""


class SqlOutbox(OutboxDesk, OutboxTurns):
    """The outbox: queued → sending (under a worker's lease) → sent, failed, unclear, dropped, or back as queued or doubtful."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)

    def put(self, message: Message, attempted_at: datetime | None = None) -> bool:
        """Add a message, as doubtful when it was attempted already; False when its key is there."""
        row: Row = {
            "key": message.key,
            "channel": message.channel,
            "body": to_json(message),
            "due_at": to_iso(message.due_at),
            "state": "doubtful" if attempted_at else "queued",
            "doubtful": int(attempted_at is not None),
            "attempted_at": to_iso(attempted_at) if attempted_at else None,
        }
        return self._changed(_PUT, row)

    def put_aside(self, message: Message, reason: str, now: datetime) -> bool:
        """Put a message on the operator's list, unsent; False when its key is there."""
        row: Row = {
            "key": message.key,
            "channel": message.channel,
            "body": to_json(message),
            "due_at": to_iso(message.due_at),
            "reason": reason,
            "now": to_iso(now),
        }
        return self._changed(_PUT_ASIDE, row)

    def holds(self, key: str) -> bool:
        """Whether a message of that key was ever put."""
        return bool(self._session.query("select 1 as held from outbox where key = :key", {"key": key}))

    def claim(self, worker: str, now: datetime, lease_seconds: float) -> Claimed | None:
        """Take one due message; None when nothing is due."""
        return next(iter(self.claim_some(worker, now, lease_seconds, 1)), None)

    def claim_some(
        self,
        worker: str,
        now: datetime,
        lease_seconds: float,
        limit: int,
        *,
        channel: str = "",
        other_than: Sequence[str] = (),
    ) -> list[Claimed]:
        """Take up to `limit` due messages at once. One that this version cannot read is put aside with its reason."""
        row: Row = {
            "worker": worker,
            "now": to_iso(now),
            "until": to_iso(now + timedelta(seconds=lease_seconds)),
            "limit": limit,
            "channel": channel,
            **{f"other{number}": name for number, name in enumerate(other_than)},
        }
        others = ", ".join(f":other{number}" for number in range(len(other_than)))
        channels = "and channel = :channel" if channel else f"and channel not in ({others})" if others else ""
        # PostgreSQL alone lets several write at once: each takes rows that no other is just taking.
        lock = "for update skip locked" if self._session.dialect == "postgresql" else ""
        sql = _CLAIM.format(channels=channels, lock=lock)
        rows = self._session.transaction(lambda tx: tx.query(sql, row))
        claimed = []
        for taken in sorted(rows, key=lambda one: (one["due_at"], one["key"])):
            try:
                claimed.append(_claimed(taken))
            except ValidationError as error:  # written by a newer version, or by one from long ago
                reason = texts.UNREADABLE.format(count=error.error_count())
                self.settle_failed(taken["key"], worker, reason, now)
        if rows and not claimed:
            return self.claim_some(worker, now, lease_seconds, limit, channel=channel, other_than=other_than)
        return claimed

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
        """Record that the message cannot go out. False when the lease was lost."""
        return self._settle(key, worker, "failed", None, reason, now)

    def settle_dropped(self, key: str, worker: str, now: datetime) -> bool:
        """Record that the message is wanted no more. False when the lease was lost."""
        return self._settle(key, worker, "dropped", None, None, now)

    def settle_unclear(self, key: str, worker: str, reason: str, now: datetime) -> bool:
        """Record that nobody can tell whether the message went out. False when the lease was lost."""
        return self._settle(key, worker, "unclear", None, reason, now)

    def counts(self) -> dict[str, int]:
        """How many messages stand in each state; a state without any is 0."""
        rows = self._session.query("select state, count(*) as messages from outbox group by state")
        return dict.fromkeys(STATES, 0) | {row["state"]: row["messages"] for row in rows}

    def list_failures(self, since: datetime) -> list[tuple[str, str, int]]:
        """What failed from `since` on, as (channel, reason, how many), most first."""
        rows = self._session.query(_FAILURES, {"since": to_iso(since)})
        return [(row["channel"], row["reason"], row["messages"]) for row in rows]

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


def _claimed(row: Row) -> Claimed:
    return Claimed(
        message=Message.model_validate_json(row["body"]),
        attempts=row["attempts"] - 1,
        first_attempt_at=from_iso(row["first_attempt_at"]),
        doubtful=bool(row["doubtful"]),
    )
