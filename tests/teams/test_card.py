"""Cards: everything of a Reply is on them, Teams takes them, and no words of anyone become markup."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.charts.chart import Chart
from bot.messages import (
    Action,
    Choice,
    Form,
    FormField,
    Items,
    Paragraph,
    Quote,
    Reply,
    Request,
    SourceLine,
    Table,
)
from bot.teams.card import attachment, card_message, reply_card
from bot.teams.press import read_press
from bot.teams.wording import plain, wide
from bot.texts.ja import teams as texts
from tests.fakes.teams import MAX_MESSAGE, card_buttons, card_problems, card_texts, elements, problems_of
from tests.web.specimen import HANDLERS

ASKED = Request(channel="teams", user="u", name="article", value="term:x")
REFUSE = "\x00-\x08\x0b-\x1f"


def assert_taken(fields: dict[str, Any]) -> dict[str, Any]:
    """The message is one that the strict connector takes; returns its card."""
    body = json.dumps({"type": "message", **fields}, ensure_ascii=False).encode(errors="replace")
    assert problems_of({"type": "message", **fields}, body) == []
    card = fields["attachments"][0]["content"]
    assert isinstance(card, dict)
    return card


@cache
def schema_problems(skeleton: str) -> list[str]:
    return card_problems(json.loads(skeleton))


def skeleton(value: Any) -> Any:
    """A card with every free text replaced: what the schema looks at, the same for most words."""
    free = ("text", "label", "title", "id", "errorMessage", "fallbackText", "data")
    if isinstance(value, dict):
        own = {key: "x" if key in free else skeleton(inner) for key, inner in value.items()}
        return own | ({"value": "x"} if isinstance(value.get("value"), str) else {})
    return [skeleton(inner) for inner in value] if isinstance(value, list) else value


def test_everything_of_a_reply_is_on_the_card() -> None:
    reply = HANDLERS["specimen"](Request(channel="t", user="t", value="あたい"), None)  # type: ignore[arg-type]
    card = assert_taken(card_message(reply, ASKED))
    shown = "\n".join(card_texts(card))
    for words in (
        *(
            "見本の返事",
            "やさしい説明",
            "値はあたい",
            "小さな注記",
            "気をつけること",
            "原文・概要",
            "原文の一行目",
        ),
        *(
            "1. 一つめ",
            "2. 二つめ",
            "・ならび",
            "年度ごと",
            "件数",
            "3,400",
            "3,400件",
            "10.5%",
            "増えている",
        ),
        *("出典: 見本市DX推進計画(案) 実行編(1) 見出し（令和9年4月 案）",),
    ):
        assert words in shown
    assert [button["title"] for button in card_buttons(card)] == ["もっと読む", "使いかた"]
    press = read_press(card_buttons(card)[0]["data"])
    assert press is not None
    assert (press.name, press.value) == ("specimen", "つぎ")


@pytest.mark.parametrize("name", ["specimen", "hostile", "survey"])
def test_every_specimen_is_taken(name: str) -> None:
    assert_taken(card_message(HANDLERS[name](Request(channel="t", user="t"), None), ASKED))  # type: ignore[arg-type]


def test_a_form_has_labels_hints_errors_and_choices() -> None:
    choices = (Choice(value="a,b", label="一つめ"), Choice(value="%", label="二つめ"))
    fields = (
        FormField(
            id="name", label="名前", required=True, hint="姓と名", error="入力してください", value="花"
        ),
        FormField(id="many", label="道具", kind="multi", choices=choices, value=("a,b", "%")),
        FormField(id="dxbot", label="紛らわしい名", kind="number", value="3"),
        FormField(id="day", label="日", kind="date", value="2026-11-24"),
        FormField(id="bad", label="数", kind="number", value="たくさん"),
    )
    card = assert_taken(
        card_message(Reply(form=Form(name="f", title="問い", fields=fields, submit="送る", value="r1")))
    )
    shown = card_texts(card)
    for words in ("問い", "名前", "姓と名", "入力してください", "一つめ", "二つめ"):
        assert words in shown
    inputs = {element["id"]: element for element in elements(card) if element["type"].startswith("Input.")}
    assert inputs["f.many"]["isMultiSelect"]
    (send,) = card_buttons(card)
    press = read_press(send["data"] | {name: element.get("value", "") for name, element in inputs.items()})
    assert press is not None
    assert (press.name, press.value) == ("f", "r1")
    assert press.values == {
        "name": "花",
        "many": ["a,b", "%"],
        "dxbot": "3",
        "day": "2026-11-24",
        "bad": "",
    }


def long_reply() -> Reply:
    quotes = [Quote(text=f"{n}番。" + "長い原文です。" * 700, cite=f"出典{n}") for n in range(8)]
    rows = tuple((str(n), "内容" * 200) for n in range(60))
    table = Table(caption="大きな表", columns=("番号", "内容"), rows=rows)
    form = Form(name="f", title="問い", submit="送る", fields=(FormField(id="a", label="b"),))
    return Reply(
        title="長い返事", parts=(*quotes, table), actions=(Action(name="help", label="使いかた"),), form=form
    )


@pytest.mark.parametrize(("rows", "grids"), [(3, 1), (9, 0)])
def test_a_table_of_many_columns_is_turned_or_told_line_by_line(rows: int, grids: int) -> None:
    columns = ("部", *(f"理由{n}" for n in range(12)))
    shown = tuple((f"部{row}", *(f"{row}-{n}" for n in range(12))) for row in range(rows))
    card = assert_taken(card_message(Reply(parts=(Table(caption="理由", columns=columns, rows=shown),))))
    found = [one for one in elements(card) if one["type"] == "Table"]
    assert [len(one["columns"]) for one in found] == [1 + rows] * grids
    words = "".join(card_texts(card)).replace("\u2060", "")
    assert all(cell in words for row in (columns, *shown) for cell in row)


def test_a_long_reply_is_read_on_page_by_page_and_nothing_is_lost() -> None:
    reply, page, shown = long_reply(), 0, ""
    while True:
        card = assert_taken(card_message(reply, ASKED, page))
        shown += "".join(card_texts(card))
        buttons = card_buttons(card)
        if buttons[0]["title"] != texts.READ_ON:
            break
        assert [button["title"] for button in buttons] == [texts.READ_ON]
        press = read_press(buttons[0]["data"])
        assert press is not None
        assert (press.name, press.value, press.page) == ("article", "term:x", page + 1)
        page = press.page
        assert page < 50
    assert page > 3
    assert [button["title"] for button in buttons] == ["送る", "使いかた"]
    told = re.sub(r"出典: 出典\d", "", shown)
    for n in range(8):
        assert f"{n}番。" + "長い原文です。" * 700 in told.replace("長い返事", "")
    assert all(f"{n}" in shown for n in range(60))
    assert shown.count("内容" * 200) == 60


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert reply_card(long_reply(), ASKED, 999) == reply_card(long_reply(), ASKED, 500)


def test_without_a_request_the_reader_is_told_that_there_is_more() -> None:
    card = assert_taken(card_message(long_reply()))
    assert texts.CUT in card_texts(card)
    assert card_buttons(card) == []


def test_many_buttons_stay_reachable() -> None:
    actions = tuple(Action(name="ask", label=f"候補{n}", value=str(n)) for n in range(15))
    card = assert_taken(card_message(Reply(actions=actions)))
    assert len(card_buttons(card)) == 15
    sets = [element for element in elements(card) if element["type"] == "ActionSet"]
    assert max(len(one["actions"]) for one in sets) <= 6


def test_a_long_button_keeps_both_its_ends() -> None:
    """A card cuts what is longer than itself, and questions of one table differ at their end."""
    rows = ("施設や事業の一覧", "件数などの統計")
    labels = [f"担当業務のデータは、どのような形ですか: {row}" for row in rows]
    card = reply_card(Reply(actions=tuple(Action(name="a", label=label) for label in (*labels, "使いかた"))))
    *cut, short = [button["title"] for button in card_buttons(card)]
    assert [one.endswith(f": {row}") for one, row in zip(cut, rows, strict=True)] == [True, True]
    assert all(one.startswith("担当業務のデータ") and len(one) <= 26 for one in cut)
    assert short == "使いかた"


def test_the_main_button_stands_out() -> None:
    actions = (Action(name="survey_show", label="始める", main=True), Action(name="help", label="使いかた"))
    card = assert_taken(card_message(Reply(actions=actions)))
    (row,) = [element for element in elements(card) if element["type"] == "ActionSet"]
    assert [one.get("style") for one in row["actions"]] == ["positive", None]


def test_an_empty_reply_is_still_a_card() -> None:
    assert_taken(card_message(Reply()))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("ふつうの文です（注）。", "ふつうの文です（注）。"),
        ("A<B かつ C>D", "A<\u2060B かつ C>D"),
        ("a < b", "a < b"),
        ("<at>全員</at>", "<\u2060at>全員<\u2060/at>"),
        ("[市](https://evil.example)", "[市]\u2060(https://evil.example)"),
        ("{{DATE(2026-11-24)}}", "{\u2060{DATE(2026-11-24)}}"),
        ("${x}", "$\u2060{x}"),
        ("右\u202eから", "右から"),
        ("一行\n二行\t表", "一行\n二行\t表"),
        ("\ud800半分\x00", "半分"),
    ],
)
def test_words_are_shown_as_they_are(words: str, shown: str) -> None:
    assert plain(words) == shown


MARKUP = (
    *(
        "<at>Everyone</at>",
        "<at id='0'>市長</at>",
        "[市](https://evil.example)",
        "![x](https://evil.example/x.png)",
    ),
    *(
        "<https://evil.example>",
        "<a href='https://evil.example'>",
        "**太い**",
        "_x_",
        "`x`",
        "# 見出し",
        "- 一つ",
    ),
    *(
        "{{DATE(2026-11-24T00:00:00Z)}}",
        "${x}",
        "\u202e",
        "\u200e",
        "\x00",
        "\ud800",
        "\r\n",
        "&lt;at&gt;",
        "]\u2060(",
    ),
    *(
        '","type":"Action.OpenUrl","url":"https://evil.example',
        "<script>",
        "</at>",
        "<!-- ",
        "@here",
        "\\",
        '"',
    ),
)
HOSTILE = st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=8)), min_size=1, max_size=6).map(
    "".join
)
NO_MARKUP = re.compile(
    r"<[A-Za-z/!?]|\]\(|\{\{|\$\{|!\[|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
INNOCENT = {
    *("AdaptiveCard", "RichTextBlock", "TextRun", "Container", "Table", "TableRow", "TableCell", "ActionSet"),
    *("Action.Submit", "Input.Text", "Input.ChoiceSet"),
}


def reply_of(words: str) -> Reply:
    field = FormField(id=words, label=words, hint=words, error=words, value=words, required=True)
    choices = (Choice(value=words, label=words), Choice(value="other", label=words))
    chosen = field.model_copy(update={"id": "c", "kind": "multi", "choices": choices, "value": (words,)})
    parts = (
        Paragraph(text=words, label=words),
        Quote(text=words, cite=words, label=words),
        Items(items=(words, words), numbered=True),
        Table(caption=words, columns=(words,), rows=((words,),)),
        Chart.of(((words, 1.0),), title=words, unit=words, alt=words),
        SourceLine(cite=words, edition=words, heading=words),
    )
    form = Form(name=words, title=words, intro=words, submit=words, value=words, fields=(field, chosen))
    return Reply(title=words, parts=parts, actions=(Action(name=words, label=words, value=words),), form=form)


def shown_strings(value: Any) -> list[str]:
    """Every text of a card that a client shows: all but ids, values and what buttons carry."""
    if isinstance(value, dict):
        return [
            text
            for key, inner in value.items()
            if key not in ("data", "id", "$schema") and not (key == "value" and "title" in value)
            for text in shown_strings(inner)
        ]
    if isinstance(value, list):
        return [text for inner in value for text in shown_strings(inner)]
    return [value] if isinstance(value, str) else []


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    fields = card_message(reply_of(words), Request(channel="teams", user="u", text=words))
    card = fields["attachments"][0]["content"]
    bones = skeleton(card)
    for number, element in enumerate(one for one in elements(bones) if "id" in one):
        element["id"] = f"id-{number}"
    assert schema_problems(json.dumps(bones)) == []
    ids = [element["id"] for element in elements(card) if "id" in element]
    assert len(ids) == len(set(ids))
    assert len(json.dumps(fields, ensure_ascii=False).encode(errors="replace")) < MAX_MESSAGE
    assert {element["type"] for element in elements(card)} <= INNOCENT
    assert set(fields) == {"attachments", "summary"}
    assert "entities" not in card
    assert "msteams" not in card
    assert not any("selectAction" in element or "url" in element for element in elements(card))
    for text in [*shown_strings(card), fields["summary"]]:
        assert NO_MARKUP.search(text) is None, text
    assert NO_MARKUP.search(wide(words)) is None
    assert not set(wide(words)) & set("<>&[]`*_")


def test_an_attachment_is_an_adaptive_card() -> None:
    assert attachment({})["contentType"] == "application/vnd.microsoft.card.adaptive"
