"""Modals and the Home tab: the message shortcut, the index, forms and their mistakes."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.services import Services
from bot.texts.ja import ask as ask_texts
from bot.texts.ja import meaning as meaning_texts
from bot.texts.ja import slack as texts
from tests.fakes.slack import TRIGGER_SECONDS, FakeSlack
from tests.fakes.slack_client import SlackServers, buttons, click, click_on_post, direct, event, read
from tests.slack.conftest import USER

WORDS = "Business Process Re-engineeringの略。"


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


async def test_several_terms_are_offered_and_explained_in_the_same_window(
    servers: SlackServers, slack: FakeSlack
) -> None:
    await servers.deliver(_shortcut(slack, "BPRとRPAを進めます。BPRS や ARPA ではありません"))
    view = await _only_view(slack)
    assert meaning_texts.INTRO in read(view["blocks"])
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


def _submitted(view: dict[str, Any], name: str, tools: list[str]) -> dict[str, Any]:
    values = {
        "name": {"value": {"type": "plain_text_input", "value": name or None}},
        "tools": {
            "value": {"type": "checkboxes", "selected_options": [{"value": tool} for tool in tools]},
        },
    }
    return {
        "type": "view_submission",
        "user": {"id": USER},
        "trigger_id": "t",
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
    wrong = await servers.deliver(_submitted(view, "", []))
    assert await wrong.json() == {
        "response_action": "errors",
        "errors": {"name": "お名前を入力してください。"},
    }
    right = await (await servers.deliver(_submitted(view, "青葉", ["chat", "meet"]))).json()
    assert right["response_action"] == "update"
    assert "name=青葉 / tools=['chat', 'meet']" in read(right["view"]["blocks"])


async def test_a_form_whose_handler_fails_is_answered_politely(
    servers: SlackServers, slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    view = await _open_form(servers, slack)
    broken = view | {"private_metadata": '{"name":"crash","value":"ひみつ"}'}
    with caplog.at_level(logging.INFO):
        answer = await (await servers.deliver(_submitted(broken, "", []))).json()
    assert texts.FAILED in read(answer["view"]["blocks"])
    assert "ひみつ" not in caplog.text


async def test_a_form_of_the_past_is_answered_politely(servers: SlackServers, slack: FakeSlack) -> None:
    view = {"type": "modal", "callback_id": "old", "blocks": []}
    answer = await (await servers.deliver(_submitted(view, "", []))).json()
    assert ask_texts.UNKNOWN_ACTION in read(answer["view"]["blocks"])


async def test_a_deferred_home_does_not_stop_the_rest(
    servers: SlackServers, slack: FakeSlack, services: Services
) -> None:
    slack.fail("views.publish", "500")
    await servers.deliver(event({"type": "app_home_opened", "user": USER, "tab": "home"}))
    await servers.deliver(event(direct(USER, "BPRとは")))
    await slack.until(lambda: bool(slack.posts))
    assert slack.homes == {}
