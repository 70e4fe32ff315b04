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

    def are_kept(self, user: str, person_id: str, channel: str) -> bool:
        """Whether `remember` has nothing to write."""
        return self._is_fresh((user, person_id, _direct(channel)), self._clock())

    def remember(self, user: str, person_id: str, channel: str) -> None:
        """Keep that this person is that user; `channel` is their direct conversation, or any other, which tells less."""
        direct = _direct(channel)
        seen, now = (user, person_id, direct), self._clock()
        if self._is_fresh(seen, now):
            return
        held = None if direct else self._conversations.find(CHANNEL, user)
        direct = direct or (str(held.reference.get("channel", "")) if held else "")
        reference = {"user": user, "channel": direct} if direct else {"user": user}
        self._conversations.save(CHANNEL, user, person_id, reference, now)
        if len(self._written) >= MOST_REMEMBERED:
            self._written.clear()
        self._written[seen] = now

    def _is_fresh(self, seen: tuple[str, str, str], now: datetime) -> bool:
        written = self._written.get(seen)
        return written is not None and now - written < REFRESH


def _direct(channel: str) -> str:
    return channel if channel.startswith("D") else ""
