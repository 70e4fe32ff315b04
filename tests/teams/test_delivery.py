"""An answer goes out once: whatever is delivered twice, crashes half way, or fails at the connector."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import router
from bot.app import create_app
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.teams import connector as connector_module
from bot.teams.activity import read_activity
from bot.teams.channel import TeamsChannel, build_messenger
from bot.teams.listeners import MOST_ATTEMPTS
from bot.texts.ja import teams as texts
from bot.worker import Worker
from tests.fakes.teams import FakeTeams, Fault, Member, card_buttons
from tests.teams.conftest import CHANNEL_CHAT, Clock, Deliver, card, make_settings, words

QUESTION = "BPRとは何ですか"


async def test_the_same_message_four_times_to_two_processes_is_answered_once(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    async with (
        TestClient(TestServer(create_app(services))) as first,
        TestClient(TestServer(create_app(services))) as second,
    ):
        activity = teams.activity("BPRとは何ですか", user=asker)
        headers = {"Authorization": teams.bearer()}
        replies = await asyncio.gather(
            *(
                one.post("/api/messages", json=activity, headers=headers)
                for one in (first, second, first, second)
            )
        )
        assert {reply.status for reply in replies} == {200}
        await asyncio.sleep(0.05)
    assert len(teams.posted) == 1


async def test_a_crash_before_sending_leaves_one_answer(
    services: Services, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    ticking = replace(services, clock=clock)
    crashed = TeamsChannel(ticking)

    async def die(*_: object) -> None:
        await asyncio.sleep(3600)  # the process ends before the answer goes out

    monkeypatch.setattr(crashed._listeners, "_answer", die)
    activity = teams.activity("BPRとは何ですか", user=asker)
    async with TestClient(TestServer(create_app(ticking))) as client:
        arrived = read_activity(json.dumps(activity).encode())
        dying = asyncio.create_task(crashed._adapter.run(arrived, {}, crashed._listeners.listen))
        await asyncio.sleep(0.3)
        dying.cancel()
        headers = {"Authorization": teams.bearer()}
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        assert teams.posted == []
        clock.now += timedelta(minutes=1)
        survivor, other = TeamsChannel(ticking), TeamsChannel(ticking)
        assert sum(await asyncio.gather(survivor.work_overdue(), other.work_overdue())) >= 1
        assert len(teams.posted) == 1
        assert "仕事の流れを根本から見直し" in words(teams.posted[0])
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        for channel in (crashed, survivor, other):
            await channel._ledger.close()
            await channel._connector.close()
    assert len(teams.posted) == 1


async def test_a_short_rate_limit_is_waited_for(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    teams.faults.plan.extend(["429", "429"])
    began = time.perf_counter()
    assert (await deliver(teams.activity("BPRとは何ですか", user=asker))).status == 200
    assert time.perf_counter() - began >= 2.0
    assert len(teams.posted) == 1


@asynccontextmanager
async def opened(services: Services) -> AsyncIterator[TeamsChannel]:
    """The channel of another process."""
    channel = TeamsChannel(services)
    yield channel
    await channel._ledger.close()
    await channel._connector.close()


async def arrive(channel: TeamsChannel, activity: dict[str, Any]) -> None:
    """Work an activity in a process of its own."""
    arrived = read_activity(json.dumps(activity).encode())
    await channel._adapter.run(arrived, {}, channel._listeners.listen)


async def work_outbox(services: Services) -> int:
    """What a worker handles now."""
    messenger = build_messenger(services)
    try:
        return await Worker("w", services.stores.outbox, {"teams": messenger}, services.clock).drain_once()
    finally:
        await messenger.close()


async def assert_shown_not_repeated(services: Services, teams: FakeTeams, posted: int) -> None:
    """The operator sees one answer nobody can tell about; no worker sends it."""
    assert services.stores.outbox.counts()["doubtful"] == 1
    assert await work_outbox(services) == 1
    counts = services.stores.outbox.counts()
    assert (counts["unclear"], sum(counts.values())) == (1, 1)
    assert len(teams.posted) == posted


async def test_a_crash_while_sending_is_shown_and_not_followed_by_a_second_answer(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    clock = Clock()
    ticking = replace(services, clock=clock)
    activity = teams.activity(QUESTION, user=asker)
    teams.faults.repeat("hang reply", 1)
    async with opened(ticking) as crashed, opened(ticking) as survivor:
        dying = asyncio.create_task(arrive(crashed, activity))
        await teams.wait_for(1)
        dying.cancel()  # the connector has the answer; the process ends before it hears so
        clock.now += timedelta(minutes=1)
        assert await survivor.work_overdue() == 1
        await arrive(survivor, activity)
    assert len(teams.posted) == 1
    await assert_shown_not_repeated(ticking, teams, 1)


async def test_a_crash_between_the_answer_and_its_receipt_is_not_followed_by_a_second_answer(
    services: Services, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    ticking = replace(services, clock=clock)
    activity = teams.activity(QUESTION, user=asker)
    async with opened(ticking) as crashed, opened(ticking) as survivor:
        monkeypatch.setattr(crashed._ledger, "settle", lambda key: None)
        await arrive(crashed, activity)
        clock.now += timedelta(minutes=1)
        await arrive(survivor, activity)
    await assert_shown_not_repeated(ticking, teams, 1)


@pytest.mark.parametrize("fault", ["412", "429", "502", "503", "504"])
async def test_what_was_not_taken_is_answered_later_in_its_thread(
    services: Services, teams: FakeTeams, asker: Member, fault: Fault
) -> None:
    clock = Clock()
    ticking = replace(services, clock=clock)
    teams.faults.retry_after = "20"
    teams.faults.repeat(fault, 3)
    activity = teams.activity(QUESTION, user=asker, conversation=CHANNEL_CHAT)
    async with TestClient(TestServer(create_app(ticking))) as client:
        headers = {"Authorization": teams.bearer()}
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        assert teams.posted == []
        teams.faults.plan.clear()
        waits = timedelta(seconds=20 if fault in ("429", "503") else 0)
        clock.now += waits - timedelta(seconds=1)
        assert await work_outbox(ticking) == 0
        clock.now += timedelta(seconds=1)
        assert await work_outbox(ticking) == 1
        clock.now += timedelta(minutes=2)
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        assert await work_outbox(ticking) == 0
    (posted,) = teams.posted
    assert (posted.conversation, posted.reply_to) == (CHANNEL_CHAT, activity["id"])
    assert "仕事の流れを根本から見直し" in words(posted)
    assert ticking.stores.outbox.counts()["sent"] == 1


async def test_without_a_connection_the_answer_waits(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    """Refused means not sent: nothing to doubt."""
    away = "http://127.0.0.1:1"
    settings = make_settings(teams, teams_service_urls=(teams.url, away))
    async with TestClient(TestServer(create_app(replace(services, settings=settings)))) as client:
        activity = teams.activity(QUESTION, user=asker) | {"serviceUrl": away}
        headers = {"Authorization": teams.bearer(claims={"serviceurl": away})}
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
    counts = services.stores.outbox.counts()
    assert (counts["queued"], sum(counts.values())) == (1, 1)


@pytest.mark.parametrize("fault", ["lose reply", "lose request", "500", "html", "hang", "hang reply"])
async def test_a_reply_that_may_have_gone_out_is_shown_and_not_repeated(
    services: Services, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    monkeypatch.setattr(connector_module, "SEND_SECONDS", 0.3)
    teams.faults.repeat(fault, 1)
    activity = teams.activity(QUESTION, user=asker)
    headers = {"Authorization": teams.bearer()}
    async with TestClient(TestServer(create_app(services))) as client:
        for _ in range(2):
            assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
    assert teams.calls["post"] == 1
    await assert_shown_not_repeated(services, teams, len(teams.posted))
    assert teams.calls["post"] == 1


@pytest.mark.parametrize("fault", ["403", "404"])
async def test_a_reply_that_is_refused_is_not_repeated(
    services: Services, teams: FakeTeams, asker: Member, deliver: Deliver, fault: Fault
) -> None:
    teams.faults.repeat(fault, 1)
    activity = teams.activity(QUESTION, user=asker)
    for _ in range(2):
        assert (await deliver(activity)).status == 200
    assert teams.calls["post"] == 1
    assert sum(services.stores.outbox.counts().values()) == 0


def _at_length(request: Request, services: Services) -> Reply:
    return Reply(title="長い答え", parts=tuple(Paragraph(text=f"{n}番。" + "あ" * 1500) for n in range(9)))


async def test_a_long_answer_that_waited_can_be_read_to_its_end(
    services: Services, teams: FakeTeams, asker: Member, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "ask": _at_length})
    teams.faults.repeat("504", 3)
    await deliver(teams.activity(QUESTION, user=asker))
    assert await work_outbox(services) == 1
    read = []
    for page in range(9):
        read.append(words(teams.posted[-1]))
        buttons = card_buttons(card(teams.posted[-1]))
        if not buttons:
            break
        assert buttons[0]["title"] == texts.READ_ON
        if page == 0:  # the next page has to wait as well, and is the next page all the same
            teams.faults.repeat("504", 3)
        await deliver(teams.activity(user=asker) | {"value": buttons[0]["data"]})
        await work_outbox(services)
    assert len(read) > 1
    assert [f"{n}番。" in "".join(read) for n in range(9)] == [True] * 9
    assert len(set(read)) == len(read)


async def test_what_waits_holds_the_question_only_where_a_further_page_needs_it(
    services: Services, teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    teams.faults.repeat("504", 3)
    await deliver(teams.activity(f"{QUESTION}、ひみつ", user=asker))
    claimed = services.stores.outbox.claim("w", services.clock(), 60)
    assert claimed is not None
    assert "ひみつ" not in claimed.message.recipient
    assert claimed.message.reply.answer is None


async def test_what_no_attempt_can_answer_ends_on_the_operators_list(
    services: Services, teams: FakeTeams, asker: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    ticking = replace(services, clock=clock)
    activity = teams.activity(QUESTION, user=asker)

    async def fail(*_: object) -> None:
        raise LookupError("a defect of ours")

    async with opened(ticking) as channel:
        monkeypatch.setattr(channel._listeners, "_answer", fail)
        with pytest.raises(LookupError):
            await arrive(channel, activity)
        for _ in range(MOST_ATTEMPTS):
            clock.now += timedelta(minutes=1)
            assert await channel.work_overdue() == 1
        clock.now += timedelta(minutes=1)
        assert await channel.work_overdue() == 0
    assert teams.posted == []
    [given_up] = services.stores.outbox.list_unsettled()
    assert given_up.reason.startswith("5回試しました")
    assert services.stores.outbox.resend(given_up.message.key, clock.now)
    assert await work_outbox(ticking) == 1
    assert "もう一度お試しください" in words(teams.posted[0])
