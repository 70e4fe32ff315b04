"""What not everybody may see, asked for in a Teams channel: the answer goes to the asker's personal chat."""

from __future__ import annotations

import pytest

from bot.services import Services
from bot.texts.ja import learning as texts
from tests.fakes.teams import FakeTeams, Fault, Member
from tests.slack.test_restricted import QUESTION, SECRET, WORDS
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
