"""The newest edition answers, the older on request; a revised text is told, and its changes are shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.messages import Action, Items, Reply, Request
from bot.router import handle
from bot.services import Services
from bot.settings import Settings
from bot.texts.ja import ask as texts
from knowledge.article import Layer, Passage
from knowledge.base import KnowledgeBase
from storage.stores import SqlStores
from tests.knowledge.plans import article, made_up_plan, revised_plan

OLD = made_up_plan().articles[0].source.edition
NEW = revised_plan().articles[0].source.edition
QUESTION = "窓口のデジタル化の国の方針は何割程度ですか"


@pytest.fixture
def services(sqlite_stores: SqlStores) -> Services:
    """Both editions imported, the older one last, and an explanation written for the older one."""
    old = article(made_up_plan(), "jikko-1")
    plain = old.model_copy(
        update={"layer": Layer.EDITORIAL, "passages": (Passage(text="窓口で書かずに済ませます。"),)}
    )
    sqlite_stores.articles.replace_source("new", revised_plan().articles)
    sqlite_stores.articles.replace_source("old", made_up_plan().articles)
    sqlite_stores.articles.replace_source("plain", [plain])
    return Services(
        settings=Settings(content=()),
        stores=sqlite_stores,
        knowledge=KnowledgeBase(sqlite_stores.articles, ()),
        clock=lambda: datetime(2028, 11, 24, tzinfo=UTC),
    )


def _ask(services: Services, text: str) -> Reply:
    return handle(Request(channel="web", user="u1", text=text), services)


def _press(services: Services, action: Action) -> Reply:
    return handle(Request(channel="web", user="u1", name=action.name, value=action.value), services)


def _button(reply: Reply, label: str) -> Action:
    return next(action for action in reply.actions if action.label == label)


def test_the_newest_edition_answers_and_tells_of_the_revision(services: Services) -> None:
    reply = _ask(services, QUESTION)
    assert "8割程度" in reply.text
    assert "6割程度" not in reply.text
    assert NEW in reply.text
    assert texts.REVISED.format(title="窓口のデジタル化", edition=NEW) in reply.text
    assert "書かずに済ませます" not in reply.text


@pytest.mark.parametrize("asked", ["令和8年度版では", "前の版では"])
def test_the_older_edition_answers_when_it_is_named(services: Services, asked: str) -> None:
    reply = _ask(services, asked + QUESTION)
    assert "6割程度" in reply.text
    assert "8割程度" not in reply.text
    assert texts.OLDER_EDITION.format(edition=OLD, newest=NEW) in reply.text
    assert reply.answer
    assert reply.answer.source
    assert reply.answer.source.edition == OLD


def test_the_button_shows_the_older_edition_and_what_changed(services: Services) -> None:
    older = _press(services, _button(_ask(services, QUESTION), texts.EARLIER))
    assert "6割程度" in older.text
    assert "窓口の配置を見直し" in older.text
    changes = next(part.items for part in older.parts if isinstance(part, Items))
    assert (
        texts.CHANGE_ADDED.format(text="【国の取組方針】令和9年6月までに対応窓口の比率を8割程度とする。")
        in changes
    )
    assert texts.CHANGE_REMOVED.format(text="【取組】②窓口の配置を見直し、 ①の結果を生かす。") in changes
    newest = _press(services, _button(older, texts.NEWEST))
    assert "8割程度" in newest.text


def test_an_article_that_stayed_the_same_says_so(services: Services) -> None:
    reply = _ask(services, "在宅勤務のひろがりの課題は何ですか")
    older = _press(services, _button(reply, texts.EARLIER))
    assert texts.EDITION_SAME in older.text


def test_a_button_of_an_edition_that_is_gone_answers_all_the_same(services: Services) -> None:
    gone = Action(name="edition", label="", value="jikko-1|令和1年版")
    assert texts.NOT_FOUND in _press(services, gone).text
    assert texts.NOT_FOUND in _press(services, Action(name="edition", label="", value="x")).text


@pytest.mark.parametrize(
    "question", ["窓口のデジタル化は前の版から変わりましたか", "窓口のデジタル化って旧版とどこが違うの"]
)
def test_what_changed_is_told_of_what_is_named(services: Services, question: str) -> None:
    reply = _ask(services, question)
    assert texts.CHANGED_SINCE.format(title="窓口のデジタル化", older=OLD, newest=NEW) in reply.text
    added = "【国の取組方針】令和9年6月までに対応窓口の比率を8割程度とする。"
    assert texts.CHANGE_ADDED.format(text=added) in reply.text


def test_what_changed_is_told_of_what_the_talk_is_about(services: Services) -> None:
    def say(text: str) -> Reply:
        return handle(Request(channel="web", user="u1", conversation="c1", text=text), services)

    say(QUESTION)
    assert "8割程度とする" in say("前の版から変わりましたか").text
    say("在宅勤務のひろがりの課題は何ですか")
    same = texts.SAME_SINCE.format(title="在宅勤務のひろがり", older=OLD, newest=NEW)
    assert same in say("それは前の版から変わりましたか").text


def test_with_no_subject_it_is_asked_of_what(services: Services) -> None:
    assert _ask(services, "前の版から変わりましたか").text.startswith(texts.CHANGES_OF_WHAT)


def test_where_one_edition_is_there_that_is_said(sqlite_stores: SqlStores) -> None:
    sqlite_stores.articles.replace_source("new", revised_plan().articles)
    alone = Services(
        settings=Settings(content=()),
        stores=sqlite_stores,
        knowledge=KnowledgeBase(sqlite_stores.articles, ()),
        clock=lambda: datetime(2028, 11, 24, tzinfo=UTC),
    )
    reply = _ask(alone, "窓口のデジタル化は前の版から変わりましたか")
    assert "だけが登録されていて" in reply.text
    assert NEW in reply.text
