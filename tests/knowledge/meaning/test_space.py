"""Documents as vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.meaning import space
from knowledge.meaning.space import DocumentSpace, TermSpace, add_up, standardised
from knowledge.meaning.words import load_words

TERMS = ("申告", "届け出", "野球", "保育園", "幼稚園")
SPACE = TermSpace(TERMS, load_words(), 0.1, 2)


@pytest.mark.parametrize(("term", "nearest"), [("保育園", "幼稚園"), ("申告", "届け出")])
def test_near_terms_come_nearest_first_without_the_term_itself(term: str, nearest: str) -> None:
    found = SPACE.near(term)
    assert found[0].term == nearest
    assert term not in [other.term for other in found]
    assert len(found) <= 2
    assert [other.cosine for other in found] == sorted((o.cosine for o in found), reverse=True)
    assert all(other.cosine > 0.1 for other in found)


def test_a_term_the_knowledge_base_lacks_has_near_ones_too() -> None:
    assert SPACE.near("確定申告")[0].term == "申告"


def test_looking_up_finds_what_was_worked_out_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "_MOST_AHEAD", 0)
    later = TermSpace(TERMS, load_words(), 0.1, 2)
    for term in TERMS:
        ahead, looked_up = SPACE.near(term), later.near(term)
        assert [other.term for other in looked_up] == [other.term for other in ahead]
        assert [o.cosine for o in looked_up] == pytest.approx([o.cosine for o in ahead], abs=1e-3)


def test_among_many_terms_other_words_are_looked_through_ahead_and_none_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [*load_words()]
    terms, others = words[:300], words[300:600]
    later = TermSpace(terms, load_words(), 0.6, 5)
    monkeypatch.setattr(space, "_MANY", len(terms))
    ahead = TermSpace(terms, load_words(), 0.6, 5)
    monkeypatch.setattr(TermSpace, "_look_up", None)  # of these words nothing is left to look up
    found = {word: {other.term for other in ahead.near(word)} for word in others}
    monkeypatch.undo()
    looked_up = {word: {other.term for other in later.near(word)} for word in others}
    assert any(looked_up.values())
    assert all(looked_up[word] <= found[word] for word in others)


def test_several_terms_at_once_find_what_each_finds_alone() -> None:
    asked = ["確定申告", TERMS[0], "ぬ", "幼児園"]
    for together, alone in zip(
        SPACE.places_near(asked), (SPACE.places_near([term])[0] for term in asked), strict=True
    ):
        assert together[0].tolist() == alone[0].tolist()
        assert together[1] == pytest.approx(alone[1], abs=1e-6)
    assert SPACE.places_near([]) == []


def test_a_space_without_terms_knows_none() -> None:
    assert TermSpace((), load_words(), 0.1, 2).near("申告") == ()


def _space(*documents: tuple[str, ...]) -> DocumentSpace:
    sums = [add_up(dict.fromkeys(document, 1.0), load_words()) for document in documents]
    return DocumentSpace.of([np.array(sums, np.float32).reshape(len(documents), -1)])


def test_a_question_lies_nearest_to_the_document_on_its_subject() -> None:
    space = _space(("申告", "税"), ("野球", "球場"), ("幼稚園", "入園"))
    question = add_up({"保育園": 1.0}, load_words())
    assert int(space.products(question, np.arange(3, dtype=np.int32)).argmax()) == 2


def test_bytes_keep_the_vectors_to_a_hundredth() -> None:
    vectors = np.random.default_rng(1).normal(size=(40, 256)).astype(np.float32)
    kept = DocumentSpace.of([vectors]).at(np.arange(40, dtype=np.int32))
    assert np.linalg.norm(kept - vectors, axis=1).max() < 0.02 * np.linalg.norm(vectors, axis=1).min()


def test_the_products_with_all_documents_are_known_without_looking_at_them() -> None:
    vectors = np.random.default_rng(2).normal(size=(300, 256)).astype(np.float32)
    question = np.random.default_rng(3).normal(size=256).astype(np.float32)
    products = vectors @ question
    mean, deviation = DocumentSpace.of([vectors]).standard(question)
    assert mean == pytest.approx(float(products.mean()), abs=0.03)
    assert deviation == pytest.approx(float(products.std()), rel=0.01)


def test_documents_without_words_are_zero_not_an_error() -> None:
    space = _space((), ("野球",))
    products = space.products(add_up({"野球": 1.0}, load_words()), np.arange(2, dtype=np.int32))
    assert products[0] == 0 < products[1]


def test_the_nearest_are_the_nearest_others() -> None:
    space = _space(("申告",), ("届け出",), ("保育園",), ("幼稚園",))
    assert space.nearest(np.arange(4, dtype=np.int32), 1)[:, 0].tolist() == [1, 0, 3, 2]
    assert space.nearest(np.array([3, 0, 2], np.int32), 1)[:, 0].tolist()[0] == 2
    assert space.nearest(np.arange(4, dtype=np.int32), 9).shape == (4, 3)
    assert space.nearest(np.array([1], np.int32), 5).shape == (1, 0)


def test_a_splice_moves_takes_out_and_puts_in() -> None:
    space, other = _space(("申告",), ("届け出",), ("野球",)), _space(("保育園",))
    first = np.arange(1, dtype=np.int32)
    spliced = space.spliced(np.array([0, -1, 2], np.int32), other, [1], 3)
    assert np.allclose(spliced.at(np.array([0, 2], np.int32)), space.at(np.array([0, 2], np.int32)))
    assert np.allclose(spliced.at(np.array([1], np.int32)), other.at(first), atol=0.01)


@given(st.lists(st.integers(-1000, 1000), max_size=30))
def test_standardised_scores_keep_their_order(values: list[int]) -> None:
    scores = np.array(values, np.float32)
    found, mean, deviation = standardised(scores)
    assert found * np.float32(deviation) + np.float32(mean) == pytest.approx(scores, abs=0.01)
    assert found.shape == scores.shape
    assert np.isfinite(found).all()
    if len(set(values)) > 1:
        assert float(found.mean()) == pytest.approx(0, abs=1e-4)
        assert float(found.std()) == pytest.approx(1, abs=1e-3)
        assert np.argsort(scores, kind="stable").tolist() == np.argsort(found, kind="stable").tolist()
