"""A conversation as the Slack platform took it, drawn in Chromium by a Block Kit renderer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.services import Services
from bot.texts.ja.surveys import NEXT, SEND, START
from staff.model import Person
from tests.browser.running import run_script
from tests.scenarios.slack_driver import open_slack
from tests.scenarios.slack_town import open_slack as open_slack_town

QUESTIONS = ("RPAとは何ですか", "計画", "宇宙旅行の申込期限はいつですか")


async def posted(services: Services, questions: Sequence[str]) -> list[dict[str, Any]]:
    """Each question with the blocks that the strict fake of Slack accepted for it."""
    async with open_slack(services) as driver:
        return [
            {"question": question, "blocks": (await driver.post(question))["blocks"]}
            for question in questions
        ]


async def filled_in(
    services: Services, person: Person, title: str, answers: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """A survey's windows from the notice to the receipt, as the strict fake of Slack accepted them."""
    turns = []
    async with open_slack_town(services) as town:
        seat = town.seat(person)
        listed = await seat.say("アンケート")
        shown = await seat.press(listed, next(label for label in listed.buttons if title in label))
        turns.append({"question": title, "blocks": shown.view["blocks"]})
        shown = await seat.press(shown, START)
        while shown.form:
            turns.append({"question": NEXT, "blocks": shown.view["blocks"]})
            values = {name: answers[name] for name in shown.asks if name in answers}
            shown = await seat.fill(shown, **values)
        turns.append({"question": SEND, "blocks": shown.view["blocks"]})
    return turns


def draw(turns: list[dict[str, Any]], folder: Path, picture: Path) -> str:
    """Write the picture and return the words in it. Raises NotInstalled or CalledProcessError."""
    given = folder / "turns.json"
    given.write_text(json.dumps(turns), encoding="utf-8")
    return run_script("slack.cjs", str(given), str(picture))
