"""A strict stand-in for Slack's Web API: it refuses what Slack refuses, and fails the ways Slack and networks fail.

By hand: `python -m tests.fakes.slack` serves it on port 8889; set SLACK_API_URL=http://127.0.0.1:8889/api/.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.slack_blocks import Invalid, check_message, check_view
from tests.fakes.slack_faults import Fault, dropped, failed
from tests.fakes.slack_files import Files
from tests.fakes.slack_refusal import Refusal
from tests.fakes.slack_socket import Sockets

Object = dict[str, Any]

BOT_TOKEN = "xoxb-fake-token"
APP_TOKEN = "xapp-fake-token"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BOT_USER, BOT_ID, TEAM = "U0BOT", "B0BOT", "T0CITY"
TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS, RESPONSE_USES = 1800.0, 5
SCOPES = {
    "chat:write",
    "im:history",
    "im:write",
    "channels:history",
    "groups:history",
    "users:read",
    "users:read.email",
    "app_mentions:read",
    "commands",
    "files:write",
}
NEEDED = {
    "auth.test": (),
    "chat.postMessage": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.open": ("im:write",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "users.info": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "views.open": (),
    "views.update": (),
    "views.publish": (),
}
HISTORY_SCOPES = {"D": "im:history", "C": "channels:history", "G": "groups:history"}


@dataclass
class FakeSlack:
    """One workspace with its Web API. `url` is set while it is served."""

    clock: Callable[[], float] = time.time
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    users: dict[str, Object] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    limits: dict[str, tuple[int, float]] = field(default_factory=dict)
    calls: list[tuple[str, Object]] = field(default_factory=list)
    posts: list[Object] = field(default_factory=list)
    responses: list[Object] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    views: dict[str, Object] = field(default_factory=dict)
    homes: dict[str, Object] = field(default_factory=dict)
    url: str = ""
    hang_seconds: float = 3600.0
    app_token: str = APP_TOKEN

    def __post_init__(self) -> None:
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._numbers = itertools.count(1)
        self._triggers: dict[str, float] = {}
        self._urls: dict[str, list[float]] = {}
        self._recent: dict[str, deque[float]] = defaultdict(deque)
        self._changed = asyncio.Event()
        self.sockets = Sockets()
        self.files = Files(self.clock)

    # ------------------------------------------------------------ for tests

    def add_user(self, user: str, email: str = "", **more: object) -> str:
        """Someone of the workspace; their direct conversation with the bot is D… instead of U…."""
        profile = {"email": email} if email else {}
        self.users[user] = {"id": user, "is_bot": False, "profile": profile, **more}
        self.members[f"D{user[1:]}"] = {user, BOT_USER}
        return user

    def add_channel(self, channel: str, *, bot: bool = True) -> str:
        """A channel, with the bot in it or not."""
        self.members[channel] = {BOT_USER} if bot else set()
        return channel

    def fail(self, method: str, *faults: Fault, times: int = 1) -> None:
        """The next calls of a method fail, one after the other; the whole row `times` times."""
        self._faults[method].extend(faults * times)

    def recover(self, method: str) -> None:
        """A method's calls fail no more."""
        self._faults[method].clear()

    def trigger(self) -> str:
        """A fresh trigger id."""
        made = f"{next(self._numbers)}.trigger"
        self._triggers[made] = self.clock()
        return made

    def response_url(self) -> str:
        """A fresh response_url."""
        name = f"r{next(self._numbers)}"
        self._urls[name] = [self.clock()]
        return f"{self.url}/response/{name}"

    def called(self, method: str) -> list[Object]:
        """The fields of every call of a method that reached Slack."""
        return [fields for name, fields in self.calls if name == method]

    async def called_again(self, method: str, before: int) -> None:
        """Wait until a method was called more than `before` times."""
        await self.until(lambda: len(self.called(method)) > before)

    async def until(self, condition: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait for something to have happened here. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._changed.clear()
                if not condition():
                    await self._changed.wait()

    # ------------------------------------------------------------ HTTP

    def app(self) -> web.Application:
        """The Web API, the response_urls and the sockets."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._serve)
        app.router.add_post("/response/{name}", self._respond)
        app.router.add_get("/socket", self.sockets.serve)
        app.router.add_post("/upload/{file}", self._upload)
        return app

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fields = await _fields(request)
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault is not None and fault != "lose_reply":
            return await failed(request, fault, self.hang_seconds)
        self.calls.append((method, fields))
        try:
            self._admit(request, method, fields)
            body = {"ok": True, **getattr(self, "_" + method.replace(".", "_"))(fields)}
        except Refusal as refusal:
            body = self._refuse(method, refusal)
        self._changed.set()
        if fault == "lose_reply":
            return dropped(request)
        if body.get("error") == "ratelimited":
            return web.json_response(body, status=429, headers={"Retry-After": str(body.pop("retry_after"))})
        return web.json_response(body, headers={"x-oauth-scopes": ",".join(sorted(self.scopes))})

    def _refuse(self, method: str, refusal: Refusal) -> Object:
        self.refused.append((method, json.dumps(refusal.body, ensure_ascii=False)))
        return refusal.body

    def _admit(self, request: web.Request, method: str, fields: Object) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        wanted = self.app_token if method == "apps.connections.open" else BOT_TOKEN
        if not token:
            raise Refusal("not_authed")
        if token != wanted:
            raise Refusal("invalid_auth")
        if not hasattr(self, "_" + method.replace(".", "_")):
            raise Refusal("unknown_method", req_method=method)
        for scope in self._needed(method, fields):
            if scope not in self.scopes:
                raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))
        self._limit(method)

    def _needed(self, method: str, fields: Object) -> tuple[str, ...]:
        if method in ("conversations.history", "conversations.replies"):
            return (HISTORY_SCOPES.get(str(fields.get("channel"))[:1], "channels:history"),)
        return NEEDED.get(method, ())

    def _limit(self, method: str) -> None:
        if method not in self.limits:
            return
        count, seconds = self.limits[method]
        recent, now = self._recent[method], self.clock()
        while recent and recent[0] <= now - seconds:
            recent.popleft()
        if len(recent) >= count:
            raise Refusal("ratelimited", retry_after=max(1, round(recent[0] + seconds - now)))
        recent.append(now)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        fields = await _fields(request)
        fault = self._faults["response_url"].popleft() if self._faults["response_url"] else None
        if fault is not None and fault != "lose_reply":
            return await failed(request, fault, self.hang_seconds)
        uses = self._urls.get(request.match_info["name"])
        if uses is None or self.clock() - uses[0] > RESPONSE_SECONDS or len(uses) > RESPONSE_USES:
            return web.Response(status=404, text="expired_url")
        try:
            _check_text(fields)
            self.files.check(fields.get("blocks"))
        except Refusal as refusal:
            return web.json_response(self._refuse("response_url", refusal), status=404)
        uses.append(self.clock())
        self.responses.append(fields)
        self._changed.set()
        return dropped(request) if fault else web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        fault = self._faults["upload"].popleft() if self._faults["upload"] else None
        if fault is not None and fault != "lose_reply":
            return await failed(request, fault, self.hang_seconds)
        data = await request.read()
        taken = self.files.take(request.match_info["file"], data)
        if not taken or "Authorization" in request.headers:
            self.refused.append(("upload", f"{len(data)} bytes"))
            return web.Response(status=400, text="not this file")
        return dropped(request) if fault else web.Response(text=f"OK - {len(data)}")

    # ------------------------------------------------------------ methods

    def _files_getUploadURLExternal(self, fields: Object) -> Object:
        return self.files.announce(fields, self.url)

    def _files_completeUploadExternal(self, fields: Object) -> Object:
        return self.files.complete(fields)

    def _auth_test(self, fields: Object) -> Object:
        return {
            "team_id": TEAM,
            "team": "見本市",
            "user": "dxbot",
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "url": self.url,
        }

    def _apps_connections_open(self, fields: Object) -> Object:
        return {"url": self.url.replace("http", "ws") + "/socket"}

    def _chat_postMessage(self, fields: Object) -> Object:
        if fields.get("channel") in self.users:  # a user's id stands for their conversation with the bot
            fields = fields | {"channel": f"D{fields['channel'][1:]}"}
        self._reach(fields)
        _check_text(fields)
        self.files.check(fields.get("blocks"))
        ts = f"{self.clock():.0f}.{next(self._numbers):06d}"
        post = fields | {"ts": ts, "type": "message", "user": BOT_USER, "bot_id": BOT_ID}
        self.posts.append(post)
        return {"ts": ts, "channel": fields["channel"], "message": post}

    def _chat_postEphemeral(self, fields: Object) -> Object:
        self._reach(fields)
        _check_text(fields)
        self.files.check(fields.get("blocks"))
        if fields.get("user") not in self.users:
            raise Refusal("user_not_in_channel")
        self.responses.append(fields)
        return {"message_ts": f"{self.clock():.0f}.{next(self._numbers):06d}"}

    def _chat_update(self, fields: Object) -> Object:
        self._reach(fields)
        _check_text(fields)
        self.files.check(fields.get("blocks"))
        for post in self.posts:
            if post["ts"] == fields.get("ts") and post["channel"] == fields["channel"]:
                post.update(fields)
                return {"ts": post["ts"], "channel": post["channel"]}
        raise Refusal("message_not_found")

    def _conversations_open(self, fields: Object) -> Object:
        user = fields.get("users")
        if user not in self.users:
            raise Refusal("user_not_found")
        return {"channel": {"id": f"D{user[1:]}"}}

    def _conversations_history(self, fields: Object) -> Object:
        return self._page(fields, [post for post in self._in(fields) if not post.get("thread_ts")])

    def _conversations_replies(self, fields: Object) -> Object:
        if not fields.get("ts"):
            raise Refusal("invalid_arguments")
        return self._page(
            fields, [post for post in self._in(fields) if post.get("thread_ts") == fields["ts"]]
        )

    def _users_info(self, fields: Object) -> Object:
        user = self.users.get(str(fields.get("user")))
        if user is None:
            raise Refusal("user_not_found")
        if "users:read.email" in self.scopes:
            return {"user": user}
        return {"user": user | {"profile": {}}}

    def _users_lookupByEmail(self, fields: Object) -> Object:
        email = str(fields.get("email", "")).lower()
        for user in self.users.values():
            if email and user["profile"].get("email", "").lower() == email and not user.get("deleted"):
                return {"user": user}
        raise Refusal("users_not_found")

    def _views_open(self, fields: Object) -> Object:
        self._use_trigger(str(fields.get("trigger_id")))
        view = _view(fields, "modal")
        return {"view": self._keep(f"V{next(self._numbers)}", view)}

    def _views_update(self, fields: Object) -> Object:
        kept = self.views.get(fields.get("view_id", ""))
        if kept is None:
            raise Refusal("not_found")
        if "hash" in fields and fields["hash"] != kept.get("hash"):
            raise Refusal("hash_conflict")
        return {"view": self._keep(fields["view_id"], _view(fields, "modal"))}

    def _views_publish(self, fields: Object) -> Object:
        if fields.get("user_id") not in self.users:
            raise Refusal("user_not_found")
        self.homes[fields["user_id"]] = _view(fields, "home")
        return {"view": self.homes[fields["user_id"]]}

    def _reach(self, fields: Object) -> None:
        channel = fields.get("channel")
        if channel not in self.members:
            raise Refusal("channel_not_found")
        if BOT_USER not in self.members[channel]:
            raise Refusal("not_in_channel")

    def _in(self, fields: Object) -> list[Object]:
        self._reach(fields)
        return [post for post in self.posts if post["channel"] == fields["channel"]]

    def _page(self, fields: Object, posts: list[Object]) -> Object:
        oldest, start = float(fields.get("oldest", 0)), int(fields.get("cursor") or 0)
        limit = min(int(fields.get("limit", 100)), 999)
        found = [post for post in reversed(posts) if float(post["ts"]) > oldest]
        if str(fields.get("include_all_metadata")).lower() not in ("1", "true"):
            found = [{name: value for name, value in post.items() if name != "metadata"} for post in found]
        cursor = str(start + limit) if start + limit < len(found) else ""
        return {"messages": found[start : start + limit], "response_metadata": {"next_cursor": cursor}}

    def _use_trigger(self, trigger: str) -> None:
        made = self._triggers.get(trigger)
        if made is None:
            raise Refusal("invalid_trigger_id")
        if self.clock() - made > TRIGGER_SECONDS:
            raise Refusal("expired_trigger_id")
        self._triggers[trigger] = float("-inf")

    def _keep(self, view_id: str, view: Object) -> Object:
        self.views[view_id] = view | {"id": view_id, "hash": f"{self.clock():.0f}.h{next(self._numbers)}"}
        return self.views[view_id]

    def show(self, view_id: str, view: Object) -> Object:
        """A window as it is after `response_action: update`: with a new hash, as after views.update."""
        check_view(view)
        return self._keep(view_id, view)


@asynccontextmanager
async def served(slack: FakeSlack) -> AsyncIterator[FakeSlack]:
    """The fake on a port of its own."""
    async with TestServer(slack.app()) as server:
        slack.url = str(server.make_url("")).rstrip("/")
        yield slack


async def _fields(request: web.Request) -> Object:
    fields: Object = dict(request.query)
    if request.content_type == "application/json":
        fields |= await request.json()
    elif request.can_read_body:
        fields |= dict(await request.post())
    for name in ("blocks", "view", "metadata"):
        if isinstance(fields.get(name), str):
            fields[name] = json.loads(fields[name])
    return fields


def _view(fields: Object, kind: str) -> Object:
    try:
        check_view(fields.get("view"))
    except Invalid as error:
        raise Refusal("invalid_arguments", response_metadata={"messages": [str(error)]}) from error
    view: Object = fields["view"]
    if view["type"] != kind:
        raise Refusal("invalid_arguments")
    return view


def _check_text(fields: Object) -> None:
    text = fields.get("text", "")
    if not text and not fields.get("blocks"):
        raise Refusal("no_text")
    if len(text) > 40_000:
        raise Refusal("msg_too_long")
    if "blocks" in fields:
        try:
            check_message(fields["blocks"])
        except Invalid as error:
            raise Refusal("invalid_blocks", errors=[str(error)]) from error


if __name__ == "__main__":
    by_hand = FakeSlack(url="http://127.0.0.1:8889")
    by_hand.add_user("U0HAND", "hand@city.example")
    by_hand.add_channel("C0HAND")
    web.run_app(by_hand.app(), host="127.0.0.1", port=8889)
