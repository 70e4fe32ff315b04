"""Who is asking: matched by e-mail, once, and as the directory stands now."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import router
from bot.app import create_app
from bot.messages import Paragraph, Reply, Request
from bot.services import Services
from bot.teams import people as people_module
from tests.fakes.teams import FakeTeams, Member
from tests.teams.conftest import Deliver, words


def _telling_who(request: Request, services: Services) -> Reply:
    who = request.person.name if request.person else "知らない人"
    return Reply(parts=(Paragraph(text=f"{request.user}は{who}"),))


@pytest.fixture
def who(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "ask": _telling_who})


@pytest.mark.usefixtures("who")
async def test_a_person_is_matched_by_email_once(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    for _ in range(3):
        await deliver(teams.activity("私は誰", user=asker))
    assert [words(posted) for posted in teams.posted] == [f"{asker.aad}は青葉 花"] * 3
    assert teams.calls["member"] == 1
    linked = services.stores.directory.linked_person("teams", asker.aad)
    assert linked is not None
    assert linked.id == "900001"


@pytest.mark.usefixtures("who")
@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("nobody@city.example", "user"),
        ("", "user"),
        ("p900001@city.example", "guest"),
        ("p900001_city.example#EXT#@x.example", "user"),
    ],
)
async def test_someone_unknown_may_ask_as_nobody(
    teams: FakeTeams, deliver: Deliver, services: Services, email: str, role: str
) -> None:
    stranger = teams.person("777", email, role=role)
    for _ in range(2):
        await deliver(teams.activity("私は誰", user=stranger))
    assert words(teams.posted[1]) == f"{stranger.aad}は知らない人"
    assert teams.calls["member"] == 1
    assert services.stores.directory.linked_person("teams", stranger.aad) is None


@pytest.mark.usefixtures("who")
async def test_someone_of_another_tenant_is_not_matched(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    activity = teams.activity("私は誰", user=asker)
    activity["conversation"]["tenantId"] = "00000000-0000-0000-0000-00000000beef"
    await deliver(activity)
    assert "知らない人" in words(teams.posted[0])


@pytest.mark.usefixtures("who")
async def test_someone_an_import_adds_is_known_at_the_next_message(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    directory = services.stores.directory
    person = directory.person("900001")
    assert person is not None
    for leavers, people in (([], []), (["900001"], []), ([], [person])):
        directory.save(directory.list_departments(), people, leavers)
        await deliver(teams.activity("私は誰", user=asker))
    assert [words(posted).partition("は")[2] for posted in teams.posted] == [
        "青葉 花",
        "知らない人",
        "青葉 花",
    ]


@pytest.mark.usefixtures("who")
async def test_a_chat_without_the_bot_makes_nobody_unknown_elsewhere(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    """A search in the chat of two others: Teams does not tell the bot who is there."""
    value = {"commandId": "searchTerms", "parameters": [{"name": "term", "value": "BPR"}]}
    query = teams.activity(user=asker) | {"type": "invoke", "name": "composeExtension/query", "value": value}
    query["conversation"] = query["conversation"] | {"id": "19:others@unq.gbl.spaces"}
    assert (await deliver(query)).status == 200
    assert teams.refused[-1][0] == 404
    await deliver(teams.activity("私は誰", user=asker))
    assert words(teams.posted[0]) == f"{asker.aad}は青葉 花"


@pytest.mark.usefixtures("who")
async def test_someone_teams_did_not_tell_of_is_asked_for_again_soon(
    teams: FakeTeams, asker: Member, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people_module, "FAILED_SECONDS", 1.5)
    teams.faults.member_failures = 1
    for seconds in (0.0, 0.0, 1.6):
        await asyncio.sleep(seconds)
        await deliver(teams.activity("私は誰", user=asker))
    assert [words(posted).partition("は")[2] for posted in teams.posted] == ["知らない人"] * 2 + ["青葉 花"]
    assert teams.calls["member"] == 2


@pytest.mark.usefixtures("who")
async def test_the_identity_is_the_same_after_a_restart_and_gone_with_the_person(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    headers = {"Authorization": teams.bearer()}
    for _ in range(2):
        async with TestClient(TestServer(create_app(services))) as client:
            await client.post("/api/messages", json=teams.activity("私は誰", user=asker), headers=headers)
            if teams.calls["member"] == 1 and len(teams.posted) == 2:
                directory = services.stores.directory
                directory.save(directory.list_departments(), [], ["900001"])
                asked = teams.activity("私は誰", user=asker)
                await client.post("/api/messages", json=asked, headers=headers)
    assert teams.calls["member"] == 2  # once for the match, once more when it was gone
    assert [words(posted) for posted in teams.posted] == [
        f"{asker.aad}は青葉 花",
        f"{asker.aad}は青葉 花",
        f"{asker.aad}は知らない人",
    ]
