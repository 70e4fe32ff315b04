"""An errand's answer goes out once: posted at once, or handed over to the outbox when that cannot be told or done."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from bot.delivery import Doubtful, Message, PermanentFailure, Receipt, TemporaryFailure
from bot.faults import report
from bot.handlers.consultation import to_wait
from bot.ledger import Ledger
from bot.messages import Reply
from bot.services import Services
from bot.slack.errand import Errand
from bot.slack.failures import Failure
from bot.slack.identity import CHANNEL
from bot.slack.messenger import SlackMessenger
from bot.texts.ja.outbox import GIVEN_UP

log = logging.getLogger(__name__)

ATTEMPTS = 3
SHORT_WAIT = 5.0  # longer waits are the outbox's
DOUBT_SECONDS = 1.0
ON_ITS_WAY_SECONDS = 15.0  # a post whose reply was lost is looked up after that


class Delivery:
    """Posts answers. The outbox's message has the very key that the posts were marked with: it finds them."""

    def __init__(self, services: Services, ledger: Ledger, messenger: SlackMessenger) -> None:
        self._outbox = services.stores.outbox
        self._clock = services.clock
        self._ledger = ledger
        self._messenger = messenger

    async def was_delivered(self, errand: Errand, receipt: Receipt) -> bool | None:
        """Whether an earlier holder answered, or handed the answer over; None where nobody can tell now."""
        if receipt.attempts == 1:
            return False
        if await asyncio.to_thread(self._outbox.holds, errand.key):
            return True
        return await self._is_there(errand, receipt.received_at)

    async def deliver(self, errand: Errand, reply: Reply) -> None:
        """Post the answer to its place and settle the errand; what cannot be posted now waits in the outbox."""
        began = self._clock()
        doubted: datetime | None = None
        for attempt in range(1, ATTEMPTS + 1):
            failure = await self._post(errand, reply)
            if failure is None:
                break
            log.warning("an answer was not posted for certain (%s: %s)", type(failure).__name__, failure)
            wait: float | None = None  # seconds until the next attempt; None: there is none
            if isinstance(failure, Doubtful):
                doubted = began
                await asyncio.sleep(DOUBT_SECONDS)
                whispered = reply.fleeting and errand.place.is_shared  # twice is better than not at all
                found = False if whispered else await self._is_there(errand, began)
                if found:
                    break
                wait = None if found is None else 0.0
            elif isinstance(failure, TemporaryFailure):
                wait = failure.retry_after or attempt
            elif reply.fleeting and errand.place.is_shared:  # the person cannot be shown it there
                await self._deliver_direct(errand, reply)
                return
            elif (
                not errand.place.response_url
            ):  # of which the time ran out: the person can still be written to
                break
            if wait is None or wait > SHORT_WAIT or attempt == ATTEMPTS:
                await self.hand_over(errand, reply, attempted_at=doubted, after=wait or 0.0)
                return
            await asyncio.sleep(wait)
        self._ledger.settle(errand.key)

    async def deliver_to_person(self, errand: Errand, receipt: Receipt, reply: Reply) -> None:
        """Write to the person directly, where the place itself cannot be had: once, and settle."""
        try:
            place = await self._messenger.place_of(errand.user)
        except TemporaryFailure as failure:
            await self.hand_over(errand, reply, after=failure.retry_after or 0)
            return
        except PermanentFailure as failure:
            log.warning("a person cannot be written to (%s)", failure)
            self._ledger.settle(errand.key)
            return
        direct = errand.model_copy(update={"place": place})
        delivered = await self.was_delivered(direct, receipt)
        if delivered:
            self._ledger.settle(errand.key)
        elif delivered is None:
            await self.hand_over(direct, reply, attempted_at=receipt.received_at)
        else:
            await self.deliver(direct, reply)

    async def _deliver_direct(self, errand: Errand, reply: Reply) -> None:
        """Answer in the person's own conversation what a shared place must not show."""
        try:
            place = await self._messenger.place_of(errand.user)
        except (TemporaryFailure, PermanentFailure) as failure:
            log.warning("a person cannot be written to (%s)", failure)
            await self.hand_over(errand, reply)
            return
        await self.deliver(errand.model_copy(update={"place": place}), reply)

    async def hand_over(
        self, errand: Errand, reply: Reply, *, attempted_at: datetime | None = None, after: float = 0.0
    ) -> None:
        """Leave the answer to the outbox, to be sent `after` seconds, and settle the errand.

        `attempted_at`: since when it may be there already. The worker looks before it sends.
        """
        log.warning("an answer waits in the outbox")
        seconds = max(after, ON_ITS_WAY_SECONDS) if attempted_at else after
        message = Message(
            key=errand.key,
            channel=CHANNEL,
            recipient=errand.user if reply.fleeting else _recipient(errand),
            reply=to_wait(reply),
            due_at=self._clock() + timedelta(seconds=seconds),
        )
        try:
            await asyncio.to_thread(self._outbox.put, message, attempted_at)
        except Exception as error:  # the receipt stays open: the errand is worked again
            report("the outbox", error)
            return
        self._ledger.settle(errand.key)

    async def give_up(self, key: str, user: str, apology: Reply, attempts: int) -> None:
        """Leave what no attempt could answer to the operator, with an apology to send, and settle it."""
        now = self._clock()
        message = Message(key=key, channel=CHANNEL, recipient=user, reply=apology, due_at=now)
        await asyncio.to_thread(self._outbox.put_aside, message, GIVEN_UP.format(count=attempts), now)
        self._ledger.settle(key)

    async def _post(self, errand: Errand, reply: Reply) -> Failure | None:
        try:
            if reply.fleeting and errand.place.is_shared:
                await self._messenger.whisper(errand.place, errand.user, reply)
            else:
                await self._messenger.post(errand.place, reply, errand.key)
        except (TemporaryFailure, PermanentFailure, Doubtful) as failure:
            return failure
        return None

    async def _is_there(self, errand: Errand, since: datetime) -> bool | None:
        """Whether the answer was posted; None where it cannot be seen now.

        What a response_url shows only its person sees, and no history has it: a repetition is better than silence.
        """
        if errand.place.response_url:
            return False
        try:
            return await self._messenger.look(errand.place, errand.key, since) is not None
        except (Doubtful, TemporaryFailure, PermanentFailure) as failure:
            log.warning("cannot see whether an answer was posted (%s)", failure)
            return None


def _recipient(errand: Errand) -> str:
    place = errand.place
    if place.response_url or not place.channel:  # an answer for one person's eyes goes to that person
        return errand.user
    return f"{place.channel}/{place.thread}" if place.thread else place.channel
