"""Hands requests to the router, in the name of whoever asked."""

from __future__ import annotations

import asyncio
import logging
import traceback

from bot.handlers.usage import HELP_ACTION
from bot.messages import Paragraph, Reply, Request
from bot.router import handle
from bot.services import Services
from bot.teams.activity import Activity
from bot.teams.people import CHANNEL, People
from bot.texts.ja import teams as texts

log = logging.getLogger(__name__)


class Desk:
    """Hands requests to the router, beside the event loop."""

    def __init__(self, services: Services, people: People) -> None:
        self._services = services
        self._people = people

    async def ask(self, activity: Activity, request: Request) -> tuple[Reply, str | None]:
        """The reply, and the 職員番号 of whoever asked. A fault of ours is said politely, and logged."""
        await self._people.match(activity)
        try:
            return await asyncio.to_thread(self._handle, request)
        except Exception as error:
            # The places without the error's own text, which may hold what was asked.
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("a request failed: %s\n%s", type(error).__name__, places)
            return Reply(parts=(Paragraph(text=texts.FAILED, tone="warning"),), actions=(HELP_ACTION,)), None

    async def person_id(self, activity: Activity) -> str | None:
        """The 職員番号 of the sender, as far as known."""
        await self._people.match(activity)
        person = await asyncio.to_thread(
            self._services.stores.directory.linked_person, CHANNEL, activity.user
        )
        return person.id if person else None

    def _handle(self, request: Request) -> tuple[Reply, str | None]:
        person = self._services.stores.directory.linked_person(CHANNEL, request.user)
        known = request.model_copy(update={"person": person, "at": self._services.clock()})
        return handle(known, self._services), person.id if person else None
