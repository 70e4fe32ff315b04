"""The body of a request as anyone may send it: of the expected kind, bounded, its texts fit to be kept."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import hdrs, web

MAX_BODY = 1024 * 1024  # bytes
_CHUNK = 64 * 1024
# PostgreSQL refuses NUL; half of a surrogate pair cannot be written as UTF-8 at all.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Refused(Exception):
    """A request that is turned away: `status` is 4xx, `reason` is for the log and holds none of the content."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def media_type(content_type: str) -> str:
    """The kind a Content-Type header names, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def expect_type(request: web.Request, expected: str) -> None:
    """Raise Refused 415 unless the body is of that media type, and not compressed."""
    if media_type(request.headers.get(hdrs.CONTENT_TYPE, "")) != expected:
        raise Refused(415, f"not {expected}")
    expect_uncompressed(request)


def expect_uncompressed(request: web.Request) -> None:
    """Raise Refused 415 for a compressed body: a small one can unfold to any size."""
    if request.headers.get(hdrs.CONTENT_ENCODING, "identity").lower() != "identity":
        raise Refused(415, "compressed")


async def read_body(request: web.Request) -> bytes:
    """The body of at most MAX_BODY bytes. Raises Refused 413, without reading one that announces more."""
    announced = request.content_length
    if announced is not None and announced <= MAX_BODY:
        return await request.content.read()  # the server reads no more than was announced
    body = bytearray()
    if announced is None:
        async for chunk in request.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > MAX_BODY:
                break
        else:
            return bytes(body)
    raise Refused(413, "body over 1 MiB")


def find_fault(value: object, most_levels: int) -> str:
    """Why a JSON value is not to be taken: nested deeper than `most_levels`, or a text no database keeps. Or empty."""
    level: list[Any] = [value]
    for _ in range(most_levels):
        inner: list[Any] = []
        for one in level:
            if isinstance(one, str):
                if _UNSTORABLE.search(one):
                    return "a text with NUL or half a character"
            elif isinstance(one, dict):
                inner += one.keys()
                inner += one.values()
            elif isinstance(one, list):
                inner += one
        if not inner:
            return ""
        level = inner
    return "nested too deeply"
