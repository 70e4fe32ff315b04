"""What comes in is doubted first: forged tokens and bad input are refused at once, and nothing breaks."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import jwt
import pytest
from aiohttp.test_utils import TestClient, TestServer
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.app import create_app
from bot.services import Services
from bot.settings import SettingsError
from bot.teams import keys as keys_module
from bot.teams.endpoint import COME_AGAIN
from tests.fakes.teams import APP_ID, FakeTeams, Member
from tests.teams.conftest import Client, Deliver, make_settings

STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
QUESTION = "ひみつの質問BPR"
JSON = {"Content-Type": "application/json"}


def _unsigned(fake: FakeTeams) -> str:
    claims = {"aud": APP_ID, "iss": "https://api.botframework.com", "exp": time.time() + 60}
    return "Bearer " + jwt.encode(claims, "", algorithm="none", headers={"kid": fake.key_id})


def _symmetric(fake: FakeTeams) -> str:
    claims = {"aud": APP_ID, "iss": "https://api.botframework.com", "exp": time.time() + 60}
    return "Bearer " + jwt.encode(claims, "k" * 32, algorithm="HS256", headers={"kid": fake.key_id})


BEARERS: dict[str, Callable[[FakeTeams], str | None]] = {
    "missing": lambda fake: None,
    "empty": lambda fake: "",
    "basic": lambda fake: "Basic dTpw",
    "no token": lambda fake: "Bearer",
    "garbage": lambda fake: "Bearer garbage",
    "garbage with dots": lambda fake: "Bearer a.b.c",
    "deep header": lambda fake: "Bearer " + "W1tb" * 1900 + ".e30.e30",
    "two tokens": lambda fake: fake.bearer() + " " + fake.bearer(),
    "signed by a stranger": lambda fake: fake.bearer(key=STRANGER),
    "unknown kid": lambda fake: fake.bearer(kid="nobody"),
    "no kid": lambda fake: fake.bearer(kid=None),
    "unsigned": _unsigned,
    "symmetric": _symmetric,
    "other audience": lambda fake: fake.bearer(claims={"aud": "someone-else"}),
    "no audience": lambda fake: fake.bearer(claims={"aud": None}),
    "other issuer": lambda fake: fake.bearer(claims={"iss": "https://evil.example"}),
    "no issuer": lambda fake: fake.bearer(claims={"iss": None}),
    "expired": lambda fake: fake.bearer(claims={"exp": int(time.time()) - 400}),
    "never expires": lambda fake: fake.bearer(claims={"exp": None}),
    "not yet": lambda fake: fake.bearer(claims={"nbf": int(time.time()) + 4000}),
    "another service's": lambda fake: fake.bearer(claims={"serviceurl": "https://other.example"}),
    "no service": lambda fake: fake.bearer(claims={"serviceurl": None}),
}


async def _timed(client: Client, **request: Any) -> tuple[int, float]:
    began = time.perf_counter()
    response = await client.post("/api/messages", **request)
    return response.status, time.perf_counter() - began


async def _assert_refused(client: Client, status: int, **request: Any) -> None:
    """Refused with that status, and within 100 ms; a busy machine gets a second chance."""
    seconds = 1.0
    for _ in range(3):
        given, seconds = await _timed(client, **request)
        assert given == status
        if seconds < 0.1:
            return
    raise AssertionError(f"{seconds:.3f} s")


@pytest.mark.parametrize("name", list(BEARERS))
async def test_a_forged_bearer_is_401(
    client: Client, teams: FakeTeams, asker: Member, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    activity = teams.activity(QUESTION, user=asker)
    bearer = BEARERS[name](teams)
    headers = JSON if bearer is None else JSON | {"Authorization": bearer}
    caplog.set_level(logging.DEBUG)
    await _assert_refused(client, 401, data=json.dumps(activity), headers=headers)
    assert teams.posted == []
    refusals = [record for record in caplog.records if record.name == "bot.teams.endpoint"]
    assert {record.levelno for record in refusals} == {logging.WARNING}
    assert QUESTION not in caplog.text
    assert bearer is None or len(bearer) < 12 or bearer not in caplog.text


async def test_a_right_bearer_is_taken(deliver: Deliver, teams: FakeTeams, asker: Member) -> None:
    assert (await deliver(teams.activity(QUESTION, user=asker))).status == 200
    assert len(teams.posted) == 1


def _changed(**changes: Any) -> Callable[[dict[str, Any]], str]:
    return lambda activity: json.dumps({**activity, **changes})


def _without(name: str) -> Callable[[dict[str, Any]], str]:
    return lambda activity: json.dumps({key: value for key, value in activity.items() if key != name})


BODIES: dict[str, Callable[[dict[str, Any]], str | bytes]] = {
    "empty": lambda activity: "",
    "no JSON": lambda activity: "{",
    "not UTF-8": lambda activity: b'{"type": "\xff\xfe"}',
    "array": lambda activity: json.dumps([activity]),
    "string": lambda activity: '"message"',
    "null": lambda activity: "null",
    "nested 10,000 deep in arrays": lambda activity: "[" * 10_000 + "]" * 10_000,
    "nested 10,000 deep in objects": lambda activity: '{"a":' * 10_000 + "1" + "}" * 10_000,
    "nested 900 deep in value": lambda activity: _changed(value=None)(activity).replace(
        '"value": null', '"value": ' + "[" * 900 + "]" * 900
    ),
    "infinite": _changed(value=float("inf")),
    "a number of 5,000 digits": lambda activity: _changed(value=0)(activity).replace(
        '"value": 0', '"value": ' + "9" * 5000
    ),
    "lone surrogate in text": _changed(text="\ud800"),
    "lone surrogate in a key": _changed(value={"\udfff": 1}),
    "NUL in text": _changed(text="a\0b"),
    "NUL in an id": _changed(id="a\0b"),
    "timestamp of letters": _changed(timestamp="yesterday"),
    "timestamp of a number": _changed(timestamp={"at": 1}),
    "type missing": _without("type"),
    "type wrong": _changed(type=7),
    "sender missing": _without("from"),
    "sender a text": _changed(**{"from": "me"}),
    "conversation missing": _without("conversation"),
    "conversation null": _changed(conversation=None),
    "recipient missing": _without("recipient"),
    "service address missing": _without("serviceUrl"),
    "channel missing": _without("channelId"),
    "text a list": _changed(text=["a"]),
    "entities a text": _changed(entities="no"),
    "entities of numbers": _changed(entities=[1]),
    "members a number": _changed(membersAdded=7),
}


@pytest.mark.parametrize("name", list(BODIES))
async def test_a_bad_body_is_400(
    client: Client, teams: FakeTeams, asker: Member, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    body = BODIES[name](teams.activity(QUESTION, user=asker))
    headers = JSON | {"Authorization": teams.bearer()}
    await _assert_refused(client, 400, data=body, headers=headers)
    assert teams.posted == []
    assert QUESTION not in caplog.text


@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded", "json"])
async def test_another_content_type_is_415(
    client: Client, teams: FakeTeams, asker: Member, content_type: str
) -> None:
    body = json.dumps(teams.activity(QUESTION, user=asker)).encode()
    headers = {"Authorization": teams.bearer(), "Content-Type": content_type}
    await _assert_refused(client, 415, data=body, headers=headers)


async def test_a_missing_content_type_is_415(client: Client, teams: FakeTeams, asker: Member) -> None:
    body = json.dumps(teams.activity(QUESTION, user=asker)).encode()
    request = {"headers": {"Authorization": teams.bearer()}, "skip_auto_headers": ["Content-Type"]}
    await _assert_refused(client, 415, data=body, **request)


async def test_a_compressed_body_is_415(client: Client, teams: FakeTeams) -> None:
    headers = JSON | {"Authorization": teams.bearer(), "Content-Encoding": "gzip"}
    await _assert_refused(client, 415, data=b"x", headers=headers)


async def test_a_body_over_a_mebibyte_is_413(client: Client, teams: FakeTeams, asker: Member) -> None:
    headers = JSON | {"Authorization": teams.bearer()}
    body = json.dumps(teams.activity("あ" * 400_000, user=asker)).encode()
    assert len(body) > 1024 * 1024
    assert (await client.post("/api/messages", data=io.BytesIO(body), headers=headers)).status == 413

    async def chunks() -> Any:
        for _ in range(40):
            yield b" " * 32768

    assert (await client.post("/api/messages", data=chunks(), headers=headers)).status == 413


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://127.0.0.1:1/",
        "http://user@{host}/",
        "http://{host}@evil.example/",
        "http://evil.example\\@{host}/",
        "http://[::1/",
        "ftp://{host}/",
        "http://{host}/../x",
        "http://{host}/?to=evil",
        "javascript:alert(1)",
    ],
)
async def test_a_foreign_service_address_is_403(
    client: Client, teams: FakeTeams, asker: Member, address: str
) -> None:
    foreign = address.format(host=teams.url.removeprefix("http://"))
    body = json.dumps(teams.activity(QUESTION, user=asker) | {"serviceUrl": foreign})
    headers = JSON | {"Authorization": teams.bearer(claims={"serviceurl": foreign})}
    await _assert_refused(client, 403, data=body, headers=headers)
    assert teams.posted == []


async def test_a_token_for_another_channel_is_401(client: Client, teams: FakeTeams, asker: Member) -> None:
    body = json.dumps(teams.activity(QUESTION, user=asker) | {"channelId": "webchat"})
    await _assert_refused(client, 401, data=body, headers=JSON | {"Authorization": teams.bearer()})


@asynccontextmanager
async def event_loop_free() -> AsyncIterator[None]:
    """Fails when the event loop stood still for a second: less than any wait for the key server, more than a busy machine's."""
    longest, ticking = 0.0, True

    async def tick() -> None:
        nonlocal longest
        while ticking:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            longest = max(longest, time.perf_counter() - began)

    clock = asyncio.create_task(tick())
    yield
    ticking = False
    await clock
    assert longest < 1.0


@pytest.mark.parametrize("seconds", [3.0, 30.0])
async def test_a_slow_key_server_stops_nobody(
    client: Client, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(keys_module, "FLOOR_SECONDS", 0.0)  # every unknown key starts a fetch
    teams.faults.key_seconds = seconds
    fetched = teams.calls["metadata"]
    body = json.dumps(teams.activity(QUESTION, user=asker))
    async with event_loop_free():
        for bearer in (teams.bearer(key=STRANGER), "Bearer garbage", teams.bearer(claims={"aud": "x"})):
            await _assert_refused(client, 401, data=body, headers=JSON | {"Authorization": bearer})
        unknown = JSON | {
            "Authorization": teams.bearer(kid="nobody")
        }  # nobody can tell before the keys are here
        await _assert_refused(client, COME_AGAIN, data=body, headers=unknown)
        genuine = JSON | {"Authorization": teams.bearer()}
        assert (await client.post("/api/messages", data=body, headers=genuine)).status == 200
        assert (await client.get("/healthz")).status == 200
    assert teams.calls["metadata"] > fetched


async def test_a_genuine_message_right_after_the_start_is_taken(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    """The key server takes its time: the start waits for it, no message does."""
    teams.faults.key_seconds = 0.5
    async with TestClient(TestServer(create_app(services))) as client:
        headers = {"Authorization": teams.bearer()}
        activity = teams.activity(QUESTION, user=asker)
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        assert (await client.get("/readyz")).status == 200
    assert len(teams.posted) == 1


async def test_before_any_key_came_teams_is_asked_to_come_again(
    services: Services, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_module, "FETCH_SECONDS", 1.5)
    monkeypatch.setattr(keys_module, "RETRY_SECONDS", 0.1)
    teams.faults.key_seconds = 30.0
    async with TestClient(TestServer(create_app(services))) as client:
        body = json.dumps(teams.activity(QUESTION, user=asker))
        genuine = JSON | {"Authorization": teams.bearer()}
        async with event_loop_free():
            await _assert_refused(client, COME_AGAIN, data=body, headers=genuine)
            for claims in ({"aud": "x"}, {"iss": "x"}, {"exp": 1}, {"exp": None}):
                forged = JSON | {"Authorization": teams.bearer(claims=claims)}
                await _assert_refused(client, 401, data=body, headers=forged)
            await _assert_refused(client, 401, data=body, headers=JSON | {"Authorization": "Bearer a.b.c"})
        ready = await client.get("/readyz")
        assert (ready.status, await ready.text()) == (503, "not ready: teams keys\n")
        teams.faults.key_seconds = 0.0
        async with asyncio.timeout(10):
            await teams.keys_told.wait()
        await asyncio.sleep(0.1)
        assert (await client.get("/readyz")).status == 200
        assert (await client.post("/api/messages", data=body, headers=genuine)).status == 200
    assert len(teams.posted) == 1


@pytest.mark.parametrize("seconds", [0.0, 0.3])
async def test_no_message_is_lost_when_the_keys_are_exchanged(
    client: Client, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    """Teams signs with a key nobody saw: refused for now while it is fetched, and taken when Teams comes again."""
    monkeypatch.setattr(keys_module, "FLOOR_SECONDS", 0.0)
    teams.key_id, teams.key = "key-2", STRANGER
    teams.faults.key_seconds = seconds
    teams.faults.key_failures = 1
    monkeypatch.setattr(keys_module, "RETRY_SECONDS", 0.05)
    body = json.dumps(teams.activity(QUESTION, user=asker))
    genuine = JSON | {"Authorization": teams.bearer()}
    statuses = []
    async with asyncio.timeout(5):
        while 200 not in statuses:
            began = time.perf_counter()
            statuses.append((await client.post("/api/messages", data=body, headers=genuine)).status)
            assert statuses[-1] == 200 or time.perf_counter() - began < 0.2
            await asyncio.sleep(0.1)
    assert statuses[0] == COME_AGAIN
    assert set(statuses) == {COME_AGAIN, 200}
    assert len(await teams.wait_for(1)) == 1


async def test_no_method_but_post_is_served(client: Client) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert (await client.request(method, "/api/messages")).status == 405


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"teams_app_id": ""}, "TEAMS_APP_ID"),
        ({"teams_app_id": "  "}, "TEAMS_APP_ID"),
        ({"teams_app_password": None}, "TEAMS_APP_PASSWORD"),
        ({"teams_app_tenant_id": ""}, "TEAMS_APP_TENANT_ID"),
        ({"teams_app_id": "", "teams_app_type": "ManagedIdentity"}, "TEAMS_APP_ID"),
    ],
)
def test_a_missing_setting_refuses_the_start(
    services: Services, teams: FakeTeams, changes: dict[str, Any], named: str
) -> None:
    half = replace(services, settings=make_settings(teams, **changes))
    with pytest.raises(SettingsError) as raised:
        create_app(half)
    assert [problem.name for problem in raised.value.problems] == [named]


async def test_the_playground_asks_nobody_but_answers_this_machine_alone(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    teams.authorise = False
    settings = make_settings(teams, teams_playground=True, teams_app_id="", teams_service_urls=())
    async with TestClient(TestServer(create_app(replace(services, settings=settings)))) as client:
        activity = teams.activity(QUESTION, user=asker)
        assert (await client.post("/api/messages", json=activity)).status == 200
        for name in ("X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"):
            response = await client.post("/api/messages", json=activity, headers={name: "198.51.100.7"})
            assert response.status == 403
        foreign = activity | {"serviceUrl": "http://198.51.100.7/"}
        assert (await client.post("/api/messages", json=foreign)).status == 403
    assert len(teams.posted) == 1
