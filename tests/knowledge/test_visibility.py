"""Who sees an article, and the views of a knowledge base that follow from it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.article import Article, Audience, Kind, Layer, Passage
from knowledge.base import KnowledgeBase
from knowledge.editing.store import Change, Version
from knowledge.visibility import HOST, STRANGER, Viewer, narrowest
from staff.model import Role
from storage.stores import SqlStores
from tests.web.city import DEPARTMENTS, HR, LEADER, MANAGER, OPERATOR, STAFF

HR_ONLY = (Audience.HR,)
BOSS = Viewer.of(HR, DEPARTMENTS)


def _article(subject: str, *audiences: Audience, owner: str = "市民窓口課") -> Article:
    return Article(
        id=subject,
        kind=Kind.TERM,
        layer=Layer.EDITORIAL,
        title=subject,
        passages=(Passage(text=f"{subject}は朝から使えます。"),),
        owner=owner,
        visible_to=audiences,
    )


def _edit(article: Article, number: int) -> Version:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    return Version(
        article_id=article.id, number=number, at=at, by="1001", change=Change.EDITED, article=article
    )


@pytest.mark.parametrize(
    ("audience", "seeing"),
    [
        (Audience.STAFF, {STAFF.id, LEADER.id, MANAGER.id, HR.id, OPERATOR.id}),
        (Audience.LEADER, {LEADER.id}),
        (Audience.MANAGER, {MANAGER.id}),
        (Audience.HR, {HR.id}),
        (Audience.OPERATOR, {OPERATOR.id}),
        (Audience.OWNER, {STAFF.id, LEADER.id, MANAGER.id}),
    ],
)
def test_an_audience_is_a_role_or_the_people_of_the_owner(audience: Audience, seeing: set[str]) -> None:
    article = _article("噴水広場", audience)
    people = (STAFF, LEADER, MANAGER, HR, OPERATOR)
    assert {each.id for each in people if Viewer.of(each, DEPARTMENTS).sees(article)} == seeing
    assert not STRANGER.sees(article) and HOST.sees(article)
    assert STRANGER.sees(_article("噴水広場"))


def test_without_an_owner_nobody_is_of_the_owner_s() -> None:
    article = _article("噴水広場", Audience.OWNER, owner="")
    assert not Viewer(frozenset({Role.STAFF}), frozenset()).sees(article)


def test_something_of_several_articles_is_for_those_whom_each_names() -> None:
    one, other = _article("池", Audience.STAFF, Audience.HR), _article("池", Audience.HR, Audience.LEADER)
    assert narrowest([one, other, _article("池")]) == HR_ONLY
    assert narrowest([_article("池")]) == ()


@pytest.fixture
def base(sqlite_stores: SqlStores) -> KnowledgeBase:
    articles = [_article(f"第{number}公園") for number in range(30)]
    sqlite_stores.articles.replace_source("公園.csv", [*articles, _article("観月台", *HR_ONLY)])
    base = KnowledgeBase(SqlStores(sqlite_stores._session).articles, ())
    base.refresh()
    return base


def test_viewers_who_see_the_same_share_a_view_and_who_sees_all_gets_the_whole(base: KnowledgeBase) -> None:
    assert base.seen_by(BOSS) is base.whole is base.seen_by(HOST)
    assert base.seen_by(STRANGER) is base.seen_by(Viewer.of(STAFF, DEPARTMENTS))
    assert base.seen_by(STRANGER).find_term("観月台") is None
    assert base.hides("観月台", STRANGER) and not base.hides("観月台", BOSS)
    assert not base.hides("どこにもない", STRANGER)


def test_what_recurs_is_recalled_for_each_view_by_itself(base: KnowledgeBase) -> None:
    for _ in range(2):
        assert base.seen_by(BOSS).answer("観月台とは").title == "観月台"
        assert base.seen_by(STRANGER).answer("観月台とは").outcome == "unknown"


def test_an_edit_reaches_every_view_without_reading_the_rest_again(
    base: KnowledgeBase, sqlite_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    base.prepare()
    monkeypatch.setattr("knowledge.library.read_all", None)
    sqlite_stores.versions.save(_edit(_article("プラネタリウム"), 1))
    assert base.refresh()
    for viewer in (STRANGER, BOSS):
        assert base.seen_by(viewer).find_term("プラネタリウム") == "プラネタリウム"
    assert base.seen_by(STRANGER).title_of("観月台") == ""


def test_an_article_is_hidden_and_shown_again_by_edits(base: KnowledgeBase, sqlite_stores: SqlStores) -> None:
    base.prepare()
    sqlite_stores.versions.save(_edit(_article("第3公園", *HR_ONLY), 1))
    base.refresh()
    assert base.seen_by(STRANGER).title_of("第3公園") == ""
    assert base.seen_by(STRANGER).answer("第3公園とは").candidates == ()
    assert base.seen_by(BOSS).title_of("第3公園") == "第3公園"
    sqlite_stores.versions.save(_edit(_article("第3公園"), 2))
    base.refresh()
    assert base.seen_by(STRANGER).title_of("第3公園") == "第3公園"


def test_one_restricted_layer_hides_both(sqlite_stores: SqlStores) -> None:
    ours = _article("観月台", *HR_ONLY)
    theirs = ours.model_copy(update={"layer": Layer.OFFICIAL, "visible_to": ()})
    sqlite_stores.articles.replace_source("計画", [theirs])
    sqlite_stores.articles.replace_source("解説.csv", [ours])
    base = KnowledgeBase(sqlite_stores.articles, ())
    assert base.seen_by(STRANGER).entries == ()
    assert [entry.visible_to for entry in base.seen_by(BOSS).entries] == [HR_ONLY]


def test_only_the_views_used_last_are_kept(
    base: KnowledgeBase, sqlite_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.views.MOST_VIEWS", 2)
    sqlite_stores.articles.replace_source(
        "課.csv", [_article(f"{name}の手引", Audience.OWNER, owner=name) for name in "甲乙丙丁"]
    )
    base.refresh()
    assert base.names_owners
    for name in "甲乙丙丁甲":
        seen = base.seen_by(Viewer(frozenset({Role.STAFF}), frozenset({name})))
        assert [entry.title for entry in seen.entries if "手引" in entry.title] == [f"{name}の手引"]
