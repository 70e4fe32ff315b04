"""The knowledge base follows what other processes import and edit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.base import KnowledgeBase
from knowledge.editing.store import Change, Version
from storage.stores import SqlStores

SUBJECTS = [f"第{number}公園" for number in range(30)]


def _article(subject: str, text: str) -> Article:
    return Article(
        id=subject, kind=Kind.TERM, layer=Layer.EDITORIAL, title=subject, passages=(Passage(text=text),)
    )


def _edit(article: Article, number: int = 1) -> Version:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Version(
        article_id=article.id, number=number, at=at, by="1001", change=Change.EDITED, article=article
    )


@pytest.fixture
def base(sqlite_stores: SqlStores) -> KnowledgeBase:
    articles = [_article(subject, f"{subject}は朝から使えます。") for subject in SUBJECTS]
    sqlite_stores.articles.replace_source("公園.csv", articles)
    base = KnowledgeBase(SqlStores(sqlite_stores._session).articles, ())  # another process's own
    base.refresh()
    return base


def test_an_edit_is_answered_from_without_reading_the_rest_again(
    base: KnowledgeBase, sqlite_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.library.read_all", None)
    sqlite_stores.versions.save(_edit(_article("プラネタリウム", "投影は一日三回あります。")))
    assert base.refresh()
    assert not base.refresh()
    assert base.whole.find_term("プラネタリウム") == "プラネタリウム"
    answer = base.whole.answer("プラネタリウムの投影は")
    assert "一日三回" in answer.excerpts[0].text
    sqlite_stores.versions.save(_edit(_article("プラネタリウム", "改装中です。"), number=2))
    base.refresh()
    explained = base.whole.explain("プラネタリウム")
    assert explained is not None
    assert "改装中" in explained.excerpts[0].text


def test_an_import_that_changes_everything_is_read_whole(
    base: KnowledgeBase, sqlite_stores: SqlStores
) -> None:
    sqlite_stores.articles.replace_source("公園.csv", [_article("温水プール", "夏も冬も泳げます。")])
    assert base.refresh()
    assert [entry.id for entry in base.whole.entries] == ["温水プール"]
    assert base.whole.find_term("第1公園") is None
