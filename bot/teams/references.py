"""How a Teams user is reached, as plain JSON: kept from the first contact or the installation on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.delivery import Arrival, Asker, ConversationReference
from bot.services import Services, Stores
from bot.teams.activity import Activity

CHANNEL = "teams"
REFRESH = timedelta(hours=1)  # when a conversation was used last is known that exactly


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
    """Keeps users' references. The database is asked each time, for another process may have changed it; written when
    something is new, and otherwise once an hour.
    """

    def __init__(self, services: Services) -> None:
        self._conversations = services.stores.conversations
        self._clock = services.clock

    def keep(self, activity: Activity, person_id: str | None) -> None:
        """Keep how the sender is reached, and the 職員番号 of who it is. Blocks; for a thread."""
        held = self._conversations.find(CHANNEL, activity.user)
        if not self.stands(held, activity, person_id):
            told = _told(activity, held)
            self._conversations.save(CHANNEL, activity.user, person_id, told, self._clock())

    def stands(self, held: ConversationReference | None, activity: Activity, person_id: str | None) -> bool:
        """Whether `keep` would have nothing to write where this is held."""
        return (
            held is not None
            and held.reference == _told(activity, held)
            and person_id in (None, held.person_id)
            and self._clock() - held.updated_at < REFRESH
        )

    def forget(self, activity: Activity) -> None:
        """The sender removed the bot: nothing is sent to them any more. Blocks; for a thread.

        A team that removes it says nothing about the personal chat of whoever did so.
        """
        if activity.is_personal:
            self._conversations.forget(CHANNEL, activity.user)


def known_askers(stores: Stores, arrivals: Sequence[Arrival]) -> dict[str, Asker]:
    """Who sent each arrival and how they are reached, by its key, as far as the database remembers them."""
    people = stores.directory.linked_people(CHANNEL, {arrival.user for arrival in arrivals})
    contacts = stores.conversations.find_each(CHANNEL, people)
    return {
        one.key: Asker(people[one.user], contacts.get(one.user)) for one in arrivals if one.user in people
    }


def _told(activity: Activity, held: ConversationReference | None) -> Mapping[str, Any]:
    """The reference an activity tells; a channel tells less than the personal conversation that is held."""
    if held is not None and not activity.is_personal and held.reference.get("conversation"):
        return held.reference
    return Reference(
        service_url=activity.service_url,
        bot=activity.recipient.id,
        user=activity.sender.id,
        tenant_id=activity.tenant_id,
        conversation=activity.conversation.id if activity.is_personal else "",
    ).to_json()
