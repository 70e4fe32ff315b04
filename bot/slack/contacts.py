"""How members of staff are reached on Slack: kept as plain JSON from the first contact on."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services import Services
from bot.slack.identity import CHANNEL

REFRESH = timedelta(hours=1)  # when a channel was used last is known that exactly
MOST_REMEMBERED = 20_000


class Contacts:
    """Keeps who is reached where. Each process writes what is new to it, and otherwise once an hour."""

    def __init__(self, services: Services) -> None:
        self._conversations = services.stores.conversations
        self._clock = services.clock
        self._written: dict[tuple[str, str, str], datetime] = {}

    def remember(self, user: str, person_id: str, channel: str) -> None:
        """Keep that this person is that user; `channel` is their direct conversation, or any other, which tells less."""
        direct = channel if channel.startswith("D") else ""
        seen, now = (user, person_id, direct), self._clock()
        if (written := self._written.get(seen)) and now - written < REFRESH:
            return
        held = None if direct else self._conversations.find(CHANNEL, user)
        direct = direct or (str(held.reference.get("channel", "")) if held else "")
        reference = {"user": user, "channel": direct} if direct else {"user": user}
        self._conversations.save(CHANNEL, user, person_id, reference, now)
        if len(self._written) >= MOST_REMEMBERED:
            self._written.clear()
        self._written[seen] = now
