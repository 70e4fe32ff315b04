"""Folding and words."""

from __future__ import annotations

import pytest

from knowledge.language.japanese import fold, is_all_kana, is_romaji, kana_key, kana_runs, words_of
from knowledge.language.terms import terms_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("マイナンバーカード", "マイナンバカド"),
        ("スマートシティ", "スマートシテイ"),
        ("ﾃﾞｼﾞﾀﾙ", "でじたる"),
        ("コンピューター", "コンピュータ"),
        ("デジタル・ファースト", "デジタルファースト"),
    ],
)
def test_spelling_variants_share_a_key(left: str, right: str) -> None:
    assert kana_key(left) == kana_key(right)


def test_different_words_keep_different_keys() -> None:
    assert kana_key("デジタルデバイド") != kana_key("デジタルファースト")


def test_fold_makes_width_and_case_equal() -> None:
    assert fold("ＲＰＡ①") == fold("rpa1")


def test_scripts_are_told_apart() -> None:
    assert is_all_kana("てれわーくとは?")
    assert not is_all_kana("テレワークの推進")
    assert is_romaji("telework towa")
    assert not is_romaji("rpaとは")
    assert kana_runs("市のオープンデータを") == ["オープンデータ"]


def test_inflections_and_spellings_share_a_term() -> None:
    assert set(terms_of("手続を取組む")) == set(terms_of("手続きを取り組む"))


def test_a_compound_is_found_by_its_units_too() -> None:
    assert {"標準化", "標準"} <= set(terms_of("標準化"))


def test_particles_are_no_terms() -> None:
    assert not terms_of("がはを")


def test_words_know_their_place() -> None:
    text = "窓口の職場"
    assert all(text[word.start : word.end] == word.surface for word in words_of(text))
