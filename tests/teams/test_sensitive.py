"""A sensitive question in Teams: no text of it is stored, not even while Teams is away."""

from __future__ import annotations

from datetime import timedelta

from bot.services import Services
from bot.texts.ja import learning as texts
from tests.fakes.teams import FakeTeams, Member
from tests.teams.conftest import Deliver

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
