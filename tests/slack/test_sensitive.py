"""A sensitive question on Slack: no text of it is stored, not even while Slack is away."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.services import Services
from bot.slack import delivering
from bot.texts.ja import learning as texts
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import SlackServers, buttons, click, direct, event, mention, read
from tests.fakes.slack_faults import Fault
from tests.slack.conftest import CHANNEL, USER, posts_of

QUESTION = "上司のパワハラについて相談したい"


async def test_what_must_wait_for_slack_says_nothing_of_it(
    services: Services, servers: SlackServers, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "SHORT_WAIT", 0.5)
    slack.fail("chat.postMessage", "429")
    await servers.deliver(event(direct(USER, QUESTION)))
    for _ in range(100):
        if services.stores.outbox.counts().get("queued"):
            break
        await asyncio.sleep(0.05)
    claimed = services.stores.outbox.claim("w", services.clock() + timedelta(minutes=1), 60)
    assert claimed is not None
    assert claimed.message.reply.text == texts.ASK_AGAIN
    assert "パワハラ" not in claimed.message.model_dump_json()


async def test_in_a_channel_only_whoever_asked_sees_the_answer(
    servers: SlackServers, slack: FakeSlack
) -> None:
    await servers.deliver(event(mention(USER, CHANNEL, QUESTION, thread_ts="1700000000.000100")))
    await slack.called_again("chat.postEphemeral", 0)
    (shown,) = slack.responses
    assert (shown["channel"], shown["user"]) == (CHANNEL, USER)
    assert shown["thread_ts"] == "1700000000.000100"
    assert texts.DESK in read(shown["blocks"])
    assert slack.posts == []
    (again,) = [button for button in buttons(shown["blocks"]) if "ask_anyway" in button["action_id"]]
    container = {"type": "message", "is_ephemeral": True, "channel_id": CHANNEL, "message_ts": "1.1"}
    await servers.deliver(click(slack, USER, again, container, response_url=slack.response_url()))
    await slack.until(lambda: len(slack.responses) == 2)
    assert slack.responses[1]["response_type"] == "ephemeral"
    assert slack.posts == []


async def test_an_ordinary_question_in_a_channel_is_answered_for_all(
    servers: SlackServers, slack: FakeSlack
) -> None:
    await servers.deliver(event(mention(USER, CHANNEL, "RPAとは何ですか")))
    (post,) = await posts_of(slack)
    assert post["channel"] == CHANNEL
    assert slack.responses == []


async def test_whom_slack_cannot_show_it_there_is_written_to_directly(
    servers: SlackServers, slack: FakeSlack
) -> None:
    elsewhere = slack.add_channel("C0ELSE", bot=False)
    await servers.deliver(event(mention(USER, elsewhere, QUESTION)))
    (post,) = await posts_of(slack)
    assert post["channel"] == f"D{USER[1:]}"
    assert texts.DESK in read(post["blocks"])


@pytest.mark.parametrize("fault", ["429", "500", "502", "lose_reply", "lose_request"])
async def test_a_fault_on_the_way_never_shows_it_to_the_channel(
    servers: SlackServers, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(delivering, "DOUBT_SECONDS", 0.01)
    slack.fail("chat.postEphemeral", fault)
    await servers.deliver(event(mention(USER, CHANNEL, QUESTION)))
    await slack.until(lambda: len(slack.responses) >= 1)
    await asyncio.sleep(0.2)
    assert slack.posts == []
    assert {shown["user"] for shown in slack.responses} == {USER}


async def test_what_waits_of_a_channel_question_goes_to_the_person(
    services: Services, servers: SlackServers, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "SHORT_WAIT", 0.5)
    slack.fail("chat.postEphemeral", "429")
    await servers.deliver(event(mention(USER, CHANNEL, QUESTION)))
    for _ in range(100):
        if services.stores.outbox.counts().get("queued"):
            break
        await asyncio.sleep(0.05)
    claimed = services.stores.outbox.claim("w", services.clock() + timedelta(minutes=1), 60)
    assert claimed is not None
    assert claimed.message.recipient == USER
    assert claimed.message.reply.text == texts.ASK_AGAIN
