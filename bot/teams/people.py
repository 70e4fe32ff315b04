"""What Teams tells of who is asking: addresses, asked for sparingly, by which the directory knows them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from bot.delivery import Doubtful, PermanentFailure, TemporaryFailure
from bot.teams.activity import Activity
from bot.teams.connector import Connector

CHANNEL = "teams"
ASK_SECONDS = 3.0
TOLD_SECONDS = 600.0
REFUSED_SECONDS = 60.0
FAILED_SECONDS = 30.0
MOST_REMEMBERED = 20_000
log = logging.getLogger(__name__)

Addresses = tuple[str, ...]


class People:
    """The e-mail addresses of Teams users whom the directory does not know yet.

    What Teams told is remembered, never that somebody is unknown: whom an import adds is known at the next message.
    It is remembered for a user in one conversation: of a chat the bot is not part of, Teams tells it nothing.
    """

    def __init__(self, connector: Connector, tenant_id: str, clock: Callable[[], float] = monotonic) -> None:
        self._connector = connector
        self._tenant = tenant_id
        self._clock = clock
        self._told: dict[tuple[str, str], tuple[Addresses, float]] = {}

    def remembered(self, activity: Activity) -> Addresses | None:
        """The sender's addresses as last told (none where there are none); None when Teams is to be asked."""
        addresses, until = self._told.get(_place(activity), ((), float("-inf")))
        return addresses if self._clock() < until else None

    async def ask(self, activity: Activity) -> Addresses:
        """The addresses that Teams vouches for; none for guests, foreigners, and where Teams does not tell."""
        addresses, lasts = await self._ask(activity)
        if len(self._told) >= MOST_REMEMBERED:
            self._told.clear()
        self._told[_place(activity)] = (addresses, self._clock() + lasts)
        return addresses

    async def _ask(self, activity: Activity) -> tuple[Addresses, float]:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                member = await self._connector.member(
                    activity.service_url, activity.conversation.id, activity.sender.id
                )
        except PermanentFailure:
            return (), REFUSED_SECONDS
        except (TemporaryFailure, Doubtful, TimeoutError) as error:
            log.warning("Teams does not tell who is asking: %s", type(error).__name__)
            return (), FAILED_SECONDS
        return self._addresses(activity, member), TOLD_SECONDS

    def _addresses(self, activity: Activity, member: Mapping[str, Any]) -> Addresses:
        """The member's addresses; none for guests, whose addresses another organisation chose."""
        foreign = self._tenant and activity.tenant_id and activity.tenant_id.lower() != self._tenant.lower()
        told = (member.get(name) for name in ("email", "userPrincipalName"))
        emails = dict.fromkeys(email for email in told if isinstance(email, str) and "@" in email)
        guest = member.get("userRole") == "guest" or any("#EXT#" in email.upper() for email in emails)
        return () if foreign or guest else tuple(emails)


def _place(activity: Activity) -> tuple[str, str]:
    return activity.user, activity.conversation.id
