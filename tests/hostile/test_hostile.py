"""Hostile strings through every text input: nothing of them acts anywhere."""

from __future__ import annotations

import pytest

from storage.stores import SqlStores
from tests.hostile.reading import live_in_page, live_on_slack, live_on_teams
from tests.hostile.strings import SEEDS, hostile
from tests.hostile.walking import open_town, walk

COUNT = 100


async def test_nothing_hostile_acts_anywhere(sqlite_stores: SqlStores) -> None:
    tally = await walk(open_town(sqlite_stores), list(hostile(COUNT)), batch=50)
    assert tally.live == {"slack": [], "teams": [], "web": []}
    assert len(tally.put) > 20, tally.put
    assert all(tally.read[channel] > 100 for channel in tally.live), tally.read


@pytest.mark.parametrize("text", SEEDS[:7])
def test_a_live_mention_on_slack_would_be_seen(text: str) -> None:
    assert live_on_slack({"text": text, "blocks": []})
    assert live_on_slack(
        {"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}
    )


def test_a_live_mention_on_teams_would_be_seen() -> None:
    for text in ("<at>全員</at>", "[x](javascript:alert(1))"):
        card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": text}]}
        assert live_on_teams({"attachments": [{"content": card}]})
    assert live_on_teams({"entities": [{"type": "mention"}]})


@pytest.mark.parametrize(
    "text", [seed for seed in SEEDS if seed.startswith(("<script", "<img", "<svg", "<iframe", "<a "))]
)
def test_a_live_script_would_be_seen(text: str) -> None:
    assert live_in_page(f"<p>{text}</p>")
    assert not live_in_page("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
