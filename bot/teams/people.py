"""Which member of staff a Teams user is: asked of Teams once, by e-mail, then remembered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from bot.services import Doubtful, PermanentFailure, Services, TemporaryFailure
from bot.teams.activity import Activity
from bot.teams.connector import Connector
from staff.matching import recognise

CHANNEL = "teams"
ASK_SECONDS = 3.0
KNOWN_SECONDS = 24 * 3600.0
UNKNOWN_SECONDS = 600.0
FAILED_SECONDS = 60.0
MOST_REMEMBERED = 20_000
log = logging.getLogger(__name__)


class People:
    """Matches Teams users to the directory."""

    def __init__(
        self, services: Services, connector: Connector, clock: Callable[[], float] = monotonic
    ) -> None:
        self._directory = services.stores.directory
        self._tenant = services.settings.teams_app_tenant_id
        self._connector = connector
        self._clock = clock
        self._settled: dict[str, float] = {}

    async def match(self, activity: Activity) -> None:
        """Link the sender with their entry in the directory, unless that is done or was in vain a moment ago."""
        if self._clock() < self._settled.get(activity.user, float("-inf")):
            return
        lasts = KNOWN_SECONDS
        if await asyncio.to_thread(self._directory.linked_person, CHANNEL, activity.user) is None:
            lasts = await self._link(activity)
        if len(self._settled) >= MOST_REMEMBERED:
            self._settled.clear()
        self._settled[activity.user] = self._clock() + lasts

    async def _link(self, activity: Activity) -> float:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                member = await self._connector.member(
                    activity.service_url, activity.conversation.id, activity.sender.id
                )
        except PermanentFailure:
            return UNKNOWN_SECONDS
        except (TemporaryFailure, Doubtful, TimeoutError) as error:
            log.warning("Teams does not tell who is asking: %s", type(error).__name__)
            return FAILED_SECONDS
        known = await asyncio.to_thread(self._link_by_email, activity.user, self._emails(activity, member))
        return KNOWN_SECONDS if known else UNKNOWN_SECONDS

    def _emails(self, activity: Activity, member: Mapping[str, Any]) -> list[str]:
        """The member's addresses; none for guests, whose addresses another organisation chose."""
        foreign = self._tenant and activity.tenant_id and activity.tenant_id.lower() != self._tenant.lower()
        told = [member.get(name) for name in ("email", "userPrincipalName")]
        emails = [email for email in told if isinstance(email, str) and "@" in email]
        guest = member.get("userRole") == "guest" or any("#EXT#" in email.upper() for email in emails)
        return [] if foreign or guest else emails

    def _link_by_email(self, user: str, emails: list[str]) -> bool:
        return any(recognise(self._directory, CHANNEL, user, email) for email in emails)
