"""Writes first: sends what the outbox holds to people in Teams, by the conversations that are known."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.delivery import Doubtful, Message, PermanentFailure, TemporaryFailure
from bot.messages import Reply
from bot.services import Services
from bot.teams.card import without_dialogs
from bot.teams.connector import Connector
from bot.teams.destination import read_destination
from bot.teams.pictures import Fields, first_taken, messages_of
from bot.teams.references import CHANNEL, Reference
from bot.texts.ja.teams import NO_HISTORY


class TeamsMessenger:
    """Teams' Messenger. `recipient` is the Teams user's id as in the stored conversations, or a Destination."""

    def __init__(self, services: Services, connector: Connector) -> None:
        self._conversations = services.stores.conversations
        self._clock = services.clock
        self._connector = connector
        self._fitted = without_dialogs if services.settings.teams_playground else lambda reply: reply

    async def send(self, message: Message) -> str:
        """Post once, and return the activity's id. Raises TemporaryFailure, PermanentFailure or Doubtful."""
        destination = read_destination(message.recipient)
        if destination is not None:
            cards = await messages_of(message.reply, destination.request, destination.page)
            return await self._post(destination, cards, destination.reply_to)
        return await self.send_to(message.recipient, message.reply)

    async def send_to(self, user: str, reply: Reply) -> str:
        """Post a reply to a user's personal chat. Raises as `send` does."""
        return await self._post(await self._reference(user), await messages_of(self._fitted(reply)))

    async def find(self, message: Message, since: datetime) -> str | None:  # noqa: ARG002
        """Teams shows a bot no history: nobody can tell."""
        raise Doubtful(NO_HISTORY)

    async def close(self) -> None:
        """Close the connections."""
        await self._connector.close()

    async def _reference(self, user: str) -> Reference:
        """How a user is reached, their personal conversation opened."""
        held = await asyncio.to_thread(self._conversations.find, CHANNEL, user)
        if held is None:
            raise PermanentFailure("no conversation with this user is known")
        reference = Reference.model_validate(dict(held.reference))
        if not reference.conversation:
            reference = await self._open(reference)
            told = reference.to_json()
            await asyncio.to_thread(
                self._conversations.save, CHANNEL, user, held.person_id, told, self._clock()
            )
        return reference

    async def _post(self, reference: Reference, cards: tuple[Fields, ...], reply_to: str = "") -> str:
        return await first_taken(cards, lambda card: self._post_card(reference, card, reply_to))

    async def _post_card(self, reference: Reference, card: Fields, reply_to: str) -> str:
        payload = {
            "type": "message",
            "channelId": "msteams",
            "serviceUrl": reference.service_url,
            "from": {"id": reference.bot},
            "recipient": {"id": reference.user},
            "conversation": {"id": reference.conversation},
            **({"replyToId": reply_to} if reply_to else {}),
            **card,
        }
        sent = await self._connector.send(
            reference.service_url, reference.conversation, payload, reply_to or None
        )
        if not sent:
            raise Doubtful("the reply names no activity")
        return sent

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
