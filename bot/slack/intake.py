"""The guard of POST /slack/events: bounded, signed by Slack, and readable, before Bolt sees anything."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import hdrs, web

from bot.body import Refused, expect_uncompressed, find_fault, media_type, read_body

MAX_DEPTH = 60
MAX_FIELDS = 100
SIGNATURE_SECONDS = 300
SIGNATURE, TIMESTAMP = "X-Slack-Signature", "X-Slack-Request-Timestamp"
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_ODD_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
# Where Bolt and we look inside without asking first.
_SHAPES: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "command": str,
    "event_id": str,
    "event": dict,
    "view": dict,
    "container": dict,
    "message": dict,
    "user": dict,
    "team": dict,
    "channel": dict,
    "enterprise": (dict, str),
    "actions": list,
    "authorizations": list,
}


async def read_payload(request: web.Request, secret: bytes) -> dict[str, Any]:
    """The payload of a request that Slack signed. Raises Refused 400, 401, 413 or 415."""
    expect_uncompressed(request)
    body = await read_body(request)
    check_signature(request.headers, body, secret, time.time())
    return parse(body, request.headers.get(hdrs.CONTENT_TYPE, ""))


def check_signature(headers: Mapping[str, str], body: bytes, secret: bytes, now: float) -> None:
    """Raise Refused 401 unless Slack signed this body within the last five minutes."""
    stamp = headers.get(TIMESTAMP, "")
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
    if not _TIMESTAMP.fullmatch(stamp):
        raise Refused(401, "timestamp")
    if abs(now - int(stamp)) > SIGNATURE_SECONDS:
        raise Refused(401, "stale")
    signed = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(b"v0=" + signed.encode(), given):
        raise Refused(401, "signature")


def parse(body: bytes, content_type: str) -> dict[str, Any]:
    """A body as a dict: JSON, or a form whose `payload` is JSON. Raises Refused 400 or 415."""
    kind = media_type(content_type)
    try:
        text = body.decode("utf-8")
        if kind == "application/json":
            parsed = json.loads(text)
        elif kind == "application/x-www-form-urlencoded":
            parsed = _form(text)
        else:
            raise Refused(415, "content-type")
    except (ValueError, RecursionError):
        raise Refused(400, "unreadable") from None
    if not isinstance(parsed, dict):
        raise Refused(400, "not-an-object")
    _check_shape(parsed)
    if not _is_plainly_flat(body):
        _check_texts(parsed)
    return parsed


def _form(text: str) -> Any:
    fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_FIELDS))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def check_shape(payload: Mapping[str, Any]) -> None:
    """Refuse what no payload of Slack's looks like, and NUL and lone surrogates, which no database keeps."""
    _check_texts(payload)
    _check_shape(payload)


def _is_plainly_flat(body: bytes) -> bool:
    """Whether a glance is enough: nothing escaped but whole characters, no more brackets than may be nested."""
    escaped = b"%" in body or b"\0" in body or _ODD_ESCAPE.search(body) is not None
    return not escaped and body.count(b"{") + body.count(b"[") < MAX_DEPTH


def _check_shape(payload: Mapping[str, Any]) -> None:
    for name, kind in _SHAPES.items():
        value = payload.get(name)
        if value is not None and not isinstance(value, kind):
            raise Refused(400, "shape")
    if not all(isinstance(action, dict) for action in payload.get("actions") or ()):
        raise Refused(400, "shape")


def _check_texts(parsed: object) -> None:
    if fault := find_fault(parsed, MAX_DEPTH):
        raise Refused(400, fault)
