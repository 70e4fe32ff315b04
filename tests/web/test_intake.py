"""What a browser, or something worse, may send: answered or refused politely, never a 500."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import AsyncIterator

import pytest

from bot.body import MAX_BODY
from bot.texts.ja import web as texts
from tests.web.conftest import Client
from tests.web.html import Html

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _text(text: str) -> bytes:
    return json.dumps({"text": text}).encode()


ANSWERED = {
    "empty object": b"{}",
    "empty question": _text(""),
    "blanks": _text(" \n\u3000"),
    "10,000 characters": _text("長" * 10_000),
    "emoji only": _text("🙂👨‍👩‍👧"),
    "right to left": _text("\u202eBPR\u202c\u2067x"),
    "zero width": _text("B\u200bP\u200dR\ufeff"),
    "NUL": _text("BP\0R"),
    "control characters": _text("\x01\x1b[31m\x7f"),
    "half a million": _text("あ" * 160_000),
    "unknown action": b'{"name": "no_such_action", "value": "x"}',
    "unknown article": b'{"name": "article", "value": "no such id"}',
    "NUL everywhere": b'{"name":"a\\u0000","value":"\\u0000","values":{"\\u0000":"\\u0000"}}',
    "values nobody asked for": b'{"values": {"a": ["b", "c"], "d": "e"}}',
}
REFUSED = {
    "nothing": b"",
    "not JSON": b"text=BPR",
    "half an object": b'{"text": "BPR"',
    "array": b"[]",
    "string": b'"BPR"',
    "number": b"1",
    "null": b"null",
    "array of questions": b'{"text": ["BPR"]}',
    "number for a question": b'{"text": 1}',
    "null for a question": b'{"text": null}',
    "object for a question": b'{"text": {"text": "BPR"}}',
    "values as a list": b'{"values": []}',
    "numbers as values": b'{"values": {"a": 1}}',
    "values too deep": b'{"values": {"a": [["b"]]}}',
    "empty name": b'{"name": ""}',
    "unknown member": b'{"text": "BPR", "person": "900005"}',
    "long name": json.dumps({"name": "n" * 101}).encode(),
    "long value": json.dumps({"value": "v" * 10_001}).encode(),
    "many values": json.dumps({"values": {str(n): "" for n in range(501)}}).encode(),
    "arrays 10,000 deep": b"[" * 10_000 + b"]" * 10_000,
    "objects 10,000 deep": b'{"values":' * 10_000 + b"1" + b"}" * 10_000,
    "unclosed 10,000 deep": b'{"text":' + b"[" * 10_000,
    "lone surrogate": b'{"text": "\\ud800"}',
    "lone low surrogate": b'{"text": "a\\udfff"}',
    "broken UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-16": '{"text": "BPR"}'.encode("utf-16"),
    "Shift_JIS": '{"text": "質問"}'.encode("cp932"),
}


@pytest.mark.parametrize("body", ANSWERED.values(), ids=ANSWERED)
async def test_odd_input_gets_a_reply(client: Client, body: bytes) -> None:
    response = await client.post("/chat", data=body, headers=JSON)
    html = Html(await response.text())
    html.assert_clean()
    assert response.status == 200
    assert html.one("article", class_="bot")
    assert not html.all("article", class_="failure")
    assert "\0" not in html.text


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
async def test_unreadable_input_is_refused_politely(client: Client, body: bytes) -> None:
    response = await client.post("/chat", data=body, headers=JSON)
    html = Html(await response.text())
    assert response.status == 400
    assert texts.ERROR_TEXTS[400] in html.text
    assert html.one("button", class_="retry")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json"],
)
async def test_only_json_is_a_command(client: Client, content_type: str) -> None:
    response = await client.post("/chat", data=b'{"text": "BPR"}', headers={"Content-Type": content_type})
    assert response.status == 415
    assert texts.ERROR_TEXTS[415] in await response.text()


async def test_json_may_name_its_charset(client: Client) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    response = await client.post("/chat", data=b'{"name": "help"}', headers=headers)
    assert response.status == 200


@pytest.mark.parametrize("path", ["/chat", "/person"])
async def test_a_body_over_the_limit_is_413(client: Client, path: str) -> None:
    headers = JSON if path == "/chat" else FORM
    response = await client.post(path, data=io.BytesIO(b" " * (MAX_BODY + 1)), headers=headers)
    assert response.status == 413
    assert texts.ERROR_TEXTS[413] in await response.text()


async def test_a_chunked_body_over_the_limit_is_413(client: Client) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(17):
            yield b" " * 65536

    response = await client.post("/chat", data=pieces(), headers=JSON)
    assert response.status == 413


async def test_a_body_at_the_limit_is_read(client: Client) -> None:
    body = b'{"name": "help"}'
    response = await client.post("/chat", data=body + b" " * (MAX_BODY - len(body)), headers=JSON)
    assert response.status == 200


@pytest.mark.parametrize(
    "body", [gzip.compress(b" " * (64 * MAX_BODY), mtime=0), gzip.compress(b"{}", mtime=0), b"{}"]
)
async def test_nothing_is_unpacked(client: Client, body: bytes) -> None:
    assert len(body) < MAX_BODY
    response = await client.post("/chat", data=body, headers={**JSON, "Content-Encoding": "gzip"})
    assert response.status == 415


@pytest.mark.parametrize(
    "body", [b"person=%FF", b"person=\xff", "person=青葉".encode(), b"&".join(b"a=1" for _ in range(50))]
)
async def test_an_unreadable_form_is_400(client: Client, body: bytes) -> None:
    response = await client.post("/person", data=body, headers=FORM, allow_redirects=False)
    assert response.status == 400
    assert texts.ERROR_TEXTS[400] in await response.text()


async def test_a_form_must_be_a_form(client: Client) -> None:
    response = await client.post("/person", data=b'{"person": "900001"}', headers=JSON, allow_redirects=False)
    assert response.status == 415
