"""The fake refuses what Slack refuses: if it did not, the tests that stand on it would prove nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, FakeSlack, served
from tests.fakes.slack_blocks import Invalid, check_message, check_view

TEXT = {"type": "plain_text", "text": "文"}
BUTTON = {"type": "button", "action_id": "a", "text": TEXT}
INPUT = {
    "type": "input",
    "block_id": "b",
    "label": TEXT,
    "element": {"type": "plain_text_input", "action_id": "v"},
}


def _option(value: str) -> dict[str, Any]:
    return {"text": TEXT, "value": value}


def _words(text: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


IMAGE = {"type": "image", "slack_file": {"id": "F0FILE000001"}, "alt_text": "x"}
GOOD = [
    {"type": "header", "text": TEXT},
    {"type": "divider"},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*x*"}},
    {"type": "context", "elements": [TEXT]},
    _words("x"),
    _actions(BUTTON, BUTTON | {"action_id": "b", "value": "x" * 2000, "style": "danger"}),
    IMAGE | {"alt_text": "x" * 2000, "title": TEXT},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]},
]
BAD: dict[str, Any] = {
    "no blocks": [],
    "image without words": [{"type": "image", "slack_file": {"id": "F0FILE000001"}}],
    "image of too many words": [IMAGE | {"alt_text": "x" * 2001}],
    "image of nothing": [{"type": "image", "alt_text": "x"}],
    "image of two things": [IMAGE | {"image_url": "https://city.example/x.png"}],
    "image of no file id": [IMAGE | {"slack_file": {"id": "chart.png"}}],
    "unknown type": [{"type": "sektion", "text": TEXT}],
    "unknown field": [{"type": "header", "text": TEXT, "wat": 1}],
    "missing field": [{"type": "header"}],
    "input in a message": [INPUT],
    "51 blocks": [{"type": "divider"}] * 51,
    "header of mrkdwn": [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    "header too long": [{"type": "header", "text": TEXT | {"text": "x" * 151}}],
    "section too long": [{"type": "section", "text": TEXT | {"text": "x" * 3001}}],
    "empty text": [{"type": "section", "text": TEXT | {"text": ""}}],
    "blank text": [{"type": "section", "text": TEXT | {"text": " \n"}}],
    "half a character": [_words("\ud83d")],
    "NUL": [_words("\x00")],
    "button too long": [_actions(BUTTON | {"text": TEXT | {"text": "x" * 76}})],
    "value too long": [_actions(BUTTON | {"value": "x" * 2001})],
    "value empty": [_actions(BUTTON | {"value": ""})],
    "no action id": [_actions({"type": "button", "text": TEXT})],
    "action id twice": [_actions(BUTTON), _actions(BUTTON)],
    "block id twice": [{"type": "divider", "block_id": "x"}] * 2,
    "26 buttons": [_actions(*(BUTTON | {"action_id": f"a{n}"} for n in range(26)))],
    "no buttons": [_actions()],
    "11 context elements": [{"type": "context", "elements": [TEXT] * 11}],
    "two tables": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]]}] * 2,
    "ragged table": [
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": "x"}], [{"type": "raw_text", "text": "x"}] * 2],
        }
    ],
    "21 columns": [{"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * 21]}],
    "empty cell": [{"type": "table", "rows": [[{"type": "raw_text", "text": ""}]]}],
    "link": [
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "link", "url": "javascript:x"}]}
            ],
        }
    ],
    "all too long": [_words("x" * 3000)] * 5,
}
MODAL: dict[str, Any] = {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": [INPUT]}
BAD_VIEWS = {
    "unknown type": MODAL | {"type": "window"},
    "unknown field": MODAL | {"colour": "red"},
    "no title": {name: value for name, value in MODAL.items() if name != "title"},
    "title too long": MODAL | {"title": TEXT | {"text": "x" * 25}},
    "submit too long": MODAL | {"submit": TEXT | {"text": "x" * 25}},
    "input without submit": {name: value for name, value in MODAL.items() if name != "submit"},
    "101 blocks": MODAL | {"blocks": [{"type": "divider"}] * 101},
    "metadata too long": MODAL | {"private_metadata": "x" * 3001},
    "block id twice": MODAL | {"blocks": [INPUT, INPUT]},
    "table in a modal": MODAL | {"blocks": [GOOD[-1]]},
    "button as an input": MODAL | {"blocks": [INPUT | {"element": BUTTON}]},
    "max_length": MODAL | {"blocks": [INPUT | {"element": INPUT["element"] | {"max_length": 3001}}]},  # type: ignore[operator]
    "11 radio buttons": MODAL
    | {
        "blocks": [
            INPUT
            | {
                "element": {
                    "type": "radio_buttons",
                    "action_id": "v",
                    "options": [_option(f"{n}") for n in range(11)],
                }
            }
        ]
    },
    "initial option of none": MODAL
    | {
        "blocks": [
            INPUT
            | {
                "element": {
                    "type": "static_select",
                    "action_id": "v",
                    "options": [_option("a")],
                    "initial_option": _option("b"),
                }
            }
        ]
    },
    "no view": None,
}


def test_what_slack_takes_is_taken() -> None:
    check_message(GOOD)
    check_view(MODAL)
    check_view({"type": "home", "blocks": [INPUT, *GOOD[:-1]]})


@pytest.mark.parametrize("blocks", BAD.values(), ids=BAD)
def test_bad_blocks_are_refused(blocks: Any) -> None:
    with pytest.raises(Invalid):
        check_message(blocks)


@pytest.mark.parametrize("view", BAD_VIEWS.values(), ids=BAD_VIEWS)
def test_bad_views_are_refused(view: Any) -> None:
    with pytest.raises(Invalid):
        check_view(view)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with served(FakeSlack()) as fake:
        fake.add_user("U1", "a@city.example")
        fake.add_channel("C1")
        yield fake


@pytest.fixture
async def client(slack: FakeSlack) -> AsyncIterator[AsyncWebClient]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.5)) as session:
        yield AsyncWebClient(BOT_TOKEN, base_url=f"{slack.url}/api/", session=session, retry_handlers=[])


async def _error(call: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


async def test_tokens_and_scopes_and_channels(slack: FakeSlack, client: AsyncWebClient) -> None:
    assert (await client.auth_test()).headers["x-oauth-scopes"].count(",") == len(slack.scopes) - 1
    assert (await _error(client.chat_postMessage(channel="C9", text="x")))["error"] == "channel_not_found"
    slack.add_channel("C2", bot=False)
    assert (await _error(client.chat_postMessage(channel="C2", text="x")))["error"] == "not_in_channel"
    assert (await _error(client.api_call("chat.postMessage", json={"channel": "C1"})))["error"] == "no_text"
    assert (await _error(client.api_call("chat.shout")))["error"] == "unknown_method"
    slack.scopes.discard("chat:write")
    refused = await _error(client.chat_postMessage(channel="C1", text="x"))
    assert (refused["error"], refused["needed"]) == ("missing_scope", "chat:write")
    assert "chat:write" not in refused["provided"].split(",")
    client.token = "xoxb-other"
    assert (await _error(client.auth_test()))["error"] == "invalid_auth"
    assert (await _error(client.apps_connections_open(app_token="xapp-other")))["error"] == "invalid_auth"
    assert (await client.apps_connections_open(app_token=APP_TOKEN))["url"].startswith("ws://")


async def test_files_are_announced_sent_and_complete_before_they_are_shown(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    data = b"\x89PNG\r\n\x1a\n-"
    told: Any = await client.files_getUploadURLExternal(
        filename="x.png", length=len(data), alt_txt="x" * 1000
    )
    shown = [IMAGE | {"slack_file": {"id": told["file_id"]}}]
    refused = await _error(client.chat_postMessage(channel="C1", text="x", blocks=shown))
    assert (refused["error"], refused["errors"]) == ("invalid_blocks", ["invalid slack file"])
    complete = [{"id": told["file_id"]}]
    assert (await _error(client.files_completeUploadExternal(files=complete)))["error"] == "file_not_found"
    async with aiohttp.ClientSession() as session:
        for body, status in ((data + b"-", 400), (data, 200), (data, 400)):
            async with session.post(told["upload_url"], data=body) as answer:
                assert answer.status == status
    await client.files_completeUploadExternal(files=complete)
    await client.chat_postMessage(channel="C1", text="x", blocks=shown)
    unknown = client.files_completeUploadExternal(files=[{"id": "F0NOBODY00"}])
    assert (await _error(unknown))["error"] == "file_not_found"
    long = client.files_getUploadURLExternal(filename="x.png", length=1, alt_txt="x" * 1001)
    assert (await _error(long))["error"] == "alt_txt_too_large"
    empty = client.files_getUploadURLExternal(filename="x.png", length=0)
    assert (await _error(empty))["error"] == "missing_argument"
    slack.scopes.discard("files:write")
    for call in (
        client.files_getUploadURLExternal(filename="x", length=1),
        client.files_completeUploadExternal(files=complete),
    ):
        assert (await _error(call))["needed"] == "files:write"


async def test_invalid_blocks_name_what_is_wrong(slack: FakeSlack, client: AsyncWebClient) -> None:
    refused = await _error(client.chat_postMessage(channel="C1", text="x", blocks=BAD["button too long"]))
    assert (refused["error"], refused["errors"]) == ("invalid_blocks", ["blocks[0]: 1 to 75 characters"])
    assert slack.posts == []


async def test_triggers_are_used_once_and_in_time(slack: FakeSlack, client: AsyncWebClient) -> None:
    trigger = slack.trigger()
    await client.views_open(trigger_id=trigger, view=MODAL)
    assert (await _error(client.views_open(trigger_id=trigger, view=MODAL)))["error"] == "expired_trigger_id"
    assert (await _error(client.views_open(trigger_id="x", view=MODAL)))["error"] == "invalid_trigger_id"
    late, began = slack.trigger(), slack.clock()
    slack.clock = lambda: began + 3.1
    assert (await _error(client.views_open(trigger_id=late, view=MODAL)))["error"] == "expired_trigger_id"


async def test_history_tells_metadata_only_when_asked(slack: FakeSlack, client: AsyncWebClient) -> None:
    mark = {"event_type": "t", "event_payload": {"key": "k"}}
    for number in range(3):
        await client.chat_postMessage(channel="C1", text=f"{number}", metadata=mark)
    await client.chat_postMessage(channel="C1", text="in a thread", thread_ts="1.1", metadata=mark)
    page: Any = await client.conversations_history(channel="C1", limit=2, include_all_metadata=True)
    assert [message["text"] for message in page["messages"]] == ["2", "1"]
    assert page["messages"][0]["metadata"] == mark
    cursor = page["response_metadata"]["next_cursor"]
    rest: Any = await client.conversations_history(channel="C1", limit=2, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["0"]
    assert "metadata" not in rest["messages"][0]
    replies: Any = await client.conversations_replies(channel="C1", ts="1.1")
    assert [message["text"] for message in replies["messages"]] == ["in a thread"]
    none: Any = await client.conversations_history(channel="C1", oldest="99999999999")
    assert none["messages"] == []


async def test_too_many_calls_are_told_when_to_come_back(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.limits["chat.postMessage"] = (2, 30.0)
    for _ in range(2):
        await client.chat_postMessage(channel="C1", text="x")
    refused = await _error(client.chat_postMessage(channel="C1", text="x"))
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) in (29, 30)


async def test_the_faults(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", "lose_reply", "lose_request", "hang", "500", "html", "429")
    for stored, error in (
        (1, aiohttp.ClientError),
        (1, aiohttp.ClientError),
        (1, asyncio.TimeoutError),
        (1, SlackApiError),
        (1, SlackApiError),
        (1, SlackApiError),
    ):
        with pytest.raises(error):
            await client.chat_postMessage(channel="C1", text="x")
        assert len(slack.posts) == stored
    await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.posts) == 2


@pytest.mark.parametrize(("fault", "status"), [("412", 412), ("502", 502), ("504", 504)])
async def test_what_stands_before_slack_fails_as_often_as_told(
    slack: FakeSlack, client: AsyncWebClient, fault: Any, status: int
) -> None:
    slack.fail("chat.postMessage", fault, times=3)
    for _ in range(3):
        refused = await _error(client.chat_postMessage(channel="C1", text="x"))
        assert refused.status_code == status
    assert slack.posts == []
    await client.chat_postMessage(channel="C1", text="x")
    assert len(slack.posts) == 1


async def test_someone_is_found_by_address(slack: FakeSlack, client: AsyncWebClient) -> None:
    found: Any = await client.users_lookupByEmail(email="A@city.example")
    assert found["user"]["id"] == "U1"
    slack.users["U1"]["deleted"] = True
    assert (await _error(client.users_lookupByEmail(email="a@city.example")))["error"] == "users_not_found"
    slack.scopes.discard("users:read.email")
    assert (await _error(client.users_lookupByEmail(email="a@city.example")))["needed"] == "users:read.email"


async def test_a_response_url_is_good_for_five_answers(slack: FakeSlack) -> None:
    url = slack.response_url()
    async with aiohttp.ClientSession() as session:
        statuses = [(await session.post(url, json={"text": "x"})).status for _ in range(6)]
        assert statuses == [200] * 5 + [404]
        assert (await session.post(f"{slack.url}/response/other", json={"text": "x"})).status == 404
