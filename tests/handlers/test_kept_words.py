"""0 invented facts beyond the first question: follow-ups, choices and older editions say what their articles say, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handlers.ask import reply_to
from bot.texts.ja import ask as texts
from knowledge.answer import Answer
from knowledge.article import Article, Passage
from knowledge.asking.question import clean
from knowledge.entry import merge_entries
from knowledge.library import Library
from knowledge.packs import load_pack, load_vocabulary
from knowledge.view import View
from tests.handlers.test_ask_words import TODAY, Written, check
from tests.knowledge.plans import made_up_plan, revised_plan

_PACK = [*load_pack("fujisawa"), *load_pack("samples")]
_ASKED = [question for article in _PACK for question in article.questions]
_LEANING = st.lists(
    st.sampled_from(
        "それは その じゃあ あと いつから 期限 手順 必要なもの 担当 費用 何件 KPI 工程表 令和5年度 もう少し詳しく RPAとの違い の は ?".split()
    ),
    min_size=1,
    max_size=5,
).map("".join)
_FORMERLY = st.sampled_from(["前の版では", "令和8年度版では", "旧計画だと", "改訂前の計画で、"])


@cache
def _two_editions() -> tuple[View, list[Article], list[Article]]:
    """Both editions of a plan and the packs; the articles answered from, and those of the older edition and the packs."""
    older, newer = list(made_up_plan().articles), list(revised_plan().articles)
    words = load_vocabulary(["fujisawa"])
    imported = [*newer, *older]
    view = View(Library.build(merge_entries(_PACK, imported), words), (_PACK, imported), words)
    return view, [*_PACK, *newer], [*_PACK, *older]


def _check(answer: Answer, articles: Sequence[Article]) -> None:
    rests = {article.id: article.rests_on for article in articles if article.rests_on}
    check(answer, reply_to(answer, TODAY), Written(articles), rests)


_IDS = sorted({entry.id for entry in _two_editions()[0].entries})


@settings(max_examples=150, deadline=None)
@given(_LEANING | st.sampled_from(_ASKED), st.lists(st.sampled_from(_IDS), min_size=1, max_size=2))
def test_follow_ups(typed: str, subject: list[str]) -> None:
    view, articles, _ = _two_editions()
    if answer := view.follow(clean(typed), subject):
        assert {excerpt.article_id for excerpt in answer.excerpts} <= {*subject} or answer.standings
        _check(answer, articles)


@settings(max_examples=150, deadline=None)
@given(_LEANING | st.sampled_from(_ASKED), st.sampled_from(_IDS))
def test_choices(typed: str, chosen: str) -> None:
    view, articles, _ = _two_editions()
    answer = view.answer_about(clean(typed), chosen)
    assert answer is not None
    assert {excerpt.article_id for excerpt in (*answer.excerpts, *answer.related)} <= {chosen}
    _check(answer, articles)


@settings(max_examples=100, deadline=None)
@given(_FORMERLY, st.sampled_from(_ASKED) | _LEANING)
def test_the_older_edition_when_it_is_named(formerly: str, typed: str) -> None:
    view, _, older = _two_editions()
    answer = view.answer_of_edition(clean(formerly + typed))
    assert answer is not None
    assert answer.notes[0].startswith(texts.OLDER_EDITION.partition("{")[0])
    _check(answer, older)


@pytest.mark.parametrize("article_id", _IDS)
def test_the_older_edition_of_an_article(article_id: str) -> None:
    view, newer, older = _two_editions()
    plan = [article for article in older if article not in _PACK]
    found = view.explain_edition(article_id, plan[0].source.edition)
    assert found or article_id not in {article.id for article in plan}
    if found:
        answer, changes = found
        _check(answer, older)
        said = {_labelled(passage) for article in (*newer, *older) for passage in article.written}
        assert {change.text for change in changes} <= said


def _labelled(passage: Passage) -> str:
    return (f"【{passage.label}】" if passage.label else "") + passage.marker + passage.text


def test_the_check_finds_what_another_edition_says() -> None:
    view, newer, older = _two_editions()
    found = view.explain_edition("jikko-1", older[-1].source.edition)
    assert found
    with pytest.raises(AssertionError):
        _check(found[0], newer)
