"""A sensitive question on Slack: no text of it is stored, not even while Slack is away."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.services import Services
from bot.slack import delivering
from bot.texts.ja import learning as texts
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import SlackServers, direct, event
from tests.slack.conftest import USER

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
