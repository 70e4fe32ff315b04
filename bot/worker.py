"""Sends what waits in the outbox: claim, send once, settle; doubt is looked up, never guessed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.delivery import Claimed, Doubtful, Messenger, Outbox, PermanentFailure, TemporaryFailure
from bot.texts.ja import worker as texts

log = logging.getLogger(__name__)

LEASE_SECONDS = 60.0
WORK_SECONDS = (
    40.0  # looking up and sending together: well inside the lease, or two workers would hold a message
)
DOUBT_SECONDS = 15.0  # a request whose reply was lost may still be on its way
FIRST_RETRY_SECONDS = 2.0
LAST_RETRY_SECONDS = 900.0
GIVE_UP_AFTER = timedelta(hours=24)
IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 5.0


def retry_delay(attempts: int, chance: float, retry_after: float | None = None) -> float:
    """Seconds to wait after `attempts` attempts: doubling, halved at most by `chance` (0..1), never before `retry_after`."""
    doubled = min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2.0 ** min(max(attempts, 1) - 1, 16))
    return (retry_after or 0.0) + doubled * (0.5 + chance / 2)


@dataclass
class Worker:
    """One sender. Several may work on one outbox at the same time, each under a name of its own."""

    name: str
    outbox: Outbox
    messengers: Mapping[str, Messenger]
    clock: Callable[[], datetime]
    random: Random = field(default_factory=Random)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; the message in hand is settled first."""
        while not stop.is_set():
            try:
                await self.drain_once(stop)
                pause = IDLE_SECONDS
            except Exception:
                # The database may be away for a while; what was in hand comes back when its lease ends.
                log.exception("the outbox cannot be worked on; trying again in %s s", TROUBLE_SECONDS)
                pause = TROUBLE_SECONDS
            await _wait(stop, pause)

    async def drain_once(self, stop: asyncio.Event | None = None) -> int:
        """Handle every message that is due now and return how many there were."""
        handled = 0
        while stop is None or not stop.is_set():
            claimed = await asyncio.to_thread(self.outbox.claim, self.name, self.clock(), LEASE_SECONDS)
            if claimed is None:
                break
            await self._handle(claimed)
            handled += 1
        return handled

    async def _handle(self, claimed: Claimed) -> None:
        deadline = asyncio.get_running_loop().time() + WORK_SECONDS
        messenger = self.messengers.get(claimed.message.channel)
        if messenger is None:
            reason = texts.NOT_CONFIGURED.format(channel=claimed.message.channel)
            await self._retry(claimed, reason, doubtful=claimed.doubtful)
        elif not claimed.doubtful or await self._is_absent(claimed, messenger, deadline):
            await self._send(claimed, messenger, deadline)

    async def _is_absent(self, claimed: Claimed, messenger: Messenger, deadline: float) -> bool:
        """After doubt: True when the channel provably lacks the message; anything else is settled here."""
        try:
            async with asyncio.timeout_at(deadline):
                reference = await messenger.find(claimed.message, claimed.first_attempt_at)
        except Doubtful as doubt:
            await self._fail(claimed, texts.CANNOT_TELL.format(reason=doubt))
            return False
        except Exception as error:
            after = error.retry_after if isinstance(error, TemporaryFailure) else None
            await self._retry(claimed, _reason(error), after, doubtful=True)
            return False
        if reference is None:
            return True
        await self._sent(claimed, reference)
        return False

    async def _send(self, claimed: Claimed, messenger: Messenger, deadline: float) -> None:
        try:
            async with asyncio.timeout_at(deadline):
                reference = await messenger.send(claimed.message)
        except TemporaryFailure as failure:
            await self._retry(claimed, str(failure), failure.retry_after, doubtful=False)
        except PermanentFailure as failure:
            await self._fail(claimed, str(failure))
        except (
            Exception
        ) as error:  # Doubtful, no reply in time, a connection that broke: it may have gone out
            await self._retry(claimed, _reason(error), DOUBT_SECONDS, doubtful=True)
        else:
            await self._sent(claimed, reference)

    async def _sent(self, claimed: Claimed, reference: str) -> None:
        key = claimed.message.key
        held = await asyncio.to_thread(self.outbox.settle_sent, key, self.name, reference, self.clock())
        _report(held, key, "sent")

    async def _retry(
        self, claimed: Claimed, reason: str, retry_after: float | None = None, *, doubtful: bool
    ) -> None:
        now, key = self.clock(), claimed.message.key
        if now - claimed.first_attempt_at >= GIVE_UP_AFTER:
            await self._fail(claimed, texts.GIVEN_UP.format(reason=reason))
            return
        delay = retry_delay(claimed.attempts + 1, self.random.random(), retry_after)

        def settle() -> bool:
            at = now + timedelta(seconds=delay)
            return self.outbox.settle_retry(key, self.name, at, reason, doubtful=doubtful)

        _report(await asyncio.to_thread(settle), key, f"to be tried again in {delay:.0f} s ({reason})")

    async def _fail(self, claimed: Claimed, reason: str) -> None:
        key = claimed.message.key
        held = await asyncio.to_thread(self.outbox.settle_failed, key, self.name, reason, self.clock())
        _report(held, key, f"not sent ({reason})")


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _report(held: bool, key: str, outcome: str) -> None:
    if held:
        log.info("%s: %s", key, outcome)
    else:
        log.warning("%s: %s, but the lease was lost; another worker decides", key, outcome)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
