"""Whatever a form asks and whoever fills it in where: the same answers come back as the same values."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Choice, Form, FormField, Reply, flat_fields
from bot.slack.views import errors_of, form_view, values_of
from bot.teams.card import reply_card
from bot.teams.press import read_press
from bot.web.assets import Assets
from bot.web.intake import form_command
from bot.web.render import Renderer
from tests.fakes.slack_blocks import check_view
from tests.fakes.teams import card_buttons, card_problems, elements
from tests.forms import slack, teams
from tests.forms.web import Answers, Controls, Values
from tests.web.html import Html

RENDERER = Renderer(Assets())
INPUT_TYPE = "Input.ChoiceSet"
# What people type, signs that HTML, cards and JSON could trip over among it.
WORDS = st.text(
    st.sampled_from(string.ascii_letters + "課業務１。、 \n<>&\"'%+,;={}[]()!$*_~`#"), max_size=12
)
LABELS = WORDS.filter(lambda text: text.strip() != "")
IDS = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=8)
VALUES = st.text(string.ascii_letters + "課,%= \"&<'", min_size=1, max_size=6).filter(
    lambda text: text.strip()
)


def _choices(most: int) -> st.SearchStrategy[tuple[Choice, ...]]:
    one = st.builds(Choice, value=VALUES, label=LABELS, hint=st.just("") | WORDS | st.just("長い説明。" * 30))
    return st.lists(one, min_size=1, max_size=most, unique_by=lambda choice: choice.value).map(tuple)


@st.composite
def answered_fields(draw: st.DrawFn, id_: str) -> tuple[FormField, Values, Values]:
    """A field, what stands in it, and what somebody answers (nothing: the field is left as it is)."""
    kind = draw(
        st.sampled_from(["text", "long_text", "number", "date", "single", "scale", "multi", "matrix"])
    )
    more: dict[str, Any] = {"hint": draw(WORDS)}
    if kind in ("single", "scale", "multi", "matrix"):
        more["choices"] = draw(_choices(14))
    if kind == "matrix":
        more["rows"] = draw(st.lists(IDS, min_size=1, max_size=5, unique=True).map(_rows))
    if kind == "multi":
        more["most"] = draw(st.none() | st.integers(1, 4))
        more["exclusive"] = (more["choices"][-1].value,)
    if kind == "number":
        more |= {
            "minimum": draw(st.none() | st.just(0)),
            "maximum": draw(st.none() | st.just(66)),
            "step": 0.5,
        }
    field = FormField(id=id_, label=draw(LABELS), kind=kind, required=draw(st.booleans()), **more)
    held = {one.id: draw(_answers(one)) for one in flat_fields(_form(field))}
    told = {one.id: draw(_answers(one)) for one in flat_fields(_form(field)) if draw(st.booleans())}
    if field.required:  # what must be answered cannot be taken back
        told = {name: value for name, value in told.items() if value or not held[name]}
    return _holding(field, held), held, told


def _rows(names: list[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value=name, label=f"行{name}") for name in names)


def _answers(field: FormField) -> st.SearchStrategy[Any]:
    values = [choice.value for choice in field.choices]
    match field.kind:
        case "number":
            return st.just("") | st.integers(0, 132).map(lambda halves: f"{halves / 2:g}")
        case "date":
            return st.just("") | st.dates().map(str)
        case "multi":
            chosen = st.lists(st.sampled_from(values), max_size=field.most or len(values), unique=True)
            return chosen.map(lambda ticked: [value for value in values if value in ticked])
        case "single" | "scale":
            return st.sampled_from(["", *values])
        case "text":
            return WORDS.map(lambda text: text.replace("\n", " "))
    return WORDS


def _holding(field: FormField, held: Values) -> FormField:
    if field.kind == "matrix":
        return field.model_copy(
            update={"value": tuple(f"{name}={value}" for name, value in held.items() if value)}
        )
    (value,) = held.values()
    return field.model_copy(update={"value": tuple(value) if isinstance(value, list) else value})


def _form(*fields: FormField) -> Form:
    return Form(name="f", title="様式", submit="送る", value="v", fields=fields)


@st.composite
def answered_forms(draw: st.DrawFn) -> tuple[Form, Values, Values]:
    """A form, what somebody answers in it, and what must come back of every field."""
    ids = draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    drawn = [draw(answered_fields(id_)) for id_ in ids]
    form = _form(*(field for field, _, _ in drawn))
    held: Values = {name: value for _, one, _ in drawn for name, value in one.items()}
    told: Values = {name: value for _, _, one in drawn for name, value in one.items()}
    return form, told, held | told


@settings(max_examples=120, deadline=None)
@given(answered_forms())
def test_the_same_answers_come_back_from_every_channel(drawn: tuple[Form, Values, Values]) -> None:
    form, answers, expected = drawn
    assert _from_script(form, answers) == expected
    assert _without_script(form, answers) == expected
    assert _from_slack(form, answers) == expected
    assert _from_teams(form, answers) == expected


def _from_script(form: Form, answers: Answers) -> Values:
    source = RENDERER.reply(Reply(form=form))
    Html(source).assert_clean()
    return Controls(source).fill(answers).by_script()


def _without_script(form: Form, answers: Answers) -> Values:
    filled = Controls(RENDERER.reply(Reply(form=form))).fill(answers)
    return form_command(filled.by_browser()).values


def _from_slack(form: Form, answers: Answers) -> Values:
    view = form_view(form)
    check_view(view)
    return values_of(slack.filled(view, answers))


def _from_teams(form: Form, answers: Answers) -> Values:
    card = reply_card(Reply(form=form))
    assert card_problems(card) == []
    press = read_press(teams.filled(card, card_buttons(card)[0]["data"], answers))
    assert press is not None
    return press.values


def test_what_is_wrong_with_a_matrix_is_told_at_its_first_open_row() -> None:
    field = FormField(
        id="m",
        label="業務",
        kind="matrix",
        rows=_rows(["a", "b", "c"]),
        choices=(Choice(value="x", label="できる"),),
        value=("m.a=x",),
        error="答えてください。",
    )
    assert errors_of(_form(field)) == {"m.b": "答えてください。"}
    full = field.model_copy(update={"value": ("m.a=x", "m.b=x", "m.c=x")})
    assert errors_of(_form(full)) == {"m.a": "答えてください。"}


def test_chats_tell_how_many_may_be_ticked_before_the_first() -> None:
    reasons = FormField(id="r", label="理由", kind="multi", choices=(Choice(value="x", label="紙"),), most=3)
    (block,) = [one for one in form_view(_form(reasons))["blocks"] if one["type"] == "input"]
    (field,) = [one for one in elements(reply_card(Reply(form=_form(reasons)))) if one["type"] == INPUT_TYPE]
    assert block["label"]["text"] == field["label"] == "理由（3つまで）"
    assert "hint" not in block


@pytest.mark.parametrize(
    "rows, slack_kind, teams_style", [(6, "radio_buttons", "expanded"), (7, "static_select", "compact")]
)
def test_a_small_matrix_shows_what_can_be_chosen(rows: int, slack_kind: str, teams_style: str) -> None:
    field = FormField(
        id="m",
        label="業務",
        kind="matrix",
        rows=_rows([str(number) for number in range(rows)]),
        choices=tuple(Choice(value=one, label=one) for one in "abcd"),
    )
    blocks = [one for one in form_view(_form(field))["blocks"] if one["type"] == "input"]
    inputs = [one for one in elements(reply_card(Reply(form=_form(field)))) if one["type"] == INPUT_TYPE]
    assert {one["element"]["type"] for one in blocks} == {slack_kind}
    assert {one["style"] for one in inputs} == {teams_style}
    assert len(blocks) == len(inputs) == rows
