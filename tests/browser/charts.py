"""Pictures of charts on every channel: `python -m tests.browser.charts FOLDER`, or `--docs` for docs/images.

Slack's are of what the strict fake took, with its upload put in for the file; Teams' come from the playground.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.app import create_app
from bot.charts.chart import Chart
from bot.charts.picture import png_of, svg_of
from bot.delivery import Message
from bot.messages import Paragraph, Reply
from bot.services import Services
from bot.slack.client import build_client
from bot.slack.messenger import SlackMessenger
from bot.teams.pictures import messages_of
from tests.browser.digest import IMAGES, in_playground
from tests.browser.running import run_script
from tests.browser.server import prepare
from tests.browser.slack import draw
from tests.charts.specimens import AGREEMENT, MY_LEVELS, OBSTACLES, PILOTS, PROGRESS, ROUNDS, SKILL_MAP
from tests.fakes.slack import FakeSlack, served
from tests.scenarios.slack_driver import with_slack
from tests.web.city import STAFF

INTRO = Paragraph(text="図と表は同じ数字です。点線の空いた枠は、人数が少ないため伏せた値（秘匿）です。")
CHAT = Reply(title="図の見本", parts=(INTRO, OBSTACLES, AGREEMENT))
EVERY = Reply(
    title="図の見本", parts=(INTRO, OBSTACLES, MY_LEVELS, AGREEMENT, PILOTS, SKILL_MAP, PROGRESS, ROUNDS)
)
USER = "U0AOBA"


async def posted(services: Services, reply: Reply) -> list[dict[str, Any]]:
    """The blocks that the strict fake of Slack took for a reply, its files shown as images."""
    async with served(FakeSlack()) as slack:
        slack.add_user(USER, STAFF.email)
        async with aiohttp.ClientSession() as session:
            client = build_client(with_slack(services, slack).settings)
            client.session = session
            messenger = SlackMessenger(services, client)
            now = datetime.now(UTC)
            await messenger.send(Message(key="k", channel="slack", recipient=USER, reply=reply, due_at=now))
        blocks: list[dict[str, Any]] = slack.posts[0]["blocks"]
        for block in blocks:
            if block["type"] == "image":
                data = slack.files.uploads[block.pop("slack_file")["id"]].data
                block["image_url"] = "data:image/png;base64," + b64encode(data).decode()
        return blocks


async def page(services: Services, folder: Path) -> None:
    """Every chart in the local chat's inbox, wide and narrow."""
    services.stores.inbox.add(STAFF.id, "charts", EVERY, datetime.now(UTC))
    runner = web.AppRunner(create_app(services))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        print(await asyncio.to_thread(run_script, "charts.cjs", address, str(folder), STAFF.id), end="")
    finally:
        await runner.cleanup()


def main() -> None:
    """Write the pictures."""
    for chart in EVERY.parts:
        if isinstance(chart, Chart):  # drawn beforehand: nothing here is a test of how long that takes
            png_of(chart)
            svg_of(chart)
    folder = IMAGES if "--docs" in sys.argv else Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        services = prepare(Path(made), bare=True)
        try:
            turns = [{"question": "アンケートの結果", "blocks": asyncio.run(posted(services, CHAT))}]
            draw(turns, Path(made), folder / "charts-slack.png")
            asyncio.run(page(services, folder))
        finally:
            services.close()

    async def teams() -> None:
        card = (await messages_of(CHAT))[0]
        await in_playground(card, folder / "charts-teams.png", "図の見本")

    asyncio.run(teams())


if __name__ == "__main__":
    main()
