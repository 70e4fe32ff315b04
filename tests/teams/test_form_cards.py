"""Forms of several pages in Teams: in a dialog, and on a card that is replaced in its place."""

from __future__ import annotations

from typing import Any

import pytest

from bot import router
from bot.messages import Action, Form, FormField, Reply, link_to
from bot.teams.card import reply_card, without_dialogs
from bot.teams.press import read_press
from bot.texts.ja import forms as form_texts
from tests.fakes.teams import FakeTeams, Member, Posted, card_buttons, card_problems, card_texts, elements
from tests.forms.teams import filled
from tests.forms.web import Answers
from tests.teams.conftest import CHANNEL_CHAT, Deliver, card
from tests.web.specimen import HANDLERS

Object = dict[str, Any]
OPENING = Action(name="page", label="回答する", opens_form=True)
LINK = link_to("https://city.example/s/abc", "庁内のページを開く")


@pytest.fixture(autouse=True)
def _specimen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, **HANDLERS})


def _button(shown: Object, label: str) -> Object:
    (found,) = [button for button in card_buttons(shown) if button["title"] == label]
    data: Object = found["data"]
    return data


async def _invoked(teams: FakeTeams, asker: Member, deliver: Deliver, name: str, data: Object) -> Object:
    invoke = teams.activity(user=asker) | {"type": "invoke", "name": name, "value": {"data": data}}
    task: Object = (await (await deliver(invoke)).json())["task"]
    if task["type"] == "continue":
        assert card_problems(task["value"]["card"]["content"]) == []
    return task


async def test_a_dialog_goes_from_page_to_page(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    announced = reply_card(Reply(title="アンケート", actions=(OPENING, LINK)))
    assert card_problems(announced) == []
    opening = _button(announced, OPENING.label)
    assert opening["msteams"] == {"type": "task/fetch"}
    task = await _invoked(teams, asker, deliver, "task/fetch", opening)
    first = task["value"]["card"]["content"]
    assert task["value"]["title"] == "テレワークについてのアンケート"
    wrong = await _invoked(teams, asker, deliver, "task/submit", filled(first, _button(first, "次へ"), {}))
    assert "日数を入力してください。" in card_texts(wrong["value"]["card"]["content"])
    answers: Answers = {"days": "2.5", "tasks.c2": "c3", "why": ["c1"]}
    sent = filled(first, _button(first, "次へ"), answers)
    task = await _invoked(teams, asker, deliver, "task/submit", sent)
    second = task["value"]["card"]["content"]
    assert form_texts.page_of(2, 2) in card_texts(second)
    left = filled(second, _button(second, "戻る"), {"useful": "c4"})
    task = await _invoked(teams, asker, deliver, "task/submit", left)
    again = task["value"]["card"]["content"]
    saving = filled(again, _button(again, "保存して閉じる"), {"days": ""})
    task = await _invoked(teams, asker, deliver, "task/submit", saving)
    assert "days= / tasks.c1= / " in "".join(card_texts(task["value"]["card"]["content"]))
    assert teams.posted == []


async def test_a_few_last_words_close_the_dialog(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    task = await _invoked(teams, asker, deliver, "task/submit", {"dxbot": {"name": "farewell", "value": ""}})
    assert task == {"type": "message", "value": "保存しました。続きは＜いつでも＞どうぞ。"}


async def _card_after(teams: FakeTeams, deliver: Deliver, activity: Object) -> Posted:
    before = len(teams.posted), len(teams.updated)
    assert (await deliver(activity)).status == 200
    (new,) = [*teams.posted[before[0] :], *teams.updated[before[1] :]]
    assert card_problems(card(new)) == []
    return new


def _submitting(
    teams: FakeTeams, user: Member, shown: Posted, label: str, answers: Answers, **more: Any
) -> Object:
    data = filled(card(shown), _button(card(shown), label), answers)
    return teams.activity(user=user, **more) | {"value": data, "replyToId": shown.id}


async def test_without_dialogs_the_card_is_replaced(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    opening = teams.activity(user=asker) | {"value": {"dxbot": {"name": "page", "value": ""}, "msteams": {}}}
    first = await _card_after(teams, deliver, opening)
    second = await _card_after(teams, deliver, _submitting(teams, asker, first, "次へ", {"days": "2"}))
    third = await _card_after(
        teams, deliver, _submitting(teams, asker, second, "保存して閉じる", {"useful": "c1"})
    )
    assert (first.id, second.id, third.id) == (first.id,) * 3
    assert "useful=c1" in "".join(card_texts(card(third)))
    assert len(teams.posted) == 1


@pytest.mark.parametrize(
    ("fault", "times", "replaced"),
    [("503", 1, True), ("lose reply", 1, True), ("404", 1, False), ("503", 3, False)],
)
async def test_a_card_that_cannot_be_replaced_is_followed_by_another(
    teams: FakeTeams, asker: Member, deliver: Deliver, fault: Any, times: int, replaced: bool
) -> None:
    opening = teams.activity(user=asker) | {"value": {"dxbot": {"name": "page", "value": ""}}}
    first = await _card_after(teams, deliver, opening)
    teams.faults.repeat(fault, times)
    assert (await deliver(_submitting(teams, asker, first, "次へ", {"days": "2"}))).status == 200
    assert (len(teams.posted), len({posted.id for posted in teams.updated})) == (
        (1, 1) if replaced else (2, 0)
    )


async def test_where_others_read_along_no_card_changes(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    opening = teams.activity(user=asker, conversation=CHANNEL_CHAT)
    first = await _card_after(teams, deliver, opening | {"value": {"dxbot": {"name": "page", "value": ""}}})
    sent = _submitting(teams, asker, first, "次へ", {"days": "2"}, conversation=CHANNEL_CHAT)
    await _card_after(teams, deliver, sent)
    assert teams.updated == []


def test_other_ways_on_are_not_held_back_by_what_is_required() -> None:
    field = FormField(id="n", label="日数", kind="number", required=True, minimum=0, maximum=66)
    form = Form(name="f", title="様式", submit="送る", fields=(field,))
    (alone,) = [one for one in elements(reply_card(Reply(form=form))) if one["type"] == "Input.Number"]
    assert (alone["isRequired"], alone["min"], alone["max"]) == (True, 0, 66)
    left = form.model_copy(update={"actions": (Action(name="back", label="戻る"),)})
    (other,) = [one for one in elements(reply_card(Reply(form=left))) if one["type"] == "Input.Number"]
    assert "isRequired" not in other
    assert other["label"].endswith(form_texts.REQUIRED)


def test_a_page_opens_in_the_browser() -> None:
    (button,) = card_buttons(reply_card(Reply(actions=(LINK,))))
    assert (button["type"], button["url"]) == ("Action.OpenUrl", LINK.url)


@pytest.mark.parametrize(
    ("told", "read"), [(3, "3"), (3.0, "3"), (2.5, "2.5"), ("03", "03"), (True, ""), ([1], "")]
)
def test_numbers_come_back_as_they_are_written(told: object, read: str) -> None:
    press = read_press({"dxbot": {"name": "f", "typed": ["n"]}, "f.n": told})
    assert press is not None
    assert press.values == {"n": read}


def test_the_playground_which_opens_no_dialog_gets_cards() -> None:
    (button,) = card_buttons(reply_card(without_dialogs(Reply(actions=(OPENING,)))))
    assert "msteams" not in button["data"]
    assert button["data"]["dxbot"]["name"] == OPENING.name
