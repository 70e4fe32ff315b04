"""What was kept of questions goes when its time is over."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta

from bot.faults import report
from bot.services import Services, Stores
from knowledge.learning.askers import date_in_japan, period_of

log = logging.getLogger(__name__)

PAUSE_SECONDS = 3600.0


def forget_expired(services: Services) -> Mapping[str, int]:
    """Remove questions, feedback and inquiries older than DXBOT_QUESTION_DAYS, and the secrets of past quarters.

    Returns how many of each went.
    """
    now = services.clock()
    oldest = now - timedelta(days=services.settings.question_days)
    day = date_in_japan(oldest)

    def work(stores: Stores) -> Mapping[str, int]:
        stores.learning.forget_keys(period_of(now))
        return {
            "questions": stores.learning.forget_questions(day),
            "feedback": stores.learning.forget_feedback(day),
            "inquiries": stores.learning.forget_inquiries(oldest),
        }

    return services.stores.transaction(work)


async def keep_retention(services: Services, stop: asyncio.Event, pause: float = PAUSE_SECONDS) -> None:
    """Until `stop` is set: forget what has expired, once an hour."""
    while not stop.is_set():
        try:
            gone = await asyncio.to_thread(forget_expired, services)
            if any(gone.values()):
                log.info("expired: %s", ", ".join(f"{name} {count}" for name, count in gone.items()))
        except Exception as error:  # the database may be away for a while
            report("forgetting what has expired", error)
        try:
            async with asyncio.timeout(pause):
                await stop.wait()
        except TimeoutError:
            continue
