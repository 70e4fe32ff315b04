"""Delivers to the web channel's inbox page."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.delivery import Doubtful, Message, PermanentFailure
from bot.services import Services

FIRST_LOOK = 50


class WebMessenger:
    """The web channel's Messenger. `recipient` is the 職員番号; the message's key is its id."""

    def __init__(self, services: Services) -> None:
        self._stores = services.stores
        self._clock = services.clock

    async def send(self, message: Message) -> str:
        """Put the message into its recipient's inbox; a second delivery of the same key changes nothing.

        Raises PermanentFailure when the directory does not know the recipient, and Doubtful when the database fails:
        `find` tells then what was kept.
        """
        try:
            return await asyncio.to_thread(self._deliver, message)
        except PermanentFailure:
            raise
        except Exception as error:
            raise Doubtful(type(error).__name__) from error

    async def find(self, message: Message, since: datetime) -> str | None:
        """The message's id when it lies in the inbox, None when it provably does not."""
        return await asyncio.to_thread(self._look, message, since)

    def _deliver(self, message: Message) -> str:
        if self._stores.directory.person(message.recipient) is None:
            raise PermanentFailure(f"no such person: {message.recipient}")
        self._stores.inbox.add(message.recipient, message.key, message.reply, self._clock())
        return message.key

    def _look(self, message: Message, since: datetime) -> str | None:
        limit = FIRST_LOOK
        while True:
            delivered = self._stores.inbox.list_for(message.recipient, limit)
            if any(key == message.key for key, _, _ in delivered):
                return message.key
            if len(delivered) < limit or delivered[-1][1] < since:
                return None
            limit *= 4
