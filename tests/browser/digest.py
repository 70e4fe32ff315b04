"""`python -m tests.browser.digest FOLDER`: the demo week and a quiet week as Slack, Teams and the web show them.

With `--docs` the pictures that the documents use are written to docs/images.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
import tempfile
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import ClientSession, web

from bot.app import build_services, create_app
from bot.handlers.digest.composing import compose
from bot.handlers.digest.reading import preview
from bot.handlers.digest.sending import readers, send
from bot.handlers.initiatives.deciding import fill_demo
from bot.messages import Reply
from bot.services import Services
from bot.settings import Settings
from bot.slack.render import message
from bot.teams.card import card_message
from knowledge.article import Kind
from knowledge.initiatives.issue import InitiativeLine, Issue, OwnPart
from knowledge.initiatives.progress import Standing, Status
from knowledge.learning.unanswered import Reason, keep_question
from staff.calendar import JAPAN
from staff.demo import load_city, synthetic_city
from staff.model import Person, Role
from storage.database import open_database
from storage.migrations import migrate
from surveys.demo import fill_rounds
from surveys.skills.catalogue import Catalogue, Session
from surveys.skills.reading import read_skill_set
from tests.browser.running import ROOT, run_script
from tests.browser.slack import draw
from tests.fakes.slack_blocks import check_message
from tests.teams.playground import PLAYGROUND
from tests.web.city import ARTICLES

IMAGES = ROOT / "docs" / "images"
_HELD = re.compile(r"data:image/png;base64,([^\"]+)")
WEEK, AT = "2026-W48", datetime(2026, 11, 24, 8, 50, tzinfo=JAPAN)


def prepare(folder: Path) -> Services:
    """A synthetic city in its demo week, the digests put."""
    url = f"sqlite:///{folder / 'digest.db'}"
    with open_database(url) as database:
        migrate(database)
    services = replace(build_services(Settings(_env_file=None, database_url=url)), clock=lambda: AT)
    departments, people = synthetic_city(200, 1)
    load_city(services.stores, departments, people, "cli/demo", AT)
    services.knowledge.refresh()
    fill_demo(services)
    fill_rounds(services.stores, AT.date(), 1)
    fill_news(services, people)
    send(services, WEEK)
    return services


def fill_news(services: Services, people: Sequence[Person]) -> None:
    """What else a busy week brings: a decision, a training, a question of three, one that デジタル推進室 lets be told."""
    decided = ARTICLES[0].model_copy(
        update={
            "id": "decision-1",
            "kind": Kind.DECISION,
            "title": "生成AIの全庁利用の開始",
            "valid_from": AT.date() - timedelta(days=6),
        }
    )
    services.stores.articles.replace_source("本部会議.csv", [decided])
    services.knowledge.refresh()
    for person in people[:3]:
        keep_question(
            services.stores.learning,
            person.id,
            "テレワークの手当はいつ出ますか",
            Reason.UNKNOWN,
            "職員課",
            AT,
        )
    shipped = read_skill_set()
    begins = AT.replace(day=3, month=12, hour=13, minute=30)
    held = Session(starts_at=begins, ends_at=begins + timedelta(hours=3), place="研修室", seats=30, taken=18)
    resources = tuple(
        one.model_copy(update={"sessions": (held,), "apply": "庁内ポータルの「研修」"})
        if one.id == "c-sheet"
        else one
        for one in shipped.catalogue.resources
    )
    livened = shipped.model_copy(update={"catalogue": Catalogue(resources=resources)})
    services.stores.skills.add_set(livened.model_dump_json(by_alias=True), AT)


def leader(services: Services) -> Person:
    """The demo's first DX推進リーダー."""
    return readers(services.stores.directory.list_people())[0]


def slack(services: Services, folder: Path) -> None:
    """The week and a quiet week in Slack."""
    _, _, week = preview(services, WEEK, leader(services))
    quiet = preview_quiet()
    for name, reply in (("digest-slack", week), ("digest-quiet", quiet)):
        blocks: list[dict[str, Any]] = message(reply)["blocks"]
        check_message(blocks)
        draw([{"question": "（月曜の朝）", "blocks": blocks}], folder, folder / f"{name}.png")


def teams(services: Services, file: Path) -> None:
    """The week in the playground: an endpoint that answers every message with the reader's digest."""
    _, _, week = preview(services, WEEK, leader(services))
    asyncio.run(in_playground(card_message(week), file))


async def in_playground(
    card: dict[str, Any], file: Path, words: str = "今週すること", *, alone: bool = False
) -> None:
    """Write the picture of a card in the playground, once these words are to be seen; `alone`: the card without what is around it."""
    await _played([card], file, words, *(("card",) if alone else ()))


async def cards_in_playground(cards: Sequence[dict[str, Any]], file: Path) -> None:
    """Write the picture of each of these cards in the playground, alone: of `name.png` as name-1.png and on."""
    await _played(cards, file, "だより", "cards", str(len(cards)))


async def _played(cards: Sequence[dict[str, Any]], file: Path, words: str, *options: str) -> None:
    """Send the cards to whoever writes in a playground, and write what it shows.

    The playground takes messages up to 100 kB, less than Teams does: pictures that stand in a card are given to it by address.
    """
    pictures: list[bytes] = []

    def address(held: re.Match[str]) -> str:
        pictures.append(b64decode(held[1]))
        return f"http://127.0.0.1:{runner.addresses[0][1]}/{len(pictures) - 1}.png"

    async def picture(request: web.Request) -> web.Response:
        return web.Response(body=pictures[int(request.match_info["at"])], content_type="image/png")

    async def answer(request: web.Request) -> web.Response:
        activity = await request.json()
        if activity.get("type") == "message":
            conversation = quote(activity["conversation"]["id"], safe="")
            url = f"{activity['serviceUrl'].rstrip('/')}/v3/conversations/{conversation}/activities"
            ends = {"from": activity["recipient"], "recipient": activity["from"]}
            async with ClientSession(raise_for_status=True) as session:
                for card in shown:
                    async with session.post(url, json={"type": "message", **ends, **card}) as response:
                        await response.read()
        return web.Response()

    app = web.Application()
    app.router.add_post("/api/messages", answer)
    app.router.add_get(r"/{at:\d+}.png", picture)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    shown = json.loads(_HELD.sub(address, json.dumps(list(cards))))
    endpoint = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(PLAYGROUND), "start", "-e", endpoint, "-c", "msteams", "-p", str(port), "--dt"]
    playground = await asyncio.create_subprocess_exec(
        "node", *command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await asyncio.sleep(8)
        given = (f"http://127.0.0.1:{port}/", str(file), words, *options)
        print(await asyncio.to_thread(run_script, "digest_teams.cjs", *given), end="")
    finally:
        playground.terminate()
        await playground.wait()
        await runner.cleanup()


def preview_quiet() -> Reply:
    """A week without anything due or new."""

    lines = tuple(
        InitiativeLine(id=f"i{number}", title="取組", owner="課", standing=standing, status=Status.ON_TRACK)
        for number, standing in enumerate((Standing.REPORTED,) * 4 + (Standing.UNREPORTED,))
    )
    issue = Issue(week="2026-W49", day=AT.date() + timedelta(days=6), made_at=AT, initiatives=lines)
    return compose(issue, OwnPart())


async def pages(services: Services, folder: Path) -> None:
    """The web pages of a leader and of an operator, wide and narrow."""
    runner = web.AppRunner(create_app(services))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    people = services.stores.directory.list_people()
    operator = next(one for one in people if Role.OPERATOR in one.roles)
    who = leader(services)
    try:
        print(
            await asyncio.to_thread(
                run_script, "digest.cjs", address, str(folder), who.id, operator.id, WEEK
            ),
            end="",
        )
    finally:
        await runner.cleanup()


def main() -> None:
    """Write the pictures."""
    docs = "--docs" in sys.argv
    folder = IMAGES if docs else Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        services = prepare(Path(made))
        try:
            slack(services, Path(made))
            for name in ("digest-slack", "digest-quiet"):
                (folder / f"{name}.png").write_bytes((Path(made) / f"{name}.png").read_bytes())
            teams(services, folder / "digest-teams.png")
            shown = Path(tempfile.mkdtemp(dir=made)) if docs else folder
            asyncio.run(pages(services, shown))
            if docs:
                (folder / "initiative.png").write_bytes((shown / "initiative.png").read_bytes())
        finally:
            services.close()


if __name__ == "__main__":
    main()
