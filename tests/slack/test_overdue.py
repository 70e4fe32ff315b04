"""What a process left open when it ended is worked by another, once, whatever else lies beside it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.delivery import Arrival, Message
from bot.messages import Reply
from bot.services import Services
from bot.slack import channel
from bot.slack.errand import Errand, Place
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import QUESTION, USER, posts_of, worked


async def test_what_a_crash_left_open_is_answered_by_another(
    services: Services, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "OVERDUE_SECONDS", 0.05)
    left, posted = _errand("event:Ev1"), _errand("event:Ev2")
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    arrivals = [Arrival(errand.key, "slack", errand.model_dump_json()) for errand in (left, posted)]
    services.stores.receipts.exchange("dead", long_ago, long_ago, arrivals=arrivals)
    slack.posts.append(
        {
            "ts": f"{long_ago.timestamp():.6f}",
            "channel": posted.place.channel,
            "metadata": {"event_type": "dxbot_message", "event_payload": {"key": posted.key}},
        }
    )
    async with TestClient(TestServer(create_app(services))):
        await posts_of(slack, 2)
    assert slack.posts[-1]["metadata"]["event_payload"]["key"] == left.key
    assert services.stores.receipts.list_overdue("slack", datetime.now(UTC) + timedelta(hours=1)) == []


async def test_one_errand_that_cannot_be_worked_keeps_no_other_waiting(
    services: Services, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(channel, "OVERDUE_SECONDS", 0.05)
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    bodies = {
        "event:Ev1": '{"of": "another version"}',
        "event:Ev2": "",
        "event:Ev3": _errand("event:Ev3").model_dump_json(),
        "event:Ev4": _errand("event:Ev4").model_dump_json(),
    }
    receipts = services.stores.receipts
    for number, (key, body) in enumerate(bodies.items()):
        at = long_ago + timedelta(milliseconds=number)
        receipts.exchange("dead", at, at, arrivals=[Arrival(key, "slack", body)])
    for turn in range(1, channel.MOST_ATTEMPTS + 1):  # as many processes died of it
        at = long_ago + timedelta(seconds=turn)
        receipts.exchange("dead", at, at, arrivals=[Arrival("event:Ev4", "slack", bodies["event:Ev4"])])
    async with TestClient(TestServer(create_app(services))):
        await posts_of(slack)
        await asyncio.sleep(0.3)
    assert slack.posts[0]["metadata"]["event_payload"]["key"] == "event:Ev3"
    future = datetime.now(UTC) + timedelta(hours=1)
    assert [arrival.key for arrival in receipts.list_overdue("slack", future)] == ["event:Ev1"]
    assert "an overdue errand failed (ValidationError" in caplog.text
    assert "given up after 5 attempts (event:Ev4)" in caplog.text
    [given_up] = services.stores.outbox.list_unsettled()
    assert (given_up.message.key, given_up.message.recipient, given_up.attempts) == ("event:Ev4", USER, 0)
    assert given_up.reason.startswith("5回試しました")
    assert services.stores.outbox.resend("event:Ev4", datetime.now(UTC))
    await worked(services, 1)
    assert slack.posts[-1]["channel"] == f"D{USER[1:]}"
    assert "もう一度お試しください" in slack.posts[-1]["text"]


async def test_what_nobody_can_read_ends_on_the_operators_list(
    services: Services, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "OVERDUE_SECONDS", 0.05)
    monkeypatch.setattr(channel, "LEASE_SECONDS", 0.05)
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    arrivals = [Arrival("event:Ev1", "slack", '{"of": "another version"}')]
    services.stores.receipts.exchange("dead", long_ago, long_ago, arrivals=arrivals)
    async with TestClient(TestServer(create_app(services))):
        for _ in range(100):
            if services.stores.outbox.list_unsettled():
                break
            await asyncio.sleep(0.05)
    assert [one.message.key for one in services.stores.outbox.list_unsettled()] == ["event:Ev1"]
    assert services.stores.receipts.list_overdue("slack", datetime.now(UTC) + timedelta(hours=1)) == []
    assert slack.posts == []


async def test_an_answer_that_was_handed_over_before_a_crash_is_not_given_twice(
    services: Services, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "OVERDUE_SECONDS", 0.05)
    errand, long_ago = _errand("event:Ev1"), datetime.now(UTC) - timedelta(minutes=1)
    arrivals = [Arrival(errand.key, "slack", errand.model_dump_json())]
    services.stores.receipts.exchange("dead", long_ago, long_ago, arrivals=arrivals)
    waiting = Message(
        key=errand.key,
        channel="slack",
        recipient=errand.place.channel,
        reply=Reply(title="答え"),
        due_at=long_ago,
    )
    services.stores.outbox.put(waiting)
    async with TestClient(TestServer(create_app(services))):
        await asyncio.sleep(0.5)
    assert slack.posts == []
    assert services.stores.receipts.list_overdue("slack", datetime.now(UTC) + timedelta(hours=1)) == []
    await worked(services, 1)
    assert len(slack.posts) == 1


def _errand(key: str) -> Errand:
    return Errand(key=key, user=USER, place=Place(channel=f"D{USER[1:]}"), text=QUESTION)
