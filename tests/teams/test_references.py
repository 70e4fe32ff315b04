"""How people are reached: kept with every contact, forgotten when they themselves remove the app."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from tests.fakes.teams import BOT, FakeTeams, Member
from tests.teams.conftest import CHANNEL_CHAT, Clock, Deliver

TEAM_CHAT = "19:team@thread.tacv2"
MORNING = Clock().now


async def test_the_reference_is_plain_json_kept_on_first_contact(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    await deliver(teams.activity("BPRとは何ですか", user=asker, conversation=CHANNEL_CHAT))
    conversations = services.stores.conversations
    first = conversations.find("teams", asker.aad)
    assert first is not None
    assert first.reference["conversation"] == ""
    await deliver(teams.activity("BPRとは何ですか", user=asker))
    await deliver(teams.activity("BPRとは何ですか", user=asker, conversation=CHANNEL_CHAT))
    kept = conversations.find("teams", asker.aad)
    assert kept is not None
    assert kept.person_id == "900001"
    assert kept.reference == {
        "serviceUrl": teams.url,
        "bot": BOT,
        "user": asker.id,
        "tenantId": "99999999-8888-7777-6666-555555555555",
        "conversation": f"a:{asker.aad}",
    }
    assert [one.user for one in conversations.list_for("teams", "900001")] == [asker.aad]


async def test_the_reference_goes_with_the_app(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    update = teams.activity(user=asker) | {"type": "installationUpdate"}
    await deliver(update | {"action": "add"})
    assert services.stores.conversations.find("teams", asker.aad) is not None
    await deliver(update | {"action": "remove"})
    assert services.stores.conversations.find("teams", asker.aad) is None
    await deliver(teams.activity("BPRとは何ですか", user=asker))
    assert services.stores.conversations.find("teams", asker.aad) is not None


def _installed(teams: FakeTeams, user: Member) -> dict[str, Any]:
    return teams.activity(user=user) | {"type": "installationUpdate", "action": "add"}


def _added(teams: FakeTeams, user: Member) -> dict[str, Any]:
    return teams.activity(user=user) | {"type": "conversationUpdate", "membersAdded": [{"id": BOT}]}


@pytest.mark.parametrize("again", [_installed, _added])
async def test_the_reference_comes_back_with_the_app_on_the_same_day(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services, again: Any
) -> None:
    await deliver(_installed(teams, asker))
    await deliver(teams.activity(user=asker) | {"type": "installationUpdate", "action": "remove"})
    await deliver(again(teams, asker))
    kept = services.stores.conversations.find("teams", asker.aad)
    assert kept is not None
    assert (kept.reference["conversation"], kept.person_id) == (f"a:{asker.aad}", "900001")
    assert len(teams.posted) == 1  # welcomed already that day


async def test_a_team_that_removes_the_app_leaves_the_personal_chat(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    await deliver(_installed(teams, asker))
    removed = teams.activity(user=asker, conversation=TEAM_CHAT)
    await deliver(removed | {"type": "installationUpdate", "action": "remove"})
    kept = services.stores.conversations.find("teams", asker.aad)
    assert kept is not None
    assert kept.reference["conversation"] == f"a:{asker.aad}"


async def test_what_another_process_forgot_is_kept_anew_at_the_next_message(
    teams: FakeTeams, asker: Member, services: Services
) -> None:
    headers = {"Authorization": teams.bearer()}
    conversations = services.stores.conversations
    removed = teams.activity(user=asker) | {"type": "installationUpdate", "action": "remove"}
    async with (
        TestClient(TestServer(create_app(services))) as first,
        TestClient(TestServer(create_app(services))) as second,
    ):
        for client, activity, known in (
            (first, teams.activity("BPRとは何ですか", user=asker), True),
            (second, removed, False),
            (first, teams.activity("BPRとは何ですか", user=asker), True),
        ):
            await client.post("/api/messages", json=activity, headers=headers)
            assert (conversations.find("teams", asker.aad) is not None) is known


async def test_when_a_conversation_was_used_last_is_known_to_the_hour(
    teams: FakeTeams, asker: Member, services: Services
) -> None:
    clock = Clock()
    headers = {"Authorization": teams.bearer()}
    async with TestClient(TestServer(create_app(replace(services, clock=clock)))) as client:
        for minutes, kept in ((0, 0), (30, 0), (61, 61)):
            clock.now = MORNING + timedelta(minutes=minutes)
            await client.post(
                "/api/messages", json=teams.activity("BPRとは何ですか", user=asker), headers=headers
            )
            found = services.stores.conversations.find("teams", asker.aad)
            assert found is not None
            assert found.updated_at == MORNING + timedelta(minutes=kept)


async def test_a_person_who_becomes_known_is_reached_by_their_number(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    directory = services.stores.directory
    person = directory.person("900001")
    assert person is not None
    directory.save(directory.list_departments(), [], ["900001"])
    await deliver(teams.activity("BPRとは何ですか", user=asker))
    assert services.stores.conversations.list_for("teams", "900001") == []
    directory.save(directory.list_departments(), [person], [])
    await deliver(teams.activity("BPRとは何ですか", user=asker, conversation=CHANNEL_CHAT))
    assert [one.user for one in services.stores.conversations.list_for("teams", "900001")] == [asker.aad]
