"""A closed round whose results could not be made: why, and when it is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from pydantic import AwareDatetime

from surveys.question import Frozen

PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(days=1),
)
LONGEST_DETAIL = 300


class Refused(Exception):
    """The audit finds nothing of a round that may be published; the text says why and nothing of the numbers."""


class Why(StrEnum):
    """What went wrong."""

    REFUSED = "refused"
    MEMORY = "memory"
    DEFECT = "defect"


class Setback(Frozen):
    """The newest failure of a round, with how many there were in a row.

    `detail` is the reason of a refusal, else the kind of error and where; never a text of an error, which may hold what people wrote.
    """

    round_id: str
    attempts: int
    why: Why
    detail: str
    failed_at: AwareDatetime
    retry_at: AwareDatetime

    def holds_back(self, now: datetime) -> bool:
        """Whether it is too early to try again."""
        return now < self.retry_at


def set_back(round_id: str, why: Why, detail: str, before: Setback | None, at: datetime) -> Setback:
    """The failure after those `before`; the pause until the next attempt grows up to a day."""
    attempts = before.attempts + 1 if before else 1
    return Setback(
        round_id=round_id,
        attempts=attempts,
        why=why,
        detail=detail[:LONGEST_DETAIL],
        failed_at=at,
        retry_at=at + PAUSES[min(attempts, len(PAUSES)) - 1],
    )
