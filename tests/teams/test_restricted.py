"""What not everybody may see, asked for in a Teams channel: the answer goes to the asker's personal chat."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.services import Services
from bot.teams.invokes import SEARCH_COMMAND, SEARCH_PARAMETER
from bot.texts.ja import learning as texts
from bot.texts.ja import teams as teams_texts
from tests.fakes.teams import FakeTeams, Fault, Member
from tests.slack.test_restricted import QUESTION, SECRET, SECRET_TERM, WORDS
from tests.teams.conftest import CHANNEL_CHAT, Deliver, words
from tests.teams.test_sensitive import asked_in_channel
from tests.web.city import MANAGER


@pytest.fixture
def managing(services: Services, teams: FakeTeams) -> Member:
    """A 所属長, and an article for 所属長 alone."""
    services.stores.articles.replace_source("内示.csv", [SECRET])
    return teams.person(MANAGER.id, MANAGER.email)


async def test_in_a_channel_the_answer_goes_to_the_personal_chat(
    teams: FakeTeams, managing: Member, deliver: Deliver
) -> None:
    for count in (1, 2):
        assert (await deliver(asked_in_channel(teams, managing, QUESTION))).status == 200
        posted = (await teams.wait_for(count))[-1]
        assert posted.conversation == f"a:{managing.aad}"
        assert WORDS in words(posted)


@pytest.mark.parametrize("place", ["a channel", "a chat of two"])
@pytest.mark.parametrize("word", ["BPRの内示", "びーぴーあーるのないじ", "内示の扱い", QUESTION])
async def test_a_card_that_is_pasted_into_a_talk_shows_nothing_of_it(
    services: Services, teams: FakeTeams, managing: Member, deliver: Deliver, word: str, place: str
) -> None:
    services.stores.articles.replace_source("内示.csv", [SECRET, SECRET_TERM])
    found = await search(teams, managing, deliver, word, asked_in_channel if place == "a channel" else None)
    assert found == {"type": "message", "text": teams_texts.SEARCH_RESTRICTED}


async def test_beside_what_is_restricted_a_search_gives_the_others(
    services: Services, teams: FakeTeams, managing: Member, deliver: Deliver
) -> None:
    services.stores.articles.replace_source("内示.csv", [SECRET, SECRET_TERM])
    found = await search(teams, managing, deliver, "BPR", asked_in_channel)
    assert found["attachments"][0]["preview"]["content"]["title"] == "BPR"
    assert "内示" not in json.dumps(found, ensure_ascii=False)
    told = await search(teams, teams.person("guest", "guest@other.example"), deliver, "BPRの内示")
    assert "内示" not in json.dumps(told, ensure_ascii=False)


async def search(
    teams: FakeTeams,
    user: Member,
    deliver: Deliver,
    word: str,
    place: Callable[[FakeTeams, Member, str], dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """What the message extension offers to paste; without a `place`, in a chat that Teams calls personal."""
    asked = place(teams, user, "") if place else teams.activity(user=user)
    value = {"commandId": SEARCH_COMMAND, "parameters": [{"name": SEARCH_PARAMETER, "value": word}]}
    invoke = asked | {"type": "invoke", "name": "composeExtension/query", "value": value}
    found: dict[str, Any] = (await (await deliver(invoke)).json())["composeExtension"]
    return found


@pytest.mark.parametrize("fault", ["403", "429", "500", "lose request"])
async def test_without_a_personal_chat_the_channel_reads_nothing_of_it(
    services: Services, teams: FakeTeams, managing: Member, deliver: Deliver, fault: Fault
) -> None:
    teams.faults.plan.append(fault)
    assert (await deliver(asked_in_channel(teams, managing, QUESTION))).status == 200
    (posted,) = await teams.wait_for(1)
    assert (posted.conversation, words(posted)) == (CHANNEL_CHAT, texts.PRIVATELY)
    claimed = services.stores.outbox.claim("w", services.clock(), 60)
    assert claimed is None or WORDS not in claimed.message.model_dump_json()
