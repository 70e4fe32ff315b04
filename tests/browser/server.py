"""The real application in a process of its own, for a browser: `python -m tests.browser.server FOLDER [--bare] [--surveys]`.

Prints its address once it is ready and ends when its standard input is closed. Without `--bare` the specimen handlers
stand beside the product's own, and the inbox holds two messages. With `--surveys` both telework questionnaires are open.
With `--demo` it is the city of `dxbot demo`, its digest sent; demo.json names what pages ask for.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web

from bot import router
from bot.app import build_services, create_app
from bot.cli.demo import fill, load_samples
from bot.delivery import Message
from bot.exporting import Making
from bot.handlers.digest.sending import send
from bot.handlers.initiatives.deciding import fill_demo
from bot.messages import Action, Paragraph, Reply, Request
from bot.sealed_files import MadeFile
from bot.services import Services
from bot.settings import Settings
from staff.calendar import iso_week
from staff.model import Role
from staff.privacy.erasing import prove
from staff.privacy.holding import place_hold
from storage.database import open_database
from storage.migrations import migrate
from surveys.demo import fill_rounds
from surveys.opening import open_with
from surveys.skills.asking import SURVEY_ID
from surveys.skills.demo import fill_skills
from tests.surveys.content import shipped
from tests.surveys.publishing import publish_newest
from tests.surveys.samples import planned as plan
from tests.web import specimen
from tests.web.city import DEPARTMENTS, STAFF, SYNTHETIC

SLOW_SECONDS = 1.2
STAFF_OF_THE_DEMO = 30


def think(request: Request, services: Services) -> Reply:
    """Answer late, so that the page has to say that it waits."""
    time.sleep(SLOW_SECONDS)
    return Reply(title="考えました")


def prepare(folder: Path, *, bare: bool) -> Services:
    """A migrated database in `folder` with the synthetic people, and the pack that ships."""
    url = f"sqlite:///{folder / 'browser.db'}"
    with open_database(url) as database:
        migrate(database)
    services = build_services(Settings(database_url=url))
    services.stores.directory.save(DEPARTMENTS, SYNTHETIC, [])
    services.knowledge.refresh()
    if not bare:
        router.HANDLERS = {**router.HANDLERS, **specimen.HANDLERS, "think": think}
        _fill_inbox(services)
    return services


def prepare_demo(folder: Path) -> Services:
    """The synthetic city, with something on every page."""
    url = f"sqlite:///{folder / 'browser.db'}"
    with open_database(url) as database:
        migrate(database)
    services = build_services(Settings(database_url=url))
    fill(services, STAFF_OF_THE_DEMO, 1)
    services.knowledge.refresh()
    load_samples(services)
    fill_rounds(services.stores, services.today(), 1)
    fill_skills(services.stores, services.today(), 1)
    fill_demo(services)
    week = iso_week(services.today())
    send(services, week)
    _fill_records(services)
    one = {role.value: services.stores.directory.list_synthetic(role, 1)[0].id for role in Role}
    told = one | {"week": week, "person": one["staff"], "planner": _planner(services)}
    told |= {survey: publish_newest(services, survey) for survey in (SURVEY_ID, "telework-usage")}
    told["making"] = _make_a_file(services, one["hr"])
    _fill_outbox(services)
    (folder / "demo.json").write_text(json.dumps(told), encoding="utf-8")
    return services


def _planner(services: Services) -> str:
    """Somebody with a plan, who shows their levels."""
    people = services.stores.directory.list_people()
    found = next(one.id for one in people if services.stores.skills.list_plan(one.id))
    services.stores.skills.share(found, services.clock())
    return found


def _make_a_file(services: Services, owner: str) -> str:
    """An export that is under way for as long as the application runs."""

    def work(making: Making) -> MadeFile:
        making.tell(1200, 4000)
        threading.Event().wait()
        raise AssertionError

    return services.exports.start(services.stores.sealed_files, owner, services.clock, work, "").id


def _fill_outbox(services: Services) -> None:
    """A message that no platform took, and one of which nobody can tell whether it arrived."""
    outbox, now = services.stores.outbox, services.clock()
    reply = Reply(title="担当への質問", parts=(Paragraph(text="窓口の案内について、質問が届いています。"),))
    lost = Message(key="demo/lost", channel="slack", recipient="U0DEMO", reply=reply, due_at=now)
    assert outbox.put(lost)
    for settle in (outbox.settle_failed, outbox.settle_unclear):
        claimed = outbox.claim("demo", now, 60.0)
        assert claimed is not None
        args = (claimed.message.key, "demo", "channel_not_found", now)
        assert settle(*args)


def _fill_records(services: Services) -> None:
    """A hold of one kind, and the proof of a deletion of another."""
    now = services.clock()
    place_hold(services.stores, "cli/demo", "answers", "情報公開請求への対応が終わるまで", now)
    prove(services.stores, "questions", "term", 12, 0, now)


def open_surveys(services: Services, **changes: object) -> None:
    """The three questionnaires with these fields changed, open to everybody for a week from now."""
    directory, surveys = services.stores.directory, services.stores.surveys
    now = services.clock()
    for name in ("telework-needs", "telework-usage", "open-data-needs"):
        planned = plan(shipped(name, **changes), name).model_copy(
            update={"opens_at": now, "closes_at": now + timedelta(days=7)}
        )
        opening = open_with(
            planned, directory.list_people(), directory.list_departments(), [], services.today()
        )
        surveys.plan_round(planned)
        surveys.open_round(opening.round, opening.members)


def _fill_inbox(services: Services) -> None:
    for weeks, title in enumerate(("今週の取組のまとめ", "先週の取組のまとめ")):
        reply = Reply(
            title=title,
            parts=(Paragraph(text="報告がそろいました。"),),
            actions=(Action(name="help", label="使いかた"),),
        )
        services.stores.inbox.add(STAFF.id, title, reply, datetime.now(UTC) - timedelta(weeks=weeks))


async def serve(services: Services) -> None:
    """Serve on a free loopback port until standard input ends."""
    runner = web.AppRunner(create_app(services))
    await runner.setup()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await web.SockSite(runner, listening).start()
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        await runner.cleanup()


if __name__ == "__main__":
    place = Path(sys.argv[1])
    prepared = prepare_demo(place) if "--demo" in sys.argv else prepare(place, bare="--bare" in sys.argv)
    if "--surveys" in sys.argv:
        open_surveys(prepared)
    try:
        asyncio.run(serve(prepared))
    finally:
        prepared.close()
