"""Forms as pages: what stands there for eyes and for screen readers, and what comes back without the script."""

from __future__ import annotations

import json

import pytest

from bot.messages import Action, Choice, Form, FormField, Reply
from bot.texts.ja import forms as texts
from bot.web.assets import Assets
from bot.web.intake import form_command
from bot.web.refusal import Refusal
from bot.web.render import Renderer
from tests.forms.web import Answers, Controls
from tests.web.conftest import Client
from tests.web.html import Html

CHOICES = tuple(Choice(value=value, label=value.upper(), hint=f"{value}の意味") for value in "abc")
SCALE = FormField(id="s", label="度合い", kind="scale", choices=CHOICES)
MATRIX = FormField(
    id="m",
    label="業務",
    kind="matrix",
    rows=(Choice(value="x", label="資料作成"), Choice(value="y", label="会議")),
    choices=CHOICES,
    value=("m.x=b",),
)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(Assets())


def _shown(renderer: Renderer, *fields: FormField, **more: object) -> str:
    form = Form.model_validate({"name": "f", "title": "様式", "submit": "送る", "fields": fields, **more})
    source = renderer.reply(Reply(form=form))
    Html(source).assert_clean()
    return source


def test_a_matrix_is_a_table_whose_cells_name_their_row_and_column(renderer: Renderer) -> None:
    html = Html(_shown(renderer, MATRIX))
    assert len(html.all("th", scope="col")) == 3
    assert len(html.all("th", scope="row")) == 2
    (chosen,) = [radio for radio in html.all("input", type="radio") if "checked" in radio]
    assert (chosen["name"], chosen["value"]) == ("m.x", "b")
    row, column = chosen["aria-labelledby"].split()
    assert (html.one("th", id=row)["scope"], html.one("th", id=column)["scope"]) == ("row", "col")


def test_a_scale_stands_in_a_row_unless_its_steps_are_explained(renderer: Renderer) -> None:
    plain = tuple(choice.model_copy(update={"hint": ""}) for choice in CHOICES)
    bare = SCALE.model_copy(update={"choices": plain, "exclusive": ("c",)})
    assert Html(_shown(renderer, bare)).one("div", class_="scale")
    explained = Html(_shown(renderer, SCALE))
    assert not explained.all("div", class_="scale")
    assert "bの意味" in explained.text


def test_bounds_are_told(renderer: Renderer) -> None:
    days = FormField(id="d", label="日数", kind="number", minimum=0, maximum=66, step=0.5, unit="日")
    reasons = FormField(id="r", label="理由", kind="multi", choices=CHOICES, most=3, exclusive=("c",))
    html = Html(_shown(renderer, days, reasons))
    for words in ("0から66日まで、0.5きざみ", texts.at_most(3)):
        assert words in html.text
    assert html.one("fieldset", data_most="3")
    explained = Html(_shown(renderer, days.model_copy(update={"hint": "半日は0.5、なければ0。"})))
    assert "半日は0.5" in explained.text and "0から66" not in explained.text
    alone = html.one("input", type="checkbox", value="c")
    assert (alone["data-alone"], alone["aria-description"]) == ("", texts.ALONE)
    assert "aria-description" not in html.one("input", type="checkbox", value="a")


def test_progress_is_told_of_several_pages_alone(renderer: Renderer) -> None:
    assert not Html(_shown(renderer, SCALE)).all("progress")
    html = Html(_shown(renderer, SCALE, step=2, steps=5))
    assert (html.one("progress")["value"], html.one("progress")["max"]) == ("2", "5")
    assert texts.page_of(2, 5) in html.text


def test_only_what_may_be_skipped_can_be_taken_back(renderer: Renderer) -> None:
    assert texts.CLEAR in Html(_shown(renderer, SCALE)).text
    assert texts.CLEAR not in Html(_shown(renderer, SCALE.model_copy(update={"required": True}))).text


def test_the_button_that_is_pressed_says_what_is_asked(renderer: Renderer) -> None:
    back = Action(name="back", label="戻る", value='"1"')
    source = _shown(renderer, SCALE, MATRIX, value="2", actions=(back,))
    filled = Controls(source).fill({"s": "a", "m.y": "c"}).by_browser()
    values = {"s": "a", "m.x": "b", "m.y": "c"}
    sent = form_command(filled)
    assert (sent.name, sent.value, sent.values) == ("f", "2", values)
    (press,) = Html(source).all("button", name=".press")
    went = form_command([*filled, (".press", press["value"])])
    assert (went.name, went.value, went.values) == ("back", '"1"', values)


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        [(".name", "f")],
        [(".name", ""), (".value", "")],
        [(".press", "no json")],
        [(".press", "5")],
        [(".press", '["a"]')],
        [(".press", '["a", 5]')],
        [(".press", '["a", "b", "c"]')],
        [(".name", "f"), (".value", "v" * 10_001)],
    ],
)
def test_a_form_that_says_nothing_of_itself_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(Refusal) as refused:
        form_command(pairs)
    assert refused.value.status == 400


async def test_a_form_of_two_pages_without_the_script(client: Client) -> None:
    opened = await client.post("/form", data={".press": json.dumps(["page", ""])})
    first = await opened.text()
    assert opened.status == 200
    Html(first).assert_clean()
    answers: Answers = {"days": "2.5", "tasks.c2": "c1", "why": ["c1", "c4"]}
    second = await (await client.post("/form", data=Controls(first).fill(answers).by_browser())).text()
    assert texts.page_of(2, 2) in Html(second).text
    sent = await client.post("/form", data=Controls(second).fill({"useful": "c4"}).by_browser())
    assert "useful=c4" in Html(await sent.text()).text


async def test_a_button_of_a_page_without_the_script(client: Client) -> None:
    shown = await (await client.post("/form", data={".press": json.dumps(["specimen", ""])})).text()
    html = Html(shown)
    html.assert_clean()
    (more, _help) = html.all("button", name=".press")
    again = await client.post("/form", data={".press": more["value"]})
    assert "値はつぎ" in Html(await again.text()).text
