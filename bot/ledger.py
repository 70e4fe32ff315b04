"""Taking what a platform delivers, once over all processes: many arrivals share one durable step."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_hex

from bot.delivery import Arrival, Asker, Receipt, Receipts
from bot.faults import report

Whose = Callable[[Sequence[Arrival]], Mapping[str, Asker]]
log = logging.getLogger(__name__)

LEASE_SECONDS = 15.0
SETTLE_SECONDS = 0.05
TROUBLE_SECONDS = 1.0
REMEMBERED = timedelta(hours=24)
TIDY_SECONDS = 3600.0


class Ledger:
    """One process's side of the receipts. Used from one event loop; the database is spoken to on one thread.

    A taken arrival is worked inside `holding`, which prolongs its lease every third of it, however long the work
    takes; when the process dies the lease runs out. Settling is lazy: it travels with the next step, at the latest
    after SETTLE_SECONDS. A crash before that leaves the receipt open, and whoever takes it next sees `attempts` above
    1 and looks whether the answer is there.
    """

    def __init__(
        self,
        receipts: Receipts,
        clock: Callable[[], datetime],
        lease_seconds: float = LEASE_SECONDS,
        whose: Whose | None = None,
    ) -> None:
        """`whose` tells who sent what was taken, by key: asked on the database's thread, of all that came together."""
        self._receipts = receipts
        self._whose = whose
        self._clock = clock
        self._lease = timedelta(seconds=lease_seconds)
        self._worker = f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}"
        self._thread = ThreadPoolExecutor(1, "dxbot-ledger")
        self._arrivals: list[tuple[Arrival, asyncio.Future[Receipt | None]]] = []
        self._answered: list[str] = []
        self._extended: list[str] = []
        self._held: set[str] = set()
        self._settling: set[str] = set()
        self._stepping: asyncio.Task[None] | None = None
        self._due: asyncio.TimerHandle | None = None
        self._renewal: asyncio.TimerHandle | None = None

    async def take(self, arrival: Arrival) -> Receipt | None:
        """Take an arrival under a lease; None when it was answered, or is being worked, here or elsewhere.

        Raises what the database raises: the arrival is not taken then.
        """
        if self._is_ours(arrival.key):
            return None
        done: asyncio.Future[Receipt | None] = asyncio.get_running_loop().create_future()
        self._arrivals.append((arrival, done))
        self._step()
        return await done

    @contextmanager
    def holding(self, key: str) -> Iterator[None]:
        """Keep the lease of a taken arrival alive while it is worked. What is not settled at the end runs out."""
        self._held.add(key)
        if self._renewal is None:
            self._renew_later()
        try:
            yield
        finally:
            self._held.discard(key)

    def settle(self, key: str) -> None:
        """The arrival is answered."""
        self._settling.add(key)
        self._answered.append(key)
        self._step_within(SETTLE_SECONDS)

    async def list_overdue(self, channel: str) -> Sequence[Arrival]:
        """What was taken and not answered in its time, by whichever process; `take` it to work it."""
        overdue = await asyncio.to_thread(self._receipts.list_overdue, channel, self._clock())
        return [arrival for arrival in overdue if not self._is_ours(arrival.key)]

    async def sweep(self, work_overdue: Callable[[], Awaitable[object]], seconds: float) -> None:
        """Until cancelled: work what is overdue every `seconds`, and forget what no platform delivers again."""
        loop = asyncio.get_running_loop()
        tidy_at = loop.time()
        while True:
            try:
                await work_overdue()
                if loop.time() >= tidy_at:
                    await asyncio.to_thread(self._receipts.forget, self._clock() - REMEMBERED)
                    tidy_at = loop.time() + TIDY_SECONDS
            except Exception as error:  # the database may be away for a while
                report("looking for what is overdue", error)
            await asyncio.sleep(seconds)

    async def close(self) -> None:
        """Settle what is still to be settled; leases run on no longer."""
        self._cancel_renewal()
        while self._stepping is not None and not self._stepping.done():
            await self._stepping
        if self._answered:
            await self._run()
        self._cancel_due()
        self._thread.shutdown(wait=False)

    def _is_ours(self, key: str) -> bool:
        return key in self._held or key in self._settling

    def _renew_later(self) -> None:
        seconds = self._lease.total_seconds() / 3
        self._renewal = asyncio.get_running_loop().call_later(seconds, self._renew)

    def _renew(self) -> None:
        """Begin anew the leases of what is being worked; with nothing in hand, rest until there is."""
        self._renewal = None
        if self._held:
            self._extended = list(self._held)
            self._step()
            self._renew_later()

    def _cancel_renewal(self) -> None:
        if self._renewal is not None:
            self._renewal.cancel()
            self._renewal = None

    def _step_within(self, seconds: float) -> None:
        if self._due is None:
            self._due = asyncio.get_running_loop().call_later(seconds, self._step)

    def _cancel_due(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _step(self) -> None:
        self._cancel_due()
        if self._stepping is None or self._stepping.done():
            self._stepping = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._arrivals or self._answered or self._extended:
            self._cancel_due()
            arrivals, self._arrivals = self._arrivals, []
            answered, self._answered = self._answered, []
            extended, self._extended = self._extended, []
            try:
                taken = await self._exchange([arrival for arrival, _ in arrivals], answered, extended)
            except Exception as error:
                self._give_back(arrivals, answered, extended, error)
                if not self._arrivals:
                    return
                continue
            self._settling.difference_update(answered)
            for (_, done), receipt in zip(arrivals, taken, strict=True):
                if not done.done():
                    done.set_result(receipt)

    async def _exchange(
        self, arrivals: list[Arrival], answered: list[str], extended: list[str]
    ) -> list[Receipt | None]:
        now = self._clock()

        def step() -> list[Receipt | None]:
            taken = self._receipts.exchange(
                self._worker,
                now,
                now + self._lease,
                arrivals=arrivals,
                answered=answered,
                extended=extended,
            )
            return self._with_askers(arrivals, taken)

        return await asyncio.get_running_loop().run_in_executor(self._thread, step)

    def _with_askers(self, arrivals: list[Arrival], taken: Sequence[Receipt | None]) -> list[Receipt | None]:
        sent = [arrival for arrival, receipt in zip(arrivals, taken, strict=True) if receipt and arrival.user]
        if self._whose is None or not sent:
            return list(taken)
        try:
            askers = self._whose(sent)
        except Exception as error:  # who it is will be asked again when it is answered
            report("reading who asks", error)
            return list(taken)
        return [receipt and replace(receipt, asker=askers.get(receipt.key)) for receipt in taken]

    def _give_back(
        self,
        arrivals: list[tuple[Arrival, asyncio.Future[Receipt | None]]],
        answered: list[str],
        extended: list[str],
        error: Exception,
    ) -> None:
        """The step failed as a whole: those who wait are told, and the rest is tried again later."""
        log.error("receipts cannot be kept (%s); trying again in %s s", type(error).__name__, TROUBLE_SECONDS)
        for _, done in arrivals:
            if not done.done():
                done.set_exception(error)
        self._answered = answered + self._answered
        self._extended = [key for key in {*extended, *self._extended} if key in self._held]
        if self._answered or self._extended:
            self._step_within(TROUBLE_SECONDS)
