"""Which member of staff a Slack user is: matched by e-mail once, then remembered by the directory."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery import Arrival, Asker
from bot.slack.failures import failure_of
from staff.store import Directory

log = logging.getLogger(__name__)

UNKNOWN_SECONDS = 600.0  # how long somebody whom the directory lacks is not looked up again
FAILED_SECONDS = 60.0
MOST_REMEMBERED = 10_000
CHANNEL = "slack"


class Addresses:
    """The e-mail addresses of Slack users whom the directory does not know yet, asked of Slack sparingly."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def remembered(self, user: str) -> str | None:
        """The address as last told ("" where there is none); None when Slack is to be asked."""
        address, until = self._known.get(user, ("", 0.0))
        return address if time.monotonic() < until else None

    async def ask(self, user: str) -> str:
        """The address Slack vouches for, "" where it tells none: unconfirmed, a bot, a guest, or a failed call."""
        seconds = UNKNOWN_SECONDS
        try:
            told: Any = await self._client.users_info(user=user)
            address = vouched_address(told["user"])
        except Exception as error:
            log.warning("users.info failed (%s)", failure_of(error))
            address, seconds = "", FAILED_SECONDS
        self._known[user] = (address, time.monotonic() + seconds)
        if len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
        return address


def linked_askers(directory: Directory, arrivals: Sequence[Arrival]) -> dict[str, Asker]:
    """Who sent each arrival, by its key, as far as the directory remembers them."""
    people = directory.linked_people(CHANNEL, {arrival.user for arrival in arrivals})
    return {one.key: Asker(people[one.user]) for one in arrivals if one.user in people}


def vouched_address(user: Mapping[str, Any]) -> str:
    """The address in what Slack tells about a user, "" where Slack does not vouch for it as a member's own."""
    vouched = user.get("is_email_confirmed", True) and not user.get("is_bot") and not user.get("deleted")
    # A guest of another organisation may carry any address.
    guest = user.get("is_stranger") or user.get("is_restricted") or user.get("is_ultra_restricted")
    address = (user.get("profile") or {}).get("email")
    return address if vouched and not guest and isinstance(address, str) else ""
