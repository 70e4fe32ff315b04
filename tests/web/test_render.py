"""Replies as HTML: every part, every field, and nothing that escapes its place."""

from __future__ import annotations

from base64 import b64decode

import pytest

from bot.charts.chart import Chart
from bot.charts.picture import NoPicture
from bot.messages import Action, Paragraph, Quote, Reply, Request
from bot.services import Services
from bot.texts.ja import web as texts
from bot.web.assets import Assets
from bot.web.render import Renderer
from tests.web import specimen
from tests.web.city import STAFF
from tests.web.html import Html


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(Assets())


@pytest.fixture
def shown(renderer: Renderer, services: Services) -> Html:
    request = Request(channel="web", user=STAFF.id, person=STAFF, value="値")
    return _read(renderer.reply(specimen.show(request, services)))


def _read(source: str) -> Html:
    html = Html(source)
    html.assert_clean()
    return html


def test_a_reply_is_an_article_named_by_its_title(shown: Html) -> None:
    article = shown.one("article", class_="bot")
    heading = shown.one("h2")
    assert article["aria-labelledby"] == heading["id"]
    assert article["tabindex"] == "-1"
    assert "class" not in heading


def test_paragraphs_keep_their_tone_label_and_lines(shown: Html) -> None:
    assert "青葉 花\n値は値" in shown.text
    assert "やさしい説明" in shown.text
    assert shown.one("p", class_="note")
    assert shown.one("p", class_="warning")


def test_a_label_is_said_once_for_paragraphs_in_a_row(renderer: Renderer) -> None:
    labels = ("やさしい説明", "やさしい説明", "注記", "", "注記")
    html = _read(renderer.reply(Reply(parts=tuple(Paragraph(text="文", label=label) for label in labels))))
    assert len(html.all("p", class_="part-label")) == 3


def test_a_quote_stands_apart_with_its_citation(shown: Html) -> None:
    assert shown.one("figure", class_="quote")
    assert len(shown.all("blockquote")) == 1
    assert "原文の一行目\n二行目" in shown.text
    assert "原文・概要" in shown.text
    assert len(shown.all("cite")) == 2


def test_quotes_of_one_place_share_its_citation(renderer: Renderer) -> None:
    cites = ("実行編(1)", "実行編(1)", "実行編(2)")
    html = _read(renderer.reply(Reply(parts=tuple(Quote(text="文", cite=cite) for cite in cites))))
    assert len(html.all("figure", class_="quote")) == 3
    assert len(html.all("figure", class_="goes-on")) == 1
    assert len(html.all("cite")) == 2


def test_an_unnamed_quote_is_called_verbatim(renderer: Renderer) -> None:
    reply = Reply(parts=(Quote(text="文", cite=""),))
    html = _read(renderer.reply(reply))
    assert texts.VERBATIM in html.text
    assert not html.all("cite")


def test_lists_are_numbered_when_order_matters(shown: Html) -> None:
    assert len(shown.all("ol")) == len(shown.all("ul")) == 1
    assert len(shown.all("li")) == 3


def test_a_table_can_be_read_and_scrolled_by_keyboard(shown: Html) -> None:
    region = shown.all("div", class_="table-scroll")[0]
    assert (region["tabindex"], region["aria-label"]) == ("0", "年度ごと")
    assert len(shown.all("caption")) == 1 + 2
    assert len(shown.all("th", scope="col")) == 2 + 2 * 2


def test_a_chart_says_the_same_in_words_and_in_a_table(shown: Html) -> None:
    images = [image for image in shown.all("img") if image["src"].startswith("data:")]
    assert [image["alt"] for image in images] == ["12件から3,400件", "増えている"]
    bars, lines = (b64decode(image["src"].partition("base64,")[2]).decode() for image in images)
    assert "3,400件" in bars and "40%" in lines
    assert shown.text.count("3,400件") == 1
    assert len(shown.all("details")) == 2


def test_a_chart_that_cannot_be_drawn_is_told_in_words_and_numbers(
    renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(chart: Chart) -> str:
        raise NoPicture("OSError")

    monkeypatch.setattr("bot.web.render.svg_of", broken)
    chart = Chart.of((("窓口", 12),), title="棒", unit="件", alt="窓口が12件")
    html = _read(renderer.reply(Reply(parts=(chart,))))
    assert not [image for image in html.all("img") if image["src"].startswith("data:")]
    assert "窓口が12件" in html.text and "12件" in html.text
    assert "open" in html.one("details")


def test_buttons_carry_name_and_value(shown: Html) -> None:
    assert shown.buttons == [("specimen", "つぎ"), ("help", "")]
    assert all(attrs["type"] == "button" for attrs in shown.all("button"))


def test_the_main_button_stands_out(renderer: Renderer) -> None:
    actions = (Action(name="survey_show", label="始める", main=True), Action(name="help", label="使いかた"))
    html = _read(renderer.reply(Reply(actions=actions)))
    assert [attrs["class"] for attrs in html.all("button")] == ["action main", "action"]


def test_an_untitled_reply_still_has_a_name(renderer: Renderer) -> None:
    html = _read(renderer.reply(Reply(parts=(Paragraph(text="はい"),))))
    assert html.one("h2", class_="unseen")
    assert texts.BOT_SAYS in html.text


def test_a_form_has_a_control_for_each_kind(renderer: Renderer, services: Services) -> None:
    html = _read(renderer.reply(specimen.survey(Request(channel="web", user="x"), services)))
    form = html.one("form")
    assert (form["data-name"], form["data-value"]) == ("survey", "round-1")
    assert html.one("input", name="days")["inputmode"] == "decimal"
    assert html.one("input", name="from")["type"] == "date"
    assert [attrs["value"] for attrs in html.all("input", type="radio") if "checked" in attrs] == ["home"]
    assert [attrs["value"] for attrs in html.all("input", type="checkbox") if "checked" in attrs] == [
        "chat",
        "meet",
    ]
    assert len(html.all("textarea")) == 1
    assert "\n\n一行あけ" in html.text, "HTML drops the first line break of a textarea"
    assert html.one("input", name="name")["aria-required"] == "true"
    assert len(html.all("legend")) == 3
    assert html.one("input", type="hidden", name=".multi")["value"] == "tools"


def test_two_forms_on_a_page_share_no_id(renderer: Renderer, services: Services) -> None:
    reply = specimen.survey(Request(channel="web", user="x"), services)
    _read(renderer.reply(reply) + renderer.reply(reply))


def test_hostile_text_stays_text(renderer: Renderer, services: Services) -> None:
    html = _read(renderer.reply(specimen.hostile(Request(channel="web", user="x"), services)))
    assert all(image["src"].startswith("data:image/svg+xml;base64,") for image in html.all("img"))
    assert html.text.count("onerror=alert(1)") >= 20
    assert "49" not in html.text
    assert html.one("button", data_name=specimen.HOSTILE)["data-value"] == specimen.HOSTILE


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\ud800b", "a\udfffb", "a\x7fb"])
def test_what_html_cannot_hold_is_left_out(renderer: Renderer, text: str) -> None:
    source = renderer.reply(Reply(title=text, parts=(Paragraph(text=text),)))
    source.encode()
    assert _read(source).text.count("ab") == 2
