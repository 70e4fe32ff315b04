"""Who may reach the chat without signing in: a browser on this machine, on a page of our own."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from aiohttp import hdrs, web

SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# A proxy on this machine has a loopback address too; these headers give most of them away.
FORWARDING_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def is_local(request: web.Request) -> bool:
    """Whether the peer and the Host header are both loopback, and no proxy stands between.

    The Host is checked because a hostile page can point its own name at 127.0.0.1 (DNS rebinding).
    """
    hosts = request.headers.getall(hdrs.HOST, [])
    if any(name in request.headers for name in FORWARDING_HEADERS) or len(hosts) != 1:
        return False
    return _is_loopback(request.remote or "") and is_loopback_host(hosts[0])


def is_loopback_host(host: str) -> bool:
    """Whether a Host header names this machine: localhost, 127.0.0.1 or [::1], with or without a port."""
    try:
        parts = urlsplit(f"//{host}")
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not port_is_right or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        return False
    name = parts.hostname or ""
    return name == "localhost" or _is_loopback(name)


def is_same_origin(request: web.Request, public_url: str = "") -> bool:
    """Whether a POST comes from a page of ours; `public_url` is our address where TLS ends before us.

    Browsers always send Sec-Fetch-Site or Origin with a POST; a request with neither is no browser's.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and public_url and origin == public_url.rstrip("/"):
        return True
    return origin is None or origin == f"{request.scheme}://{request.headers.get(hdrs.HOST, '')}"


def _is_loopback(address: str) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return parsed.ipv4_mapped.is_loopback
    return parsed.is_loopback
