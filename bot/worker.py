"""Sends what waits in the outbox: claim, send once, settle; doubt is looked up, never guessed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.delivery import Claimed, Doubtful, Message, Messenger, Outbox, PermanentFailure, TemporaryFailure
from bot.pace import RATES, Rate
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
LEAST_TRIES = 20
IDLE_SECONDS = 1.0
AT_ONCE = (
    16  # a lane's messages in hand: at 30 a second and half a second a reply, none waits long under its lease
)
TROUBLE_SECONDS = 5.0
# A message that waits longer for its turn is left in the outbox: waiting and working together stay inside the lease.
LONGEST_TURN_SECONDS = 5.0


def retry_delay(
    attempts: int, chance: float, retry_after: float | None = None, first: float = FIRST_RETRY_SECONDS
) -> float:
    """Seconds to wait after `attempts` attempts: doubling, halved at most by `chance` (0..1), never before `retry_after`."""
    doubled = min(LAST_RETRY_SECONDS, first * 2.0 ** min(max(attempts, 1) - 1, 16))
    return (retry_after or 0.0) + doubled * (0.5 + chance / 2)


@dataclass(frozen=True)
class Timing:
    """How long a message is held, worked on and left alone, in seconds. `work` stays well inside `lease`."""

    lease: float = LEASE_SECONDS
    work: float = WORK_SECONDS
    doubt: float = DOUBT_SECONDS
    first_retry: float = FIRST_RETRY_SECONDS
    idle: float = IDLE_SECONDS


def _always(_message: Message) -> bool:
    return True


def _at_any_time(at: datetime) -> datetime:
    return at


@dataclass
class Worker:
    """One sender. Several may work on one outbox at the same time, each under a name of its own.

    Each channel has a lane of its own, so that a platform that hangs holds up no other. Together the workers keep each
    channel's rate: whoever claims takes the turns for it. `working` gives, for a moment, the first from it on at which what
    waits for working hours may go out: a message that was delayed into the evening goes out in the morning. `wanted` is asked of
    a reminder at its very turn, which may come long after it was put: whoever has answered meanwhile gets none.
    """

    name: str
    outbox: Outbox
    messengers: Mapping[str, Messenger]
    clock: Callable[[], datetime]
    random: Random = field(default_factory=Random)
    timing: Timing = Timing()
    rates: Mapping[str, Rate] = field(default_factory=lambda: RATES)
    working: Callable[[datetime], datetime] = _at_any_time
    at_once: int = AT_ONCE
    wanted: Callable[[Message], bool] = _always

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set; the messages in hand are settled first."""
        await asyncio.gather(*(self._run_lane(channel, stop) for channel in (*self.messengers, "")))

    async def _run_lane(self, channel: str, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._drain(channel, stop)
                pause = self.timing.idle
            except Exception:
                # The database may be away for a while; what was in hand comes back when its lease ends.
                log.exception("the outbox cannot be worked on; trying again in %s s", TROUBLE_SECONDS)
                pause = TROUBLE_SECONDS
            await _wait(stop, pause)

    async def drain_once(self, stop: asyncio.Event | None = None) -> int:
        """Handle every message that is due now and return how many there were."""
        return sum([await self._drain(channel, stop) for channel in (*self.messengers, "")])

    async def _drain(self, channel: str, stop: asyncio.Event | None) -> int:
        """Handle what is due on one channel ("": on any that is not set up here), at most `at_once` at a time."""
        handled = 0
        tasks: set[asyncio.Task[None]] = set()
        try:
            while stop is None or not stop.is_set():
                claimed, latest = await self._claim(channel, self.at_once - len(tasks))
                tasks |= {asyncio.create_task(self._handle_at(at, latest, one)) for at, one in claimed}
                handled += len(claimed)
                if not tasks:
                    break
                done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        finally:
            await asyncio.gather(*tasks, return_exceptions=True)  # one failure at a time is enough to tell
        return handled

    async def _claim(self, channel: str, room: int) -> tuple[Sequence[tuple[float, Claimed]], float]:
        """What is due, with the loop's time at which each may go out, and the latest at which it may."""
        began, now = asyncio.get_running_loop().time(), self.clock()

        def claim() -> Sequence[tuple[float, Claimed]]:
            others = () if channel else tuple(self.messengers)
            rate = self.rates.get(channel)
            if rate and self.outbox.seconds_to_turn(channel, now) > LONGEST_TURN_SECONDS:
                return ()
            claimed = self.outbox.claim_some(
                self.name, now, self.timing.lease, room, channel=channel, other_than=others
            )
            if not (rate and claimed):
                return [(began, one) for one in claimed]
            recipients = [one.message.recipient for one in claimed]
            turns = self.outbox.take_turns(channel, recipients, now, rate)
            return [(began + (at - now).total_seconds(), one) for at, one in zip(turns, claimed, strict=True)]

        return await asyncio.to_thread(claim), began + self.timing.lease - self.timing.work

    async def _handle_at(self, at: float, latest: float, claimed: Claimed) -> None:
        """Handle it at its turn; one that would begin after `latest` could outlast its lease and be sent by two."""
        loop = asyncio.get_running_loop()
        now = self.clock()
        if claimed.message.in_hours and (opens := self.working(now)) > now:
            await self._give_back(claimed, opens, texts.OUT_OF_HOURS)
            return
        if at <= latest:
            await asyncio.sleep(at - loop.time())
        if max(at, loop.time()) <= latest:
            await self._handle(claimed)
            return
        again = self.clock() + timedelta(seconds=max(0.0, at - loop.time()))
        await self._give_back(claimed, again, texts.NO_TURN)

    async def _give_back(self, claimed: Claimed, again: datetime, reason: str) -> None:
        """Leave it untried until then."""
        key = claimed.message.key

        def settle() -> bool:
            return self.outbox.settle_retry(key, self.name, again, reason, doubtful=claimed.doubtful)

        _report(await asyncio.to_thread(settle), key, f"given back until {again:%m-%d %H:%M} ({reason})")

    async def _handle(self, claimed: Claimed) -> None:
        message = claimed.message
        messenger = self.messengers.get(message.channel)
        if messenger is None:
            reason = texts.NOT_CONFIGURED.format(channel=message.channel)
            await self._retry(claimed, reason, doubtful=claimed.doubtful)
            return
        deadline = asyncio.get_running_loop().time() + self.timing.work
        if claimed.doubtful and not await self._is_absent(claimed, messenger, deadline):
            return
        if message.reminds is None or await asyncio.to_thread(self.wanted, message):
            await self._send(claimed, messenger, deadline)
        else:
            await self._drop(claimed)

    async def _is_absent(self, claimed: Claimed, messenger: Messenger, deadline: float) -> bool:
        """After doubt: True when the channel provably lacks the message; anything else is settled here."""
        try:
            async with asyncio.timeout_at(deadline):
                reference = await messenger.find(claimed.message, claimed.first_attempt_at)
        except Doubtful as doubt:
            await self._leave_unclear(claimed, texts.CANNOT_TELL.format(reason=doubt))
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
            await self._retry(claimed, _reason(error), self.timing.doubt, doubtful=True)
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
        # Nights and holidays are no tries: what waits for working hours is given up after as many as others have in hours.
        tried = not claimed.message.in_hours or claimed.attempts >= LEAST_TRIES
        if tried and now - claimed.first_attempt_at >= GIVE_UP_AFTER:
            give_up = self._leave_unclear if doubtful else self._fail
            await give_up(claimed, texts.GIVEN_UP.format(reason=reason))
            return
        delay = retry_delay(claimed.attempts + 1, self.random.random(), retry_after, self.timing.first_retry)
        channel = claimed.message.channel

        def settle() -> bool:
            at = now + timedelta(seconds=delay)
            if retry_after and not doubtful and channel in self.rates:
                self.outbox.hold(channel, now + timedelta(seconds=retry_after), now)
            return self.outbox.settle_retry(key, self.name, at, reason, doubtful=doubtful)

        _report(await asyncio.to_thread(settle), key, f"to be tried again in {delay:.0f} s ({reason})")

    async def _drop(self, claimed: Claimed) -> None:
        key = claimed.message.key
        held = await asyncio.to_thread(self.outbox.settle_dropped, key, self.name, self.clock())
        _report(held, key, "wanted no more")

    async def _fail(self, claimed: Claimed, reason: str) -> None:
        key = claimed.message.key
        held = await asyncio.to_thread(self.outbox.settle_failed, key, self.name, reason, self.clock())
        _report(held, key, f"not sent ({reason})")

    async def _leave_unclear(self, claimed: Claimed, reason: str) -> None:
        key = claimed.message.key
        held = await asyncio.to_thread(self.outbox.settle_unclear, key, self.name, reason, self.clock())
        _report(held, key, f"left to an operator ({reason})")


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _report(held: bool, key: str, outcome: str) -> None:
    kind = key.partition("/")[0]  # the rest may name people
    if held:
        log.info("%s: %s", kind, outcome)
    else:
        log.warning("%s: %s, but the lease was lost; another worker decides", kind, outcome)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
