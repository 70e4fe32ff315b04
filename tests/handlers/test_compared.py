"""Two articles compared: each with its own source and its own days, whichever is named first; through the router."""

from __future__ import annotations

from datetime import date

import pytest

from bot.messages import Reply, SourceLine
from bot.services import Services
from knowledge.article import Article, Kind, Layer, Openness, Passage, Source
from storage.stores import SqlStores
from tests.handlers.learning_city import Seat, open_city

RETURN = Article(
    id="proc:return",
    kind=Kind.PROCEDURE,
    layer=Layer.EDITORIAL,
    title="旧端末の返却",
    questions=("旧端末の返却のしかた",),
    passages=(Passage(text="旧端末の返却は情報システム課の窓口で受け付けます。"),),
    steps=("返却票を書きます。",),
    source=Source(document="返却の手引", edition="第1版"),
    owner="情報システム課",
    valid_until=date(2023, 3, 31),
    review_on=date(2023, 3, 31),
    openness=Openness.STAFF,
)
RECEIPT = RETURN.model_copy(
    update={
        "id": "proc:receipt",
        "title": "新端末の受取",
        "questions": ("新端末の受取のしかた",),
        "passages": (Passage(text="新端末の受取は管財課の窓口で行います。"),),
        "steps": ("受取票を書きます。",),
        "source": Source(document="受取の手引", edition="第2版"),
        "owner": "管財課",
        "valid_until": None,
        "review_on": None,
    }
)


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    services = open_city(sqlite_stores)
    sqlite_stores.articles.replace_source("端末", [RECEIPT, RETURN])
    services.knowledge.refresh()
    return services


def compared(asker: Seat, one: str, other: str) -> Reply:
    reply = asker.ask(f"{one}と{other}の違いは")
    assert "返却票を書きます。" in reply.text
    assert "受取票を書きます。" in reply.text
    return reply


@pytest.mark.parametrize(("one", "other"), [(RETURN.title, RECEIPT.title), (RECEIPT.title, RETURN.title)])
def test_what_is_out_of_date_is_told_of_the_one_that_is(
    services: Services, asker: Seat, one: str, other: str
) -> None:
    said = compared(asker, one, other).text
    assert said.count("「旧端末の返却」: この手続の有効期間は令和5年3月31日で終わっています。") == 1
    assert said.count("「旧端末の返却」: この内容は、見直しの予定日（令和5年3月31日）を過ぎています。") == 1
    assert "情報システム課へ確かめてください" in said
    assert "「新端末の受取」:" not in said


@pytest.mark.parametrize(("one", "other"), [(RETURN, RECEIPT), (RECEIPT, RETURN)])
def test_each_has_its_own_source(services: Services, asker: Seat, one: Article, other: Article) -> None:
    lines = [part for part in compared(asker, one.title, other.title).parts if isinstance(part, SourceLine)]
    assert [(line.cite, line.edition, line.heading) for line in lines] == [
        (article.source.document, article.source.edition, article.title) for article in (one, other)
    ]
