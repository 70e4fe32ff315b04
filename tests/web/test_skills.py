"""わたしの技量 as a page, over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.services import Services
from bot.texts.ja import development as plan_texts
from bot.texts.ja import skill_map as map_texts
from bot.texts.ja import skill_page as texts
from bot.web.people import COOKIE
from bot.web.skills.development import year_label
from staff.calendar import fiscal_year
from surveys.disclosure import CITY, DIVISION
from surveys.disclosure.publication import Cell, Known, Publication, Row, State, Table
from surveys.skills.asking import assessment_of, survey_of
from surveys.skills.catalogue import Catalogue, Session
from surveys.skills.reading import SkillSet, read_skill_set
from tests.surveys.city import open_round
from tests.web.city import HR, LEADER, MANAGER, OPERATOR, STAFF

Client = TestClient[web.Request, web.Application]
SHIPPED = read_skill_set()
SAME = {"Sec-Fetch-Site": "same-origin"}


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
        headers=SAME,
        allow_redirects=False,
    )
    return response.status


async def test_without_an_assessment(client: Client) -> None:
    assert texts.NOT_YET_NO_ROUND in await page(client)


async def test_levels_gaps_and_the_plan(client: Client, assessed: Services) -> None:
    shown = await page(client)
    assert "業務の見直し（BPR）" in shown
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
    assert response.headers["Content-Disposition"].startswith('attachment; filename="skills.ics"')
    (event,) = icalendar.Calendar.from_ical(await response.read()).walk("VEVENT")
    assert str(event["summary"]) == "業務の見直しの実習"


async def test_a_guest_sees_nothing(client: Client) -> None:
    response = await client.get("/skills", cookies={COOKIE: "guest"})
    assert response.status == 403


async def test_the_city_without_a_published_round(client: Client) -> None:
    response = await client.get("/console/skills", cookies={COOKIE: HR.id})
    assert map_texts.NO_ROUND in await response.text()
    for person, path in ((STAFF, "/console/skills"), (OPERATOR, "/console/skills/alone")):
        response = await client.get(path, cookies={COOKIE: person.id})
        assert response.status == 403


async def test_the_city_with_a_published_round(client: Client, services: Services) -> None:
    framework = SHIPPED.framework
    round_ = open_round(services.stores, survey_of(framework), "skills-1")
    departments = round_.departments
    divisions = [one.id for one in departments if one.parent_id is None]
    cells = tuple(Cell(state=State.SHOWN, value=value) for value in (10, 10, 20, 5, 5))
    hidden = tuple(Cell(state=State.HIDDEN) for _ in range(5))
    tables = tuple(
        Table(
            question="sheet",
            by=(by,),
            columns=("0", "1", "2", "3", "4"),
            several=False,
            threshold=5,
            rows=tuple(Row(members=(unit,), base=50, cells=shown) for unit, shown in rows),
        )
        for by, rows in ((CITY, [(CITY, cells)]), (DIVISION, [(divisions[0], cells), (divisions[1], hidden)]))
    )
    publication = Publication(
        number=1, round_id="skills-1", tables=tables, known=Known(headcounts={}, responses={}), source="s"
    )
    services.stores.surveys.close_round("skills-1")
    services.stores.publications.add_publication(publication, datetime(2026, 12, 1, tzinfo=UTC))
    response = await client.get("/console/skills", cookies={COOKIE: HR.id})
    shown = await response.text()
    assert response.status == 200
    assert map_texts.cell_said(60, 50, 2.0, together=False) in shown
    assert map_texts.HIDDEN in shown
    assert map_texts.SEE_ALONE in shown
    drilled = await client.get(
        "/console/skills", params={"round": "skills-1", "unit": divisions[0]}, cookies={COOKIE: HR.id}
    )
    assert map_texts.BACK in await drilled.text()
    missing = await client.get("/console/skills", params={"unit": "D99"}, cookies={COOKIE: HR.id})
    assert missing.status == 404


async def test_names_are_for_hr_and_the_look_is_recorded(client: Client, assessed: Services) -> None:
    response = await client.get("/console/skills/alone", cookies={COOKIE: HR.id})
    assert map_texts.ALONE_NONE in await response.text()
    found = assessment_of(SHIPPED.framework, LEADER, {"sheet": "4"}, datetime(2026, 6, 1, tzinfo=UTC))
    assessed.stores.skills.add_assessment(found)
    response = await client.get("/console/skills/alone", cookies={COOKIE: HR.id})
    assert LEADER.name in await response.text()
    assert assessed.stores.audit.list_events(1)[0].action == "skills.alone"


async def test_goals_of_the_development_plan(client: Client, services: Services) -> None:
    path, hr = "/console/skills/plan", {COOKIE: HR.id}
    year = str(fiscal_year(services.today()))
    shown = await (await client.get(path, cookies=hr)).text()
    assert plan_texts.SAVE in shown
    assert plan_texts.SAVE not in await (await client.get(path, cookies={COOKIE: MANAGER.id})).text()
    fields = {"skill": "sheet", "year": year, "people.leader.1": "30", "people.leader.3": "40"}
    wrong = await client.post(f"{path}/save", data=fields, cookies=hr, headers=SAME)
    assert wrong.status == 422
    assert plan_texts.more_than_below(30) in await wrong.text()
    assert not services.stores.skills.list_goals()
    done = await client.post(
        f"{path}/save", data=fields | {"people.leader.3": "20"}, cookies=hr, headers=SAME
    )
    assert plan_texts.SAVED.format(year=year_label(int(year))) in await done.text()
    assert [(one.level, one.people) for one in services.stores.skills.list_goals()] == [(1, 30), (3, 20)]
    event = services.stores.audit.list_events(1)[0]
    assert (event.action, event.actor, event.target) == ("skills.goals", HR.id, "sheet")


async def test_goals_are_set_by_those_who_may(client: Client, services: Services) -> None:
    fields = {"skill": "", "year": str(fiscal_year(services.today())), "people.leader.0": "30"}
    for person, status in ((MANAGER, 403), (LEADER, 403), (STAFF, 403), (OPERATOR, 200)):
        response = await client.post(
            "/console/skills/plan/save", data=fields, cookies={COOKIE: person.id}, headers=SAME
        )
        assert response.status == status
    for wrong in ({"skill": "security"}, {"skill": "nothing"}, {"year": "1999"}, {"year": "x"}):
        response = await client.get("/console/skills/plan", params=wrong, cookies={COOKIE: HR.id})
        assert response.status == 404
