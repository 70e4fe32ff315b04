"""Hostile requests: 4xx at once, one log line without content, never 500."""

from __future__ import annotations

import json
import logging
import time
import zlib

import pytest

from bot.body import Refused
from bot.services import Services
from bot.slack import replays
from bot.slack.intake import SIGNATURE, TIMESTAMP
from tests.fakes.slack import SIGNING_SECRET, FakeSlack
from tests.fakes.slack_client import FORM, JSON, SlackServers, direct, encoded, event, signed
from tests.slack.conftest import USER

SECRET_WORDS = "ひみつの質問"
TIMES = 3
BODY = encoded(event(direct(USER, SECRET_WORDS)))[0]
DEEP = b'{"a":' * 10_000 + b"1" + b"}" * 10_000


def _headers(**changed: str) -> dict[str, str]:
    return {name: value for name, value in (signed(BODY) | changed).items() if value}


FORGERIES = {
    "unsigned": {"Content-Type": JSON},
    "no signature": _headers(**{"X-Slack-Signature": ""}),
    "no timestamp": _headers(**{"X-Slack-Request-Timestamp": ""}),
    "wrong secret": signed(BODY, secret="another"),
    "signature of another body": signed(b"{}"),
    "stale": signed(BODY, at=time.time() - 301),
    "from the future": signed(BODY, at=time.time() + 86_400),
    "another time than signed": _headers(**{"X-Slack-Request-Timestamp": str(int(time.time()) - 1)}),
    "not a number": _headers(**{"X-Slack-Request-Timestamp": "now"}),
    "an odd number": _headers(**{"X-Slack-Request-Timestamp": "１７００００００００"}),
    "a huge number": _headers(**{"X-Slack-Request-Timestamp": "9" * 400}),
    "negative": _headers(**{"X-Slack-Request-Timestamp": "-1"}),
    "infinite": _headers(**{"X-Slack-Request-Timestamp": "1e400"}),
    "signature of no hex": _headers(**{"X-Slack-Signature": "v0=é"}),
    "signature of another version": _headers(**{"X-Slack-Signature": "v1=" + "0" * 64}),
}
UNREADABLE = {
    "empty": (b"", JSON, 400),
    "array": (b"[]", JSON, 400),
    "number": (b"1", JSON, 400),
    "null": (b"null", JSON, 400),
    "half": (b'{"type":', JSON, 400),
    "deep object": (DEEP, JSON, 400),
    "deep array": (b'{"a":' + b"[" * 10_000 + b"]" * 10_000 + b"}", JSON, 400),
    "deep enough": (b'{"a":' * 70 + b"1" + b"}" * 70, JSON, 400),
    "deep in a form": (b"payload=" + DEEP, FORM, 400),
    "not UTF-8": (b'{"a":"\xff\xfe"}', JSON, 400),
    "NUL": (b'{"type":"event_callback","event":{"text":"a\\u0000b"}}', JSON, 400),
    "lone surrogate": (b'{"type":"event_callback","event":{"text":"\\ud83d"}}', JSON, 400),
    "lone surrogate as a key": (b'{"\\udc00":1}', JSON, 400),
    "NaN": (b'{"a":NaN', JSON, 400),
    "form with a NUL": (b"command=%2Fdx&text=a%00b", FORM, 400),
    "form with broken UTF-8": (b"command=%2Fdx&text=%ff", FORM, 400),
    "form of too many fields": (b"&".join(b"a=1" for _ in range(200)), FORM, 400),
    "payload that is no object": (b"payload=%5B%5D", FORM, 400),
    "payload that is no JSON": (b"payload=x", FORM, 400),
    "no content type": (b"{}", "", 415),
    "text": (b"{}", "text/plain", 415),
    "XML": (b"<a/>", "application/xml", 415),
    "too large": (b'{"a":"' + b"x" * 1024 * 1024 + b'"}', JSON, 413),
    "event that is a list": (b'{"type":"event_callback","event":[]}', JSON, 400),
    "event that is a text": (b'{"type":"event_callback","event":"x"}', JSON, 400),
    "actions that are a text": (b'payload={"type":"block_actions","actions":"x"}', FORM, 400),
    "actions that are texts": (b'payload={"type":"block_actions","actions":["x"]}', FORM, 400),
    "user that is a list": (b'payload={"type":"block_actions","user":[1],"actions":[{}]}', FORM, 400),
    "view that is a text": (b'payload={"type":"view_submission","view":"x","user":{"id":"U"}}', FORM, 400),
}


async def _refused(
    servers: SlackServers,
    slack: FakeSlack,
    log: pytest.LogCaptureFixture,
    body: bytes,
    headers: dict[str, str],
) -> int:
    seconds = []
    with log.at_level(logging.INFO):
        log.clear()
        for _ in range(TIMES):  # the machine may be busy once, not every time
            began = time.perf_counter()
            response = await servers.post(body, headers)
            seconds.append(time.perf_counter() - began)
    ours = [record for record in log.records if record.name.startswith(("bot.", "slack", "aiohttp.server"))]
    assert len(ours) == TIMES, [record.getMessage() for record in ours]
    assert SECRET_WORDS not in log.text
    assert min(seconds) < 0.1
    assert slack.posts == []
    return response.status


@pytest.mark.parametrize("headers", FORGERIES.values(), ids=FORGERIES)
async def test_what_slack_did_not_sign_is_refused(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    assert await _refused(servers, slack, caplog, BODY, headers) == 401


@pytest.mark.parametrize(("body", "kind", "status"), UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_is_refused_though_signed(
    servers: SlackServers,
    slack: FakeSlack,
    caplog: pytest.LogCaptureFixture,
    body: bytes,
    kind: str,
    status: int,
) -> None:
    headers = {name: value for name, value in signed(body, kind).items() if value}
    assert await _refused(servers, slack, caplog, body, headers) == status


@pytest.mark.parametrize("body", [DEEP, b"x" * (2 * 1024 * 1024)], ids=["deep", "large"])
async def test_what_is_unsigned_is_not_even_read(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture, body: bytes
) -> None:
    assert await _refused(servers, slack, caplog, body, {"Content-Type": JSON}) in (401, 413)


async def test_a_compressed_body_is_refused(servers: SlackServers) -> None:
    body = zlib.compress(BODY)
    response = await servers.post(body, signed(body) | {"Content-Encoding": "deflate"})
    assert response.status == 415


async def test_slack_proves_the_address(servers: SlackServers) -> None:
    response = await servers.deliver({"type": "url_verification", "challenge": "c123", "token": "x"})
    assert response.status == 200
    assert "c123" in await response.text()


async def test_what_is_not_for_us_is_acknowledged(servers: SlackServers, slack: FakeSlack) -> None:
    payloads = [
        event({"type": "reaction_added", "user": USER}),
        {"type": "view_closed", "view": {"callback_id": "x"}, "user": {"id": USER}},
        {"type": "shortcut", "callback_id": "another", "user": {"id": USER}, "trigger_id": "1"},
        {"command": "/another", "user_id": USER, "trigger_id": "1", "response_url": "x"},
    ]
    for payload in payloads:
        assert (await servers.deliver(payload)).status == 200
    assert slack.posts == []


async def test_a_request_sent_again_with_its_signature_is_refused(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    body = encoded(event(direct(USER, SECRET_WORDS)))[0]
    headers = signed(body)
    assert (await servers.post(body, headers)).status == 200
    await slack.until(lambda: len(slack.posts) == 1)
    posted = slack.posts.copy()
    slack.posts.clear()
    for more in ({}, {"X-Slack-Retry-Num": "1"}):
        assert await _refused(servers, slack, caplog, body, headers | more) == 401
        assert "replayed" in caplog.text
    retry = signed(body, at=time.time() + 1) | {"X-Slack-Retry-Num": "1"}
    assert (await servers.post(body, retry)).status == 200
    assert len(posted) == 1
    assert slack.posts == []


async def test_what_was_not_taken_may_come_again_in_the_same_second(
    servers: SlackServers, slack: FakeSlack, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = encoded(event(direct(USER, "BPRとは")))[0]
    headers = signed(body)

    def broken(*_args: object, **_more: object) -> list[None]:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(type(services.stores.receipts), "exchange", broken)
        assert (await servers.post(body, headers)).status == 503
    assert (await servers.post(body, headers)).status == 200
    await slack.until(lambda: len(slack.posts) == 1)


def test_signatures_are_forgotten_when_they_are_stale_or_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replays, "MOST_REMEMBERED", 3)
    taken = replays.Replays()
    told = [{SIGNATURE: f"v0={number}", TIMESTAMP: str(1_000 + number)} for number in range(6)]
    for headers in told[:4]:
        taken.remember(headers, 1_010)
    taken.refuse(told[0])
    for headers in told[1:4]:
        with pytest.raises(Refused):
            taken.refuse(headers)
    taken.remember(told[5], 1_303)
    taken.refuse(told[2])
    with pytest.raises(Refused):
        taken.refuse(told[5])


async def test_the_same_signature_serves_only_its_own_body(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    changed = json.dumps(event(direct(USER, SECRET_WORDS + "2"))).encode()
    assert await _refused(servers, slack, caplog, changed, signed(BODY, secret=SIGNING_SECRET)) == 401
