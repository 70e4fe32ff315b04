"""`dxbot serve`: the web process, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import Callable

import click
from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

from bot.app import create_app
from bot.cli.failing import FAILED, USAGE, CommandError
from bot.cli.opening import log_to_stderr, opened
from bot.cli.shape import JapaneseCommand
from bot.services import Services
from bot.settings import Settings, load_settings
from bot.texts.ja import cli as texts
from bot.web.route import route_of
from knowledge.base import KnowledgeBase

log = logging.getLogger(__name__)

SHUTDOWN_SECONDS = 5.0
LOOK_SECONDS = 0.5


@click.command(cls=JapaneseCommand, help=texts.SERVE)
def serve() -> None:
    """Load the knowledge, listen, and print the address once questions can be asked."""
    settings = load_settings()
    log_to_stderr(settings)
    with opened(settings) as services:
        services.knowledge.refresh()
        _spare_the_collector()
        asyncio.run(serve_until_told(services, click.echo))


def _spare_the_collector() -> None:
    """What stands once the knowledge is loaded stands as long as the process: it need not be walked again and again."""
    gc.collect()
    gc.freeze()


async def serve_until_told(services: Services, announce: Callable[[str], None]) -> None:
    """Serve until a signal to stop; requests under way are finished. Raises CommandError when the port is taken."""
    settings, stop = services.settings, stop_signal()
    runner = web.AppRunner(
        create_app(services),
        access_log_class=AccessLine,
        access_log=logging.getLogger("access"),
        shutdown_timeout=SHUTDOWN_SECONDS,
        auto_decompress=False,  # no channel takes a compressed body: it is not unpacked to be thrown away either
    )
    await runner.setup()
    try:
        await _listen(runner, settings)
        announce(texts.READY.format(address=address(settings.host, runner.addresses[0][1])))
        await follow_knowledge(services.knowledge, stop)
        announce(texts.STOPPING)
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, settings: Settings) -> None:
    try:
        await web.TCPSite(runner, settings.host, settings.port).start()
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        line = texts.PORT_TAKEN.format(host=settings.host, port=settings.port, reason=reason)
        raise CommandError(
            [line], USAGE if isinstance(error, (socket.gaierror, UnicodeError)) else FAILED
        ) from error


async def follow_knowledge(knowledge: KnowledgeBase, stop: asyncio.Event) -> None:
    """Until `stop`: take over what other processes import. What cannot be loaded leaves the last good state."""
    await _take_over(knowledge)
    while not stop.is_set():
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await stop.wait()
        except TimeoutError:
            await _take_over(knowledge)


async def _take_over(knowledge: KnowledgeBase) -> None:
    try:
        if await asyncio.to_thread(knowledge.refresh):
            log.info("the knowledge was reloaded")
        await asyncio.to_thread(knowledge.prepare)
    except Exception:
        log.exception("the new knowledge cannot be loaded; answers go on from the old")


def stop_signal() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set, in the running loop."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def address(host: str, port: int) -> str:
    """The address a person on this machine opens in a browser."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{name}:{port}"


class AccessLine(AbstractAccessLogger):
    """One line a request: method, route, status, milliseconds. No query, no token, no address, no content."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        """Write the line."""
        self.logger.info("%s %s %s %.1fms", request.method, route_of(request), response.status, time * 1000)
