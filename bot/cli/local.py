"""What `make run` starts: the database brought up to date, a synthetic city, the plan, then serve with a worker."""

from __future__ import annotations

import asyncio
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

import click

from bot.cli.demo import fill
from bot.cli.opening import log_to_stderr, opened
from bot.cli.serve import serve_until_told
from bot.cli.shape import JapaneseCommand
from bot.handlers.initiatives.deciding import fill_demo
from bot.services import Services
from bot.settings import load_settings
from bot.texts.ja import cli as texts
from storage.database import open_database
from storage.migrations import migrate
from surveys.demo import fill_rounds

STAFF = 30
SEED = 1
WORKER_SECONDS = 45.0  # longer than one message may take


@click.command(cls=JapaneseCommand, help=texts.LOCAL)
@click.option("--plan", type=click.Path(path_type=Path), metavar="FILE", help=texts.LOCAL_PLAN)
def local(plan: Path | None) -> None:
    """Prepare everything and serve until Ctrl-C."""
    settings = load_settings()
    log_to_stderr(settings)
    with open_database(settings.database_url) as database:
        migrate(database)
    with opened(settings) as services:
        _prepare(services, plan)
        asyncio.run(_serve_and_work(services))


def _prepare(services: Services, plan: Path | None) -> None:
    if not services.stores.directory.list_people():
        people, departments = fill(services, STAFF, SEED)
        fill_rounds(services.stores, services.today(), SEED)
        fill_demo(services)
        click.echo(texts.DEMO_DONE.format(people=people, departments=departments))
    if plan:
        from bot.cli.knowledge import apply_reading, read_file  # noqa: PLC0415  later starts have no plan to read

        click.echo(apply_reading(services, read_file(plan, "plan")))
    services.knowledge.refresh()


async def _serve_and_work(services: Services) -> None:
    """Serve; the worker starts once questions can be asked, and ends with the server."""
    workers: list[asyncio.Task[Process]] = []

    def announce(line: str) -> None:
        click.echo(line)
        if not workers:
            workers.append(asyncio.create_task(_start_worker()))

    try:
        await serve_until_told(services, announce)
    finally:
        for starting in workers:
            await _end(await starting)


async def _start_worker() -> Process:
    return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.cli", "worker")


async def _end(worker: Process) -> None:
    if worker.returncode is None:
        worker.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(WORKER_SECONDS):
            await worker.wait()
    except TimeoutError:
        worker.kill()
        await worker.wait()


if __name__ == "__main__":
    local.main(prog_name="make run")
