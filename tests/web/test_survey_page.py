"""The page of a personal link: from the notice to the receipt without the script, for its own person and round alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from aiohttp import web
from pytest_aiohttp.plugin import AiohttpClient

from bot.services import Services
from bot.texts.ja import surveys as texts
from bot.web.listeners import add_routes
from storage.database import Database
from storage.stores import SqlStores
from surveys.definition import Identity
from surveys.links import form_key
from tests.forms.web import Controls
from tests.handlers.test_survey import FILLED, STORED
from tests.surveys.city import Seat, city, open_round
from tests.surveys.samples import NOW, survey
from tests.web.city import OPERATOR, STAFF
from tests.web.conftest import Client
from tests.web.html import Html

HERE = "https://dx.city.example"


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """The city with an anonymous round, and a named one, open."""
    made = city(sqlite_stores, DXBOT_PUBLIC_URL=HERE)
    open_round(sqlite_stores, survey(identity=Identity.ANONYMOUS))
    open_round(sqlite_stores, survey(identity=Identity.NAMED), "round-2")
    return made


@pytest.fixture
async def client(services: Services, aiohttp_client: AiohttpClient) -> Client:
    application = web.Application()
    add_routes(application, services)
    return await aiohttp_client(application)


def link(services: Services) -> str:
    """The link that the chat gives to the ordinary member of staff."""
    chat = Seat(services, STAFF, "slack", private=True)
    reply = chat.send("survey_start", "round-1")
    assert reply.fleeting
    (action,) = reply.actions
    assert action.url.startswith(f"{HERE}/s/")
    return action.url.removeprefix(HERE)


async def page(
    client: Client, path: str, fields: Mapping[str, object] | None = None, status: int = 200
) -> str:
    """The page at the link, or what is answered to its form."""
    pairs = [
        (name, one)
        for name, value in (fields or {}).items()
        for one in (value if isinstance(value, list) else [value])
    ]
    answer = await client.post(path, data=pairs) if fields else await client.get(path)
    assert answer.status == status, await answer.text()
    assert answer.headers["Cache-Control"] == "no-store"
    return await answer.text()


def sent(path: str, source: str, more: Mapping[str, object]) -> dict[str, object]:
    """The page's form as a browser sends it, with these values."""
    controls = Controls(source)
    assert Html(source).all("input", name=".token")[0]["value"] == form_key(path.rpartition("/")[2])
    lists = [control.value for control in controls.found if control.name == ".multi"]
    return {
        ".token": form_key(path.rpartition("/")[2]),
        ".name": controls.name,
        ".value": controls.value,
        ".multi": lists,
        **more,
    }


async def test_from_the_link_to_the_receipt(client: Client, services: Services) -> None:
    path = link(services)
    notice = await page(client, path)
    assert "匿名です" in notice
    assert await page(client, path) != ""  # opening it uses nothing up
    key = form_key(path.rpartition("/")[2])
    source = await page(client, path, {".token": key, ".press": '["survey_show", "round-1"]'})
    for filled in FILLED.values():
        Html(source)
        source = await page(client, path, sent(path, source, filled))
    assert texts.CONFIRM_TITLE in source
    done = await page(client, path, sent(path, source, {}))
    assert texts.RECEIPT_DELICATE in done
    (sheet,) = services.stores.surveys.list_sheets("round-1")
    assert sheet.answers == STORED
    assert "回答済み" in await page(client, path)
    assert "回答済み" in await page(client, path, sent(path, source, {}))
    assert len(services.stores.surveys.list_sheets("round-1")) == 1


async def test_errors_stand_at_their_fields_with_what_was_typed(client: Client, services: Services) -> None:
    path = link(services)
    key = form_key(path.rpartition("/")[2])
    source = await page(client, path, {".token": key, ".press": '["survey_show", "round-1"]'})
    again = await page(client, path, sent(path, source, {"S": ""}))
    html = Html(again)
    (error,) = html.all("p", class_="field-error")
    assert error["id"] in html.one("fieldset", aria_invalid="true")["aria-describedby"]
    assert texts.REQUIRED in again


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({".name": "survey_page", ".value": "round-1/0", "S": "a"}, 403),
        ({".token": "0" * 32, ".name": "survey_page", ".value": "round-1/0", "S": "a"}, 403),
        ({".token": "own", ".name": "survey_page", ".value": "round-2/0", "S": "a"}, 400),
        ({".token": "own", ".name": "console", ".value": "round-1"}, 400),
        ({".token": "own", ".name": "ask", ".value": "round-1"}, 400),
        ({".token": "own", "S": "a"}, 400),
    ],
)
async def test_forged_posts_are_refused(
    client: Client, services: Services, fields: dict[str, str], status: int
) -> None:
    path = link(services)
    if fields.get(".token") == "own":
        fields = fields | {".token": form_key(path.rpartition("/")[2])}
    await page(client, path, fields, status)
    assert services.stores.surveys.find_draft("round-1", STAFF.id) is None
    assert services.stores.surveys.find_draft("round-2", STAFF.id) is None


@pytest.mark.parametrize("token", ["x", "x" * 200, "%00", "あ"])
async def test_a_wrong_link_says_what_to_do(client: Client, token: str) -> None:
    answer = await client.get(f"/s/{token}")
    assert answer.status == 404


async def test_a_link_ends_with_the_round(services: Services, client: Client) -> None:
    path = link(services)
    services.stores.surveys.close_round("round-1")
    assert "このリンクは使えません" in await page(client, path, status=404)


def test_a_link_expires_and_is_kept_as_a_hash(sqlite_stores: SqlStores, services: Services) -> None:
    token = link(services).rpartition("/")[2]
    database: Database = sqlite_stores._session  # type: ignore[assignment]
    (row,) = database.query("select * from survey_links")
    assert token not in str(row)
    assert row["person_id"] == STAFF.id != OPERATOR.id
    assert services.stores.surveys.find_link(row["digest"], NOW + timedelta(days=7)) is None


async def test_a_link_stands_in_no_log_when_a_page_fails(
    client: Client, sqlite_stores: SqlStores, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    path = link(services)
    database: Database = sqlite_stores._session  # type: ignore[assignment]
    database.transaction(lambda tx: tx.query("drop table survey_drafts", {}))
    await page(client, path, status=500)
    ours = [
        record for record in caplog.records if record.name != "aiohttp.access"
    ]  # dxbot serve has its own line
    assert any("/s/{token} failed" in record.getMessage() for record in ours)
    assert not any(path.rpartition("/")[2] in caplog.handler.format(record) for record in ours)
