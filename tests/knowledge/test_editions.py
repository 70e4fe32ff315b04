"""Two editions side by side: the newest stands, the older is kept, and what changed is known."""

from __future__ import annotations

import pytest

from knowledge.article import Article, Layer, Passage
from knowledge.editions import Edition, articles_of, changes_between, edition_asked, older_editions
from knowledge.entry import Entry, merge_entries
from tests.knowledge.plans import article, made_up_plan, revised_plan

OLD, NEW = made_up_plan().articles, revised_plan().articles
BOTH = [*NEW, *OLD]
FIRST = Edition.of(OLD[0])


def _entry(entries: list[Entry], id_: str) -> Entry:
    return next(entry for entry in entries if entry.id == id_)


def _explanation(text: str, edition: str) -> Article:
    old = article(made_up_plan(), "jikko-1")
    source = old.source.model_copy(update={"edition": edition})
    return old.model_copy(
        update={"layer": Layer.EDITORIAL, "passages": (Passage(text=text),), "source": source}
    )


@pytest.mark.parametrize("imported", [BOTH, [*OLD, *NEW]])
def test_the_newest_stands_and_the_older_is_kept(imported: list[Article]) -> None:
    entry = _entry(merge_entries([], imported), "jikko-1")
    assert entry.official == article(revised_plan(), "jikko-1")
    assert entry.earlier == (article(made_up_plan(), "jikko-1"),)


def test_older_editions_are_listed_once() -> None:
    assert older_editions(merge_entries([], BOTH)) == [FIRST]
    assert older_editions(merge_entries([], OLD)) == []


def test_the_older_state_has_nothing_of_the_newer() -> None:
    assert articles_of(FIRST, BOTH) == list(OLD)


def test_an_explanation_of_a_revised_text_is_left_out() -> None:
    edition = OLD[0].source.edition
    entry = _entry(merge_entries([_explanation("窓口の説明。", edition)], BOTH), "jikko-1")
    assert entry.is_revised
    assert entry.editorial_passages == ()


def test_an_explanation_stays_where_the_text_is_the_same_in_both() -> None:
    same = article(made_up_plan(), "jikko-3")
    plain = same.model_copy(update={"layer": Layer.EDITORIAL, "passages": (Passage(text="在宅の説明。"),)})
    entry = _entry(merge_entries([plain], BOTH), "jikko-3")
    assert not entry.is_revised
    assert [passage.text for passage in entry.editorial_passages] == ["在宅の説明。"]


def test_an_explanation_of_an_edition_nobody_imported_is_not_trusted() -> None:
    entry = _entry(merge_entries([_explanation("窓口の説明。", "令和6年版")], NEW), "jikko-1")
    assert entry.is_revised


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("令和8年度版では窓口の目標は?", "窓口の目標は?"),
        ("令和8年の計画版での窓口の課題", "窓口の課題"),
        ("2026年版では窓口の目標は?", "窓口の目標は?"),
        ("前の版では窓口の目標は?", "窓口の目標は?"),
        ("旧計画の窓口の課題", "窓口の課題"),
    ],
)
def test_an_older_edition_is_understood(question: str, rest: str) -> None:
    assert edition_asked(question, [FIRST]) == (FIRST, rest)


@pytest.mark.parametrize(
    "question",
    ["令和8年度の目標は?", "窓口の目標は?", "令和10年度版では窓口は?", "令和3年版の計画は?", "版を重ねる"],
)
def test_a_year_alone_is_no_edition(question: str) -> None:
    assert edition_asked(question, [FIRST]) is None


def test_without_an_older_edition_there_is_none_to_ask_for() -> None:
    assert edition_asked("前の版では", []) is None


def test_what_changed_is_told_passage_by_passage() -> None:
    changes = {
        (c.kind, c.article, c.text) for c in changes_between(OLD, NEW) if c.article == "窓口のデジタル化"
    }
    assert changes == {
        ("removed", "窓口のデジタル化", "【国の取組方針】令和9年6月までに対応窓口の比率を6割程度とする。"),
        ("added", "窓口のデジタル化", "【国の取組方針】令和9年6月までに対応窓口の比率を8割程度とする。"),
        ("removed", "窓口のデジタル化", "【現状と課題】②手続が紙に留まっている。"),
        ("added", "窓口のデジタル化", "【現状と課題】②手続の一部が紙に留まっている。"),
        ("removed", "窓口のデジタル化", "【取組】②窓口の配置を見直し、 ①の結果を生かす。"),
    }
    assert not list(changes_between(OLD, OLD))
