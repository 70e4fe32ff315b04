"""What Slack's servers and clients send to an app: events, commands, clicks, all signed."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestClient

from tests.fakes.slack import SIGNING_SECRET, TEAM, FakeSlack

Object = dict[str, Any]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PATH = "/slack/events"
_numbers = itertools.count(1)


def signed(
    body: bytes, kind: str = JSON, *, at: float | None = None, secret: str = SIGNING_SECRET
) -> dict[str, str]:
    """The headers Slack sends with a body."""
    stamp = str(int(time.time() if at is None else at))
    signature = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signature}",
    }


def event(inner: Object, event_id: str = "") -> Object:
    """An Events API payload."""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0APP",
        "event_id": event_id or f"Ev{next(_numbers):08d}",
        "event_time": int(time.time()),
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
        "event": inner,
    }


def direct(user: str, text: str, **more: object) -> Object:
    """A message to the bot."""
    ts = f"{time.time():.0f}.{next(_numbers):06d}"
    return {
        "type": "message",
        "channel": f"D{user[1:]}",
        "channel_type": "im",
        "user": user,
        "text": text,
        "ts": ts,
        **more,
    }


def mention(user: str, channel: str, text: str, **more: object) -> Object:
    """A message in a channel that mentions the bot."""
    ts = f"{time.time():.0f}.{next(_numbers):06d}"
    return {
        "type": "app_mention",
        "channel": channel,
        "user": user,
        "text": f"<@U0BOT> {text}",
        "ts": ts,
        **more,
    }


def command(slack: FakeSlack, user: str, text: str, channel: str = "C1") -> Object:
    """`/dx …`."""
    return {
        "command": "/dx",
        "text": text,
        "user_id": user,
        "team_id": TEAM,
        "channel_id": channel,
        "trigger_id": slack.trigger(),
        "response_url": slack.response_url(),
    }


def click(slack: FakeSlack, user: str, action: Object, container: Object, **more: object) -> Object:
    """A pressed button."""
    return {
        "type": "block_actions",
        "team": {"id": TEAM},
        "user": {"id": user, "team_id": TEAM},
        "trigger_id": slack.trigger(),
        "container": container,
        "actions": [{"block_id": "b", "action_ts": "1.1"} | action],
        **more,
    }


def click_on_post(slack: FakeSlack, user: str, post: Object, action: Object) -> Object:
    """A button of a posted message."""
    container = {
        "type": "message",
        "message_ts": post["ts"],
        "channel_id": post["channel"],
        "is_ephemeral": False,
    }
    return click(
        slack,
        user,
        action,
        container,
        channel={"id": post["channel"]},
        message=post,
        response_url=slack.response_url(),
    )


def buttons(blocks: list[Object]) -> list[Object]:
    """Every button in blocks, in order, with its block's id as Slack tells it of a press."""
    return [
        {**element, **({"block_id": block["block_id"]} if "block_id" in block else {})}
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["type"] == "button"
    ]


def read(blocks: list[Object]) -> str:
    """Everything that a person can read in blocks, buttons aside."""
    return "\n".join(_read(block) for block in blocks if block["type"] != "actions")


def _read(value: object) -> str:
    if isinstance(value, dict):
        own = value.get("text")
        if isinstance(own, str):
            return own
        return "\n".join(filter(None, (_read(item) for item in value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, (_read(item) for item in value)))
    return ""


@dataclass
class SlackServers:
    """Slack's servers in front of an app: they sign and deliver over HTTP."""

    client: TestClient[web.Request, web.Application] | ClientSession
    delivered: set[tuple[int, bytes]] = field(default_factory=set)

    async def deliver(self, payload: Object, **headers: str) -> ClientResponse:
        """Deliver a payload the way Slack does for its kind; again, it is signed at a later time."""
        body, kind = encoded(payload)
        at = int(time.time())
        while (at, body) in self.delivered:
            at += 1
        self.delivered.add((at, body))
        return await self.post(body, signed(body, kind, at=at) | headers)

    async def post(self, body: bytes, headers: dict[str, str]) -> ClientResponse:
        """Send a body with these headers and no others."""
        return await self.client.post(
            PATH, data=BytesIO(body), headers=headers, skip_auto_headers=["Content-Type"]
        )


def encoded(payload: Object) -> tuple[bytes, str]:
    """The body and content type of a payload."""
    if "command" in payload:
        return urlencode(payload).encode(), FORM
    if payload.get("type") in ("event_callback", "url_verification"):
        return json.dumps(payload).encode(), JSON
    return urlencode({"payload": json.dumps(payload)}).encode(), FORM
