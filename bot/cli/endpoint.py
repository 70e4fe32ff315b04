"""Whether HOST and PORT are served by `dxbot serve`, by something else, or by nobody."""

from __future__ import annotations

import asyncio
import socket

import aiohttp

from bot.cli.serve import address
from bot.settings import Settings
from bot.texts.ja import cli as texts

ANSWER_SECONDS = 2.0
ALIVE = "ok\n"


def examine_endpoint(settings: Settings) -> tuple[bool, str]:
    """(right, what is there or to be done). Nobody there is right: serve may not have been started yet."""
    if settings.port == 0:
        return True, texts.DOCTOR_ANY_PORT
    shown = address(settings.host, settings.port)
    if asyncio.run(is_served(shown)):
        return True, texts.DOCTOR_SERVED.format(address=shown)
    try:
        with _bound(settings.host, settings.port):
            return True, texts.DOCTOR_NOT_SERVED.format(address=shown)
    except (OSError, UnicodeError) as error:
        if asyncio.run(_is_taken(settings.host, settings.port)):
            return False, texts.DOCTOR_OTHER_SERVER.format(address=shown)
        reason = getattr(error, "strerror", None) or str(error)
        return False, texts.PORT_TAKEN.format(host=settings.host, port=settings.port, reason=reason)


async def is_served(shown: str) -> bool:
    """Whether `dxbot serve` answers at this address."""
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{shown}/healthz", allow_redirects=False) as answer,
        ):
            return answer.status == 200 and (await answer.content.read(64)).decode(errors="replace") == ALIVE
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return False


async def _is_taken(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, UnicodeError, TimeoutError):
        return False
    writer.close()
    return True


def _bound(host: str, port: int) -> socket.socket:
    """A socket that is bound as the server's would be. Raises OSError or UnicodeError."""
    family, kind, protocol, _, place = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    opened = socket.socket(family, kind, protocol)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(place)
    except OSError:
        opened.close()
        raise
    return opened
