"""Replies in Chromium, through a Block Kit renderer: nothing is lost, and nothing written becomes anything but text."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from bot.messages import Request
from bot.services import Services
from bot.slack.render import blocks
from tests.browser.slack import draw, posted
from tests.fakes.slack_client import buttons, read
from tests.web.specimen import hostile, show

pytestmark = pytest.mark.browser

QUESTIONS = ("BPRとは何ですか", "言語と業務", "宇宙旅行の申込期限はいつですか")
# The renderer, unlike Slack, reads plain text in a context as mrkdwn: asterisks turn into bold.
NOTHING_SEEN = re.compile(r"[\s*\u200b\u202a-\u202e\u2060\u2066-\u2069]")


async def test_all_that_is_posted_can_be_read(tmp_path: Path, services: Services) -> None:
    turns = await posted(services, QUESTIONS)
    asked = Request(channel="slack", user="u", name="specimen")
    turns += [{"question": "見本", "blocks": blocks(make(asked, services))} for make in (show, hostile)]
    picture = tmp_path / "slack.png"
    seen = _squeezed(await asyncio.to_thread(draw, turns, tmp_path, picture))
    for turn in turns:
        for words in filter(None, _words(turn["blocks"])):
            assert words in seen
    assert picture.stat().st_size > 20_000


def _words(posted: list[dict[str, Any]]) -> list[str]:
    labels = [button["text"]["text"] for button in buttons(posted)]
    return [_squeezed(words) for words in [*read(posted).splitlines(), *labels]]


def _squeezed(text: str) -> str:
    return NOTHING_SEEN.sub("", text)
