"""The console's own pages: roles, the audit, and a directory file that is looked at before it is applied."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.app import create_app
from bot.delivery import Message
from bot.messages import Reply
from bot.services import Services
from bot.texts.ja import console as console_texts
from bot.texts.ja import survey_troubles as trouble_texts
from bot.web.people import COOKIE
from staff.model import Person, Role
from storage.stores import SqlStores
from surveys.round import State
from surveys.setbacks import Why, set_back
from tests.surveys.rounds import answer_round, work_round
from tests.web.city import HR, LEADER, OPERATOR, STAFF, SYNTHETIC, settle
from tests.web.conftest import make_services
from tests.web.html import Html

HEADER = ("職員番号", "氏名", "メール", "部", "課", "役割")


class Browser:
    def __init__(self, client: TestClient[web.Request, web.Application], person: Person) -> None:
        self._client = client
        self._cookies = {COOKIE: person.id}

    async def get(self, path: str, status: int = 200, **query: str) -> Html:
        response = await self._client.get(path, params=query, cookies=self._cookies)
        return self._read(await response.text(), response.status, status)

    async def post(self, path: str, data: object, status: int = 200) -> Html:
        response = await self._client.post(path, data=data, cookies=self._cookies)
        return self._read(await response.text(), response.status, status)

    def _read(self, text: str, got: int, wanted: int) -> Html:
        html = Html(text)
        assert got == wanted, html.text
        html.assert_clean()
        return html


@pytest.fixture
def city(sqlite_stores: SqlStores) -> Services:
    settle(sqlite_stores)
    return make_services(sqlite_stores)


@pytest.fixture
async def client(city: Services, aiohttp_client: AiohttpClient) -> TestClient[web.Request, web.Application]:
    return await aiohttp_client(create_app(city))


def table(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def staff_rows(people: tuple[Person, ...]) -> list[tuple[str, ...]]:
    places = {
        "D11": ("市民自治部", "市民窓口課"),
        "D21": ("総務部", "職員課"),
        "D22": ("総務部", "デジタル推進室"),
    }
    return [(one.id, one.name, one.email, *places[one.department_id], one.main_role.value) for one in people]


def upload(people: bytes, places: bytes = b"") -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field("people", people, filename="../../etc/職員.csv", content_type="text/csv")
    data.add_field("places", places, filename="組織.csv", content_type="text/csv")
    return data


async def test_a_role_is_given_and_taken(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    browser = Browser(client, OPERATOR)
    fields = {"id": STAFF.id, "role": "leader", "department": "D11"}
    page = await browser.post("/console/people/grant", fields)
    assert "役割を付けました" in page.text
    given = city.stores.directory.person(STAFF.id)
    assert given is not None and Role.LEADER in given.roles
    again = await browser.post("/console/people/grant", fields, 422)
    assert "もう付いています" in again.text
    await browser.post("/console/people/grant", {**fields, "from": "あした"}, 422)
    grant = again.one("input", name="grant")["value"]
    await browser.post("/console/people/revoke", {"id": STAFF.id, "grant": grant})
    taken = city.stores.directory.person(STAFF.id)
    assert taken is not None and Role.LEADER not in taken.roles


async def test_hr_sees_people_and_gives_no_roles(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    browser = Browser(client, HR)
    assert LEADER.name in (await browser.get("/console/people", q="若葉")).text
    page = await browser.get("/console/people/person", id=STAFF.id)
    assert not page.all("form", action="/console/people/grant")
    for path in ("grant", "revoke", "sign-out"):
        await browser.post(f"/console/people/{path}", {"id": STAFF.id, "role": "operator"}, 403)
    kept = [(one.action, one.actor) for one in city.stores.audit.list_events(4)]
    assert kept.count(("permission.refused", HR.id)) == 3
    assert ("people.view", HR.id) in kept


async def test_the_audit_is_filtered_and_verified(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    browser = Browser(client, OPERATOR)
    await browser.get("/console/people/person", id=STAFF.id)
    page = await browser.get("/console/audit", action="people.", actor=OPERATOR.id)
    rows = page.text.partition(console_texts.AUDIT_COLUMNS[-1])[2]
    assert "職員の画面を見た" in rows and STAFF.name in rows
    assert "監査の記録を見た" not in rows
    chosen = [one["value"] for one in page.all("option") if "selected" in one]
    assert chosen == [], "what was asked for by its beginning is no choice of the list"
    page = await browser.get("/console/audit", action="people.view")
    assert [one["value"] for one in page.all("option") if "selected" in one] == ["people.view"]
    assert STAFF.name in page.text
    await browser.get("/console/audit", 422, since="いつか")
    verdict = await browser.post("/console/audit/verify", {"anchor": ""})
    assert "つながっています" in verdict.text
    anchor = re.search(r"1-\d+:[0-9a-f]{64}", verdict.text)
    assert anchor is not None
    assert "つながっています" in (await browser.post("/console/audit/verify", {"anchor": anchor[0]})).text
    assert (
        "切れています" in (await browser.post("/console/audit/verify", {"anchor": f"1-999:{'a' * 64}"})).text
    )


async def test_health_counts_what_nobody_can_tell_of_and_leads_to_it(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    outbox, now = city.stores.outbox, city.clock()
    assert console_texts.HEALTH_SETTLE not in (await Browser(client, OPERATOR).get("/console/health")).text
    message = Message(key="m", channel="slack", recipient="U1", reply=Reply(title="知らせ"), due_at=now)
    assert outbox.put(message)
    assert outbox.claim("w", now, 60.0)
    assert outbox.settle_unclear("m", "w", "no reply", now)
    page = await Browser(client, OPERATOR).get("/console/health")
    assert f"{console_texts.HEALTH_DOUBTFUL}1" in page.text
    assert console_texts.HEALTH_SETTLE in page.text
    assert console_texts.DOUBTFUL in (await Browser(client, OPERATOR).get("/console")).text


@pytest.mark.parametrize("minute, is_late", [(59, False), (60, True)])
async def test_a_digest_that_did_not_go_out_waits_for_somebody(
    city: Services, aiohttp_client: AiohttpClient, minute: int, is_late: bool
) -> None:
    now = datetime(2026, 11, 24, 0, tzinfo=UTC) + timedelta(minutes=minute)
    client = await aiohttp_client(create_app(replace(city, clock=lambda: now)))
    told = console_texts.HEALTH_LATE.format(week="2026-W48")
    assert (told in (await Browser(client, OPERATOR).get("/console/health")).text) is is_late
    overview = await Browser(client, OPERATOR).get("/console")
    assert (console_texts.DIGEST_LATE in overview.text) is is_late
    assert console_texts.DIGEST_LATE not in (await Browser(client, LEADER).get("/console")).text


async def test_rounds_that_wait_for_somebody_are_told(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    """A closed round whose results could not be made, and a planned one that should be open."""
    stores = city.stores
    answer_round(stores.surveys, work_round())
    setback = set_back("round-1", Why.MEMORY, "Killed", None, city.clock())
    stores.publications.note_setback(setback)
    late = work_round("round-2", audience={"people": ["nobody"]})
    opens = city.clock() - timedelta(hours=1)
    stores.surveys.plan_round(late.model_copy(update={"state": State.PLANNED, "opens_at": opens}))
    overview = (await Browser(client, OPERATOR).get("/console")).text
    assert trouble_texts.UNPUBLISHED_WAITING in overview and trouble_texts.UNOPENED_WAITING in overview
    health = (await Browser(client, OPERATOR).get("/console/health")).text
    assert trouble_texts.WHY["memory"] in health and trouble_texts.TO_DO["memory"] in health
    assert "職員番号があります: nobody" in health and "dxbot survey drop round-2" in health
    assert trouble_texts.UNPUBLISHED_WAITING not in (await Browser(client, LEADER).get("/console")).text


async def test_a_file_is_looked_at_before_it_is_applied(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    city.stores.directory.save(city.stores.directory.list_departments(), [], ["100001"])
    rows = staff_rows(SYNTHETIC)
    rows[0] = (*rows[0][:1], "青葉 改", *rows[0][2:])
    browser = Browser(client, HR)
    page = await browser.post("/console/people/import", upload(table(HEADER, *rows)))
    assert "青葉 改" in page.text
    before = city.stores.directory.person(STAFF.id)
    assert before is not None and before.name == STAFF.name, "nothing is changed yet"
    fields = {name: page.one("input", name=name)["value"] for name in ("draft", "stamp")}
    await Browser(client, OPERATOR).post("/console/people/apply", fields, 409)
    await browser.post("/console/people/apply", {**fields, "stamp": "x"}, 409)
    cookies = {COOKIE: HR.id}
    done = await client.post("/console/people/apply", data=fields, cookies=cookies, allow_redirects=False)
    assert (done.status, done.headers["Location"]) == (303, "/console/people?done=imported")
    after = city.stores.directory.person(STAFF.id)
    assert after is not None and after.name == "青葉 改"
    assert not city.stores.directory_drafts.find(fields["draft"], HR.id, city.clock() - timedelta(hours=1))


async def test_a_wrong_file_is_explained(
    city: Services, client: TestClient[web.Request, web.Application]
) -> None:
    browser = Browser(client, HR)
    bad = staff_rows(SYNTHETIC)
    bad[1] = (*bad[1][:4], "ない課", bad[1][5])
    page = await browser.post("/console/people/import", upload(table(HEADER, *bad)), 422)
    assert "ない課" in page.text
    await browser.post("/console/people/import", aiohttp.FormData({"people": ""}), 422)
    await Browser(client, STAFF).post("/console/people/import", upload(b"x"), 403)
