"""A conversation as the Slack platform took it, drawn in Chromium by a Block Kit renderer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.services import Services
from tests.browser.running import run_script
from tests.scenarios.slack_driver import open_slack

QUESTIONS = ("RPAとは何ですか", "計画", "宇宙旅行の申込期限はいつですか")


async def posted(services: Services, questions: Sequence[str]) -> list[dict[str, Any]]:
    """Each question with the blocks that the strict fake of Slack accepted for it."""
    async with open_slack(services) as driver:
        return [
            {"question": question, "blocks": (await driver.post(question))["blocks"]}
            for question in questions
        ]


def draw(turns: list[dict[str, Any]], folder: Path, picture: Path) -> str:
    """Write the picture and return the words in it. Raises NotInstalled or CalledProcessError."""
    given = folder / "turns.json"
    given.write_text(json.dumps(turns), encoding="utf-8")
    return run_script("slack.cjs", str(given), str(picture))
