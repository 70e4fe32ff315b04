"""A sensitive question in Teams: no text of it is stored, not even while Teams is away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.services import Services
from bot.texts.ja import learning as texts
from tests.fakes.teams import BOT, FakeTeams, Member, card_buttons
from tests.teams.conftest import CHANNEL_CHAT, Deliver, card, words

QUESTION = "上司のパワハラについて相談したい"


async def test_what_must_wait_for_teams_says_nothing_of_it(
    services: Services, teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    teams.faults.retry_after = "60"
    teams.faults.plan.append("429")
    assert (await deliver(teams.activity(QUESTION, user=asker))).status == 200
    claimed = services.stores.outbox.claim("w", services.clock() + timedelta(minutes=5), 60)
    assert claimed is not None
    assert claimed.message.reply.text == texts.ASK_AGAIN
    assert "パワハラ" not in claimed.message.model_dump_json()


def asked_in_channel(teams: FakeTeams, user: Member, text: str) -> dict[str, Any]:
    """A mention of the bot in a channel."""
    mention = {"type": "mention", "text": "<at>DX相談ボット</at>", "mentioned": {"id": BOT, "name": "x"}}
    text = f"<at>DX相談ボット</at> {text}"
    return teams.activity(text, user=user, conversation=CHANNEL_CHAT) | {"entities": [mention]}


async def test_in_a_channel_the_answer_goes_to_the_personal_chat(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    assert (await deliver(asked_in_channel(teams, asker, QUESTION))).status == 200
    (posted,) = await teams.wait_for(1)
    assert posted.conversation == f"a:{asker.aad}"
    assert texts.DESK in words(posted)
    again = next(button for button in card_buttons(card(posted)) if "ask_anyway" in str(button["data"]))
    await deliver(teams.activity(user=asker) | {"value": again["data"]})
    answered = (await teams.wait_for(2))[1]
    assert answered.conversation == f"a:{asker.aad}"


async def test_an_ordinary_question_in_a_channel_is_answered_there(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    await deliver(asked_in_channel(teams, asker, "RPAとは何ですか"))
    (posted,) = await teams.wait_for(1)
    assert posted.conversation == CHANNEL_CHAT


@pytest.mark.parametrize("fault", ["403", "429", "500", "lose request"])
async def test_without_a_personal_chat_the_channel_reads_where_to_ask_and_nothing_more(
    teams: FakeTeams, asker: Member, deliver: Deliver, fault: Any
) -> None:
    teams.faults.plan.append(fault)
    assert (await deliver(asked_in_channel(teams, asker, QUESTION))).status == 200
    (posted,) = await teams.wait_for(1)
    assert posted.conversation == CHANNEL_CHAT
    assert words(posted) == texts.PRIVATELY
    assert card_buttons(card(posted)) == []
