"""How fast a platform may be written to: so many messages a second in all, and so long between two to one recipient."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

FORGOTTEN_AFTER = 10_000  # recipients: their times are all long past by then


@dataclass(frozen=True)
class Rate:
    """What a platform permits one app: `a_second` messages in all, `gap` seconds between two to one recipient."""

    a_second: float
    gap: float = 0.0


# Slack allows about one message a second to a conversation and several hundred a minute to a workspace, the Bot Connector
# thirty requests a second to an app and tenant. Answers to people need a part of it: what is over waits by Retry-After.
RATES: Mapping[str, Rate] = {"slack": Rate(8.0, 1.0), "teams": Rate(30.0, 0.15)}


@dataclass
class Pace:
    """One platform's pace within one process. Turns are given in the order of asking."""

    rate: Rate
    _next: float = 0.0
    _of: dict[str, float] = field(default_factory=dict)

    async def turn(self, recipient: str) -> None:
        """Wait until a message to the recipient may go out."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next)
        own = max(at, self._of.get(recipient, 0.0))
        # A recipient's gap holds up nobody else: only the own turn moves.
        self._next = at + 1.0 / self.rate.a_second
        if self.rate.gap:
            if len(self._of) >= FORGOTTEN_AFTER:
                self._of = {name: time for name, time in self._of.items() if time > now}
            self._of[recipient] = own + self.rate.gap
        if own > now:
            await asyncio.sleep(own - now)
