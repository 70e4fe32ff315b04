"""What people in Teams do, and what they get: questions, buttons, mentions, installations."""

from __future__ import annotations

from typing import Any

import pytest

from bot import router
from bot.delivery import Arrival, Receipt
from bot.ledger import Ledger
from bot.messages import Reply, Request
from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import teams as texts
from tests.fakes.teams import BOT, FakeTeams, Member, card_buttons
from tests.teams.conftest import CHANNEL_CHAT, Deliver, card, words
from tests.web.specimen import HANDLERS


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


async def test_what_was_asked_before_needs_no_working_out_until_its_asker_is_gone(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_request: Request, _services: Services) -> Reply:
        raise AssertionError("it is worked out")

    await deliver(teams.activity("BPRとは何ですか", user=asker))
    monkeypatch.setattr("bot.teams.desk.handle", refuse)
    await deliver(teams.activity("BPRとは何ですか", user=asker))
    first, again = teams.posted
    assert card(again) == card(first)
    directory = services.stores.directory
    directory.save(directory.list_departments(), [], ["900001"])
    await deliver(teams.activity("BPRとは何ですか", user=asker))
    assert texts.FAILED in words(teams.posted[-1])


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
    assert [bool(body) for body in bodies] == [kept, False]  # the arrival, and the mark before sending
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


async def test_an_upgrade_is_not_welcomed_and_parts_nobody(
    teams: FakeTeams, asker: Member, deliver: Deliver, services: Services
) -> None:
    update = teams.activity(user=asker) | {"type": "installationUpdate"}
    for action in ("add-upgrade", "remove-upgrade"):
        assert (await deliver(update | {"action": action})).status == 200
    assert teams.posted == []
    assert services.stores.conversations.find("teams", asker.aad) is not None


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
