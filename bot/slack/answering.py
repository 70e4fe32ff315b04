"""Answering errands: the router's reply goes out once, whatever fails on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any, TypeVar

from bot.crew import Crew
from bot.delivery import Arrival, Asker, Receipt
from bot.faults import report
from bot.handlers.consultation import leaves_no_trace
from bot.handlers.recalling import recall
from bot.ledger import Ledger
from bot.messages import Paragraph, Reply, Request
from bot.router import handle
from bot.services import Services
from bot.slack.contacts import Contacts
from bot.slack.delivering import Delivery
from bot.slack.errand import Errand
from bot.slack.identity import CHANNEL, Addresses
from bot.texts.ja import slack as texts
from staff.matching import recognise
from staff.model import Person

T = TypeVar("T")


class Answering:
    """Works errands in background tasks. `close` waits for those under way."""

    def __init__(self, services: Services, ledger: Ledger, delivery: Delivery, addresses: Addresses) -> None:
        self._services = services
        self._ledger = ledger
        self._delivery = delivery
        self._addresses = addresses
        self._contacts = Contacts(services)
        self._crew = Crew("dxbot-slack")
        self._tasks: set[asyncio.Task[Any]] = set()

    async def take(self, errand: Errand) -> Receipt | None:
        """Hold an errand, durably; None when it is answered or being worked already."""
        return await self._ledger.take(Arrival(errand.key, CHANNEL, self._kept(errand), errand.user))

    def _kept(self, errand: Errand) -> str:
        """What is stored until the answer is out: nothing of a personal number or a sensitive topic."""
        return "" if leaves_no_trace(self._services, *_typed(errand)) else errand.model_dump_json()

    def start(self, work: Coroutine[object, object, T]) -> asyncio.Task[T]:
        """Run work beside its request, which is acknowledged meanwhile."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):  # the receipt stays open: it is worked again
            report("an errand", error)

    async def close(self) -> None:
        """Wait for everything under way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._crew.close()

    async def work(self, errand: Errand, receipt: Receipt) -> None:
        """Answer a held errand: to its place, exactly once as far as anyone can tell, or politely not."""
        with self._ledger.holding(errand.key):
            delivered = await self._delivery.was_delivered(errand, receipt)
            if delivered:
                self._ledger.settle(errand.key)
                return
            reply = self._recall(errand, receipt.asker) or await self.reply_to(errand)
            if delivered is None:
                await self._delivery.hand_over(errand, reply, attempted_at=receipt.received_at)
            else:
                await self._delivery.deliver(errand, reply)

    def _recall(self, errand: Errand, asker: Asker | None) -> Reply | None:
        """The reply to a question asked before, without a thread; None where anything must be read or written for it."""
        if asker is None or not self._contacts.are_kept(errand.user, asker.person.id, errand.place.channel):
            return None
        return recall(self._request(errand, asker.person), self._services)

    async def reply_to(self, errand: Errand) -> Reply:
        """The router's reply, or an apology; Slack is asked for an address only for someone new."""
        reply = await self.reply_unasked(errand)
        if reply is not None:
            return reply
        address = await self._addresses.ask(errand.user)
        reply = await self._reply_or_apology(errand, address)
        assert reply is not None  # noqa: S101 (only without an address it is None)
        return reply

    async def reply_unasked(self, errand: Errand) -> Reply | None:
        """As `reply_to`, without a call to Slack; None when Slack must be asked first who that is."""
        return await self._reply_or_apology(errand, self._addresses.remembered(errand.user))

    async def recognise(self, errand: Errand) -> Person | None:
        """Who did that, and remember how they are reached."""
        address = self._addresses.remembered(errand.user)
        person = await asyncio.to_thread(self._person, errand, address)
        if person is None and address is None:
            address = await self._addresses.ask(errand.user)
            person = await asyncio.to_thread(self._person, errand, address)
        return person

    async def _reply_or_apology(self, errand: Errand, address: str | None) -> Reply | None:
        """Worked out on a thread."""
        try:
            return await self._crew.do(partial(self._reply, errand, address))
        except Exception as error:
            report("an errand", error)
            return failed()

    def _reply(self, errand: Errand, address: str | None) -> Reply | None:
        person = self._person(errand, address)
        if person is None and address is None:
            return None
        return handle(self._request(errand, person), self._services)

    def _request(self, errand: Errand, person: Person | None) -> Request:
        return Request(
            channel=CHANNEL,
            user=errand.user,
            name=errand.name,
            text=errand.text,
            value=errand.value,
            values=errand.values,
            person=person,
            conversation=f"{errand.place.channel}/{errand.place.thread or errand.user}",
            at=self._services.clock(),
            private=_is_private(errand),
        )

    def _person(self, errand: Errand, address: str | None) -> Person | None:
        person = recognise(self._services.stores.directory, CHANNEL, errand.user, address or "")
        if person is not None:
            self._contacts.remember(errand.user, person.id, errand.place.channel)
        return person


def _is_private(errand: Errand) -> bool:
    """Whether the answer is for that person's eyes alone: in a window, by a response_url, in their own conversation."""
    place = errand.place
    return errand.kind != "message" or bool(place.response_url) or place.channel.startswith("D")


def failed() -> Reply:
    """What a person is told when the bot has a defect."""
    return Reply(parts=(Paragraph(text=texts.FAILED, tone="warning"),))


def _typed(errand: Errand) -> Iterator[str]:
    yield errand.text
    yield errand.value
    for value in errand.values.values():
        yield from [value] if isinstance(value, str) else value
