"""What people in Teams do, and what they get: questions, buttons, mentions, installations; once each."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import router
from bot.app import create_app
from bot.ledger import Ledger
from bot.messages import Paragraph, Reply, Request
from bot.services import Arrival, Receipt, Services
from bot.teams.activity import read_activity
from bot.teams.channel import TeamsChannel
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import teams as texts
from tests.fakes.teams import BOT, FakeTeams, Member, Posted, card_buttons, card_texts
from tests.teams.conftest import Deliver
from tests.web.specimen import HANDLERS

CHANNEL_CHAT = "19:general@thread.tacv2;messageid=1700"


def card(posted: Posted) -> dict[str, Any]:
    content = posted.activity["attachments"][0]["content"]
    assert isinstance(content, dict)
    return content


def words(posted: Posted) -> str:
    return "\n".join(card_texts(card(posted)))


def press(teams: FakeTeams, user: Member, data: object, **more: Any) -> dict[str, Any]:
    activity = teams.activity(user=user, **more)
    del activity["text"]
    return activity | {"value": data}


async def test_a_question_is_answered_with_its_source(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    asked = teams.activity("BPRとは何ですか", user=asker)
    response = await deliver(asked)
    assert (response.status, await response.read()) == (200, b"")
    (posted,) = teams.posted
    assert "仕事の流れを根本から見直し" in words(posted)
    assert "見本市DX推進計画(案)" in words(posted)
    assert posted.reply_to == asked["id"]
    assert posted.activity["recipient"]["id"] == asker.id
    assert posted.activity["from"]["id"] == BOT
    assert posted.activity["summary"].startswith("BPR")
    assert teams.refused == []


async def test_every_button_answers(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    await deliver(teams.activity("言語と業務", user=asker))
    buttons = card_buttons(card(teams.posted[0]))
    assert len(buttons) > 1
    for number, button in enumerate(buttons, 1):
        assert (await deliver(press(teams, asker, button["data"]))).status == 200
        assert len(teams.posted) == number + 1
        assert ask_texts.UNKNOWN_ACTION not in words(teams.posted[-1])


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"other": 1},
        [],
        7,
        "x",
        {"dxbot": 1},
        {"dxbot": {}},
        {"dxbot": {"name": 5}},
        {"dxbot": {"name": "a" * 500}},
    ],
)
async def test_a_button_of_another_bot_gets_a_polite_answer(
    teams: FakeTeams, asker: Member, deliver: Deliver, data: object
) -> None:
    assert (await deliver(press(teams, asker, data))).status == 200
    assert texts.UNREADABLE_PRESS in words(teams.posted[0])


async def test_a_button_nobody_serves_gets_a_polite_answer(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    await deliver(press(teams, asker, {"dxbot": {"name": "no_such", "value": ""}}))
    assert ask_texts.UNKNOWN_ACTION in words(teams.posted[0])


async def test_a_mention_in_a_channel_is_answered_in_its_thread(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    text = "<at>DX相談ボット</at>&nbsp;BPRとは何ですか\n"
    mention = {
        "type": "mention",
        "text": "<at>DX相談ボット</at>",
        "mentioned": {"id": BOT, "name": "DX相談ボット"},
    }
    asked = teams.activity(text, user=asker, conversation=CHANNEL_CHAT, entities=[mention])
    await deliver(asked)
    (posted,) = teams.posted
    assert posted.conversation == CHANNEL_CHAT
    assert "仕事の流れを根本から見直し" in words(posted)


@pytest.mark.parametrize(("typed", "kept"), [("BPRとは", True), ("番号は1234-5678-9012です", False)])
async def test_a_personal_number_is_not_stored(
    teams: FakeTeams,
    asker: Member,
    deliver: Deliver,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    *,
    kept: bool,
) -> None:
    bodies: list[str] = []
    take = Ledger.take

    async def watched(ledger: Ledger, arrival: Arrival) -> Receipt | None:
        bodies.append(arrival.body)
        return await take(ledger, arrival)

    monkeypatch.setattr(Ledger, "take", watched)
    await deliver(teams.activity(typed, user=asker))
    assert [bool(body) for body in bodies] == [kept]
    assert len(teams.posted) == 1


async def test_a_mention_alone_says_how_to_ask(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    mention = {"type": "mention", "text": "<at>x</at>", "mentioned": {"id": BOT}}
    await deliver(teams.activity("<at>x</at>", user=asker, conversation=CHANNEL_CHAT, entities=[mention]))
    assert ask_texts.EMPTY in words(teams.posted[0])


async def test_a_picture_without_words_says_how_to_ask(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    await deliver(teams.activity(user=asker, attachments=[{"contentType": "image/png"}]))
    assert ask_texts.EMPTY in words(teams.posted[0])


async def test_an_installation_is_welcomed_once(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    added = teams.activity(user=asker) | {"type": "conversationUpdate", "membersAdded": [{"id": BOT}]}
    installed = teams.activity(user=asker) | {"type": "installationUpdate", "action": "add"}
    for activity in (added, installed, added):
        assert (await deliver(activity)).status == 200
    (posted,) = teams.posted
    assert texts.WELCOME in words(posted)
    assert card_buttons(card(posted))


async def test_another_member_is_not_welcomed(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    joined = teams.activity(user=asker) | {"type": "conversationUpdate", "membersAdded": [{"id": asker.id}]}
    assert (await deliver(joined)).status == 200
    assert teams.posted == []


@pytest.mark.parametrize("kind", ["typing", "messageReaction", "messageUpdate", "event", "endOfConversation"])
async def test_what_needs_no_answer_gets_none(
    teams: FakeTeams, asker: Member, deliver: Deliver, kind: str
) -> None:
    assert (await deliver(teams.activity(user=asker) | {"type": kind})).status == 200
    assert teams.posted == []


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


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


async def test_what_a_crashed_process_left_is_answered_once(
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


async def test_a_long_rate_limit_is_left_for_later_and_answered_then(
    services: Services, teams: FakeTeams, asker: Member
) -> None:
    clock = Clock()
    ticking = replace(services, clock=clock)
    teams.faults.retry_after = "20"
    teams.faults.plan.append("429")
    async with TestClient(TestServer(create_app(ticking))) as client:
        activity = teams.activity("BPRとは何ですか", user=asker)
        headers = {"Authorization": teams.bearer()}
        assert (await client.post("/api/messages", json=activity, headers=headers)).status == 200
        assert teams.posted == []
        clock.now += timedelta(minutes=1)
        later = TeamsChannel(ticking)
        assert await later.work_overdue() == 1
        await later._ledger.close()
        await later._connector.close()
    assert len(teams.posted) == 1


@pytest.mark.parametrize("fault", ["lose reply", "lose request", "500", "html", "403", "404"])
async def test_a_reply_that_may_have_gone_out_is_not_repeated(
    teams: FakeTeams, asker: Member, deliver: Deliver, fault: Any
) -> None:
    teams.faults.plan.append(fault)
    activity = teams.activity("BPRとは何ですか", user=asker)
    for _ in range(2):
        assert (await deliver(activity)).status == 200
    assert teams.calls["post"] == 1


async def test_a_fault_of_ours_is_said_politely_and_logged_without_content(
    teams: FakeTeams,
    asker: Member,
    deliver: Deliver,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(request: Request, services: Services) -> Reply:
        raise RuntimeError(request.text)

    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "ask": fail})
    assert (await deliver(teams.activity("ひみつの質問", user=asker))).status == 200
    assert texts.FAILED in words(teams.posted[0])
    assert "RuntimeError" in caplog.text
    assert "ひみつの質問" not in caplog.text


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
    assert teams.calls["member"] == 1
    assert [words(posted) for posted in teams.posted] == [
        f"{asker.aad}は青葉 花",
        f"{asker.aad}は青葉 花",
        f"{asker.aad}は知らない人",
    ]


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


async def test_a_form_is_shown_and_its_values_come_back(
    teams: FakeTeams, asker: Member, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Request] = []

    def survey(request: Request, services: Services) -> Reply:
        seen.append(request)
        return HANDLERS["survey"](request, services)

    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "survey": survey})
    await deliver(press(teams, asker, {"dxbot": {"name": "survey", "value": ""}}))
    shown = card(teams.posted[0])
    inputs = {element["id"]: element for element in shown["body"] if element["type"].startswith("Input.")}
    (send,) = card_buttons(shown)
    filled: dict[str, Any] = {name: element.get("value", "") for name, element in inputs.items()}
    await deliver(press(teams, asker, send["data"] | filled))
    assert "お名前を入力してください。" in words(teams.posted[1])
    await deliver(press(teams, asker, send["data"] | filled | {"f.name": "青葉 花", "f.days": 4}))
    assert "受け付けました" in words(teams.posted[2])
    assert (seen[2].name, seen[2].value) == ("survey", "round-1")
    assert seen[2].values == {
        "name": "青葉 花",
        "days": "4",
        "from": "2027-04-01",
        "place": "home",
        "tools": ["chat", "meet"],
        "voice": "\n一行あけ",
    }
