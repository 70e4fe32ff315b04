"""「書き出し」 and `/dx export` on every channel: a link to the console's page, never a file; others are refused, on record."""

from __future__ import annotations

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import Services
from bot.texts.ja import export as texts
from storage.stores import SqlStores
from tests.fakes.slack import FakeSlack, served
from tests.fakes.slack_client import SlackServers, buttons, command, read
from tests.scenarios.slack_driver import with_slack
from tests.scenarios.towns import TOWNS, factory
from tests.surveys.city import city
from tests.web.city import HR, STAFF

HERE = "https://dx.city.example"


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    return city(sqlite_stores, DXBOT_PUBLIC_URL=HERE)


@pytest.mark.parametrize("typed", ["書き出し", "export"])
@pytest.mark.parametrize("channel", list(TOWNS))
async def test_a_link_to_the_page(services: Services, channel: str, typed: str) -> None:
    async with factory(channel)(services) as town:
        shown = await town.seat(HR).say(typed)
    assert texts.CHAT_TEXT in shown.text.replace("\n", "")
    link = shown.links[texts.CHAT_OPEN]
    assert link.endswith("/console/exports"), "and nothing secret in it"


@pytest.mark.parametrize("channel", list(TOWNS))
async def test_others_are_refused_on_record(services: Services, channel: str) -> None:
    async with factory(channel)(services) as town:
        shown = await town.seat(STAFF).say("書き出し")
    assert "職員課・デジタル推進室" in shown.text
    assert not shown.links
    (event,) = services.stores.audit.list_events(1)
    assert (event.actor, event.action, event.target) == (STAFF.id, "permission.refused", "export")


async def test_the_signed_command_in_a_channel(services: Services) -> None:
    async with served(FakeSlack()) as slack:
        user = slack.add_user(f"U{HR.id}", HR.email)
        async with TestClient(TestServer(create_app(with_slack(services, slack)))) as client:
            response = await SlackServers(client).deliver(command(slack, user, "export"))
            assert response.status == 200
            await slack.until(lambda: bool(slack.responses))
    (told,) = slack.responses
    assert texts.CHAT_SIGN_IN in read(told["blocks"]).replace("\n", "")
    assert [one.get("url") for one in buttons(told["blocks"])] == [f"{HERE}/console/exports"]
    assert "files" not in told
