"""自分のデータ as a page, over HTTP."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.services import Services
from bot.web.people import COOKIE
from staff.privacy.holding import place_hold
from surveys.skills.assessment import PlanItem
from tests.staff.privacy.planting import NOW
from tests.web.city import OPERATOR, STAFF

Client = TestClient[web.Request, web.Application]
SAME = {"Sec-Fetch-Site": "same-origin"}


async def get(client: Client, path: str) -> str:
    response = await client.get(path, cookies={COOKIE: STAFF.id})
    assert response.status == 200
    return (await response.read()).decode("utf-8-sig")


async def test_seen_taken_along_and_deleted(
    client: Client, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the list of who was erased lies beside the database
    skills = services.stores.skills
    for person in (STAFF, OPERATOR):
        skills.save_plan(person.id, [PlanItem(resource_id=f"plan-of-{person.id}", accepted_on=NOW.date())])
    html = await get(client, "/my-data")
    assert "育成の計画" in html and "職員課へお知らせください" in html
    held = json.loads(await get(client, "/my-data/export.json"))
    assert held["person"] == STAFF.id
    assert {one["item"] for one in held["rows"]} >= {"directory", "plans"}
    rows = list(csv.reader(io.StringIO(await get(client, "/my-data/export.csv"))))
    assert rows[0] == ["データ", "場所", "内容"]
    assert any(f"plan-of-{STAFF.id}" in row[2] for row in rows)
    assert OPERATOR.name not in str(held) + str(rows)
    assert services.stores.audit.list_events(1)[0].action == "privacy.own"
    for sure in ("", "yes"):
        response = await client.post(
            "/my-data/delete",
            data={"item": "plans", "sure": sure},
            cookies={COOKIE: STAFF.id},
            headers=SAME,
            allow_redirects=False,
        )
        assert response.status == 303
        assert bool(skills.list_plan(STAFF.id)) == (sure == "")
    assert skills.list_plan(OPERATOR.id)


async def test_what_is_held_stays_and_the_page_says_so(client: Client, services: Services) -> None:
    services.stores.skills.save_plan(STAFF.id, [PlanItem(resource_id="plan", accepted_on=NOW.date())])
    place_hold(services.stores, "cli/test", "skills", "情報公開請求", NOW)
    response = await client.post(
        "/my-data/delete", data={"item": "plans", "sure": "yes"}, cookies={COOKIE: STAFF.id}, headers=SAME
    )
    assert response.status == 409
    assert "いまは消せません。何も消していません" in await response.text()
    assert services.stores.skills.list_plan(STAFF.id)


async def test_nothing_that_is_not_ones_own_to_delete(client: Client, services: Services) -> None:
    response = await client.post(
        "/my-data/delete",
        data={"item": "directory", "sure": "yes"},
        cookies={COOKIE: STAFF.id},
        headers=SAME,
        allow_redirects=False,
    )
    assert response.status == 303
    assert services.stores.directory.person(STAFF.id) == STAFF
