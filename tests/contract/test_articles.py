"""The store of imported articles on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.article import Article, Figure, Kind, Layer, Passage, Source
from storage.session import UnstorableText
from storage.stores import SqlStores


def article(id_: str, text: str = "本文") -> Article:
    return Article(
        id=id_,
        kind=Kind.TERM,
        layer=Layer.OFFICIAL,
        title=f"題 {id_}",
        passages=(Passage(text=text, label="概要", marker="①"),),
        source=Source(document="計画", edition="令和4年4月", section="1", page=3),
        figures=(Figure(name="手続", value=401.5, unit="件", fiscal_year=2022),),
        review_on=date(2027, 4, 1),
    )


def test_articles_come_back_whole_by_source_and_in_their_order(stores: SqlStores) -> None:
    first, second = [article("z"), article("a")], [article("a"), article("m")]
    stores.articles.replace_source("b.csv", second)
    stores.articles.replace_source("a.csv", first)
    assert stores.articles.list_articles() == first + second
    assert stores.articles.list_sources() == [("a.csv", 2), ("b.csv", 2)]


def test_a_source_is_replaced_whole_and_every_change_raises_the_revision(stores: SqlStores) -> None:
    revisions = [stores.articles.revision()]
    for articles in ([article("a"), article("b")], [article("c")], []):
        stores.articles.replace_source("plan", articles)
        revisions.append(stores.articles.revision())
        assert stores.articles.list_articles() == articles
    assert revisions == sorted(set(revisions))
    assert stores.articles.list_sources() == []


def test_a_refused_text_leaves_the_last_good_articles(stores: SqlStores) -> None:
    stores.articles.replace_source("plan", [article("a")])
    revision = stores.articles.revision()
    for bad in ("\x00", "\ud800"):
        with pytest.raises(UnstorableText):
            stores.articles.replace_source("plan", [article("b"), article("c", bad)])
    assert stores.articles.list_articles() == [article("a")]
    assert stores.articles.revision() == revision


def test_what_an_import_leaves_as_it_was_is_the_same_object(stores: SqlStores) -> None:
    stores.articles.replace_source("plan", [article("a"), article("b")])
    first = stores.articles.list_articles()
    assert all(old is new for old, new in zip(first, stores.articles.list_articles(), strict=True))
    stores.articles.replace_source("plan", [article("b"), article("c"), article("a", "別の本文")])
    second = stores.articles.list_articles()
    assert [a.id for a in second] == ["b", "c", "a"]
    assert second[0] is first[1]
    assert second[2].body == "別の本文"


def test_a_listing_is_the_callers_own(stores: SqlStores) -> None:
    stores.articles.replace_source("plan", [article("a")])
    stores.articles.list_articles().clear()
    assert [a.id for a in stores.articles.list_articles()] == ["a"]
