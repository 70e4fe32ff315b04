"""Writes first: sends what the outbox holds to people in Teams, by the conversations that are known."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from bot.services import Doubtful, Message, PermanentFailure, Services, TemporaryFailure
from bot.teams.card import card_message
from bot.teams.connector import Connector
from bot.teams.references import CHANNEL, Reference


class TeamsMessenger:
    """Teams' Messenger. `recipient` is the Teams user's id as in the stored conversations."""

    def __init__(self, services: Services, connector: Connector) -> None:
        self._conversations = services.stores.conversations
        self._clock = services.clock
        self._connector = connector

    async def send(self, message: Message) -> str:
        """Post once, and return the activity's id. Raises TemporaryFailure, PermanentFailure or Doubtful."""
        held = await asyncio.to_thread(self._conversations.find, CHANNEL, message.recipient)
        if held is None:
            raise PermanentFailure("no conversation with this user is known")
        reference = Reference.model_validate(dict(held.reference))
        if not reference.conversation:
            reference = await self._open(reference)
            await asyncio.to_thread(
                self._conversations.save,
                CHANNEL,
                message.recipient,
                held.person_id,
                reference.to_json(),
                self._clock(),
            )
        sent = await self._connector.send(
            reference.service_url, reference.conversation, _payload(message, reference)
        )
        if not sent:
            raise Doubtful("the reply names no activity")
        return sent

    async def find(self, message: Message, since: datetime) -> str | None:  # noqa: ARG002
        """Teams shows a bot no history: nobody can tell."""
        raise Doubtful("Teams has no history to read")

    async def close(self) -> None:
        """Close the connections."""
        await self._connector.close()

    async def _open(self, reference: Reference) -> Reference:
        """The reference with its personal conversation. Opening one twice gives the same: doubt does no harm."""
        wanted = {
            "isGroup": False,
            "bot": {"id": reference.bot},
            "members": [{"id": reference.user}],
            "tenantId": reference.tenant_id,
            "channelData": {"tenant": {"id": reference.tenant_id}},
        }
        try:
            conversation = await self._connector.open_personal(reference.service_url, wanted)
        except Doubtful as doubt:
            raise TemporaryFailure(f"the conversation is not open yet: {doubt}") from None
        return reference.model_copy(update={"conversation": conversation})


def _payload(message: Message, reference: Reference) -> dict[str, Any]:
    return {
        "type": "message",
        "channelId": "msteams",
        "serviceUrl": reference.service_url,
        "from": {"id": reference.bot},
        "recipient": {"id": reference.user},
        "conversation": {"id": reference.conversation},
        **card_message(message.reply),
    }
