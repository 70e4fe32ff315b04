"""Forms of several pages in one window: on, back, saved, corrected, too late, and overtaken."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot import router
from bot.messages import Action, Choice, Form, FormField, Reply, Request, link_to
from bot.services import Services
from bot.slack.inputs import MAX_OPTION, NOTHING
from bot.slack.render import button, message
from bot.slack.views import form_view, reply_form_view
from bot.texts.ja import forms as form_texts
from bot.texts.ja import slack as texts
from tests.fakes.slack import TRIGGER_SECONDS, FakeSlack
from tests.fakes.slack_blocks import Invalid, check_message, check_view
from tests.fakes.slack_client import SlackServers, buttons, click, click_on_post, direct, event, read
from tests.forms.slack import filled
from tests.forms.web import Answers
from tests.slack.conftest import USER
from tests.web import specimen

Object = dict[str, Any]
OPENING = Action(name="page", label="回答する", value="", opens_form=True)
LINK = link_to("https://city.example/s/abc", "庁内のページを開く")


async def _posted(servers: SlackServers, slack: FakeSlack) -> Object:
    await servers.deliver(event(direct(USER, "使いかた")))
    await slack.until(lambda: bool(slack.posts))
    return slack.posts[0]


async def _opened(servers: SlackServers, slack: FakeSlack, action: Action = OPENING) -> Object:
    await servers.deliver(click_on_post(slack, USER, await _posted(servers, slack), button(action, 0)))
    await slack.until(lambda: bool(slack.views))
    (view,) = slack.views.values()
    return view


async def _sent(servers: SlackServers, slack: FakeSlack, view: Object, **answers: Any) -> Object:
    """Submit a page; the acknowledgement, with its view shown in the window."""
    payload = {
        "type": "view_submission",
        "user": {"id": USER},
        "trigger_id": slack.trigger(),
        "view": filled(view, answers),
    }
    answer: Object = await (await servers.deliver(payload)).json()
    if answer["response_action"] == "update":
        answer["view"] = slack.show(view["id"], answer["view"])
    return answer


def _pressed(slack: FakeSlack, view: Object, label: str, answers: Answers) -> Object:
    (found,) = [one for one in buttons(view["blocks"]) if one["text"]["text"] == label]
    container = {"type": "view", "view_id": view["id"]}
    return click(slack, USER, found, container, view=filled(view, answers))


def _block(view: Object, block_id: str) -> Object:
    found: list[Object] = [block for block in view["blocks"] if block.get("block_id") == block_id]
    assert len(found) == 1
    return found[0]


async def test_a_button_opens_the_form_at_once(servers: SlackServers, slack: FakeSlack) -> None:
    view = await _opened(servers, slack)
    assert form_texts.page_of(1, 2) in read(view["blocks"])
    number = _block(view, "days")["element"]
    assert (number["min_value"], number["max_value"], number["is_decimal_allowed"]) == ("0", "66", True)
    assert _block(view, "tasks.c1")["element"]["type"] == "radio_buttons"
    assert _block(view, "why")["element"]["max_selected_items"] == 3
    assert len(slack.posts) == 1


async def test_pages_follow_each_other_in_one_window(servers: SlackServers, slack: FakeSlack) -> None:
    view = await _opened(servers, slack)
    wrong = await _sent(servers, slack, view)
    assert wrong == {"response_action": "errors", "errors": {"days": "日数を入力してください。"}}
    second = (await _sent(servers, slack, view, days="2.5"))["view"]
    assert form_texts.page_of(2, 2) in read(second["blocks"])
    sent = await _sent(servers, slack, second, useful="c4")
    assert "useful=c4" in read(sent["view"]["blocks"])
    assert len(slack.called("views.open")) == 1


async def test_back_and_save_take_along_what_is_filled_in(servers: SlackServers, slack: FakeSlack) -> None:
    view = await _opened(servers, slack)
    second = (await _sent(servers, slack, view, days="2.5"))["view"]
    await servers.deliver(_pressed(slack, second, "戻る", {"useful": "c4"}))
    await slack.until(lambda: "tasks.c1" in str(slack.views[view["id"]]))
    first = slack.views[view["id"]]
    answers: Answers = {"days": "", "tasks.c2": "c3", "why": ["c1", "c13"]}
    await servers.deliver(_pressed(slack, first, "保存して閉じる", answers))
    await slack.until(lambda: "保存しました" in str(slack.views[view["id"]]))
    said = read(slack.views[view["id"]]["blocks"])
    assert "days= / tasks.c1= / tasks.c2=c3" in said
    assert "why=['c1', 'c13']" in said


async def test_who_has_gone_on_is_not_called_back(
    servers: SlackServers, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(request: Request, services: Services) -> Reply:
        time.sleep(0.4)
        return specimen.page(request, services)

    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "page_back": slow})
    view = await _opened(servers, slack)
    second = (await _sent(servers, slack, view, days="2.5"))["view"]
    await servers.deliver(_pressed(slack, second, "戻る", {}))
    await _sent(servers, slack, second, useful="c4")
    await slack.called_again("views.update", 0)
    await asyncio.sleep(0.2)
    assert "useful=c4" in read(slack.views[view["id"]]["blocks"])
    assert len(slack.posts) == 1


async def test_a_window_that_came_too_late_is_opened_by_the_next_press(
    servers: SlackServers, slack: FakeSlack
) -> None:
    post = await _posted(servers, slack)
    payload = click_on_post(slack, USER, post, button(OPENING, 0))
    began = slack.clock()
    slack.clock = lambda: began + TRIGGER_SECONDS + 1
    await servers.deliver(payload)
    await slack.until(lambda: len(slack.posts) == 2)
    assert texts.TOO_LATE in read(slack.posts[1]["blocks"])
    (again,) = buttons(slack.posts[1]["blocks"])
    await servers.deliver(click_on_post(slack, USER, slack.posts[1], again))
    await slack.until(lambda: bool(slack.views))
    assert form_texts.page_of(1, 2) in read(next(iter(slack.views.values()))["blocks"])


async def test_a_mistake_on_an_earlier_page_leads_back_to_it(
    servers: SlackServers, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(request: Request, services: Services) -> Reply:
        if request.value == "2" and request.values:
            return specimen.page(request.model_copy(update={"value": "1", "values": {"days": ""}}), services)
        return specimen.page(request, services)

    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, "page": page})
    view = await _opened(servers, slack)
    second = (await _sent(servers, slack, view, days="2.5"))["view"]
    back = (await _sent(servers, slack, second, useful="c4"))["view"]
    days = specimen.PAGES[0][0]
    assert texts.field_error(days.label, "日数を入力してください。") in read(back["blocks"])
    assert _block(back, "days")


async def test_a_button_to_a_page_is_no_question(servers: SlackServers, slack: FakeSlack) -> None:
    check_message(message(Reply(actions=(LINK,)))["blocks"])
    post = await _posted(servers, slack)
    made = button(LINK, 0)
    assert made["url"] == LINK.url
    assert (await servers.deliver(click_on_post(slack, USER, post, made))).status == 200
    await asyncio.sleep(0.2)
    assert (len(slack.posts), slack.views) == (1, {})


def _field(**more: Any) -> FormField:
    choices = (Choice(value="a", label="甲"), Choice(value="b", label="乙"))
    return FormField.model_validate({"id": "f", "label": "問", "kind": "single", "choices": choices, **more})


def _viewed(field: FormField) -> Object:
    view = form_view(Form(name="n", title="様式", submit="送る", fields=(field,)))
    check_view(view)
    return view


@pytest.mark.parametrize(
    ("more", "offered"), [({}, False), ({"value": "a"}, True), ({"value": "a", "required": True}, False)]
)
def test_an_answer_can_be_taken_back(more: Object, offered: bool) -> None:
    options = _viewed(_field(**more))["blocks"][0]["element"]["options"]
    assert (options[-1]["value"] == NOTHING) == offered


def test_what_an_option_has_no_room_for_stands_above() -> None:
    short, long = "一人でできる", "説明" * MAX_OPTION
    explained = _viewed(
        _field(choices=(Choice(value="a", label="甲", hint=long), Choice(value="b", label="乙")))
    )
    assert long in read(explained["blocks"][:1])
    fits = _viewed(_field(choices=(Choice(value="a", label="甲", hint=short),)))
    assert fits["blocks"][0]["element"]["options"][0]["description"]["text"] == short


@pytest.mark.parametrize(
    ("value", "kept"), [("3", True), ("66", True), ("67", False), ("-1", False), ("三", False), ("", False)]
)
def test_a_number_that_slack_would_refuse_is_not_shown(value: str, kept: bool) -> None:
    view = _viewed(
        FormField(id="d", label="日数", kind="number", value=value, minimum=0, maximum=66, step=0.5)
    )
    assert ("initial_value" in view["blocks"][0]["element"]) == kept


def test_a_form_stands_below_the_words_of_its_reply(services: Services) -> None:
    form = Form(name="n", title="確認", submit="送る", fields=())
    words = specimen.show(Request(channel="slack", user="u"), services)
    view = reply_form_view(words.model_copy(update={"form": form}))
    check_view(view)
    assert "原文の一行目" in read(view["blocks"])
    assert view["submit"]["text"] == "送る"
    check_view(form_view(form))


@pytest.mark.parametrize(
    "element",
    [
        {"min_value": 0},
        {"min_value": "0", "initial_value": "-1"},
        {"max_value": "5", "initial_value": "6"},
        {"initial_value": "三"},
        {"is_decimal_allowed": False, "initial_value": "1.5"},
    ],
)
def test_the_fake_refuses_numbers_as_slack_does(element: Object) -> None:
    made = {"type": "number_input", "action_id": "v", "is_decimal_allowed": True, **element}
    label = {"type": "plain_text", "text": "日数"}
    view = _viewed(_field()) | {"blocks": [{"type": "input", "label": label, "element": made}]}
    with pytest.raises(Invalid):
        check_view(view)
