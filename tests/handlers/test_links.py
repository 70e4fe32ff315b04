"""Forms that a procedure names are links, on every channel; what is no address of the web never is one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.messages import Items, Linked, Reply, linked
from bot.services import Services
from bot.slack.render import message
from bot.teams.card import card_message
from bot.web.assets import Assets
from bot.web.render import Renderer
from knowledge.article import Article, Kind, Layer, Need
from storage.stores import SqlStores
from tests.fakes.slack_blocks import check_message
from tests.fakes.teams import card_problems, elements
from tests.handlers.learning_city import Seat, open_city
from tests.web.city import STAFF
from tests.web.html import Html

FORM = "https://forms.example.jp/a?b=1&c=2"
LENDING = Article(
    id="lending",
    kind=Kind.PROCEDURE,
    layer=Layer.EDITORIAL,
    title="端末の貸出",
    steps=("申請書を書く", f"電子申請から送る {FORM}"),
    needs=(
        Need(text="貸出申請書", url=FORM),
        Need(text="職員証"),
        Need(text="古い様式", url="javascript:alert(1)"),
    ),
    owner="市民窓口課",
)


@pytest.fixture
def city(sqlite_stores: SqlStores) -> Services:
    made = open_city(sqlite_stores)
    sqlite_stores.articles.replace_source("貸出", [LENDING])
    made.knowledge.refresh()
    return made


def told(city: Services) -> Reply:
    return Seat(city, STAFF).ask("端末の貸出の手順")


def web(reply: Reply) -> Html:
    return Html(Renderer(Assets()).reply(reply))


def test_the_answer_links_what_has_an_address(city: Services) -> None:
    items = [item for part in told(city).parts if isinstance(part, Items) for item in part.items]
    assert items == [
        "申請書を書く",
        Linked(text="電子申請から送る", url=FORM),
        Linked(text="貸出申請書", url=FORM),
        "職員証",
        "古い様式 javascript:alert(1)",
    ]
    assert f"貸出申請書 {FORM}" in told(city).text


def test_web(city: Services) -> None:
    page = web(told(city))
    assert [found["href"] for found in page.all("a")] == [FORM, FORM]
    assert {(found["target"], found["rel"]) for found in page.all("a")} == {("_blank", "noopener noreferrer")}
    assert "古い様式 javascript:alert(1)" in page.text


def test_slack(city: Services) -> None:
    blocks = message(told(city))["blocks"]
    check_message(blocks)
    links = [found for found in _inside(blocks) if found.get("type") == "link"]
    assert [(link["text"], link["url"]) for link in links] == [
        ("電子申請から送る", FORM),
        ("貸出申請書", FORM),
    ]
    assert any(found.get("text") == "古い様式 javascript:alert(1)" for found in _inside(blocks))


def test_teams(city: Services) -> None:
    card = card_message(told(city))["attachments"][0]["content"]
    assert card_problems(card) == []
    opening = {"type": "Action.OpenUrl", "url": FORM}
    runs = [run for run in elements(card) if "selectAction" in run]
    assert [(run["text"], run["selectAction"]) for run in runs] == [
        ("電子申請から送る", opening),
        ("貸出申請書", opening),
    ]
    assert "javascript" not in json.dumps([run["selectAction"] for run in runs])


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>",
        "file:///S:/form.docx",
        "https://a.jp/<script>",
        'https://a.jp/" onclick="x',
        "https://a.jp/ b",
        "//evil.example.jp",
        "https://a.jp/\njavascript:alert(1)",
        "https://" + "a" * 2000,
        "",
    ],
)
def test_what_is_no_address_of_the_web_stays_text(address: str) -> None:
    assert linked("様式", address) == f"様式 {address}".strip()
    assert web(Reply(parts=(Items(items=(linked("様式", address),)),))).all("a") == []


def _inside(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [value, *(found for inner in value.values() for found in _inside(inner))]
    return [found for inner in value for found in _inside(inner)] if isinstance(value, list) else []
