"""A question in the knowledge base's own spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.kinds import COMMON_WORDS
from knowledge.entry import merge_entries
from knowledge.finding.finder import Finder
from knowledge.language.rewriting import Rewriter
from knowledge.language.vocabulary import Vocabulary
from tests.knowledge.small_city import ARTICLES, WORDS

_FINDER = Finder(merge_entries((), ARTICLES))
_REWRITER = Rewriter(Vocabulary(_FINDER.entries, WORDS.synonyms, COMMON_WORDS), _FINDER.index.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("てれわーくのかだいは", "テレワークの課題は"),
        ("でじたるふぁすとのいみ", "デジタルファーストの意味"),
        ("terewaaku", "テレワーク"),
        ("テレワクの課題", "テレワークの課題"),
        ("デジタルデバイトとは", "デジタルデバイドとは"),
        ("電子申精の目標", "電子申請の目標"),
        ("電支申請の目標", "電子申請の目標"),
        ("伝子申請の目標", "電子申請の目標"),
        ("推進本制の会議", "推進体制の会議"),
        ("推進体製の会議", "推進体制の会議"),
        ("会義の議長", "会議の議長"),
        ("RPAとは", "rpaとは"),
    ],
)
def test_what_was_meant(typed: str, meant: str) -> None:
    assert _REWRITER.rewrite(typed) == meant


@pytest.mark.parametrize(
    "typed", ["複合機が紙詰まりして動かない", "横浜市の人口は何人ですか", "テレワークの課題は何ですか"]
)
def test_what_is_written_right_stays(typed: str) -> None:
    assert _REWRITER.rewrite(typed) == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("デジ推の役割", "デジタル推進室の役割"),
        ("情シスに聞く", "情報システム課に聞く"),
        ("情シ課に聞く", "情シ課に聞く"),
        ("デジ庁の役割", "デジ庁の役割"),
    ],
)
def test_a_name_said_by_the_beginnings_of_its_words_is_read_whole(typed: str, meant: str) -> None:
    synonyms = (*WORDS.synonyms, ("デジタル推進室", "推進室"), ("情報システム課", "システム担当"))
    vocabulary = Vocabulary(_FINDER.entries, synonyms, COMMON_WORDS)
    assert Rewriter(vocabulary, _FINDER.index.__contains__).rewrite(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("OpenDataの条件", "open dataの条件"),
        ("open-dataの条件", "open dataの条件"),
        ("opendata", "open data"),
        ("BRPとは", "bprとは"),
        ("BPRとは", "bprとは"),
        ("e-mailの宛先", "e-mailの宛先"),
        ("ABCの窓口", "abcの窓口"),
    ],
)
def test_english_joined_and_initials_in_disorder_are_read_as_they_are_known(typed: str, meant: str) -> None:
    synonyms = (*WORDS.synonyms, ("オープンデータ", "open data"))
    vocabulary = Vocabulary(_FINDER.entries, synonyms, COMMON_WORDS)
    assert Rewriter(vocabulary, _FINDER.index.__contains__).rewrite(typed) == meant


@given(st.text(max_size=60))
def test_any_text_can_be_rewritten(typed: str) -> None:
    assert isinstance(_REWRITER.rewrite(typed.encode("utf-8", "ignore").decode()), str)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("電申子請の目標", "電子申請の目標"),  # changed places
        ("電子子申請の目標", "電子申請の目標"),  # twice
        ("テレワーク端の末", "テレワーク端の末"),  # no phrase of this knowledge base
    ],
)
def test_letters_out_of_order(typed: str, meant: str) -> None:
    assert _REWRITER.rewrite(typed) == meant


@pytest.mark.parametrize(
    "ending", ["のでしょうか", "もらえますか", "たいのですが", "ましたでしょうか", "ませんか"]
)
def test_polite_endings_are_no_words(ending: str) -> None:
    words = [*WORDS.synonyms, ("消火", "消化"), ("真下", "馬下"), ("遺体", "鯛")]
    rewriter = Rewriter(Vocabulary(_FINDER.entries, words, COMMON_WORDS), _FINDER.index.__contains__)
    assert rewriter.rewrite(f"電子申請を始め{ending}") == f"電子申請を始め{ending}"


def test_a_word_in_katakana_is_not_read_as_the_foreign_word_that_is_read_alike() -> None:
    words = [*WORDS.synonyms, ("業務改革", "Business Process Re-engineering"), ("プロセス", "仕事の流れ")]
    rewriter = Rewriter(Vocabulary(_FINDER.entries, words, COMMON_WORDS), _FINDER.index.__contains__)
    assert rewriter.rewrite("プロセスの見直しは") == "プロセスの見直しは"
    assert rewriter.rewrite("てれわーくの見直しは") == "テレワークの見直しは"
