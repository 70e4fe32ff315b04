"""A strict Bot Connector with its login server: refuses what the platform refuses, and fails as told."""

from __future__ import annotations

import asyncio
import importlib.resources
import json
import time
from base64 import b64decode
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, Literal, get_args

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jsonschema import Draft6Validator

APP_ID = "11111111-2222-3333-4444-555555555555"
TENANT = "99999999-8888-7777-6666-555555555555"
SECRET = "fake-secret"
BOT = f"28:{APP_ID}"
ISSUER = "https://api.botframework.com"
CARD = "application/vnd.microsoft.card.adaptive"
MAX_MESSAGE = 28 * 1024  # images in it, which Teams counts apart, left aside
MAX_ACTIVITY = 256 * 1024  # with everything
KNOWN_ELSEWHERE = ("msteams",)

Refusal = Literal["401", "403", "404", "412", "429", "500", "502", "503", "504"]
Fault = Literal["lose reply", "lose request", "html", "hang", "hang reply"] | Refusal
FAULTS = frozenset({"lose reply", "lose request", "html", "hang", "hang reply", *get_args(Refusal)})


@dataclass
class Member:
    """A person of the fake tenant."""

    id: str
    aad: str
    name: str
    email: str
    role: str = "user"


@dataclass
class Posted:
    """A message the connector took."""

    id: str
    conversation: str
    activity: dict[str, Any]
    reply_to: str | None


@dataclass
class Faults:
    """What goes wrong with the next calls, one after the other; `retry_after` goes with 429 and 503.

    Members are not told of the next `member_failures` times. The key server answers after `key_seconds`, and the next
    `key_failures` times with 503.
    """

    plan: deque[Fault] = field(default_factory=deque)
    retry_after: str = "1"
    member_failures: int = 0
    key_seconds: float = 0.0
    key_failures: int = 0

    def repeat(self, fault: Fault, times: int) -> None:
        """Plan the same fault for `times` calls more. Raises ValueError for one that there is not."""
        if fault not in FAULTS:
            raise ValueError(fault)
        self.plan.extend([fault] * times)

    def next(self) -> Fault | None:
        """The fault of this call."""
        return self.plan.popleft() if self.plan else None


@cache
def signing_key() -> rsa.RSAPrivateKey:
    """The key of the first fake of a process: making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def card_schema() -> Draft6Validator:
    """The Adaptive Card 1.5 schema."""
    text = (importlib.resources.files("adaptive_cards") / "schemas/schema-1.5.json").read_text("utf-8")
    return Draft6Validator(json.loads(text))


def card_problems(card: dict[str, Any]) -> list[str]:
    """What is wrong with a card: against the schema, and ids that stand twice (which the schema misses)."""
    right = _is_right(json.dumps(_shape(card), sort_keys=True))
    wrong = () if right else card_schema().iter_errors(card)
    problems = [f"{list(error.path)}: {error.message[:120]}" for error in wrong]
    ids = Counter(element["id"] for element in elements(card) if "id" in element)
    return problems + [f"id {name} stands {count} times" for name, count in ids.items() if count > 1]


# Where any words are right for the schema.
_WORDS = frozenset(
    {"text", "title", "label", "placeholder", "altText", "errorMessage", "fallbackText", "value", "id"}
)


@lru_cache(4096)
def _is_right(shape: str) -> bool:
    """Whether cards of this shape are right: to ask the schema takes 30 ms, and most cards differ in their words alone."""
    return card_schema().is_valid(json.loads(shape))


def _shape(value: Any) -> Any:
    """The card without its words and without what its buttons carry."""
    if isinstance(value, dict):
        return {
            key: "x" if key in _WORDS and isinstance(inner, str) and inner else _shape(inner)
            for key, inner in value.items()
            if key != "data" or not isinstance(inner, dict)
        }
    return [_shape(inner) for inner in value] if isinstance(value, list) else value


def elements(value: Any) -> Iterator[dict[str, Any]]:
    """Every element and action of a card, in reading order; what actions carry is left out."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for key, inner in value.items():
            if key != "data":
                yield from elements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from elements(inner)


def card_texts(card: dict[str, Any]) -> list[str]:
    """What a reader of the card sees, in order: words, labels, choices; not the buttons."""
    seen = []
    for element in elements(card):
        if element["type"].startswith("Action."):
            continue
        seen += [element[key] for key in ("text", "label") if isinstance(element.get(key), str)]
        seen += [choice["title"] for choice in element.get("choices", ())]
    return seen


def card_buttons(card: dict[str, Any]) -> list[dict[str, Any]]:
    """The buttons, in order; what a piece of text opens is none."""
    of_text = [id(element["selectAction"]) for element in elements(card) if "selectAction" in element]
    actions = (element for element in elements(card) if element["type"].startswith("Action."))
    return [action for action in actions if id(action) not in of_text]


def problems_of(activity: dict[str, Any], body: bytes, max_activity: int = MAX_ACTIVITY) -> list[str]:
    """What Teams would refuse in a message; `max_activity` is for the whole of it with its images, in bytes."""
    problems = [] if activity.get("type") == "message" else ["type"]
    attachments = activity.get("attachments", [])
    if not (activity.get("text") or attachments):
        problems.append("neither text nor attachment")
    images = [str(one["url"]) for one in elements(attachments) if one["type"] == "Image"]
    embedded = [image for image in images if image.startswith("data:")]
    size = len(body) - sum(map(len, embedded))
    if size > MAX_MESSAGE or len(body) > max_activity:
        problems.append(f"MessageSizeTooBig: {size} and with images {len(body)}")
    problems += [problem for image in embedded for problem in _image_problems(image)]
    for one in attachments:
        known = one.get("contentType") == CARD
        problems += card_problems(one.get("content", {})) if known else [f"contentType {one}"]
    return problems


def _image_problems(address: str) -> list[str]:
    """What is wrong with an image that stands in the message: PNG, at most 1 MB and 1024 pixels wide."""
    kind, _, coded = address.partition(";base64,")
    data = b64decode(coded, validate=True)
    if kind != "data:image/png" or not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return [f"image of {kind}"]
    width = int.from_bytes(data[16:20], "big")
    return [f"image {width} wide, {len(data)} bytes"] if width > 1024 or len(data) > 2**20 else []


class FakeTeams:
    """The connector under /v3, the login server under /login, the keys under /openid. Everything on one address."""

    def __init__(self) -> None:
        self.members: dict[str, Member] = {}
        self.conversations: dict[str, set[str]] = {}
        self.posted: list[Posted] = []
        self.updated: list[Posted] = []
        self.refused: list[tuple[int, str]] = []
        self.calls: Counter[str] = Counter()
        self.faults = Faults()
        self.key_id = "key-1"
        self.key = signing_key()
        self.token_seconds = 3600
        self.url = ""
        self._tokens: dict[str, float] = {}
        self._number = 0
        self._posted = asyncio.Event()
        self.keys_told = asyncio.Event()
        self.authorise = True
        self.max_activity = MAX_ACTIVITY

    def app(self) -> web.Application:
        """The fake as a web application."""
        app = web.Application(client_max_size=4 * 1024 * 1024)
        routes = web.RouteTableDef()
        for method, path, handler in (
            ("POST", "/v3/conversations", self._open),
            ("POST", "/v3/conversations/{conversation}/activities", self._post),
            ("POST", "/v3/conversations/{conversation}/activities/{reply}", self._post),
            ("PUT", "/v3/conversations/{conversation}/activities/{activity}", self._update),
            ("GET", "/v3/conversations/{conversation}/members/{user}", self._member),
        ):
            routes.route(method, path)(self._guarded(handler))
        routes.post("/login/{tenant}/oauth2/v2.0/token")(self._token)
        routes.get("/identity/token")(self._identity)
        routes.get("/openid/metadata")(self._metadata)
        routes.get("/openid/keys")(self._keys)
        app.add_routes(routes)
        return app

    def person(self, number: str, email: str, *, role: str = "user") -> Member:
        """A member of the tenant."""
        member = Member(f"29:{number}", f"aad-{number}", f"利用者{number}", email, role)
        self.members[member.id] = member
        return member

    def bearer(self, **changes: Any) -> str:
        """A token as the Bot Framework signs them; claims of `changes` replace the right ones, None removes one."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": APP_ID, "nbf": now - 10, "exp": now + 600, "serviceurl": self.url}
        claims |= changes.pop("claims", {})
        claims = {name: value for name, value in claims.items() if value is not None}
        kid = changes.pop("kid", self.key_id)
        headers = {} if kid is None else {"kid": kid}
        key = changes.pop("key", self.key)
        return "Bearer " + jwt.encode(
            claims, key, algorithm=changes.pop("algorithm", "RS256"), headers=headers
        )

    def activity(
        self, text: str = "", *, user: Member, conversation: str = "", **more: Any
    ) -> dict[str, Any]:
        """A message in the person's personal chat (or the named conversation) as Teams sends it."""
        conversation = conversation or f"a:{user.aad}"
        self.conversations.setdefault(conversation, set()).add(user.id)
        self._number += 1
        return {
            "type": "message",
            "id": f"17000000{self._number:05d}",
            "timestamp": "2026-11-22T10:00:00.1234567Z",
            "localTimestamp": "2026-11-22T19:00:00.1234567+09:00",
            "serviceUrl": self.url,
            "channelId": "msteams",
            "from": {"id": user.id, "name": user.name, "aadObjectId": user.aad},
            "conversation": {
                "conversationType": "channel" if conversation.startswith("19:") else "personal",
                "tenantId": TENANT,
                "id": conversation,
            },
            "recipient": {"id": BOT, "name": "DX相談ボット"},
            "textFormat": "plain",
            "locale": "ja-JP",
            "text": text,
            "entities": [{"locale": "ja-JP", "country": "JP", "platform": "Web", "type": "clientInfo"}],
            "channelData": {"tenant": {"id": TENANT}},
            **more,
        }

    async def wait_for(self, count: int, seconds: float = 10.0) -> list[Posted]:
        """The messages once there are `count`."""
        async with asyncio.timeout(seconds):
            while len(self.posted) < count:
                self._posted.clear()
                await self._posted.wait()
        return self.posted

    def _guarded(self, handler: Callable[[web.Request], Any]) -> Callable[[web.Request], Any]:
        async def serve(request: web.Request) -> web.StreamResponse:
            name = handler.__name__.strip("_")
            self.calls[name] += 1
            fault = self.faults.next() if name in ("post", "open", "update") else None
            if fault == "lose request":
                _drop(request)
            if fault == "hang":
                await asyncio.sleep(30)
            if fault is not None and fault.isdigit():
                return self._error(int(fault), "Planned")
            if fault == "html":
                return web.Response(text="<html>proxy</html>", content_type="text/html")
            token = request.headers.get("Authorization", "").removeprefix("Bearer ")
            if self.authorise and self._tokens.get(token, 0.0) < time.monotonic():
                return self._error(401, "BotNotAuthenticated")
            response: web.StreamResponse = await handler(request)
            if fault == "lose reply":
                _drop(request)
            if fault == "hang reply":
                await asyncio.sleep(30)
            return response

        return serve

    async def _post(self, request: web.Request) -> web.Response:
        conversation = request.match_info["conversation"]
        if conversation.partition(";")[0] not in {name.partition(";")[0] for name in self.conversations}:
            return self._error(404, "ConversationNotFound")
        body = await request.read()
        activity = json.loads(body)
        if problems := problems_of(activity, body, self.max_activity):
            return self._error(413 if "MessageSizeTooBig" in problems[0] else 400, "BadSyntax", problems)
        self._number += 1
        posted = Posted(f"f:{self._number}", conversation, activity, request.match_info.get("reply"))
        self.posted.append(posted)
        self._posted.set()
        return web.json_response({"id": posted.id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        body = await request.read()
        activity = json.loads(body)
        known = any(posted.id == request.match_info["activity"] for posted in self.posted)
        if not known:
            return self._error(404, "ActivityNotFound")
        if problems := problems_of(activity, body):
            return self._error(400, "BadSyntax", problems)
        conversation = request.match_info["conversation"]
        self.updated.append(Posted(request.match_info["activity"], conversation, activity, None))
        return web.json_response({"id": request.match_info["activity"]})

    async def _open(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        members = wanted.get("members", [])
        if len(members) != 1 or members[0].get("id") not in self.members or wanted.get("tenantId") != TENANT:
            return self._error(403, "BotNotInConversationRoster")
        member = self.members[members[0]["id"]]
        conversation = f"a:{member.aad}"
        self.conversations.setdefault(conversation, set()).add(member.id)
        return web.json_response({"id": conversation}, status=201)

    async def _member(self, request: web.Request) -> web.Response:
        if self.faults.member_failures:
            self.faults.member_failures -= 1
            return self._error(503, "Planned")
        asked = request.match_info["user"]
        inside = self.conversations.get(request.match_info["conversation"])
        if inside is None:
            return self._error(404, "ConversationNotFound")
        member = self.members.get(asked)
        if member is None or member.id not in inside:
            return self._error(404, "MemberNotFoundInConversation")
        return web.json_response(
            {
                "id": member.id,
                "name": member.name,
                "aadObjectId": member.aad,
                "email": member.email,
                "userPrincipalName": member.email,
                "tenantId": TENANT,
                "userRole": member.role,
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        self.calls["token"] += 1
        form = await request.post()
        right = request.match_info["tenant"] == TENANT and form.get("client_secret") == SECRET
        right &= form.get("client_id") == APP_ID and form.get("grant_type") == "client_credentials"
        if not right or form.get("scope") != f"{ISSUER}/.default":
            return web.json_response({"error": "invalid_client", "error_description": SECRET}, status=401)
        return self._issue()

    async def _identity(self, request: web.Request) -> web.Response:
        self.calls["identity"] += 1
        right = request.headers.get("Metadata") == "true" and request.query.get("client_id") == APP_ID
        if not right or request.query.get("resource") != ISSUER:
            return web.json_response({"error": "invalid_request"}, status=400)
        return self._issue()

    def _issue(self) -> web.Response:
        self._number += 1
        token = f"issued-{self._number}"
        self._tokens[token] = time.monotonic() + self.token_seconds
        return web.json_response(
            {"token_type": "Bearer", "expires_in": self.token_seconds, "access_token": token}
        )

    async def _metadata(self, request: web.Request) -> web.Response:
        self.calls["metadata"] += 1
        await asyncio.sleep(self.faults.key_seconds)
        if self.faults.key_failures:
            self.faults.key_failures -= 1
            return web.Response(status=503)
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/openid/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        self.calls["keys"] += 1
        self.keys_told.set()
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return web.json_response({"keys": [public | {"kid": self.key_id, "endorsements": ["msteams"]}]})

    def _error(self, status: int, code: str, problems: list[str] | None = None) -> web.Response:
        self.refused.append((status, f"{code} {problems or ''}"))
        headers = {"Retry-After": self.faults.retry_after} if status in (429, 503) else {}
        return web.json_response({"error": {"code": code, "message": code}}, status=status, headers=headers)


@asynccontextmanager
async def serving() -> AsyncIterator[FakeTeams]:
    """A fake that listens on a free port of this machine."""
    fake = FakeTeams()
    runner = web.AppRunner(fake.app(), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield fake
    finally:
        await runner.cleanup()


def _drop(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError
