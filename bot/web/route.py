"""What an address is called where it is told on: by its route, since the address itself may hold a secret."""

from __future__ import annotations

from aiohttp import web


def route_of(request: web.BaseRequest) -> str:
    """The route that serves a request, e.g. /s/{token}; "-" where none does."""
    try:
        info = request.match_info if isinstance(request, web.Request) else None
    except AssertionError:  # a request that could not be parsed was never matched
        info = None
    resource = info.route.resource if info is not None else None
    return resource.canonical if resource is not None else "-"
