"""How a Teams user is reached, as plain JSON: kept on first contact and on installation."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.services import Services
from bot.teams.activity import Activity

CHANNEL = "teams"
MOST_REMEMBERED = 20_000


class Reference(BaseModel):
    """Where to write to: the personal conversation once it is known, else the means to open it."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    service_url: Annotated[str, Field(alias="serviceUrl")]
    bot: str
    user: str
    tenant_id: Annotated[str, Field(alias="tenantId")] = ""
    conversation: str = ""

    def to_json(self) -> Mapping[str, Any]:
        """The reference as it is stored."""
        return self.model_dump(by_alias=True)


class References:
    """Keeps users' references; each process writes one only when it is new to it."""

    def __init__(self, services: Services) -> None:
        self._conversations = services.stores.conversations
        self._clock = services.clock
        self._written: set[tuple[str | None, ...]] = set()

    async def remember(self, activity: Activity, person_id: str | None) -> None:
        """Keep how the sender is reached."""
        reference = Reference(
            service_url=activity.service_url,
            bot=activity.recipient.id,
            user=activity.sender.id,
            tenant_id=activity.tenant_id,
            conversation=activity.conversation.id if activity.is_personal else "",
        )
        seen = (activity.user, person_id, reference.service_url, reference.conversation)
        if seen in self._written:
            return
        await asyncio.to_thread(self._save, activity.user, person_id, reference)
        if len(self._written) >= MOST_REMEMBERED:
            self._written.clear()
        self._written.add(seen)

    async def forget(self, activity: Activity) -> None:
        """The bot was removed: nothing is sent to this user any more."""
        self._written = {seen for seen in self._written if seen[0] != activity.user}
        await asyncio.to_thread(self._conversations.forget, CHANNEL, activity.user)

    def _save(self, user: str, person_id: str | None, reference: Reference) -> None:
        if not reference.conversation:
            held = self._conversations.find(CHANNEL, user)
            if held is not None and held.reference.get("conversation"):
                return  # a channel tells less than the personal conversation that is known
        self._conversations.save(CHANNEL, user, person_id, reference.to_json(), self._clock())
