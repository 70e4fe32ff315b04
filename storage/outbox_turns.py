"""Whose turn it is to be sent: the pace that all workers of an outbox share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

from bot.pace import Rate
from storage.session import Row, Session, Tx

# Further ahead than this a turn can only stand because a clock was set back: it is given anew.
MOST_AHEAD_SECONDS = 300.0
KEPT_SECONDS = 60.0

_TAKE = """
insert into send_turns (channel, place, next_at) values (:channel, :place, :earliest + :length)
on conflict (channel, place) do update set next_at = :length +
  case when send_turns.next_at between :earliest and :latest then send_turns.next_at else :earliest end
returning next_at - :length as turn
"""
_HOLD = """
insert into send_turns (channel, place, next_at) values (:channel, '', :until)
on conflict (channel, place) do update set next_at = :until
  where send_turns.next_at not between :until and :latest
"""
_NEXT = "select next_at from send_turns where channel = :channel and place = ''"
_FORGET = "delete from send_turns where channel = :channel and place <> '' and next_at < :before"


class OutboxTurns:
    """Turns as seconds since 1970, by channel and a hash of the recipient.

    The row of a channel is locked first, so that workers wait for each other and never deadlock.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def take_turns(
        self, channel: str, recipients: Sequence[str], now: datetime, rate: Rate
    ) -> list[datetime]:
        """When a message may go to each recipient, in their order, after every turn given before."""
        at, each = now.timestamp(), 1.0 / rate.a_second

        def work(tx: Tx) -> list[float]:
            first = _take(tx, channel, "", at, at, each * len(recipients))
            turns = [first + number * each for number in range(len(recipients))]
            if not rate.gap:
                return turns
            # A recipient's gap holds up nobody else: only the own turn moves.
            own = [
                _take(tx, channel, recipient, at, turn, rate.gap)
                for recipient, turn in zip(recipients, turns, strict=True)
            ]
            tx.query(_FORGET, {"channel": channel, "before": at - KEPT_SECONDS})
            return own

        return [datetime.fromtimestamp(turn, UTC) for turn in self._session.transaction(work)]

    def hold(self, channel: str, until: datetime, now: datetime) -> None:
        """Give no turn on a channel before that time: its platform asked to wait."""
        latest = now.timestamp() + MOST_AHEAD_SECONDS
        row: Row = {"channel": channel, "until": min(until.timestamp(), latest), "latest": latest}
        self._session.transaction(lambda tx: tx.query(_HOLD, row))

    def seconds_to_turn(self, channel: str, now: datetime) -> float:
        """How long the next turn on a channel is away; 0 when it may go out at once."""
        rows = self._session.query(_NEXT, {"channel": channel})
        ahead = rows[0]["next_at"] - now.timestamp() if rows else 0.0
        return ahead if 0.0 < ahead <= MOST_AHEAD_SECONDS else 0.0


def _take(tx: Tx, channel: str, recipient: str, now: float, earliest: float, length: float) -> float:
    row: Row = {
        "channel": channel,
        "place": sha256(recipient.encode()).hexdigest()[:16] if recipient else "",
        "earliest": earliest,
        "latest": now + MOST_AHEAD_SECONDS,
        "length": length,
    }
    return float(tx.query(_TAKE, row)[0]["turn"])
