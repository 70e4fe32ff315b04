"""Each message is answered once, whatever Teams delivers again and to which process: a durable lease on its id."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import socket
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex

from bot.services import Arrival, Receipt, Services
from bot.teams.activity import Activity

CHANNEL = "teams"
LEASE = timedelta(seconds=30)
KEPT = timedelta(hours=24)
SETTLE_SECONDS = 0.02


@dataclass
class _Batch:
    arrivals: list[Arrival] = field(default_factory=list)
    waiting: list[asyncio.Future[Receipt | None]] = field(default_factory=list)


class Ledger:
    """Receipts, written for everything that waits at once: one commit for many messages."""

    def __init__(self, services: Services) -> None:
        self._receipts = services.stores.receipts
        self._clock = services.clock
        self._worker = f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}"
        self._batch = _Batch()
        self._answered: list[str] = []
        self._writing: asyncio.Task[None] | None = None
        self._settling: asyncio.TimerHandle | None = None

    async def take(self, key: str, body: str) -> Receipt | None:
        """Hold what arrived; None when it is answered already, or in another's hands."""
        done: asyncio.Future[Receipt | None] = asyncio.get_running_loop().create_future()
        self._batch.arrivals.append(Arrival(key, CHANNEL, body))
        self._batch.waiting.append(done)
        self._write_soon()
        return await done

    def answered(self, key: str) -> None:
        """Settle what this process took: it is never answered again."""
        self._answered.append(key)
        if self._settling is None:  # it goes along with the next arrivals, or by itself a moment later
            self._settling = asyncio.get_running_loop().call_later(SETTLE_SECONDS, self._write_soon)

    async def overdue(self) -> list[Arrival]:
        """What was taken and not answered in its time, by whomever."""
        return list(await asyncio.to_thread(self._receipts.list_overdue, CHANNEL, self._clock()))

    async def forget_old(self) -> None:
        """Remove what no platform delivers again."""
        await asyncio.to_thread(self._receipts.forget, self._clock() - KEPT)

    async def close(self) -> None:
        """Write what is still to be settled."""
        self._write_soon()
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    def _write_soon(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write(), name="teams-ledger")

    async def _write(self) -> None:
        while self._batch.arrivals or self._answered:
            batch, self._batch = self._batch, _Batch()
            answered, self._answered = self._answered, []
            try:
                receipts = await asyncio.to_thread(self._exchange, batch.arrivals, answered)
            except Exception as error:
                _fail(batch, error)
            else:
                for done, receipt in zip(batch.waiting, receipts, strict=True):
                    if not done.done():
                        done.set_result(receipt)

    def _exchange(self, arrivals: list[Arrival], answered: list[str]) -> list[Receipt | None]:
        now = self._clock()
        return list(
            self._receipts.exchange(self._worker, now, now + LEASE, arrivals=arrivals, answered=answered)
        )


def message_key(activity: Activity) -> str:
    """The key of a message: the same whenever Teams delivers it again."""
    return _key("message", activity.conversation.id, activity.id or activity.raw)


def welcome_key(activity: Activity) -> str:
    """The key of a conversation's welcome: Teams tells of an installation twice."""
    return _key("welcome", activity.conversation.id)


def _key(*parts: str) -> str:
    return f"{CHANNEL}:{hashlib.sha256(json.dumps(parts).encode()).hexdigest()}"


def _fail(batch: _Batch, error: Exception) -> None:
    for done in batch.waiting:
        if not done.done():
            done.set_exception(error)
