from __future__ import annotations

from typing import Any

import pytest

from bot import router
from bot.teams.invokes import MEANING_COMMAND
from bot.texts.ja import teams as texts
from bot.texts.ja.meaning import NONE
from tests.fakes.teams import CARD, FakeTeams, Member, card_buttons, card_problems, card_texts
from tests.teams.conftest import Deliver
from tests.web.specimen import HANDLERS


def invoke(teams: FakeTeams, user: Member, name: str, value: Any) -> dict[str, Any]:
    return teams.activity(user=user) | {"type": "invoke", "name": name, "value": value}


def taken(card: dict[str, Any]) -> str:
    assert card_problems(card) == []
    return "\n".join(card_texts(card))


async def test_action_execute_gets_the_next_card(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    data = {"dxbot": {"name": "article", "value": "term:bpr"}}
    action = {"type": "Action.Execute", "verb": "x", "data": data}
    response = await deliver(
        invoke(teams, asker, "adaptiveCard/action", {"action": action, "trigger": "manual"})
    )
    body = await response.json()
    assert (response.status, body["statusCode"], body["type"]) == (200, 200, CARD)
    assert "仕事の流れを根本から見直し" in taken(body["value"])
    assert teams.posted == []


async def test_a_dialog_shows_a_form_and_keeps_it_open_for_mistakes(
    teams: FakeTeams, asker: Member, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(router, "HANDLERS", {**router.HANDLERS, **HANDLERS})
    opened = {"data": {"dxbot": {"name": "survey", "value": ""}}, "context": {"theme": "default"}}
    task = (await (await deliver(invoke(teams, asker, "task/fetch", opened))).json())["task"]
    assert task["type"] == "continue"
    card = task["value"]["card"]["content"]
    assert "働き方について" in taken(card)
    data = card_buttons(card)[0]["data"]
    for filled, shown in (
        ({"f.name": ""}, "お名前を入力してください。"),
        ({"f.name": "花"}, "受け付けました"),
    ):
        submitted = invoke(teams, asker, "task/submit", {"data": data | filled})
        task = (await (await deliver(submitted)).json())["task"]
        assert shown in taken(task["value"]["card"]["content"])


@pytest.mark.parametrize(
    "name",
    [
        "adaptiveCard/action",
        "task/fetch",
        "task/submit",
        "composeExtension/query",
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
    ],
)
@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        [],
        5,
        "x",
        {"action": 5},
        {"data": [1]},
        {"parameters": [1, {}]},
        {"messagePayload": {"body": 5, "subject": [1]}},
        {"messagePayload": {"body": {"content": "<" * 200, "contentType": "html"}}},
    ],
)
async def test_a_strange_value_gets_an_answer(
    teams: FakeTeams, asker: Member, deliver: Deliver, name: str, value: object
) -> None:
    response = await deliver(invoke(teams, asker, name, value))
    assert response.status == 200
    assert await response.json()


@pytest.mark.parametrize(
    "name", ["signin/verifyState", "composeExtension/selectItem", "config/fetch", "", None]
)
async def test_an_unknown_invoke_is_501(
    teams: FakeTeams, asker: Member, deliver: Deliver, name: str | None
) -> None:
    response = await deliver(invoke(teams, asker, name, {}))  # type: ignore[arg-type]
    assert (response.status, await response.read()) == (501, b"")


async def search(teams: FakeTeams, user: Member, deliver: Deliver, word: str) -> dict[str, Any]:
    value = {"commandId": "searchTerms", "parameters": [{"name": "term", "value": word}]}
    response = await deliver(invoke(teams, user, "composeExtension/query", value))
    assert response.status == 200
    result = (await response.json())["composeExtension"]
    assert isinstance(result, dict)
    return result


async def test_the_message_extension_searches_terms(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    result = await search(teams, asker, deliver, "BPR")
    assert (result["type"], result["attachmentLayout"]) == ("result", "list")
    first, *others = result["attachments"]
    assert first["contentType"] == CARD
    assert "仕事の流れを根本から見直し" in taken(first["content"])
    assert first["preview"]["content"]["title"] == "BPR"
    assert "根本から" in first["preview"]["content"]["text"]
    titles = [one["preview"]["content"]["title"] for one in result["attachments"]]
    assert len(titles) == len(set(titles)) <= 8
    for one in others:
        taken(one["content"])


async def test_a_preview_holds_no_markup(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    result = await search(teams, asker, deliver, "しるし言語")
    shown = result["attachments"][0]["preview"]["content"]
    assert shown["title"] == "＜b＞しるし＜/b＞＆言語"
    assert "<" not in shown["text"]


@pytest.mark.parametrize("word", ["", "   ", "\t"])
async def test_an_empty_search_says_what_to_type(
    teams: FakeTeams, asker: Member, deliver: Deliver, word: str
) -> None:
    assert await search(teams, asker, deliver, word) == {"type": "message", "text": texts.SEARCH_EMPTY}


async def test_a_search_for_nothing_we_know_says_so(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    result = await search(teams, asker, deliver, "😀")
    assert result == {"type": "message", "text": texts.SEARCH_NOTHING}


def message(content: str, kind: str = "html") -> dict[str, Any]:
    """What Teams sends of the message that an action was called on."""
    payload = {"id": "1", "body": {"contentType": kind, "content": content}}
    return {"commandId": MEANING_COMMAND, "commandContext": "message", "messagePayload": payload}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<div><p>来週は<b>業務</b>改革と<at id=0>RPA</at>の話です。</p></div>", "html"),
        ("来週は業務改革とRPAの話です。", "text"),
        ("来週は&#26989;&#21209;改革<br>とRPA &amp; ほか<script>BPR</script>", "html"),
    ],
)
async def test_the_message_action_explains_the_words_of_a_message_to_whoever_asks(
    teams: FakeTeams, asker: Member, deliver: Deliver, content: str, kind: str
) -> None:
    value = message(content, kind)
    task = (await (await deliver(invoke(teams, asker, "composeExtension/fetchTask", value))).json())["task"]
    assert task["type"] == "continue"
    card = task["value"]["card"]["content"]
    taken(card)
    buttons = {button["title"]: button["data"] for button in card_buttons(card)}
    assert {"BPR", "RPA"} <= set(buttons)
    pressed_ = value | {"data": buttons["BPR"]}
    response = await deliver(invoke(teams, asker, "composeExtension/submitAction", pressed_))
    task = (await response.json())["task"]
    assert "仕事の流れを根本から見直し" in taken(task["value"]["card"]["content"])
    assert teams.posted == []


async def test_a_message_of_one_term_is_explained_at_once(
    teams: FakeTeams, asker: Member, deliver: Deliver
) -> None:
    value = message("RPAって?", "text")
    task = (await (await deliver(invoke(teams, asker, "composeExtension/fetchTask", value))).json())["task"]
    assert "ソフトウェアに任せる" in taken(task["value"]["card"]["content"])


async def test_a_message_without_terms_says_so(teams: FakeTeams, asker: Member, deliver: Deliver) -> None:
    for value in (message("お昼はどうしますか"), message("<style>RPA</style>"), {}):
        response = await deliver(invoke(teams, asker, "composeExtension/fetchTask", value))
        assert NONE in taken((await response.json())["task"]["value"]["card"]["content"])
