"""Hands requests to the router, in the name of whoever asked."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.crew import Crew
from bot.delivery import Asker
from bot.faults import report
from bot.handlers.consultation import leaves_no_trace
from bot.handlers.recalling import recall
from bot.handlers.usage import HELP_ACTION
from bot.messages import Paragraph, Reply, Request
from bot.router import handle
from bot.services import Services
from bot.teams.activity import Activity
from bot.teams.card import without_dialogs
from bot.teams.people import CHANNEL, Addresses, People
from bot.teams.references import References
from bot.texts.ja import teams as texts
from staff.matching import recognise
from staff.model import Person

T = TypeVar("T")
log = logging.getLogger(__name__)


class Desk:
    """Works beside the event loop: who is asking, what the router says, and how they are reached later."""

    def __init__(self, services: Services, people: People, references: References) -> None:
        self._services = services
        self._people = people
        self._references = references
        self._crew = Crew("dxbot-teams")

    async def ask(self, activity: Activity, request: Request) -> Reply:
        """The reply to a request. A fault of ours is said politely, and logged."""

        def answer(person: Person | None) -> Reply:
            if activity.type == "message":
                self._keep(activity, person)
            return self._fitted(handle(self._asked_by(person, request), self._services))

        try:
            return await self._knowing(activity, answer)
        except Exception as error:
            # The places without the error's own text, which may hold what was asked.
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("a request failed: %s\n%s", type(error).__name__, places)
            return Reply(parts=(Paragraph(text=texts.FAILED, tone="warning"),), actions=(HELP_ACTION,))

    def recall(self, activity: Activity, request: Request, asker: Asker | None) -> Reply | None:
        """The reply to a question asked before, without a thread; None where anything must be read or written for it."""
        if asker is None or not self._references.stands(asker.contact, activity, asker.person.id):
            return None
        reply = recall(self._asked_by(asker.person, request), self._services)
        return reply and self._fitted(reply)

    def _asked_by(self, person: Person | None, request: Request) -> Request:
        return request.model_copy(update={"person": person, "at": self._services.clock()})

    def _fitted(self, reply: Reply) -> Reply:
        return without_dialogs(reply) if self._services.settings.teams_playground else reply

    def leaves_no_trace(self, *typed: str) -> bool:
        """Whether something of what was typed may not be stored, not even until it is answered."""
        return leaves_no_trace(self._services, *typed)

    async def meet(self, activity: Activity) -> None:
        """Remember how someone is reached who has not asked anything."""
        await self._knowing(activity, lambda person: self._keep(activity, person))

    def close(self) -> None:
        """Nothing more is asked."""
        self._crew.close()

    async def part(self, activity: Activity) -> None:
        """The bot was removed."""
        await asyncio.to_thread(self._references.forget, activity)

    async def _knowing(self, activity: Activity, work: Callable[[Person | None], T]) -> T:
        """Do `work` on a thread with the person who sent this; Teams is asked only for someone new."""
        addresses = self._people.remembered(activity)
        done = await self._crew.do(partial(self._work, activity.user, addresses, work))
        if done is None:
            addresses = await self._people.ask(activity)
            done = await self._crew.do(partial(self._work, activity.user, addresses, work))
        assert done is not None  # noqa: S101 (only without addresses it is None)
        return done[0]

    def _work(
        self, user: str, addresses: Addresses | None, work: Callable[[Person | None], T]
    ) -> tuple[T] | None:
        person = self._person(user, addresses or ("",))
        return None if person is None and addresses is None else (work(person),)

    def _person(self, user: str, addresses: Addresses) -> Person | None:
        directory = self._services.stores.directory
        found = (recognise(directory, CHANNEL, user, address) for address in addresses)
        return next(filter(None, found), None)

    def _keep(self, activity: Activity, person: Person | None) -> None:
        try:
            self._references.keep(activity, person.id if person else None)
        except Exception as error:  # it is kept at the next message; the answer goes out
            report("keeping how someone is reached", error)
