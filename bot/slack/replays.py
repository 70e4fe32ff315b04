"""Requests that somebody recorded and sent again.

Slack signs every delivery anew: its last retry comes 5 minutes after the first delivery, and receivers refuse what was
signed longer ago. So a request that was taken once and comes again with the very same signature is not Slack's. One
that was not taken may be: the first retry follows almost at once, perhaps in the same second.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from bot.body import Refused
from bot.slack.intake import SIGNATURE, SIGNATURE_SECONDS, TIMESTAMP

MOST_REMEMBERED = 100_000  # about 20 MB; beyond them, and in other processes, the receipts keep anything from being done twice


class Replays:
    """The signatures of taken requests, for as long as they are fresh."""

    def __init__(self) -> None:
        self._taken: OrderedDict[str, float] = OrderedDict()

    def refuse(self, headers: Mapping[str, str]) -> None:
        """Raise Refused 401 when a request with this signature was taken already."""
        if headers.get(SIGNATURE, "") in self._taken:
            raise Refused(401, "replayed")

    def remember(self, headers: Mapping[str, str], now: float) -> None:
        """A verified request was taken; `now` is the time in seconds."""
        self._taken[headers[SIGNATURE]] = int(headers[TIMESTAMP]) + SIGNATURE_SECONDS
        while len(self._taken) > MOST_REMEMBERED or next(iter(self._taken.values())) < now:
            self._taken.popitem(last=False)
