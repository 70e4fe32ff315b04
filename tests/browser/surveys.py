"""Pictures of surveys on every channel: `python -m tests.browser.surveys FOLDER [STAFF]`, or `--docs` for docs/images.

Every page of both telework questionnaires, the results of the demo city's rounds, and a further table that is refused.
Slack's pictures are of what the strict fake took, Teams' come from the playground.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from aiohttp import web

from bot.app import build_services, create_app
from bot.charts.chart import Chart
from bot.charts.picture import png_of
from bot.messages import Reply
from bot.services import Services
from bot.settings import Settings
from bot.teams.card import card_message
from bot.teams.pictures import messages_of
from bot.texts.ja import surveys as texts
from staff.demo import load_city, synthetic_city
from staff.model import Role
from storage.database import open_database
from storage.migrations import migrate
from surveys.demo import fill_rounds
from tests.browser.charts import posted
from tests.browser.digest import IMAGES, cards_in_playground, in_playground
from tests.browser.running import run_script, running_app
from tests.browser.server import open_surveys, prepare
from tests.browser.slack import draw, filled_in
from tests.handlers.learning_city import Seat
from tests.scenarios.test_surveys import ANSWERS
from tests.surveys.content import shipped
from tests.surveys.publishing import publish_newest
from tests.web.city import LEADER, STAFF

STAFF_OF_THE_CITY = 400
NEEDS, USAGE = "telework-needs", "telework-usage"
DOCS = {  # beside those of `make screenshot`
    "telework-usage-teams-4": "survey-teams",
    "results-usage": "results-web",
    "results-usage-phone": "results-phone",
}


def questionnaires(folder: Path, made: Path) -> None:
    """Each page of both questionnaires, wide and narrow, as a window in Slack and as a card in Teams."""
    with running_app(made, "--bare", "--surveys") as address:
        print(run_script("surveys.cjs", address, str(folder)), end="")
    for name in (NEEDS, USAGE):
        services = prepare(Path(tempfile.mkdtemp(dir=made)), bare=True)
        try:
            open_surveys(services, channels=["web", "slack", "teams"], chat_allowed=True)
            windows = asyncio.run(filled_in(services, STAFF, shipped(name).title, ANSWERS[name]))
            draw(windows, made, folder / f"{name}-slack.png")
            pages = filled_in_cards(services, name)
        finally:
            services.close()
        cards = [card_message(page) for page in pages]
        asyncio.run(cards_in_playground(cards, folder / f"{name}-teams.png"))


def filled_in_cards(services: Services, name: str) -> list[Reply]:
    """A survey's pages from the notice to the receipt, as Teams is given them; by somebody who has not answered yet."""
    seat = Seat(services, LEADER, "teams", private=True)
    cards = [seat.press(seat.send("survey"), f"{texts.ANSWER}: {shipped(name).title}")]
    cards.append(seat.press(cards[0], texts.START))
    while form := cards[-1].form:
        asked = {field.id for field in form.fields}
        typed = {one: said for one, said in ANSWERS[name].items() if one.partition(".")[0] in asked}
        cards.append(seat.send(form.name, form.value, **typed))
    return cards


def prepare_results(made: Path, staff: int) -> tuple[Services, list[str]]:
    """The demo city, and its newest rounds of both questionnaires, published."""
    url = f"sqlite:///{made / 'results.db'}"
    with open_database(url) as database:
        migrate(database)
    services = build_services(Settings(_env_file=None, database_url=url))
    load_city(services.stores, *synthetic_city(staff, 1), "cli/demo", services.clock())
    fill_rounds(services.stores, services.today(), 1)
    return services, [publish_newest(services, name) for name in (NEEDS, USAGE)]


async def pages(services: Services, folder: Path, hr: str, rounds: Sequence[str]) -> None:
    """The results' pages, and the page that adds tables as it refuses one."""
    runner = web.AppRunner(create_app(services))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        print(await asyncio.to_thread(run_script, "results.cjs", address, str(folder), hr, *rounds), end="")
    finally:
        await runner.cleanup()


def results(folder: Path, made: Path, staff: int) -> None:
    """What a round found, on every channel."""
    services, rounds = prepare_results(made, staff)
    try:
        hr = services.stores.directory.list_synthetic(Role.HR, 1)[0]
        found = Seat(services, hr, "slack").send("results_show", rounds[0])
        for chart in found.parts:
            if isinstance(chart, Chart):  # drawn beforehand: nothing here is a test of how long that takes
                png_of(chart)
        turns = [{"question": "結果", "blocks": asyncio.run(posted(services, found))}]
        draw(turns, made, folder / "results-slack.png")
        asyncio.run(pages(services, folder, hr.id, rounds))
        found = Seat(services, hr, "teams").send("results_show", rounds[0])
    finally:
        services.close()
    card = asyncio.run(messages_of(found))[0]
    asyncio.run(in_playground(card, folder / "results-teams.png", found.title, alone=True))


def main() -> None:
    """Write the pictures."""
    docs = "--docs" in sys.argv
    with tempfile.TemporaryDirectory() as made:
        folder = Path(tempfile.mkdtemp(dir=made)) if docs else Path(sys.argv[1])
        questionnaires(folder, Path(made))
        results(folder, Path(made), int(sys.argv[2]) if sys.argv[2:] else STAFF_OF_THE_CITY)
        for source, name in DOCS.items() if docs else ():
            shutil.copyfile(folder / f"{source}.png", IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
