"""What the platforms delivered, each piece worked once (bot.delivery.Receipts)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from bot.delivery import Arrival, Receipt
from storage.columns import from_iso, to_iso
from storage.session import Row, Session, Tx

# A row without lease is answered. One whose lease ran out belongs to whoever takes it next.
_TAKE = """
insert into receipts (key, channel, worker, lease_until, attempts, received_at, body)
values {rows}
on conflict (key) do update set worker = excluded.worker, lease_until = excluded.lease_until,
  attempts = receipts.attempts + 1
where receipts.lease_until <= :now
returning key, attempts, received_at, body
"""
_TAKEN = "(:key{0}, :channel{0}, :worker, :until, 1, :now, :body{0})"
_MOST_AT_ONCE = 32
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
            first = {arrival.key: arrival for arrival in reversed(arrivals)}
            keys = sorted(first)
            taken = {
                receipt.key: receipt
                for start in range(0, len(keys), _MOST_AT_ONCE)
                for receipt in _take(
                    tx, worker, now, until, [first[key] for key in keys[start : start + _MOST_AT_ONCE]]
                )
            }
            tx.query_many(_ANSWER, [{"key": key, "worker": worker} for key in sorted(answered)])
            prolonged = {"worker": worker, "until": to_iso(until)}
            tx.query_many(_EXTEND, [{"key": key, **prolonged} for key in sorted(extended)])
            return [taken.pop(arrival.key, None) for arrival in arrivals]

        return self._session.transaction(work)

    def list_overdue(self, channel: str, now: datetime, limit: int = 20) -> list[Arrival]:
        """What was taken and never answered, its lease run out."""
        rows = self._session.query(_OVERDUE, {"channel": channel, "now": to_iso(now), "limit": limit})
        return [Arrival(row["key"], row["channel"], row["body"]) for row in rows]

    def forget(self, before: datetime) -> None:
        """Remove what was received before, answered or not."""
        sql = "delete from receipts where received_at < :before"
        self._session.transaction(lambda tx: tx.query(sql, {"before": to_iso(before)}))


def _take(
    tx: Tx, worker: str, now: datetime, until: datetime, arrivals: Sequence[Arrival]
) -> Iterator[Receipt]:
    """Take what of some arrivals, each of its own key, is free."""
    params: Row = {"worker": worker, "until": to_iso(until), "now": to_iso(now)}
    for place, arrival in enumerate(arrivals):
        params |= {
            f"key{place}": arrival.key,
            f"channel{place}": arrival.channel,
            f"body{place}": arrival.body,
        }
    for row in tx.query(_taking(len(arrivals)), params):
        yield Receipt(row["key"], row["body"], row["attempts"], from_iso(row["received_at"]))


@lru_cache(_MOST_AT_ONCE)
def _taking(count: int) -> str:
    return _TAKE.format(rows=", ".join(_TAKEN.format(place) for place in range(count)))
