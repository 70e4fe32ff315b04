"""The glossary's habits, the same wherever it is asked: `用語 …`, the index by reading."""

from __future__ import annotations

import pytest

from bot.handlers.glossary import MOST_TERMS, word_in
from bot.services import Services
from bot.texts.ja import ask as texts
from bot.texts.ja import glossary as glossary_texts
from knowledge.article import Article, Kind, Layer, Passage
from storage.stores import SqlStores
from tests.handlers.learning_city import Seat, open_city
from tests.web.city import STAFF


def term(number: int, title: str, reading: str = "") -> Article:
    return Article(
        id=f"t{number}",
        kind=Kind.TERM,
        layer=Layer.EDITORIAL,
        title=title,
        reading=reading,
        passages=(Passage(text=f"{title}の説明です。"),),
    )


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    services = open_city(sqlite_stores)
    many = [term(100 + n, f"見本{n:02}", f"かみほん{n:02}") for n in range(MOST_TERMS + 5)]
    sqlite_stores.articles.replace_source("用語", [term(1, "庵", "いおり"), term(2, "青", "アオ"), *many])
    return services


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("用語 BPR", "BPR"),
        ("用語：業務 改革", "業務 改革"),
        ("用語", ""),
        ("TERM x", "x"),
        ("用語集とは", None),
        ("BPR", None),
    ],
)
def test_a_typed_word_is_recognised(typed: str, word: str | None) -> None:
    assert word_in(typed) == word


@pytest.mark.parametrize("text", ["用語 BPR", "用語: 業務改革"])
def test_a_term_is_explained_on_every_channel(services: Services, text: str) -> None:
    assert Seat(services, STAFF).ask(text).title == "BPR"


def test_the_index_leads_to_every_term(services: Services) -> None:
    seat = Seat(services, STAFF)
    index = seat.ask("用語")
    assert texts.TERM_EMPTY in index.text
    assert [action.label for action in index.actions] == [
        "あ行（2）",
        f"か行（{MOST_TERMS + 5}）",
        "英字・その他（3）",
    ]
    row = seat.press(index, "あ行（2）")
    assert [action.label for action in row.actions] == ["青", "庵", glossary_texts.OTHER_ROWS]
    assert "庵の説明です。" in seat.press(row, "庵").text
    assert seat.press(row, glossary_texts.OTHER_ROWS) == index
    others = seat.press(index, "英字・その他（3）")
    assert {"BPR", "RPA"} <= {action.label for action in others.actions}


def test_a_long_row_goes_on(services: Services) -> None:
    seat = Seat(services, STAFF)
    first = seat.press(seat.ask("用語"), f"か行（{MOST_TERMS + 5}）")
    more = seat.press(first, glossary_texts.next_terms(5))
    titles = [action.label for reply in (first, more) for action in reply.actions if action.name == "article"]
    assert titles == [f"見本{n:02}" for n in range(MOST_TERMS + 5)]


@pytest.mark.parametrize("value", ["ん|", "か|99", "か|x", "か|²", "|"])
def test_a_row_of_the_past_is_answered_all_the_same(services: Services, value: str) -> None:
    assert Seat(services, STAFF).send("term_row", value).actions
