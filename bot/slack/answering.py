"""Answering errands: the router's reply goes out once, whatever fails on the way."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from datetime import datetime, timedelta

from bot.faults import report
from bot.ledger import Ledger
from bot.messages import Paragraph, Reply, Request
from bot.router import handle
from bot.services import Arrival, Doubtful, Message, PermanentFailure, Receipt, Services, TemporaryFailure
from bot.slack.errand import Errand
from bot.slack.identity import CHANNEL, Addresses
from bot.slack.messenger import SlackMessenger
from bot.texts.ja import slack as texts
from knowledge.answering.question import clean, holds_personal_number
from staff.matching import recognise

log = logging.getLogger(__name__)

ATTEMPTS = 3
SHORT_WAIT = 5.0  # longer waits are the outbox's
DOUBT_SECONDS = 1.0
SLOW_SECONDS = 3.0  # a call of Slack's may follow, and the lease must outlast it


class Answering:
    """Works errands in background tasks. `close` waits for those under way."""

    def __init__(
        self, services: Services, ledger: Ledger, messenger: SlackMessenger, addresses: Addresses
    ) -> None:
        self._services = services
        self._ledger = ledger
        self._messenger = messenger
        self._addresses = addresses
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, errand: Errand) -> Receipt | None:
        """Hold an errand, durably; None when it is answered or being worked already."""
        return await self._ledger.take(Arrival(errand.key, CHANNEL, _kept(errand)))

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Run work after its request was acknowledged."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Wait for everything under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def work(self, errand: Errand, receipt: Receipt) -> None:
        """Answer a held errand: to its place, exactly once as far as anyone can tell, or politely not."""
        if receipt.attempts > 1 and await self._is_there(errand, receipt.received_at):
            self._ledger.settle(errand.key)
            return
        began = time.monotonic()
        try:
            reply = await self.reply_to(errand)
        except Exception as error:
            report("an errand", error)
            reply = failed()
        if time.monotonic() - began > SLOW_SECONDS:
            self._ledger.extend(errand.key)
        await self._deliver(errand, reply)

    async def reply_to(self, errand: Errand, values: dict[str, str | list[str]] | None = None) -> Reply:
        """The router's reply, worked out on a thread; Slack is asked for an address only for someone new."""
        address = self._addresses.remembered(errand.user)
        reply = await asyncio.to_thread(self._reply, errand, address, values or {})
        if reply is None:
            address = await self._addresses.ask(errand.user)
            reply = await asyncio.to_thread(self._reply, errand, address, values or {})
        assert reply is not None  # noqa: S101 (only without an address it is None)
        return reply

    def _reply(self, errand: Errand, address: str | None, values: dict[str, str | list[str]]) -> Reply | None:
        person = recognise(self._services.stores.directory, CHANNEL, errand.user, address or "")
        if person is None and address is None:
            return None
        request = Request(
            channel=CHANNEL,
            user=errand.user,
            name=errand.name,
            text=errand.text,
            value=errand.value,
            values=values,
            person=person,
            conversation=errand.place.channel,
            at=self._services.clock(),
        )
        return handle(request, self._services)

    async def _deliver(self, errand: Errand, reply: Reply) -> None:
        began = self._services.clock()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._messenger.post(errand.place, reply, errand.key)
            except TemporaryFailure as failure:
                wait = failure.retry_after or attempt
                if attempt == ATTEMPTS or wait > SHORT_WAIT:
                    await self._hand_over(errand, reply, failure)
                    return
                self._ledger.extend(errand.key)
                await asyncio.sleep(wait)
            except PermanentFailure as failure:
                log.warning("an answer cannot be posted (%s)", failure)
                break
            except Doubtful as doubt:
                log.warning("an answer may not have been posted (%s)", doubt)
                self._ledger.extend(errand.key)
                await asyncio.sleep(DOUBT_SECONDS)
                if await self._is_there(errand, began):
                    break
            else:
                break
        self._ledger.settle(errand.key)

    async def _hand_over(self, errand: Errand, reply: Reply, failure: TemporaryFailure) -> None:
        """Slack is not to be reached for a while: the outbox sends the answer when it can."""
        log.warning("an answer waits in the outbox (%s)", failure)
        message = Message(
            key=f"{CHANNEL}/{errand.key}",
            channel=CHANNEL,
            recipient=_recipient(errand),
            reply=reply,
            due_at=self._services.clock() + timedelta(seconds=failure.retry_after or 0),
        )
        try:
            await asyncio.to_thread(self._services.stores.outbox.put, message)
        except Exception as error:  # the receipt stays open: the errand is worked again
            report("the outbox", error)
            return
        self._ledger.settle(errand.key)

    async def _is_there(self, errand: Errand, since: datetime) -> bool:
        """Whether the answer was posted already. Where nobody can tell: no, for silence is worse than a repetition."""
        try:
            return await self._messenger.look(errand.place, errand.key, since) is not None
        except (Doubtful, TemporaryFailure, PermanentFailure) as failure:
            log.warning("cannot see whether an answer was posted (%s)", failure)
            return False


def _recipient(errand: Errand) -> str:
    place = errand.place
    if place.response_url:  # an answer for one person's eyes goes to that person
        return errand.user
    return f"{place.channel}/{place.thread}" if place.thread else place.channel


def failed() -> Reply:
    """What a person is told when the bot has a defect."""
    return Reply(parts=(Paragraph(text=texts.FAILED, tone="warning"),))


def _kept(errand: Errand) -> str:
    """What is stored until the answer is out: nothing, where a personal number was typed."""
    if any(map(str.isnumeric, errand.text)) and holds_personal_number(clean(errand.text)):
        return ""
    return errand.model_dump_json()
