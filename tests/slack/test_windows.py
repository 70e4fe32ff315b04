"""Modals and the Home tab: the message shortcut, the index, forms and their mistakes."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import router
from bot.app import create_app
from bot.delivery import Arrival
from bot.messages import Reply, Request
from bot.services import Services
from bot.slack import channel, windows
from bot.slack.window_reading import read_window
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import meaning as meaning_texts
from bot.texts.ja import slack as texts
from tests.fakes.slack import TRIGGER_SECONDS, FakeSlack
from tests.fakes.slack_blocks import check_view
from tests.fakes.slack_client import SlackServers, buttons, click, click_on_post, direct, event, read
from tests.slack.conftest import USER
from tests.web import specimen
from tests.web.city import DOCUMENT

WORDS = "Business Process Re-engineeringの略。"
SURVEY = '{"name": "survey", "value": "round-1"}'


def _shortcut(slack: FakeSlack, text: str) -> dict[str, Any]:
    return {
        "type": "message_action",
        "callback_id": "term_meaning",
        "trigger_id": slack.trigger(),
        "user": {"id": USER},
        "channel": {"id": "C0OTHER"},
        "message": {"type": "message", "user": "U9", "ts": "1.1", "text": text},
    }


def _click(slack: FakeSlack, view: dict[str, Any], action: dict[str, Any]) -> dict[str, Any]:
    container = {"type": "view", "view_id": view.get("id", "VHOME")}
    return click(slack, USER, action, container, view=view)


async def _only_view(slack: FakeSlack) -> dict[str, Any]:
    await slack.until(lambda: bool(slack.views))
    (view,) = slack.views.values()
    return view


@pytest.mark.parametrize("text", ["次はBPRを進めます", "<@U1> 業務改革 &amp; DX"])
async def test_the_shortcut_explains_the_term_of_a_message(
    servers: SlackServers, slack: FakeSlack, text: str
) -> None:
    assert (await servers.deliver(_shortcut(slack, text))).status == 200
    assert WORDS in read((await _only_view(slack))["blocks"])
    assert slack.posts == []


async def test_each_of_several_terms_is_explained_and_leads_on_in_the_same_window(
    servers: SlackServers, slack: FakeSlack
) -> None:
    await servers.deliver(_shortcut(slack, "BPRとRPAを進めます。BPRS や ARPA ではありません"))
    view = await _only_view(slack)
    said = read(view["blocks"])
    assert WORDS in said and "Robotic Process Automationの略。" in said
    assert "決まった手順の端末操作" not in said, "a sentence of each, and more behind its button"
    assert meaning_texts.READ_ON in said and DOCUMENT in said
    offered = buttons(view["blocks"])
    assert [button["text"]["text"] for button in offered] == ["BPR", "RPA"]
    await servers.deliver(_click(slack, view, offered[0]))
    await slack.until(lambda: WORDS in read(slack.views[view["id"]]["blocks"]))
    assert len(slack.views) == 1


@pytest.mark.parametrize("text", ["きょうは晴れです", "GUIDE", "", "RPAX と ABPR"])
async def test_a_message_without_terms_says_so(servers: SlackServers, slack: FakeSlack, text: str) -> None:
    await servers.deliver(_shortcut(slack, text))
    assert meaning_texts.NONE in read((await _only_view(slack))["blocks"])


async def test_when_the_window_came_too_late_the_person_is_written_to(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    payload = _shortcut(slack, "BPR ひみつ")
    began = slack.clock()
    slack.clock = lambda: began + TRIGGER_SECONDS + 1
    await servers.deliver(payload)
    await slack.until(lambda: bool(slack.posts))
    assert slack.posts[0]["channel"] == f"D{USER[1:]}"
    assert WORDS in read(slack.posts[0]["blocks"])
    assert "SlackApiError" in caplog.text
    assert "ひみつ" not in caplog.text


async def test_home_has_search_starters_and_the_index(servers: SlackServers, slack: FakeSlack) -> None:
    opened = event({"type": "app_home_opened", "user": USER, "channel": f"D{USER[1:]}", "tab": "home"})
    assert (await servers.deliver(opened)).status == 200
    await slack.until(lambda: bool(slack.homes))
    view = slack.homes[USER]
    labels = [button["text"]["text"] for button in buttons(view["blocks"])]
    assert labels == [*ask_texts.STARTERS, "<b>しるし</b>&言語", "BPR", "RPA"]
    for button in buttons(view["blocks"]):
        opened_so_far = len(slack.called("views.open"))
        await servers.deliver(_click(slack, view, button))
        await slack.called_again("views.open", opened_so_far)
        assert ask_texts.UNKNOWN_ACTION not in read(list(slack.views.values())[-1]["blocks"])


async def test_what_is_typed_into_home_is_answered(servers: SlackServers, slack: FakeSlack) -> None:
    typed = {"type": "plain_text_input", "action_id": "dx:0:ask", "value": "BPRとは何ですか"}
    await servers.deliver(_click(slack, {"type": "home"}, typed))
    assert WORDS in read((await _only_view(slack))["blocks"])


async def test_the_messages_tab_publishes_nothing(servers: SlackServers, slack: FakeSlack) -> None:
    await servers.deliver(event({"type": "app_home_opened", "user": USER, "tab": "messages"}))
    await asyncio.sleep(0.1)
    assert slack.homes == {}


async def _open_form(servers: SlackServers, slack: FakeSlack) -> dict[str, Any]:
    await servers.deliver(event(direct(USER, "使いかた")))
    await slack.until(lambda: bool(slack.posts))
    survey = {"type": "button", "action_id": "dx:0:survey", "value": "round-1"}
    await servers.deliver(click_on_post(slack, USER, slack.posts[0], survey))
    await slack.until(lambda: len(slack.posts) == 2)
    (opening,) = [
        button for button in buttons(slack.posts[1]["blocks"]) if button["text"]["text"] == texts.OPEN_FORM
    ]
    await servers.deliver(click_on_post(slack, USER, slack.posts[1], opening))
    return await _only_view(slack)


def _submitted(slack: FakeSlack, view: dict[str, Any], name: str, tools: list[str]) -> dict[str, Any]:
    values = {
        "name": {"value": {"type": "plain_text_input", "value": name or None}},
        "tools": {
            "value": {"type": "checkboxes", "selected_options": [{"value": tool} for tool in tools]},
        },
    }
    return {
        "type": "view_submission",
        "user": {"id": USER},
        "trigger_id": slack.trigger(),
        "view": view | {"state": {"values": values}},
    }


async def test_a_form_opens_and_answers_for_its_mistakes(servers: SlackServers, slack: FakeSlack) -> None:
    view = await _open_form(servers, slack)
    assert [block["block_id"] for block in view["blocks"] if block["type"] == "input"] == [
        "name",
        "days",
        "from",
        "place",
        "tools",
        "voice",
    ]
    wrong = await servers.deliver(_submitted(slack, view, "", []))
    assert await wrong.json() == {
        "response_action": "errors",
        "errors": {"name": "お名前を入力してください。"},
    }
    right = await (await servers.deliver(_submitted(slack, view, "青葉", ["chat", "meet"]))).json()
    assert right["response_action"] == "update"
    assert "name=青葉 / tools=['chat', 'meet']" in read(right["view"]["blocks"])


async def test_a_form_whose_handler_fails_is_answered_politely(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    view = await _open_form(servers, slack)
    broken = view | {"private_metadata": '{"name":"crash","value":"ひみつ"}'}
    with caplog.at_level(logging.INFO):
        answer = await (await servers.deliver(_submitted(slack, broken, "", []))).json()
    assert texts.FAILED in read(answer["view"]["blocks"])
    assert "ひみつ" not in caplog.text


async def test_a_form_of_the_past_is_answered_politely(servers: SlackServers, slack: FakeSlack) -> None:
    await servers.deliver(_shortcut(slack, "BPR"))
    view = await _only_view(slack)
    old = {"id": view["id"], "type": "modal", "callback_id": "old", "blocks": [], "private_metadata": "{"}
    answer = await (await servers.deliver(_submitted(slack, old, "", []))).json()
    assert ask_texts.UNKNOWN_ACTION in read(answer["view"]["blocks"])


async def test_a_form_is_acknowledged_before_slack_is_asked_who_filled_it_in(
    servers: SlackServers, slack: FakeSlack
) -> None:
    slack.views["V1"] = {"type": "modal", "blocks": []}
    slack.fail("users.info", "hang")
    slack.hang_seconds = 1.0
    view = {"id": "V1", "type": "modal", "callback_id": "dx-form", "private_metadata": SURVEY}
    async with asyncio.timeout(0.9):
        answer = await (await servers.deliver(_submitted(slack, view, "青葉", ["chat"]))).json()
    assert texts.PROCESSING in read(answer["view"]["blocks"])
    await slack.until(lambda: "name=青葉" in read(slack.views["V1"]["blocks"]))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A survey whose handler takes longer than an acknowledgement may; who submitted it, in order."""
    seen: list[str] = []
    monkeypatch.setattr(windows, "ACK_SECONDS", 0.1)
    monkeypatch.setattr(windows, "AFTER_ACK_SECONDS", 0.1)

    def survey(request: Request, services: Services) -> Reply:
        if request.values:
            seen.append(str(request.values["name"]))
            time.sleep(0.4)
        return specimen.survey(request, services)

    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "survey": survey})
    return seen


async def test_a_slow_form_says_so_and_shows_its_outcome_later(
    servers: SlackServers, slack: FakeSlack, slow: list[str]
) -> None:
    view = await _open_form(servers, slack)
    answer = await (await servers.deliver(_submitted(slack, view, "青葉", ["chat"]))).json()
    assert answer["response_action"] == "update"
    check_view(answer["view"])
    assert texts.PROCESSING in read(answer["view"]["blocks"])
    await slack.until(lambda: "name=青葉 / tools=['chat']" in read(slack.views[view["id"]]["blocks"]))
    assert slow == ["青葉"]


async def test_a_slow_form_keeps_what_was_filled_in_when_it_is_wrong(
    servers: SlackServers, slack: FakeSlack, slow: list[str]
) -> None:
    view = await _open_form(servers, slack)
    await servers.deliver(_submitted(slack, view, "", ["meet"]))
    told = texts.field_error("お名前", "お名前を入力してください。")
    await slack.until(lambda: told in read(slack.views[view["id"]]["blocks"]))
    (tools,) = [block for block in slack.views[view["id"]]["blocks"] if block.get("block_id") == "tools"]
    assert [option["value"] for option in tools["element"]["initial_options"]] == ["meet"]


async def test_a_slow_form_that_was_closed_is_answered_in_a_message(
    servers: SlackServers, slack: FakeSlack, slow: list[str]
) -> None:
    view = await _open_form(servers, slack)
    before = len(slack.posts)
    await servers.deliver(_submitted(slack, view, "青葉", []))
    del slack.views[view["id"]]
    await slack.until(lambda: len(slack.posts) > before)
    assert "name=青葉" in read(slack.posts[-1]["blocks"])
    assert slack.posts[-1]["channel"] == f"D{USER[1:]}"


async def test_a_form_delivered_again_is_taken_once(
    servers: SlackServers, slack: FakeSlack, slow: list[str]
) -> None:
    view = await _open_form(servers, slack)
    payload = _submitted(slack, view, "青葉", ["chat"])
    await servers.deliver(payload)
    again = await (await servers.deliver(payload)).json()
    assert texts.TAKEN_ALREADY in read(again["view"]["blocks"])
    await slack.until(lambda: "name=青葉" in read(slack.views[view["id"]]["blocks"]))
    assert slow == ["青葉"]


async def test_a_form_is_never_acknowledged_with_nothing(servers: SlackServers, slack: FakeSlack) -> None:
    view = await _open_form(servers, slack)
    del view["callback_id"]  # nobody listens to it
    answer = await servers.deliver(_submitted(slack, view, "青葉", []))
    assert answer.status != 200 or await answer.json()


async def test_a_form_whose_process_died_is_taken_by_another(
    services: Services, slack: FakeSlack, slow: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "OVERDUE_SECONDS", 0.05)
    slack.views["V1"] = {"type": "modal", "blocks": []}
    view = {"id": "V1", "type": "modal", "callback_id": "dx-form", "private_metadata": SURVEY}
    left = read_window(_submitted(slack, view, "青葉", ["chat"]))
    assert left is not None
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    arrivals = [Arrival(left.key, "slack", left.model_dump_json())]
    services.stores.receipts.exchange("dead", long_ago, long_ago, arrivals=arrivals)
    async with TestClient(TestServer(create_app(services))):
        await slack.until(lambda: "name=青葉" in read(slack.views["V1"]["blocks"]))
        await asyncio.sleep(0.2)
    assert slow == ["青葉"]
    assert services.stores.receipts.list_overdue("slack", datetime.now(UTC) + timedelta(hours=1)) == []


async def test_a_click_whose_process_died_is_answered_in_a_message_once(
    services: Services, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "OVERDUE_SECONDS", 0.05)
    began = slack.clock()
    left = [read_window(_shortcut(slack, "BPR")) for _ in range(2)]
    slack.clock = lambda: began + TRIGGER_SECONDS + 1
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    arrivals = [Arrival(errand.key, "slack", errand.model_dump_json()) for errand in left if errand]
    services.stores.receipts.exchange("dead", long_ago, long_ago, arrivals=arrivals)
    written = {"event_type": "dxbot_message", "event_payload": {"key": arrivals[1].key}}
    slack.posts.append({"ts": f"{began:.6f}", "channel": f"D{USER[1:]}", "metadata": written})
    async with TestClient(TestServer(create_app(services))):
        await slack.until(lambda: len(slack.posts) == 2)
        await asyncio.sleep(0.3)
    assert [post["metadata"]["event_payload"]["key"] for post in slack.posts] == [
        arrivals[1].key,
        arrivals[0].key,
    ]


async def test_nothing_is_kept_of_a_form_with_a_personal_number(
    servers: SlackServers, slack: FakeSlack, slow: list[str], database_rows: Callable[[], str]
) -> None:
    view = await _open_form(servers, slack)
    await servers.deliver(_submitted(slack, view, "私は1234 5678 9012です", []))
    await servers.deliver(_submitted(slack, view, "ふつうの名前", []))
    assert "ふつうの名前" in database_rows()
    assert "9012" not in database_rows()
    await slack.until(lambda: "ふつうの名前" in str(slack.views[view["id"]]["blocks"]))


@pytest.fixture
def database_rows(services: Services) -> Callable[[], str]:
    """Whatever is kept of errands that are not answered yet."""
    future = datetime.now(UTC) + timedelta(hours=1)
    return lambda: str(services.stores.receipts.list_overdue("slack", future))


async def test_a_click_and_an_opening_delivered_again_show_once(
    servers: SlackServers, slack: FakeSlack
) -> None:
    shortcut = _shortcut(slack, "BPR")
    home = event({"type": "app_home_opened", "user": USER, "channel": f"D{USER[1:]}", "tab": "home"})
    for payload in (shortcut, home, shortcut, home):
        assert (await servers.deliver(payload)).status == 200
    await slack.until(lambda: bool(slack.views and slack.homes))
    await asyncio.sleep(0.2)
    assert (len(slack.called("views.open")), len(slack.called("views.publish"))) == (1, 1)


async def test_a_deferred_home_does_not_stop_the_rest(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    slack.fail("views.publish", "500")
    await servers.deliver(event({"type": "app_home_opened", "user": USER, "tab": "home"}))
    await servers.deliver(event(direct(USER, "BPRとは")))
    await slack.until(lambda: bool(slack.posts))
    assert slack.homes == {}
