"""Pictures of the skills on every channel: `python -m tests.browser.skills FOLDER [STAFF]`, or `--docs` for docs/images.

The city is the one of `dxbot demo --staff 4000` (a smaller one is published faster), its last round published and a new one open.
Slack's pictures are of what the strict fake took, Teams' come from the playground.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from bot.app import build_services, create_app
from bot.charts.chart import Chart
from bot.charts.picture import png_of
from bot.handlers.publishing import told_in
from bot.messages import Reply
from bot.services import Services
from bot.settings import Settings
from bot.teams.card import card_message
from bot.teams.pictures import messages_of
from bot.texts.ja import skill_page as texts
from bot.texts.ja import surveys as survey_texts
from staff.calendar import BusinessCalendar
from staff.demo import load_city, synthetic_city
from staff.model import Person, Role
from storage.database import open_database
from storage.migrations import migrate
from surveys.opening import open_with
from surveys.publishing import publish_round
from surveys.round import State
from surveys.schedule import plan_round
from surveys.skills.asking import SURVEY_ID, survey_of
from surveys.skills.demo import fill_skills
from surveys.skills.reading import skill_set_in_use
from tests.browser.charts import posted
from tests.browser.digest import IMAGES, in_playground
from tests.browser.running import run_script
from tests.browser.slack import draw, filled_in
from tests.handlers.learning_city import Seat

STAFF = 4000


def prepare(folder: Path, staff: int = STAFF) -> Services:
    """The demo city with three rounds, the last of them published, and one to answer now."""
    url = f"sqlite:///{folder / 'skills.db'}"
    with open_database(url) as database:
        migrate(database)
    services = build_services(Settings(_env_file=None, database_url=url))
    stores, now = services.stores, services.clock()
    load_city(stores, *synthetic_city(staff, 1), "cli/demo", now)
    fill_skills(stores, services.today(), 1)
    last = stores.surveys.list_rounds(State.CLOSED, SURVEY_ID)[-1]
    publish_round(last, stores.surveys, stores.publications, now, lambda: told_in(last, services))
    survey = survey_of(skill_set_in_use(stores.skills).framework)
    planned = plan_round(survey, services.today(), BusinessCalendar()).model_copy(
        update={"opens_at": now, "closes_at": now + timedelta(days=7), "repeats_from": None}
    )
    people, departments = stores.directory.list_people(), stores.directory.list_departments()
    opening = open_with(planned, people, departments, (), services.today())
    stores.surveys.plan_round(planned)
    stores.surveys.open_round(opening.round, opening.members)
    return services


def answering(services: Services, role: Role) -> list[Person]:
    """The first people of a role who have answered."""
    people = services.stores.directory.list_synthetic(role, 50)
    return [one for one in people if services.stores.skills.latest_assessment(one.id)]


def unheard(services: Services) -> Person:
    """Somebody who has not answered yet."""
    people = services.stores.directory.list_people()
    return next(one for one in people if not services.stores.skills.latest_assessment(one.id))


def first_page(services: Services, who: Person, channel: str) -> Reply:
    """The first page of skills, as it comes after the one that asks for the tier."""
    seat = Seat(services, who, channel)
    notice = seat.press(seat.send("skills"), texts.ASSESS)
    return seat.fill(seat.press(notice, survey_texts.START))


def charts(replies: Sequence[Reply], files: Sequence[Path]) -> None:
    """The pictures that chats get."""
    for reply, file in zip(replies, files, strict=True):
        (chart,) = [part for part in reply.parts if isinstance(part, Chart)]
        file.write_bytes(png_of(chart).data)


async def pages(services: Services, folder: Path, leader: Person, hr: Person) -> None:
    """The web pages and the self-assessment in the local chat, wide and narrow."""
    runner = web.AppRunner(create_app(services))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        script = asyncio.to_thread(run_script, "skills.cjs", address, str(folder), leader.id, hr.id)
        print(await script, end="")
    finally:
        await runner.cleanup()


def slack(services: Services, folder: Path, made: Path, who: Person, mine: Reply) -> None:
    """My page as a message, and a page of skills as a window."""
    blocks = asyncio.run(posted(services, mine))
    draw([{"question": texts.TITLE, "blocks": blocks}], made, folder / "skills-slack.png")
    title = skill_set_in_use(services.stores.skills).framework.title
    windows = asyncio.run(filled_in(services, who, title, {}))
    draw(windows[2:3], made, folder / "skills-slack-form.png")


async def teams(folder: Path, mine: Reply, form: Reply) -> None:
    """The same in the playground."""
    card = (await messages_of(mine))[0]
    await in_playground(card, folder / "skills-teams.png", texts.TITLE, alone=True)
    assert form.form is not None
    await in_playground(card_message(form), folder / "skills-teams-form.png", form.form.title, alone=True)


def main() -> None:
    """Write the pictures."""
    folder = IMAGES if "--docs" in sys.argv else Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as made:
        services = prepare(Path(made), *map(int, sys.argv[2:]))
        try:
            leader, other = answering(services, Role.LEADER)[:2]
            hr, newcomer = answering(services, Role.HR)[0], unheard(services)
            mine = Seat(services, leader, "slack").send("skills")
            city = Seat(services, hr, "slack").send("skills_map")
            charts((mine, city), (folder / "skills-chat-mine.png", folder / "skills-chat-map.png"))
            asyncio.run(pages(services, folder, leader, hr))
            slack(services, folder, Path(made), newcomer, mine)
            form = first_page(services, other, "teams")
        finally:
            services.close()
    asyncio.run(teams(folder, mine, form))


if __name__ == "__main__":
    main()
