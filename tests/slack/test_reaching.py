"""Writing first: where a person is reached, and that it arrives there, on Slack through its front door."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import build_messengers
from bot.delivery import Message
from bot.messages import Paragraph, Reply
from bot.reaching import Address, addresses_of, by_person, person_in
from bot.services import Services
from bot.slack.contacts import Contacts
from bot.worker import Worker
from staff.model import Person
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_client import SlackServers, direct, event, mention
from tests.slack.conftest import CHANNEL, STRANGER, USER
from tests.web.city import DEPARTMENTS, STAFF, SYNTHETIC

DIRECT = f"D{USER[1:]}"
ON_WEB = Address("web", STAFF.id)


def _kept(services: Services, user: str = USER) -> dict[str, object] | None:
    found = services.stores.conversations.find("slack", user)
    return dict(found.reference) | {"person": found.person_id} if found else None


async def _send(
    services: Services, addresses: Sequence[Address], key: str = "digest/2026-W48/1"
) -> dict[str, int]:
    reply = Reply(title="今週の知らせ", parts=(Paragraph(text="本文"),))
    first = addresses[0]
    now = datetime.now(UTC)
    message = Message(key=key, channel=first.channel, recipient=first.recipient, reply=reply, due_at=now)
    services.stores.outbox.put(message)
    await Worker("w", services.stores.outbox, build_messengers(services), lambda: now).drain_once()
    return dict(services.stores.outbox.counts())


def _move(services: Services, changed: Person) -> None:
    people = [changed if person.id == changed.id else person for person in SYNTHETIC]
    services.stores.directory.save(DEPARTMENTS, people, [])


async def test_who_wrote_to_the_bot_is_reached_where_they_wrote(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    await servers.deliver(event(direct(USER, "BPRとは")))
    await slack.until(lambda: bool(slack.posts))
    assert _kept(services) == {"user": USER, "channel": DIRECT, "person": STAFF.id}
    found = addresses_of(STAFF.id, services)
    assert found == (Address("slack", USER), ON_WEB)
    assert (await _send(services, found))["sent"] == 1
    assert [post["channel"] for post in slack.posts] == [DIRECT, DIRECT]


async def test_who_mentions_the_bot_is_known_too_and_a_channel_forgets_nothing(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    await servers.deliver(event(mention(USER, CHANNEL, "BPRとは")))
    await slack.until(lambda: len(slack.posts) == 1)
    assert _kept(services) == {"user": USER, "person": STAFF.id}
    await servers.deliver(event(direct(USER, "BPRとは")))
    await slack.until(lambda: len(slack.posts) == 2)
    await servers.deliver(event(mention(USER, CHANNEL, "RPAとは")))
    await slack.until(lambda: len(slack.posts) == 3)
    assert _kept(services) == {"user": USER, "channel": DIRECT, "person": STAFF.id}


@pytest.mark.parametrize("tab", ["home", "messages"])
async def test_opening_the_app_is_contact_enough(
    servers: SlackServers, slack: FakeSlack, services: Services, tab: str
) -> None:
    await servers.deliver(event({"type": "app_home_opened", "user": USER, "channel": DIRECT, "tab": tab}))
    for _ in range(100):
        if _kept(services):
            break
        await asyncio.sleep(0.02)
    assert _kept(services) == {"user": USER, "channel": DIRECT, "person": STAFF.id}


async def test_the_last_use_of_a_chat_is_known_to_the_hour(services: Services) -> None:
    now = datetime.now(UTC)
    times = iter([now, now + timedelta(minutes=59), now + timedelta(minutes=61)])
    contacts = Contacts(replace(services, clock=lambda: next(times)))
    for expected in (now, now, now + timedelta(minutes=61)):
        contacts.remember(USER, STAFF.id, DIRECT)
        found = services.stores.conversations.find("slack", USER)
        assert found is not None
        assert found.updated_at == expected


async def test_nothing_is_kept_of_somebody_the_directory_does_not_know(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    await servers.deliver(event(direct(STRANGER, "BPRとは")))
    await slack.until(lambda: bool(slack.posts))
    assert _kept(services, STRANGER) is None
    assert addresses_of("999999", services) == ()


async def test_who_never_wrote_is_found_by_address_once(slack: FakeSlack, services: Services) -> None:
    found = addresses_of(STAFF.id, services)
    assert found == (Address("slack", by_person(STAFF.id)), ON_WEB)
    for number in range(2):
        assert (await _send(services, found, f"digest/{number}"))["sent"] == number + 1
    assert [post["channel"] for post in slack.posts] == [DIRECT, DIRECT]
    assert len(slack.called("users.lookupByEmail")) == 1
    assert addresses_of(STAFF.id, services) == (Address("slack", USER), ON_WEB)


async def test_when_an_address_changes_hands_the_new_owner_is_written_to(
    slack: FakeSlack, services: Services
) -> None:
    await _send(services, addresses_of(STAFF.id, services), "before")
    slack.add_user("U0NEW", "new@city.example")
    _move(services, STAFF.model_copy(update={"email": "new@city.example"}))
    found = addresses_of(STAFF.id, services)
    assert found == (Address("slack", by_person(STAFF.id)), ON_WEB)
    await _send(services, found, "after")
    assert [post["channel"] for post in slack.posts] == [DIRECT, "D0NEW"]


@pytest.mark.parametrize("told", [{"is_restricted": True}, {"is_email_confirmed": False}, {"deleted": True}])
async def test_an_address_slack_does_not_vouch_for_gets_nothing(
    slack: FakeSlack, services: Services, told: dict[str, bool]
) -> None:
    slack.users[USER].update(told)
    assert (await _send(services, addresses_of(STAFF.id, services)))["failed"] == 1
    assert slack.posts == []


async def test_a_missing_scope_or_an_outage_only_delays_it(slack: FakeSlack, services: Services) -> None:
    slack.scopes -= {"users:read.email"}
    assert (await _send(services, addresses_of(STAFF.id, services)))["queued"] == 1
    slack.scopes |= {"users:read.email"}
    slack.fail("users.lookupByEmail", "504")
    late = datetime.now(UTC) + timedelta(minutes=1)
    for minutes in (1, 60):
        at = late + timedelta(minutes=minutes)
        await Worker("w", services.stores.outbox, build_messengers(services), lambda at=at: at).drain_once()  # type: ignore[misc]
    assert services.stores.outbox.counts()["sent"] == 1
    assert len(slack.posts) == 1


async def test_the_chat_used_last_comes_first(services: Services) -> None:
    services = replace(services, settings=services.settings.model_copy(update={"teams_app_id": "id"}))
    now = datetime.now(UTC)
    for channel, user, hours in (("slack", USER, 2), ("teams", "29:aoba", 1)):
        services.stores.directory.link_user(channel, user, STAFF.id)
        at = now - timedelta(hours=hours)
        services.stores.conversations.save(channel, user, STAFF.id, {"user": user}, at)
    teams, chat = Address("teams", "29:aoba"), Address("slack", USER)
    assert addresses_of(STAFF.id, services) == (teams, chat, ON_WEB)
    services.stores.conversations.save("slack", USER, STAFF.id, {"user": USER}, now)
    assert addresses_of(STAFF.id, services) == (chat, teams, ON_WEB)


def test_a_person_is_told_from_a_user() -> None:
    assert person_in(by_person("000123")) == "000123"
    assert person_in(USER) is None
