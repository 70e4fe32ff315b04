"""Pictures of surveys on every channel: `python -m tests.browser.surveys FOLDER [STAFF]`, or `--docs` for docs/images.

Every page of the three questionnaires, the results of the demo city's rounds, and a further table that is refused; for the
documents only what they show. Slack's pictures are of what the strict fake took, Teams' come from the playground.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from bot.app import build_services, create_app
from bot.charts.chart import Chart
from bot.charts.picture import png_of
from bot.messages import Reply, Request
from bot.services import Services
from bot.settings import Settings
from bot.teams.card import card_message
from bot.teams.pictures import messages_of
from bot.texts.ja import results as result_texts
from bot.texts.ja import surveys as texts
from staff.demo import load_city, synthetic_city
from staff.model import Role
from storage.database import open_database
from storage.migrations import migrate
from surveys.demo import fill_rounds
from surveys.round import State
from tests.browser.charts import posted
from tests.browser.digest import IMAGES, cards_in_playground
from tests.browser.running import run_script, running_app
from tests.browser.server import open_surveys, prepare
from tests.browser.slack import draw, filled_in
from tests.handlers.learning_city import Seat
from tests.scenarios.test_surveys import ANSWERS
from tests.surveys.content import shipped
from tests.surveys.publishing import publish_newest
from tests.web.city import LEADER, STAFF

STAFF_OF_THE_CITY = 900
NEEDS, USAGE, OPEN_DATA = "telework-needs", "telework-usage", "open-data-needs"
DOCS = {  # beside those of `make screenshot`
    "telework-usage-teams-3": "survey-teams",
    "results-usage": "results-web",
    "results-usage-phone": "results-phone",
}


@contextmanager
def told(what: str) -> Iterator[None]:
    """Tell afterwards how long it took."""
    since = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - since:.0f} s", flush=True)


def questionnaires(folder: Path, made: Path) -> None:
    """Each page of the questionnaires, wide and narrow, as a window in Slack and as a card in Teams."""
    with running_app(made, "--bare", "--surveys") as address:
        print(run_script("surveys.cjs", address, str(folder)), end="")
    in_windows(folder, made, (NEEDS, USAGE, OPEN_DATA))


def in_windows(folder: Path, made: Path, names: Sequence[str]) -> None:
    """These questionnaires' pages in Slack and in Teams."""
    for name in names:
        services = prepare(Path(tempfile.mkdtemp(dir=made)), bare=True)
        try:
            open_surveys(services, channels=["web", "slack", "teams"], chat_allowed=True)
            windows = asyncio.run(filled_in(services, STAFF, shipped(name).title, ANSWERS[name]))
            draw(windows, made, folder / f"{name}-slack.png")
            pages = filled_in_cards(services, name)
        finally:
            services.close()
        chosen = sum(len(said) if isinstance(said, list) else bool(said) for said in ANSWERS[name].values())
        print(f"{name}: {chosen} answers; {len(windows)} screens in Slack, {len(pages)} in Teams")
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


def prepare_results(made: Path, staff: int, names: Sequence[str]) -> tuple[Services, list[str]]:
    """The demo city, and its newest rounds of these questionnaires, published."""
    url = f"sqlite:///{made / 'results.db'}"
    with open_database(url) as database:
        migrate(database)
    services = build_services(Settings(_env_file=None, database_url=url))
    load_city(services.stores, *synthetic_city(staff, 1), "cli/demo", services.clock())
    fill_rounds(services.stores, services.today(), 1)
    for round_ in services.stores.surveys.list_rounds(State.OPEN):
        services.stores.surveys.close_round(round_.id)
    published = []
    for name in names:
        with told(f"publishing {name}, {staff} staff"):
            published.append(publish_newest(services, name))
    return services, published


@dataclass(frozen=True)
class Screen:
    """One screen of results: who sees it, the page, the button to press there; and how a chat asks for the same."""

    name: str
    person: str
    page: str
    press: str
    action: str
    value: str


def screens(services: Services, rounds: Sequence[str]) -> list[Screen]:
    """What the plan asks of each round, a question by 部 and by 課, and one's own 課 beside the others."""
    directory = services.stores.directory
    hr = directory.list_synthetic(Role.HR, 1)[0].id
    needs, usage, open_data = rounds
    manager = leader_of(services, needs)

    def table(name: str, round_id: str, question: str, by: str) -> Screen:
        query = urlencode({"question": question, "by": by})
        page = f"/surveys/{round_id}/results?{query}"
        return Screen(name, hr, page, "", "results_question", f"{round_id}|{question}|{by}")

    def whole(name: str, round_id: str) -> Screen:
        return whole_round(services, name, round_id)

    def own(name: str, round_id: str) -> Screen:
        page = f"/surveys/{round_id}/results"
        return Screen(name, manager, page, result_texts.OWN, "results_own", round_id)

    return [
        whole("results-needs", needs),
        whole("results-usage", usage),
        whole("results-open-data", open_data),
        table("results-question", needs, "N8", "部"),
        table("results-sections", needs, "N7.documents", "課"),
        table("results-open-data-question", open_data, "D1", "部"),
        own("results-own", needs),
        own("results-own-usage", usage),
        own("results-own-open-data", open_data),
    ]


def whole_round(services: Services, name: str, round_id: str) -> Screen:
    """What 職員課 sees of a round first."""
    hr = services.stores.directory.list_synthetic(Role.HR, 1)[0].id
    return Screen(name, hr, f"/surveys/{round_id}/results", "", "results_show", round_id)


def leader_of(services: Services, round_id: str) -> str:
    """The 所属長 of the 課 in which most people answered."""
    counts = services.stores.surveys.count_responses(round_id)
    largest = max(counts, key=lambda one: one.answered).section_id
    leaders = services.stores.directory.list_synthetic(Role.MANAGER, 1_000)
    return next((one.id for one in leaders if one.department_id == largest), leaders[0].id)


async def pages(services: Services, folder: Path, shown: Sequence[Screen], needs: str = "") -> None:
    """The results' pages, and with the round of the needs the page that adds tables as it refuses one."""
    runner = web.AppRunner(create_app(services))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    listed = json.dumps([[one.name, one.person, one.page, one.press] for one in shown])
    asked = (address, str(folder), listed, shown[0].person, needs)
    try:
        print(await asyncio.to_thread(run_script, "results.cjs", *asked), end="")
    finally:
        await runner.cleanup()


def results(folder: Path, made: Path, staff: int) -> None:
    """What rounds found, on every channel."""
    services, rounds = prepare_results(made, staff, (NEEDS, USAGE, OPEN_DATA))
    try:
        shown = screens(services, rounds)
        with told("results on the web"):
            asyncio.run(pages(services, folder, shown, rounds[0]))
        with told("results in chats"):
            in_chats(services, shown, folder, made)
    finally:
        services.close()


def in_chats(services: Services, shown: Sequence[Screen], folder: Path, made: Path) -> None:
    """The same screens in Slack, as the strict fake took them, and in Teams' playground."""
    cards = []
    for one in shown:
        person = services.stores.directory.person(one.person)
        assert person is not None
        found = Seat(services, person, "slack").send(one.action, one.value)
        for chart in found.parts:
            if isinstance(chart, Chart):  # drawn beforehand: nothing here is a test of how long that takes
                png_of(chart)
        turns = [{"question": "結果", "blocks": asyncio.run(posted(services, found))}]
        draw(turns, made, folder / f"{one.name}-slack.png")
        reply = Seat(services, person, "teams").send(one.action, one.value)
        asked = Request(channel="teams", user=person.id, name=one.action, value=one.value, private=True)
        cards.append(asyncio.run(messages_of(reply, asked))[0])
    asyncio.run(cards_in_playground(cards, made / "teams.png"))
    for place, one in enumerate(shown, 1):
        shutil.move(made / f"teams-{place}.png", folder / f"{one.name}-teams.png")


def for_documents(folder: Path, made: Path, staff: int) -> None:
    """What the documents show, and nothing else: publishing takes its time."""
    in_windows(folder, made, (USAGE,))
    services, (usage,) = prepare_results(made, staff, (USAGE,))
    try:
        asyncio.run(pages(services, folder, [whole_round(services, "results-usage", usage)]))
    finally:
        services.close()
    for source, name in DOCS.items():
        shutil.copyfile(folder / f"{source}.png", IMAGES / f"{name}.png")


def main() -> None:
    """Write the pictures."""
    staff = int(sys.argv[2]) if sys.argv[2:] else STAFF_OF_THE_CITY
    with tempfile.TemporaryDirectory() as made:
        if "--docs" in sys.argv:
            for_documents(Path(tempfile.mkdtemp(dir=made)), Path(made), staff)
            return
        folder = Path(sys.argv[1])
        with told("questionnaires"):
            questionnaires(folder, Path(made))
        results(folder, Path(made), staff)


if __name__ == "__main__":
    main()
