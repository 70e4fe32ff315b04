"""The outbox's side: one attempt a call, every failure named for what it means, doubt looked up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.delivery import Doubtful, Message, Outbox, PermanentFailure, TemporaryFailure
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.slack.client import build_client
from bot.slack.messenger import SlackMessenger, slack_messenger
from bot.worker import Worker
from storage.stores import SqlStores
from tests.fakes.slack import FakeSlack
from tests.slack.conftest import CHANNEL, USER

NOW = datetime.now(UTC)


def _message(key: str = "digest/2026-W48/1", recipient: str = USER) -> Message:
    reply = Reply(title="知らせ", parts=(Paragraph(text="本文"),))
    return Message(key=key, channel="slack", recipient=recipient, reply=reply, due_at=NOW)


@pytest.fixture
async def messenger(services: Services) -> AsyncIterator[SlackMessenger]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.5)) as session:
        client = build_client(services.settings)
        client.session = session
        yield SlackMessenger(services, client)


async def test_a_person_is_written_to_without_opening_a_conversation_and_found_again(
    messenger: SlackMessenger, slack: FakeSlack
) -> None:
    slack.limits["conversations.open"] = (1, 60.0)  # Slack allows fifty a minute, far below its messages
    ts = await messenger.send(_message())
    assert slack.posts[0]["channel"] == f"D{USER[1:]}"
    assert slack.called("conversations.open") == []
    assert await messenger.find(_message(), NOW) == ts
    assert await messenger.find(_message("another"), NOW) is None
    await messenger.send(_message("another"))
    assert len(slack.called("conversations.open")) == 1


async def test_a_thread_is_written_to_and_found_again(messenger: SlackMessenger, slack: FakeSlack) -> None:
    message = _message(recipient=f"{CHANNEL}/17.5")
    ts = await messenger.send(message)
    assert (slack.posts[0]["channel"], slack.posts[0]["thread_ts"]) == (CHANNEL, "17.5")
    assert await messenger.find(message, NOW) == ts
    assert await messenger.find(_message(recipient=CHANNEL), NOW) is None


async def test_it_is_found_far_down_the_history(messenger: SlackMessenger, slack: FakeSlack) -> None:
    ts = await messenger.send(_message(recipient=CHANNEL))
    slack.posts += [{"ts": f"{NOW.timestamp() + 9:.6f}", "channel": CHANNEL} for _ in range(450)]
    assert await messenger.find(_message(recipient=CHANNEL), NOW) == ts
    slack.posts += [{"ts": f"{NOW.timestamp() + 9:.6f}", "channel": CHANNEL} for _ in range(1_000)]
    with pytest.raises(Doubtful, match="too long"):
        await messenger.find(_message(recipient=CHANNEL), NOW)


@pytest.mark.parametrize("fault", ["lose_reply", "lose_request", "500", "html", "text", "hang"])
async def test_where_it_may_have_gone_out_there_is_doubt(
    messenger: SlackMessenger, slack: FakeSlack, fault: Any
) -> None:
    slack.fail("chat.postMessage", fault)
    with pytest.raises(Doubtful):
        await messenger.send(_message())
    assert len(slack.called("chat.postMessage")) == len(slack.posts) == (fault == "lose_reply")
    assert (await messenger.find(_message(), NOW) is not None) == (fault == "lose_reply")


async def test_patience_is_as_long_as_slack_asks(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.limits["chat.postMessage"] = (1, 30.0)
    await messenger.send(_message())
    with pytest.raises(TemporaryFailure) as caught:
        await messenger.send(_message("second"))
    assert caught.value.retry_after in (29.0, 30.0)


@pytest.mark.parametrize("recipient", ["U0GONE", "C0GONE", "C0LEFT"])
async def test_whom_nobody_can_reach_is_given_up(
    messenger: SlackMessenger, slack: FakeSlack, recipient: str
) -> None:
    slack.add_channel("C0LEFT", bot=False)
    with pytest.raises(PermanentFailure):
        await messenger.send(_message(recipient=recipient))


async def test_what_the_operator_can_mend_waits(messenger: SlackMessenger, slack: FakeSlack) -> None:
    slack.scopes.discard("chat:write")
    with pytest.raises(TemporaryFailure, match="missing_scope"):
        await messenger.send(_message())


@pytest.mark.parametrize("fault", ["lose_reply", "500", "hang", "html"])
async def test_a_conversation_that_cannot_be_opened_is_looked_into_later(
    messenger: SlackMessenger, slack: FakeSlack, fault: Any
) -> None:
    slack.fail("conversations.open", fault)
    with pytest.raises(TemporaryFailure):
        await messenger.find(_message(), NOW)


@pytest.mark.parametrize("fault", ["500", "hang", "429", "html"])
async def test_a_history_that_fails_is_read_later(
    messenger: SlackMessenger, slack: FakeSlack, fault: Any
) -> None:
    slack.fail("conversations.history", fault)
    with pytest.raises(TemporaryFailure):
        await messenger.find(_message(), NOW)


async def test_out_of_reach_nothing_went_out(services: Services) -> None:
    nowhere = services.settings.model_copy(update={"slack_api_url": "http://127.0.0.1:9/api/"})
    with pytest.raises(TemporaryFailure):
        await slack_messenger(replace(services, settings=nowhere)).send(_message(recipient=CHANNEL))


async def _worked(outbox: Outbox, services: Services, minutes: int) -> None:
    worker = Worker(
        "w", outbox, {"slack": slack_messenger(services)}, lambda: NOW + timedelta(minutes=minutes)
    )
    await worker.drain_once()


@pytest.mark.parametrize("fault", ["lose_reply", "lose_request", "500", "html", "429"])
async def test_through_the_outbox_every_message_arrives_once(
    sqlite_stores: SqlStores, services: Services, slack: FakeSlack, fault: Any
) -> None:
    outbox = sqlite_stores.outbox
    outbox.put(_message())
    slack.fail("chat.postMessage", fault)
    for minutes in (0, 5, 10):
        await _worked(outbox, services, minutes)
    assert len(slack.posts) == 1
    assert outbox.counts()["sent"] == 1
