"""Blocks: every reply fits Slack's limits, and nothing anyone wrote can mention, link or break."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.charts.chart import Chart
from bot.handlers.ask import reply_to
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
from bot.slack.home import home_view
from bot.slack.inputs import FormTooLarge
from bot.slack.reading import pressed, read_words
from bot.slack.render import action_name, blocks, message
from bot.slack.views import form_view, reply_form_view, reply_view, values_of
from bot.slack.wording import unescaped
from bot.texts.ja import slack as texts
from knowledge.article import Article, Kind, Layer, Passage, Source
from knowledge.base import build_decider
from knowledge.packs import PackVocabulary
from tests.fakes.slack_blocks import check_message, check_view
from tests.fakes.slack_client import buttons, read
from tests.web.specimen import hostile, show

# What Slack turns into something else where it reads mrkdwn.
COMMAND = re.compile(r"<[^>]*>")
NASTY = (
    "<!channel> <!here> <!everyone>",
    "<@U012AB3CD> <#C123|general> <!subteam^S1>",
    "<https://evil.example|市役所>",
    "&lt;!channel&gt; &amp;lt;@U1&amp;gt;",
    "*太字* _斜体_ ~取消~ `code` ```pre``` > quote",
    "@channel @here https://evil.example :smile: :skin-tone-2:",
    "\u202e逆\u202c \u2066x\u2069 \u200b \ufeff",
    "\x00\x01\x1b[31m",
    "\ud83d half",
    "</script><script>alert(1)</script>{{7*7}}",
    "",
    " ",
    "\n\n\n",
    "\u3164",
    "x" * 20_000,
    "行\n" * 3_000,
    '"}]}',
)
nasty = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=200),
    st.text(alphabet="<>!@#&;|*_~`:\u202e\u200b\x00\ud800 あa\n", max_size=60),
)

# No article holds what no database keeps.
storable = nasty.map(lambda text: text.encode("utf-8", "ignore").decode().replace("\0", ""))


def _replies(text: str) -> list[Reply]:
    return [
        Reply(
            title=text,
            parts=(
                Paragraph(text=text, label=text),
                Paragraph(text=text, tone="note"),
                Paragraph(text=text, tone="warning", label=text),
                Quote(text=text, cite=text, label=text),
                Items(items=(text, text), numbered=True),
                Table(caption=text, columns=(text, "b"), rows=((text, text),)),
                Table(caption=text, columns=(text,), rows=((text, text),)),
                Chart.of(((text, 1.0),), title=text, unit=text, alt=text),
                SourceLine(cite=text, edition=text, heading=text),
            ),
            actions=(Action(name=text, label=text, value=text), Action(name="help", label=text)),
        ),
        Reply(title=text),
        Reply(parts=(Paragraph(text=text),)),
    ]


def _assert_harmless(fields: dict[str, Any]) -> None:
    assert not COMMAND.search(fields["text"])
    assert not re.search(r"&(?!amp;|lt;|gt;)", fields["text"])
    assert (fields["parse"], fields["link_names"], fields["mrkdwn"]) == ("none", False, False)
    assert 0 < len(fields["text"]) <= 40_000
    fields["text"].encode()
    assert set(_types(fields["blocks"])) <= {
        "header",
        "rich_text",
        "rich_text_section",
        "rich_text_quote",
        "rich_text_list",
        "context",
        "actions",
        "button",
        "table",
        "text",
        "raw_text",
        "plain_text",
    }
    assert not [
        plain for plain in _objects(fields["blocks"]) if plain.get("type") == "plain_text" and plain["emoji"]
    ]


def _objects(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(found for item in value.values() for found in _objects(item))]
    return [found for item in value for found in _objects(item)] if isinstance(value, list) else []


def _types(value: object) -> list[str]:
    return [found["type"] for found in _objects(value) if "type" in found]


@settings(max_examples=1_000, deadline=None)
@given(nasty)
@example("<!channel>" * 400)
def test_a_thousand_hostile_texts_stay_text(text: str) -> None:
    for reply in _replies(text):
        fields = message(reply)
        check_message(fields["blocks"])
        _assert_harmless(fields)
        check_view(reply_view(reply))


@settings(max_examples=300, deadline=None)
@given(storable, storable)
def test_hostile_articles_stay_text(title: str, body: str) -> None:
    article = Article(
        id="term:x",
        kind=Kind.TERM,
        layer=Layer.OFFICIAL,
        title=f"{title}見本",
        passages=(Passage(text=f"{body}本文", label=title),),
        source=Source(document=title, edition=body, section=title, heading=title),
        owner=title,
    )
    decider = build_decider([], [article], PackVocabulary())
    explained = decider.explain("term:x")
    assert explained is not None
    for answer in (explained, decider.decide("見本とは", 3)):
        fields = message(reply_to(answer, date(2026, 11, 24)))
        check_message(fields["blocks"])
        _assert_harmless(fields)
    check_view(home_view(decider.entries))


def test_every_part_is_shown(services: Any) -> None:
    reply = show(Request(channel="slack", user="U", value="あたい"), services)
    fields = message(reply)
    check_message(fields["blocks"])
    shown = read(fields["blocks"])
    for words in (
        "見本の返事",
        "値はあたい",
        "小さな注記",
        "原文の一行目",
        "一つめ",
        "3,400",
        "増えている",
        "見出し",
    ):
        assert words in shown
    assert [button["text"]["text"] for button in buttons(fields["blocks"])] == ["もっと読む", "使いかた"]
    assert [kind for kind in _types(fields["blocks"]) if kind == "table"] == ["table"]
    assert "table" not in _types(reply_view(reply))


def test_the_specimen_of_hostility_is_shown_as_text(services: Any) -> None:
    reply = hostile(Request(channel="slack", user="U"), services)
    fields = message(reply)
    check_message(fields["blocks"])
    _assert_harmless(fields)
    assert "<img src=x onerror=alert(1)>" in read(fields["blocks"])


@pytest.mark.parametrize("count", [0, 1, 25, 26, 200])
def test_any_number_of_parts_and_buttons_fits(count: int) -> None:
    reply = Reply(
        title="題",
        parts=tuple(Paragraph(text=f"{number}" * 50) for number in range(count)),
        actions=tuple(Action(name="ask", label="同じ", value="同じ") for _ in range(count)),
    )
    made = message(reply)["blocks"]
    check_message(made)
    assert len(buttons(made)) == count
    assert (texts.CUT_OFF in read(made)) == (count > 26)


def test_a_long_text_is_cut_into_blocks_and_says_where_it_ends() -> None:
    text = "長い文。" * 10_000
    made = message(Reply(parts=(Paragraph(text=text, label="原文"), Paragraph(text="末尾"))))["blocks"]
    check_message(made)
    assert texts.CUT_OFF in read(made)
    assert "末尾" not in read(made)


@pytest.mark.parametrize(("rows", "columns"), [(0, 1), (99, 20), (100, 2), (5, 21), (5, 0)])
def test_tables_of_any_size_fit(rows: int, columns: int) -> None:
    table = Table(
        caption="表",
        columns=tuple(f"列{number}" for number in range(columns)),
        rows=tuple(tuple("x" for _ in range(columns)) for _ in range(rows)),
    )
    made = message(Reply(parts=(table, table)))["blocks"]
    check_message(made)
    assert ("table" in _types(made)) == (rows < 100 and 0 < columns <= 20)


def test_the_main_button_stands_out() -> None:
    actions = (Action(name="survey_show", label="始める", main=True), Action(name="help", label="使いかた"))
    assert [one.get("style") for one in buttons(blocks(Reply(actions=actions)))] == ["primary", None]


@pytest.mark.parametrize("name", ["ask", "a:b:c", "form:x", "dx:1:ask"])
def test_an_action_comes_back_as_it_went(name: str) -> None:
    (made,) = buttons(blocks(Reply(actions=(Action(name=name, label="押す", value="値"),))))
    assert pressed({"actions": [made]}) == (name, "値", "")
    assert action_name("anything else") == "anything else"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<@U0BOT> BPRとは", " BPRとは"),
        ("<https://city.example|案内>と<mailto:a@b.example|a@b.example>", "案内とa@b.example"),
        ("<https://city.example>", "https://city.example"),
        ("1 &lt; 2 &amp;amp; 3 &gt; 2", "1 < 2 &amp; 3 > 2"),
        ("<#C1|全体> <!here> <", "全体  <"),
    ],
)
def test_what_was_typed_is_read_as_it_was_seen(typed: str, words: str) -> None:
    assert unescaped(typed) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("用語 BPR", ("term", "BPR")),
        ("Term: BPR ", ("term", "BPR")),
        ("用語", ("term", "")),
        ("ask BPRとは何ですか", ("ask", "BPRとは何ですか")),
        ("質問 BPRとは何ですか", ("ask", "BPRとは何ですか")),
        ("質問のしかた", ("ask", "質問のしかた")),
        ("用語とは", ("ask", "用語とは")),
        (" BPR ", ("ask", "BPR")),
    ],
)
def test_words_of_command(text: str, words: tuple[str, str]) -> None:
    assert read_words(text) == words


def _form(*fields: FormField, **changed: Any) -> Form:
    return Form(name="survey", title="題" * 40, submit="送" * 40, value="v", fields=fields, **changed)


def _choices(count: int) -> tuple[Choice, ...]:
    return tuple(Choice(value=f"v{number}", label="札" * 100) for number in range(count))


@pytest.mark.parametrize("count", [1, 10, 11, 100, 101, 1_000])
@pytest.mark.parametrize("kind", ["single", "multi"])
def test_forms_fit_whatever_their_choices(kind: Any, count: int) -> None:
    field = FormField(id="f", label="問", kind=kind, choices=_choices(count), value="v0")
    chosen = field.model_copy(update={"value": ("v0",)}) if kind == "multi" else field
    view = form_view(_form(chosen, intro="前置き"))
    check_view(view)
    assert "initial" in str(view)


def test_every_kind_of_field_comes_back() -> None:
    fields = tuple(
        FormField(id=kind, label=kind, kind=kind, hint="手がかり", value=value)
        for kind, value in (("text", "あ"), ("long_text", ""), ("number", "3"), ("date", "2027-04-01"))
    )
    check_view(form_view(_form(*fields)))
    state = {
        "text": {"value": {"type": "plain_text_input", "value": "い"}},
        "long_text": {"value": {"type": "plain_text_input", "value": None}},
        "date": {"value": {"type": "datepicker", "selected_date": None}},
        "single": {"value": {"type": "radio_buttons", "selected_option": {"value": "a"}}},
        "none": {"value": {"type": "radio_buttons", "selected_option": None}},
        "multi": {"value": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}},
    }
    assert values_of({"state": {"values": state}}) == {
        "text": "い",
        "long_text": "",
        "date": "",
        "single": "a",
        "none": "",
        "multi": ["a", "b"],
    }


@pytest.mark.parametrize(
    "form",
    [
        _form(*(FormField(id=f"f{number}", label="問") for number in range(101))),
        _form(FormField(id="f", label="問", kind="single", choices=())),
        _form(FormField(id="f", label="問", kind="single", choices=(Choice(value="x" * 151, label="札"),))),
        Form(name="n", title="t", submit="s", value="x" * 3_000, fields=(FormField(id="f", label="問"),)),
    ],
)
def test_a_form_that_slack_cannot_show_is_named(form: Form) -> None:
    with pytest.raises(FormTooLarge):
        form_view(form)


@pytest.mark.parametrize("length", [10, 1_000, 1_900])
def test_a_window_shows_every_answer_whole(length: int) -> None:
    rows = tuple((f"質問{number}", f"{number}" + "答" * length) for number in range(20))
    table = Table(caption="調査", columns=("質問", "回答"), rows=rows)
    form = Form(
        name="survey_submit",
        title="この内容で送りますか",
        intro="まだ送っていません。",
        fields=(),
        submit="送る",
    )
    for view in (
        reply_view(Reply(title="受け付けました", parts=(table, Paragraph(text="末尾")))),
        reply_form_view(Reply(title="確かめる", parts=(table, Paragraph(text="末尾")), form=form)),
    ):
        check_view(view)
        said = read(view["blocks"])
        assert all(f"{question}: {answer}" in said for question, answer in rows)
        assert "末尾" in said
        assert texts.CUT_OFF not in said


def test_a_message_shows_the_answers_that_fit_and_says_that_others_do_not() -> None:
    rows = tuple((f"質問{number}", "答" * 1_900) for number in range(7))
    made = message(Reply(parts=(Table(caption="調査", columns=("質問", "回答"), rows=rows),)))["blocks"]
    check_message(made)
    assert all(f"質問{number}: {'答' * 1_900}" in read(made) for number in range(5))
    assert texts.CUT_OFF in read(made)


def test_a_numbered_list_counts_on_in_the_next_block() -> None:
    made = message(Reply(parts=(Items(items=("長" * 2_000, "い" * 2_000, "終わり"), numbered=True),)))[
        "blocks"
    ]
    check_message(made)
    assert [block["elements"][0].get("offset") for block in made] == [None, 1]
