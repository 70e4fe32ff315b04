"""Who asked, as a code that tells people apart for a quarter of a year and names nobody."""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import sha256
from typing import Protocol

from staff.calendar import date_in_japan

_BETWEEN = "\x1f"


class AskerKeys(Protocol):
    """The secrets behind the codes, one for each quarter. Without its secret a code can no longer be traced."""

    def key(self, period: str) -> bytes:
        """The secret of a period, made at random when it is asked for the first time."""

    def forget_keys(self, current: str) -> None:
        """Remove the secrets of every other period."""


def period_of(at: datetime) -> str:
    """The quarter in Japan, as 2026Q4."""
    day = date_in_japan(at)
    return f"{day.year}Q{(day.month + 2) // 3}"


def code(key: bytes, *parts: str) -> str:
    """A keyed hash over the parts: the same parts give the same code for as long as the key is."""
    return hmac.new(key, _BETWEEN.join(parts).encode("utf-8", "replace"), sha256).hexdigest()[:32]
