"""Doing a job again and again beside the event loop, whatever goes wrong with it once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.faults import report
from bot.services import Services

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Work looked at every `pause` seconds. `work` says what it did as counts; run twice, or by two workers, it does it once.

    `interrupt` makes work under way that takes long return soon.
    """

    name: str
    work: Callable[[Services], Mapping[str, int]]
    pause: float
    interrupt: Callable[[], None] = lambda: None


async def keep_doing(job: Job, services: Services, stop: asyncio.Event) -> None:
    """Do the job at once and then after every pause, until `stop` is set."""
    while not stop.is_set():
        try:
            done = await _done(job, services, stop)
            if any(done.values()):
                log.info("%s: %s", job.name, ", ".join(f"{name} {count}" for name, count in done.items()))
        except Exception as error:  # the database may be away for a while, a pack may be broken
            report(job.name, error)
        try:
            async with asyncio.timeout(job.pause):
                await stop.wait()
        except TimeoutError:
            continue


async def _done(job: Job, services: Services, stop: asyncio.Event) -> Mapping[str, int]:
    working = asyncio.create_task(asyncio.to_thread(job.work, services))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not working.done():
        job.interrupt()
    stopping.cancel()
    return await working
