"""How a Teams user is reached, as plain JSON: kept from the first contact or the installation on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.services import Services
from bot.teams.activity import Activity

CHANNEL = "teams"


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
    """Keeps users' references. The database is asked each time, for another process may have changed it; written only
    when something is new.
    """

    def __init__(self, services: Services) -> None:
        self._conversations = services.stores.conversations
        self._clock = services.clock

    def keep(self, activity: Activity, person_id: str | None) -> None:
        """Keep how the sender is reached, and the 職員番号 of who it is. Blocks; for a thread."""
        told = Reference(
            service_url=activity.service_url,
            bot=activity.recipient.id,
            user=activity.sender.id,
            tenant_id=activity.tenant_id,
            conversation=activity.conversation.id if activity.is_personal else "",
        ).to_json()
        held = self._conversations.find(CHANNEL, activity.user)
        if held is not None:
            if not activity.is_personal and held.reference.get("conversation"):
                told = held.reference  # a channel tells less than the personal conversation that is known
            if held.reference == told and person_id in (None, held.person_id):
                return
        self._conversations.save(CHANNEL, activity.user, person_id, told, self._clock())

    def forget(self, activity: Activity) -> None:
        """The sender removed the bot: nothing is sent to them any more. Blocks; for a thread.

        A team that removes it says nothing about the personal chat of whoever did so.
        """
        if activity.is_personal:
            self._conversations.forget(CHANNEL, activity.user)
