"""How fast a platform may be written to: so many messages a second in all, and so long between two to one recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """What a platform permits one app: `a_second` messages in all, `gap` seconds between two to one recipient."""

    a_second: float
    gap: float = 0.0


# Slack allows about one message a second to a conversation and several hundred a minute to a workspace, the Bot Connector
# thirty requests a second to an app and tenant. Answers to people need a part of it: what is over waits by Retry-After.
RATES: Mapping[str, Rate] = {"slack": Rate(8.0, 1.0), "teams": Rate(30.0, 0.15)}
