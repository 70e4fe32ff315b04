"""Whatever happens to the call, there is one answer: posted, or sent by the outbox, or shown to the operator."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.app import build_messengers
from bot.services import Services
from bot.slack import delivering
from bot.worker import Worker
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import (
    SlackServers,
    command,
    direct,
    event,
    mention,
    read,
)
from tests.slack.conftest import QUESTION, USER, WORDS, posts_of, worked


@pytest.mark.parametrize(
    "fault", ["lose_reply", "lose_request", "500", "412", "502", "504", "429", "html", "text"]
)
async def test_whatever_happens_to_the_call_there_is_one_answer(
    servers: SlackServers, slack: FakeSlack, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "DOUBT_SECONDS", 0.05)
    slack.fail("chat.postMessage", fault)
    await servers.deliver(event(direct(USER, QUESTION)))
    await posts_of(slack)
    await asyncio.sleep(0.3)
    assert len(slack.posts) == 1


async def _waiting(services: Services, state: str) -> None:
    for _ in range(250):
        if services.stores.outbox.counts()[state]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(services.stores.outbox.counts())


async def _handed_over(services: Services) -> None:
    await _waiting(services, "doubtful")
    future = datetime.now(UTC) + timedelta(hours=1)
    await asyncio.sleep(0.2)
    assert services.stores.receipts.list_overdue("slack", future) == []


@pytest.mark.parametrize("fault", ["500", "502", "504", "lose_request", "html"])
async def test_an_answer_that_stays_in_doubt_is_sent_by_the_outbox(
    servers: SlackServers, slack: FakeSlack, services: Services, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "DOUBT_SECONDS", 0.02)
    slack.fail("chat.postMessage", fault, times=3)
    await servers.deliver(event(direct(USER, QUESTION)))
    await _handed_over(services)
    assert slack.posts == []
    assert await worked(services, 5) == 0  # a post may still be on its way
    assert await worked(services, 20) == 1
    assert [WORDS in read(post["blocks"]) for post in slack.posts] == [True]
    assert services.stores.outbox.counts()["sent"] == 1


async def test_the_outbox_finds_the_answer_that_was_posted_directly(
    servers: SlackServers, slack: FakeSlack, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "DOUBT_SECONDS", 0.02)
    slack.fail("chat.postMessage", "lose_reply")
    slack.fail("conversations.history", "500")
    await servers.deliver(event(direct(USER, QUESTION)))
    await _handed_over(services)
    assert await worked(services, 20) == 1
    assert len(slack.posts) == 1
    assert services.stores.outbox.counts()["sent"] == 1


async def test_what_nobody_can_tell_is_shown_and_not_repeated(
    servers: SlackServers, slack: FakeSlack, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "DOUBT_SECONDS", 0.02)
    slack.scopes -= {"im:history"}
    slack.fail("chat.postMessage", "lose_reply")
    await servers.deliver(event(direct(USER, QUESTION)))
    await _handed_over(services)
    await worked(services, 20)
    assert services.stores.outbox.counts()["doubtful"] == 1  # the operator can give the scope
    await worked(services, 25 * 3600)
    assert (len(slack.posts), services.stores.outbox.counts()["unclear"]) == (1, 1)


@pytest.mark.parametrize("fault", ["500", "504", "lose_request"])
async def test_a_commands_answer_in_doubt_reaches_the_person_all_the_same(
    servers: SlackServers, slack: FakeSlack, services: Services, fault: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "DOUBT_SECONDS", 0.02)
    slack.fail("response_url", fault, times=3)
    await servers.deliver(command(slack, USER, QUESTION, "C9NOTIN"))
    await _handed_over(services)
    assert await worked(services, 20) == 1
    assert [post["channel"] for post in slack.posts] == [f"D{USER[1:]}"]


async def test_a_commands_answer_that_came_too_late_is_written_to_the_person(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    payload = command(slack, USER, QUESTION)
    payload["response_url"] = f"{slack.url}/response/gone"
    await servers.deliver(payload)
    await _waiting(services, "queued")
    assert await worked(services, 1) == 1
    assert [post["channel"] for post in slack.posts] == [f"D{USER[1:]}"]


async def test_when_slack_asks_for_patience_the_outbox_sends_the_answer(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    slack.limits["chat.postMessage"] = (1, 30.0)
    await servers.deliver(event(direct(USER, QUESTION)))
    await slack.until(lambda: len(slack.posts) == 1)
    await servers.deliver(event(direct(USER, QUESTION)))
    await slack.until(lambda: len(slack.called("chat.postMessage")) == 2)
    await asyncio.sleep(0.3)
    assert services.stores.outbox.counts()["queued"] == 1
    del slack.limits["chat.postMessage"]
    late = datetime.now(UTC) + timedelta(minutes=5)
    messengers = build_messengers(services)
    soon = Worker("w", services.stores.outbox, messengers, lambda: datetime.now(UTC) + timedelta(seconds=15))
    assert await soon.drain_once() == 0
    worker = Worker("w", services.stores.outbox, messengers, lambda: late)
    assert await worker.drain_once() == 1
    assert [WORDS in read(post["blocks"]) for post in slack.posts] == [True, True]


async def test_what_can_never_be_posted_is_settled(
    servers: SlackServers, slack: FakeSlack, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    slack.add_channel("C0LEFT", bot=False)
    await servers.deliver(event(mention(USER, "C0LEFT", QUESTION)))
    await slack.until(lambda: bool(slack.called("chat.postMessage")))
    await asyncio.sleep(0.2)
    future = datetime.now(UTC) + timedelta(hours=1)
    assert services.stores.receipts.list_overdue("slack", future) == []
    assert "not_in_channel" in caplog.text
