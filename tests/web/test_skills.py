"""わたしの技量 as a page, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.services import Services
from bot.texts.ja import skill_page as texts
from bot.web.people import COOKIE
from surveys.skills.asking import assessment_of
from surveys.skills.catalogue import Catalogue, Session
from surveys.skills.reading import SkillSet, read_skill_set
from tests.web.city import STAFF

Client = TestClient[web.Request, web.Application]
SHIPPED = read_skill_set()


@pytest.fixture
def assessed(services: Services) -> Services:
    told = {"tier": "leader", "sheet": "2", "process": "0", "ai": "declined"}
    found = assessment_of(SHIPPED.framework, STAFF, told, datetime(2026, 6, 1, tzinfo=UTC))
    services.stores.skills.add_assessment(found)
    return services


async def page(client: Client, path: str = "/skills") -> str:
    response = await client.get(path, cookies={COOKIE: STAFF.id})
    assert response.status == 200
    return await response.text()


async def post(client: Client, path: str, value: str = "") -> int:
    response = await client.post(
        path,
        data={"value": value},
        cookies={COOKIE: STAFF.id},
        headers={"Sec-Fetch-Site": "same-origin"},
        allow_redirects=False,
    )
    return response.status


async def test_without_an_assessment(client: Client) -> None:
    assert texts.NOT_YET_NO_ROUND in await page(client)


async def test_levels_gaps_and_the_plan(client: Client, assessed: Services) -> None:
    shown = await page(client)
    assert "業務の流れの見直し（BPR）" in shown
    assert texts.bar_said(2, 3) in shown
    assert texts.WITHOUT["declined"] in shown
    assert await post(client, "/skills/plan") == 303
    first = assessed.stores.skills.list_plan(STAFF.id)[0].resource_id
    assert await post(client, "/skills/tick", first) == 303
    assert assessed.stores.skills.list_plan(STAFF.id)[0].done_on is not None
    assert texts.UNDO in await page(client)


async def test_sharing(client: Client, assessed: Services) -> None:
    assert texts.SHARING_NOT in await page(client)
    assert await post(client, "/skills/share") == 303
    assert texts.SHARED in await page(client)
    assert await post(client, "/skills/unshare") == 303
    assert assessed.stores.skills.shared_since(STAFF.id) is None


async def test_trainings_go_into_a_calendar(client: Client, assessed: Services) -> None:
    soon = datetime.now(UTC) + timedelta(days=30)
    session = Session(starts_at=soon, ends_at=soon + timedelta(hours=2), place="研修室")
    dated = tuple(
        one.model_copy(update={"sessions": (session,)}) if one.id == "c-process" else one
        for one in SHIPPED.catalogue.resources
    )
    with_dates = SkillSet(framework=SHIPPED.framework, catalogue=Catalogue(resources=dated))
    assessed.stores.skills.add_set(with_dates.model_dump_json(by_alias=True), datetime.now(UTC))
    assert texts.CALENDAR in await page(client)
    response = await client.get("/skills/skills.ics", cookies={COOKIE: STAFF.id})
    assert response.content_type == "text/calendar"
    assert response.headers["Content-Disposition"] == 'attachment; filename="skills.ics"'
    (event,) = icalendar.Calendar.from_ical(await response.read()).walk("VEVENT")
    assert str(event["summary"]) == "業務の見直しの実習"


async def test_a_guest_sees_nothing(client: Client) -> None:
    response = await client.get("/skills", cookies={COOKIE: "guest"})
    assert response.status == 403
