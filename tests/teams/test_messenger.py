"""Writing first: one post, and every failure named for the outbox."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.delivery import Doubtful, Message, PermanentFailure, TemporaryFailure
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.teams import connector as connector_module
from bot.teams.channel import build_messenger
from bot.teams.connector import retry_after
from bot.teams.messenger import TeamsMessenger
from bot.worker import Worker
from tests.fakes.teams import FakeTeams, Member, card_texts
from tests.teams.conftest import make_settings, remember

NOW = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def message(user: Member, key: str = "digest/2026-W48") -> Message:
    reply = Reply(title="今週のお知らせ", parts=(Paragraph(text="期限が近い取組があります。"),))
    return Message(key=key, channel="teams", recipient=user.aad, reply=reply, due_at=NOW)


async def test_a_message_reaches_the_personal_chat(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    assert await messenger.send(message(known)) == teams.posted[0].id
    (posted,) = teams.posted
    assert posted.conversation == f"a:{known.aad}"
    assert posted.reply_to is None
    assert card_texts(posted.activity["attachments"][0]["content"]) == [
        "今週のお知らせ",
        "期限が近い取組があります。",
    ]


async def test_someone_met_in_a_channel_gets_a_conversation_opened_once(
    messenger: TeamsMessenger, teams: FakeTeams, asker: Member, services: Services
) -> None:
    remember(services, teams, asker)
    await messenger.send(message(asker, "a"))
    await messenger.send(message(asker, "b"))
    assert teams.calls["open"] == 1
    assert [posted.conversation for posted in teams.posted] == [f"a:{asker.aad}"] * 2


async def test_someone_never_met_cannot_be_reached(messenger: TeamsMessenger, asker: Member) -> None:
    with pytest.raises(PermanentFailure):
        await messenger.send(message(asker))


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        ("429", TemporaryFailure),
        ("412", TemporaryFailure),
        ("502", TemporaryFailure),
        ("503", TemporaryFailure),
        ("504", TemporaryFailure),
        ("401", TemporaryFailure),
        ("403", PermanentFailure),
        ("404", PermanentFailure),
        ("500", Doubtful),
        ("html", Doubtful),
        ("lose reply", Doubtful),
        ("lose request", Doubtful),
        ("hang", Doubtful),
        ("hang reply", Doubtful),
    ],
)
async def test_every_failure_is_named_and_nothing_is_sent_again(
    messenger: TeamsMessenger,
    teams: FakeTeams,
    known: Member,
    fault: Any,
    failure: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connector_module, "SEND_SECONDS", 0.3)
    teams.faults.plan.append(fault)
    teams.faults.retry_after = "17"
    with pytest.raises(failure) as raised:
        await messenger.send(message(known))
    assert teams.calls["post"] == 1
    if fault in ("429", "503"):
        assert isinstance(raised.value, TemporaryFailure)
        assert raised.value.retry_after == 17.0


async def test_a_token_that_was_refused_is_fetched_anew(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    await messenger.send(message(known, "a"))
    teams._tokens.clear()
    with pytest.raises(TemporaryFailure):
        await messenger.send(message(known, "b"))
    await messenger.send(message(known, "b"))
    assert teams.calls["token"] == 2


async def test_without_a_connection_nothing_went_out(
    messenger: TeamsMessenger, services: Services, teams: FakeTeams, asker: Member
) -> None:
    settings = make_settings(teams, teams_service_urls=("http://127.0.0.1:1/",))
    away = build_messenger(replace(services, settings=settings))
    remember(services, teams, asker, conversation="a:x", serviceUrl="http://127.0.0.1:1/")
    with pytest.raises(TemporaryFailure):
        await away.send(message(asker))
    await away.close()


async def test_a_stored_address_that_is_no_longer_allowed_is_not_used(
    messenger: TeamsMessenger, services: Services, teams: FakeTeams, asker: Member
) -> None:
    remember(services, teams, asker, conversation="a:x", serviceUrl="https://evil.example/")
    with pytest.raises(PermanentFailure):
        await messenger.send(message(asker))
    assert teams.calls["token"] == 0


async def test_nobody_can_tell_afterwards(messenger: TeamsMessenger, known: Member) -> None:
    with pytest.raises(Doubtful):
        await messenger.find(message(known), NOW)


async def test_the_outbox_waits_as_long_as_teams_asks(
    messenger: TeamsMessenger, services: Services, teams: FakeTeams, known: Member
) -> None:
    now = [NOW]
    teams.faults.plan.append("429")
    teams.faults.retry_after = "90"
    services.stores.outbox.put(message(known))
    worker = Worker("w", services.stores.outbox, {"teams": messenger}, lambda: now[0])
    await worker.drain_once()
    assert teams.posted == []
    now[0] += timedelta(seconds=89)
    assert await worker.drain_once() == 0
    now[0] += timedelta(seconds=10)
    assert await worker.drain_once() == 1
    assert len(teams.posted) == 1


async def test_doubt_is_shown_to_the_operator_and_never_replayed(
    messenger: TeamsMessenger, services: Services, teams: FakeTeams, known: Member
) -> None:
    now = [NOW]
    teams.faults.plan.append("lose reply")
    services.stores.outbox.put(message(known))
    worker = Worker("w", services.stores.outbox, {"teams": messenger}, lambda: now[0])
    for _ in range(3):
        await worker.drain_once()
        now[0] += timedelta(minutes=5)
    assert len(teams.posted) == 1
    counts = services.stores.outbox.counts()
    assert counts.get("sent", 0) == 0
    assert counts["unclear"] == 1


async def test_a_burst_is_sent_side_by_side(
    messenger: TeamsMessenger, teams: FakeTeams, known: Member
) -> None:
    await asyncio.gather(*(messenger.send(message(known, str(number))) for number in range(50)))
    assert len({posted.id for posted in teams.posted}) == 50
    assert teams.calls["token"] == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [(None, None), ("30", 30.0), ("soon", None), ("-5", None), ("99999999", 86_400.0), ("", None)],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_retry_after_as_a_date() -> None:
    at = datetime.now(UTC) + timedelta(seconds=60)
    seconds = retry_after(format_datetime(at, usegmt=True))
    assert seconds is not None
    assert 55 < seconds <= 60
