"""Static word vectors."""

from __future__ import annotations

from time import perf_counter

import numpy as np
import pytest

from knowledge.meaning.words import DATA, WordVectors, load_words, unit

TABLE = np.array([[127, 0, 0], [0, 127, 0], [0, 0, 127], [0, 90, 90]], np.int8)
WORDS = WordVectors(["住民", "票", "か", "テレワク"], TABLE, np.full(3, 0.01, np.float32))


def test_a_known_word_has_its_own_unit_vector() -> None:
    assert WORDS.vectors(["票"])[0].tolist() == pytest.approx([0, 1, 0])


def test_an_unknown_word_is_put_together_from_the_longest_known_pieces() -> None:
    half = 0.5**0.5
    assert WORDS.vectors(["住民票"])[0].tolist() == pytest.approx([half, half, 0])
    assert WORDS.vectors(["新住民"])[0].tolist() == pytest.approx([1, 0, 0])


@pytest.mark.parametrize("word", ["", "ん", "かか", "xyz", "２０"])
def test_a_word_of_no_known_piece_is_zero(word: str) -> None:
    assert not WORDS.vectors([word]).any()


def test_no_terms_give_no_rows() -> None:
    assert WORDS.vectors([]).shape == (0, 3)


def test_a_table_that_does_not_fit_its_words_is_refused() -> None:
    with pytest.raises(ValueError, match="3 words"):
        WordVectors(["一", "二", "三"], TABLE, np.ones(3, np.float32))


def test_the_shipped_table_fits_its_words_and_is_small() -> None:
    words = load_words()
    assert words.dimensions == 256
    assert sum(file.stat().st_size for file in DATA.iterdir()) < 7_500_000
    assert "Permission is hereby granted" in (DATA / "NOTICE.md").read_text(encoding="utf-8")


def test_the_shipped_table_loads_fast() -> None:
    load_words.cache_clear()
    began = perf_counter()
    load_words()
    assert perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("申告", "届け出", "野球"),
        ("保育園", "幼稚園", "水道"),
        ("捨てる", "廃棄", "結婚"),
        ("病院", "診療所", "道路"),
    ],
)
def test_words_of_one_meaning_lie_nearer(word: str, near: str, far: str) -> None:
    vectors = load_words().vectors([word, near, far])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_unit_leaves_zero_rows() -> None:
    assert unit(np.array([[3, 4], [0, 0]], np.float32)).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0, 0],
    ]
