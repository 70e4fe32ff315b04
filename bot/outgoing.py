"""The way out of this machine: through the proxy of HTTPS_PROXY or HTTP_PROXY, unless NO_PROXY says otherwise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from pydantic_core import PydanticSerializationError, to_json

REACH_SECONDS = 5.0

Obstacle = Literal["", "dns", "refused", "timeout", "tls", "proxy", "proxy-refused", "broken"]


@dataclass(frozen=True)
class Reach:
    """Whether a server can be reached: `obstacle` is what stands between, `detail` what it said.

    `proxy` is the host and port of the proxy on the way, without its password; empty for a direct connection.
    """

    host: str
    proxy: str = ""
    obstacle: Obstacle = ""
    detail: str = ""


def json_bytes(value: object) -> bytes:
    """Plain JSON as it goes over the wire, compact, in UTF-8. Half a character, which has none, becomes a question mark."""
    try:
        return to_json(value)
    except PydanticSerializationError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")


def has_proxy() -> bool:
    """Whether the environment names a proxy. Sessions that trust it then ask it again for every request."""
    return any(scheme in getproxies() for scheme in ("https", "http"))


def proxy_for(url: str) -> str | None:
    """The proxy for an https, http, wss or ws address; None where the connection is direct."""
    parts = urlsplit(url)
    if not parts.hostname or proxy_bypass(parts.hostname):
        return None
    return getproxies().get({"wss": "https", "ws": "http"}.get(parts.scheme, parts.scheme))


async def reach(url: str, *, direct: bool = False, seconds: float = REACH_SECONDS) -> Reach:
    """Ask a server for anything at all: whatever it answers, it was reached."""
    host = urlsplit(url).hostname or url
    proxy = None if direct else proxy_for(url)
    shown = urlsplit(proxy).netloc.rpartition("@")[2] if proxy else ""
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.head(url, proxy=proxy, allow_redirects=False),
        ):
            return Reach(host, shown)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Reach(host, shown, *_obstacle(error, proxied=proxy is not None))


def _obstacle(error: Exception, *, proxied: bool) -> tuple[Obstacle, str]:
    match error:
        case TimeoutError():
            return "timeout", ""
        case aiohttp.ClientHttpProxyError():
            return "proxy-refused", str(error.status)
        case aiohttp.ClientSSLError():
            return "tls", type(error).__name__
        case aiohttp.ClientConnectorDNSError():  # behind a proxy only the proxy's own name is looked up
            return ("proxy" if proxied else "dns"), ""
        case aiohttp.ClientProxyConnectionError():
            return "proxy", ""
        case aiohttp.ClientConnectorError():
            return "refused", error.strerror or ""
    return "broken", type(error).__name__
