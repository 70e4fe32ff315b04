"""Questions through the front door: where the answer goes, that there is exactly one, and what failures do."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import slack as texts
from tests.fakes.slack import BOT_ID, BOT_USER, FakeSlack
from tests.fakes.slack_client import (
    SlackServers,
    buttons,
    click,
    click_on_post,
    command,
    direct,
    event,
    mention,
    read,
)
from tests.slack.conftest import CHANNEL, QUESTION, STRANGER, USER, WORDS, posts_of
from tests.web.city import STAFF


async def _ask(servers: SlackServers, slack: FakeSlack, payload: dict[str, Any]) -> dict[str, Any]:
    before = len(slack.posts)
    assert (await servers.deliver(payload)).status == 200
    return (await posts_of(slack, before + 1))[-1]


async def test_a_direct_message_is_answered_in_place(servers: SlackServers, slack: FakeSlack) -> None:
    post = await _ask(servers, slack, event(direct(USER, QUESTION)))
    assert post["channel"] == f"D{USER[1:]}"
    assert "thread_ts" not in post
    assert WORDS in read(post["blocks"])
    assert WORDS in post["text"]


async def test_in_a_thread_the_answer_stays_in_it(servers: SlackServers, slack: FakeSlack) -> None:
    post = await _ask(servers, slack, event(direct(USER, QUESTION, thread_ts="17.5")))
    assert post["thread_ts"] == "17.5"


async def test_a_mention_is_answered_in_a_thread(servers: SlackServers, slack: FakeSlack) -> None:
    asked = mention(USER, CHANNEL, QUESTION)
    post = await _ask(servers, slack, event(asked))
    assert (post["channel"], post["thread_ts"]) == (CHANNEL, asked["ts"])
    assert WORDS in read(post["blocks"])


async def test_a_button_in_a_channel_answers_in_the_thread(servers: SlackServers, slack: FakeSlack) -> None:
    asked = mention(USER, CHANNEL, "使いかた")
    post = await _ask(servers, slack, event(asked))
    answer = await _ask(servers, slack, click_on_post(slack, USER, post, buttons(post["blocks"])[0]))
    assert answer["thread_ts"] == asked["ts"]


@pytest.mark.parametrize("action_id", ["dx:0:no_such_action", "from_last_year", "dx:", "dx:0:", "x" * 255])
async def test_a_button_nobody_knows_still_answers(
    servers: SlackServers, slack: FakeSlack, action_id: str
) -> None:
    post = await _ask(servers, slack, event(direct(USER, "使いかた")))
    old = {"type": "button", "action_id": action_id, "value": "x"}
    answer = await _ask(servers, slack, click_on_post(slack, USER, post, old))
    assert ask_texts.UNKNOWN_ACTION in read(answer["blocks"])
    assert buttons(answer["blocks"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (QUESTION, WORDS),
        ("用語 BPR", WORDS),
        ("term: BPR", WORDS),
        ("", ask_texts.HELP_TITLE),
        ("help", ask_texts.HELP_TITLE),
    ],
)
async def test_the_command_answers_the_asker_alone(
    servers: SlackServers, slack: FakeSlack, text: str, words: str
) -> None:
    assert (await servers.deliver(command(slack, USER, text, "C9NOTIN"))).status == 200
    await slack.until(lambda: bool(slack.responses))
    (response,) = slack.responses
    assert (response["response_type"], response["replace_original"]) == ("ephemeral", False)
    assert words in read(response["blocks"])
    assert slack.posts == []


async def test_a_button_of_such_an_answer_stays_with_the_asker(
    servers: SlackServers, slack: FakeSlack
) -> None:
    await servers.deliver(command(slack, USER, "help"))
    await slack.until(lambda: bool(slack.responses))
    container = {"type": "message", "is_ephemeral": True, "channel_id": CHANNEL, "message_ts": "1.1"}
    pressed = click(
        slack,
        USER,
        buttons(slack.responses[0]["blocks"])[0],
        container,
        response_url=slack.response_url(),
    )
    await servers.deliver(pressed)
    await slack.until(lambda: len(slack.responses) == 2)
    assert slack.posts == []


@pytest.mark.parametrize(
    "message",
    [
        direct(USER, QUESTION, subtype="message_changed", message={"text": "x"}),
        direct(USER, QUESTION, subtype="message_deleted"),
        direct(USER, QUESTION, subtype="bot_message", bot_id="B1"),
        direct(USER, QUESTION, bot_id=BOT_ID),
        direct(BOT_USER, QUESTION),
        direct(USER, QUESTION) | {"channel": CHANNEL, "channel_type": "channel"},
        mention(USER, CHANNEL, QUESTION, bot_id="B1"),
        mention(USER, CHANNEL, QUESTION, edited={"user": USER, "ts": "1.2"}),
        mention(USER, f"D{USER[1:]}", QUESTION),
    ],
    ids=[
        "changed",
        "deleted",
        "bot",
        "own",
        "self",
        "overheard",
        "bot's mention",
        "edited",
        "mention in direct",
    ],
)
async def test_what_nobody_asked_is_not_answered(
    servers: SlackServers, slack: FakeSlack, message: dict[str, Any]
) -> None:
    assert (await servers.deliver(event(message))).status == 200
    post = await _ask(servers, slack, event(direct(USER, QUESTION)))
    assert slack.posts == [post]


@pytest.mark.parametrize("number", ["", "1", "3"])
async def test_delivered_four_times_it_is_answered_once(
    servers: SlackServers, slack: FakeSlack, number: str
) -> None:
    payload = event(direct(USER, QUESTION))
    retry = {"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": "http_timeout"} if number else {}
    answers = await asyncio.gather(*(servers.deliver(payload, **retry) for _ in range(4)))
    assert [answer.status for answer in answers] == [200] * 4
    await posts_of(slack)
    assert (await servers.deliver(payload, **retry)).status == 200
    await posts_of(slack)


async def test_a_retry_that_is_the_only_delivery_is_answered(servers: SlackServers, slack: FakeSlack) -> None:
    await servers.deliver(event(direct(USER, QUESTION)), **{"X-Slack-Retry-Num": "2"})
    await posts_of(slack)


async def test_a_member_of_staff_is_matched_once(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    post = await _ask(servers, slack, event(direct(USER, "使いかた")))
    pressed = {"type": "button", "action_id": "dx:0:specimen", "value": "x"}
    for _ in range(2):
        answer = await _ask(servers, slack, click_on_post(slack, USER, post, pressed))
        assert STAFF.name in read(answer["blocks"])
    assert len(slack.called("users.info")) == 1
    linked = services.stores.directory.linked_person("slack", USER)
    assert linked is not None
    assert linked.id == STAFF.id


async def test_somebody_unknown_is_answered_and_asked_about_once(
    servers: SlackServers, slack: FakeSlack
) -> None:
    for _ in range(3):
        post = await _ask(servers, slack, event(direct(STRANGER, QUESTION)))
        assert WORDS in read(post["blocks"])
    assert len(slack.called("users.info")) == 1


@pytest.mark.parametrize(
    "told", [{"is_email_confirmed": False}, {"is_restricted": True}, {"is_stranger": True}]
)
async def test_an_address_that_slack_does_not_vouch_for_is_nobodys(
    servers: SlackServers, slack: FakeSlack, services: Services, told: dict[str, Any]
) -> None:
    slack.add_user("U0FALSE", STAFF.email, **told)
    await _ask(servers, slack, event(direct("U0FALSE", QUESTION)))
    assert services.stores.directory.linked_person("slack", "U0FALSE") is None


async def test_without_the_scope_people_are_unknown_and_answered(
    servers: SlackServers, slack: FakeSlack
) -> None:
    slack.scopes -= {"users:read"}
    post = await _ask(servers, slack, event(direct(USER, QUESTION)))
    assert WORDS in read(post["blocks"])


async def test_a_defect_is_said_politely_and_logged_in_one_line(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    post = await _ask(servers, slack, event(direct(USER, "使いかた")))
    with caplog.at_level(logging.INFO, "bot"):
        pressed = {"type": "button", "action_id": "dx:0:crash", "value": "ひみつ"}
        answer = await _ask(servers, slack, click_on_post(slack, USER, post, pressed))
    assert texts.FAILED in read(answer["blocks"])
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "RuntimeError at specimen.py" in record.getMessage()
    assert "ひみつ" not in caplog.text
    assert record.exc_info is None


async def test_when_nothing_can_be_kept_slack_is_asked_to_deliver_again(
    servers: SlackServers, slack: FakeSlack, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = event(direct(USER, QUESTION))

    def broken(*_args: object, **_more: object) -> list[None]:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(type(services.stores.receipts), "exchange", broken)
        assert (await servers.deliver(payload)).status == 503
    assert (await servers.deliver(payload)).status == 200
    await posts_of(slack)


async def test_stopping_waits_for_the_answer_under_way(services: Services, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", "429")
    async with TestClient(TestServer(create_app(services))) as client:
        await SlackServers(client).deliver(event(direct(USER, QUESTION)))
    assert len(slack.posts) == 1
    future = datetime.now(UTC) + timedelta(hours=1)
    assert services.stores.receipts.list_overdue("slack", future) == []
