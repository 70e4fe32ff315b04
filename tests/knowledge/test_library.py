"""A library changed where its entries differ answers as one built anew."""

from __future__ import annotations

import weakref
from collections.abc import Sequence

import pytest

from knowledge.article import Article, Kind, Layer, Passage
from knowledge.asking.concepts import QuestionReader
from knowledge.entry import Entry, merge_entries
from knowledge.finding import indexing
from knowledge.library import Library
from knowledge.packs import PackVocabulary

SUBJECTS = (
    "公園",
    "図書館",
    "保育所",
    "住民票",
    "粗大ごみ",
    "市民税",
    "犬の登録",
    "国民健康保険",
    "印鑑登録",
    "水道",
)
ASKED = ("図書館の予約", "粗大ごみを出したい", "住民票がほしい", "犬を飼った", "プラネタリウムの料金")


def _article(subject: str, text: str, *more: str) -> Article:
    return Article(
        id=subject,
        kind=Kind.TERM,
        layer=Layer.EDITORIAL,
        title=subject,
        passages=tuple(Passage(text=piece) for piece in (text, *more)),
    )


ARTICLES = [_article(subject, f"{subject}については窓口でお尋ねください。") for subject in SUBJECTS]


@pytest.fixture(autouse=True)
def _any_change_is_spliced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_MOST_CHANGED", 10.0)


def _entries(articles: Sequence[Article]) -> list[Entry]:
    return merge_entries((), articles)


def _ranked(library: Library, text: str) -> list[str]:
    return [hit.entry.id for hit in library.decider.ranked(text)]


CHANGED = _article("図書館", "本の予約は図書館の端末でできます。")
NEW = _article("プラネタリウム", "プラネタリウムの料金は大人五百円です。")


@pytest.mark.parametrize(
    "articles",
    [
        [CHANGED if article.id == "図書館" else article for article in ARTICLES],
        [*ARTICLES[:4], NEW, *ARTICLES[4:]],
        [*ARTICLES[1:], NEW],
        ARTICLES[:2] + ARTICLES[5:],
        ARTICLES[::2],
        [],
    ],
    ids=["changed", "new", "new and gone", "gone", "half gone", "all gone"],
)
def test_changes_are_found_as_in_a_new_library(articles: list[Article]) -> None:
    old = Library.build(_entries(ARTICLES), PackVocabulary())
    changed = old.changed_to(_entries(articles))
    new = Library.build(_entries(articles), PackVocabulary())
    for text in ASKED:
        assert _ranked(changed, text)[:1] == _ranked(new, text)[:1]
    for article in (*articles, *ARTICLES):
        assert changed.decider.find_term(article.title) == new.decider.find_term(article.title)
        assert changed.decider.explain(article.id) == new.decider.explain(article.id)


def test_the_old_library_stays_as_it_was() -> None:
    old = Library.build(_entries(ARTICLES), PackVocabulary())
    before = [_ranked(old, text) for text in ASKED]
    old.changed_to(_entries([*ARTICLES, NEW]))
    assert [_ranked(old, text) for text in ASKED] == before
    assert old.decider.find_term("プラネタリウム") is None


def test_passages_keep_their_entries() -> None:
    articles = [_article(a.id, a.passages[0].text, "電話でも受け付けます。") for a in ARTICLES]
    inserted = [
        *articles[:3],
        _article("天文台", "天文台は夜に開きます。", "雨の日は休みます。"),
        *articles[3:],
    ]
    changed = Library.build(_entries(articles), PackVocabulary()).changed_to(_entries(inserted))
    new = Library.build(_entries(inserted), PackVocabulary())
    assert list(changed.finder.passages) == list(new.finder.passages)
    reader = QuestionReader(changed.vocabulary, changed.rewriter)
    (concept,) = reader.read("電話").concepts
    numbers = range(len(changed.finder.entries))
    covers = [changed.finder.passage_covers(number, concept) for number in numbers]
    assert covers == [new.finder.passage_covers(number, concept) for number in numbers]
    assert max(covers)[1:] == [1.0]
    assert _ranked(changed, "天文台の休み")[0] == "天文台"


def test_a_change_is_read_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    old = Library.build(_entries(ARTICLES), PackVocabulary())
    monkeypatch.setattr("knowledge.library.read_all", None)
    assert old.changed_to(_entries([*ARTICLES, NEW])).decider.find_term("プラネタリウム") == "プラネタリウム"
    with pytest.raises(TypeError):  # several passages where all had one: the whole is read again
        old.changed_to(_entries([*ARTICLES, _article("天文台", "夜に開きます。", "雨の日は休みます。")]))


def test_a_library_that_was_replaced_is_freed_at_once() -> None:
    library = Library.build(_entries(ARTICLES), PackVocabulary())
    assert library.decider.decide("図書館", 3).outcome == "answer"
    finder = weakref.ref(library.finder)
    library = library.changed_to(_entries([*ARTICLES, NEW]))
    assert finder() is None  # no cycle holds it until the collector comes


def test_entries_that_stay_are_the_same_objects() -> None:
    library = Library.build(_entries(ARTICLES), PackVocabulary())
    entries = merge_entries((), [*ARTICLES[1:], NEW, ARTICLES[0]], library.decider.entry)
    assert all(library.decider.entry(entry.id) is entry for entry in entries if entry.id != NEW.id)
    assert len(entries) == len(ARTICLES) + 1
