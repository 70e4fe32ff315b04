"""What the platforms delivered, each piece worked once (bot.delivery.Receipts)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.delivery import Arrival, Receipt
from storage.columns import from_iso, to_iso
from storage.session import Row, Session, Tx

# A row without lease is answered. One whose lease ran out belongs to whoever takes it next.
_TAKE = """
insert into receipts (key, channel, worker, lease_until, attempts, received_at, body)
values (:key, :channel, :worker, :until, 1, :now, :body)
on conflict (key) do update set worker = excluded.worker, lease_until = excluded.lease_until,
  attempts = receipts.attempts + 1
where receipts.lease_until <= :now
returning attempts, received_at, body
"""
_ANSWER = """
update receipts set lease_until = null, body = '' where key = :key and worker = :worker and lease_until is not null
"""
_EXTEND = "update receipts set lease_until = :until where key = :key and worker = :worker and lease_until is not null"
_OVERDUE = """
select key, channel, body from receipts where channel = :channel and lease_until <= :now
order by lease_until limit :limit
"""


class SqlReceipts:
    """Receipts: taken (under a worker's lease) → answered; forgotten after a day."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def exchange(
        self,
        worker: str,
        now: datetime,
        until: datetime,
        *,
        arrivals: Sequence[Arrival] = (),
        answered: Sequence[str] = (),
        extended: Sequence[str] = (),
    ) -> list[Receipt | None]:
        """Take what arrived and settle what was answered, in one transaction; see bot.delivery.Receipts."""

        def work(tx: Tx) -> list[Receipt | None]:
            # Rows are locked in one order, or two processes could wait for each other.
            taken = {place: _take(tx, worker, now, until, arrivals[place]) for place in _order(arrivals)}
            for key in sorted(answered):
                tx.query(_ANSWER, {"key": key, "worker": worker})
            for key in sorted(extended):
                tx.query(_EXTEND, {"key": key, "worker": worker, "until": to_iso(until)})
            return [taken[place] for place in range(len(arrivals))]

        return self._session.transaction(work)

    def list_overdue(self, channel: str, now: datetime, limit: int = 20) -> list[Arrival]:
        """What was taken and never answered, its lease run out."""
        rows = self._session.query(_OVERDUE, {"channel": channel, "now": to_iso(now), "limit": limit})
        return [Arrival(row["key"], row["channel"], row["body"]) for row in rows]

    def forget(self, before: datetime) -> None:
        """Remove what was received before, answered or not."""
        sql = "delete from receipts where received_at < :before"
        self._session.transaction(lambda tx: tx.query(sql, {"before": to_iso(before)}))


def _order(arrivals: Sequence[Arrival]) -> list[int]:
    return sorted(range(len(arrivals)), key=lambda place: arrivals[place].key)


def _take(tx: Tx, worker: str, now: datetime, until: datetime, arrival: Arrival) -> Receipt | None:
    row: Row = {
        "key": arrival.key,
        "channel": arrival.channel,
        "worker": worker,
        "until": to_iso(until),
        "now": to_iso(now),
        "body": arrival.body,
    }
    rows = tx.query(_TAKE, row)
    if not rows:
        return None
    return Receipt(arrival.key, rows[0]["body"], rows[0]["attempts"], from_iso(rows[0]["received_at"]))
