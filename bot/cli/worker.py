"""`dxbot worker`: the process that sends what waits in the outbox."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping
from functools import partial
from secrets import token_hex

import click

from bot.app import build_messengers
from bot.cli.opening import log_to_stderr, opened
from bot.cli.serve import stop_signal
from bot.cli.shape import JapaneseCommand
from bot.delivery import Messenger
from bot.handlers.survey_rounds import is_wanted
from bot.jobs import JOBS
from bot.jobs.running import keep_doing
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from bot.worker import Worker


@click.command(cls=JapaneseCommand, help=texts.WORKER)
def worker() -> None:
    """Send until SIGTERM or Ctrl-C."""
    settings = load_settings()
    log_to_stderr(settings)
    with opened(settings) as services:
        asyncio.run(_work(services))


def sender_of(services: Services, name: str, messengers: Mapping[str, Messenger]) -> Worker:
    """The worker's sender."""
    return Worker(
        name,
        services.stores.outbox,
        messengers,
        services.clock,
        working=services.next_working_moment,
        wanted=partial(is_wanted, services),
    )


async def _work(services: Services) -> None:
    stop = stop_signal()
    name = f"{socket.gethostname()}-{os.getpid()}-{token_hex(4)}"
    messengers = build_messengers(services)
    sender = sender_of(services, name, messengers)
    click.echo(texts.WORKER_READY)
    try:
        await asyncio.gather(sender.run(stop), *(keep_doing(job, services, stop) for job in JOBS))
    finally:
        for messenger in messengers.values():
            if close := getattr(messenger, "close", None):  # some hold connections
                await close()
    click.echo(texts.STOPPED)
