"""Documents as vectors."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.meaning.space import DocumentSpace, TermSpace, add_up, document_vectors, standardised
from knowledge.meaning.words import load_words

TERMS = ("申告", "届け出", "野球", "保育園", "幼稚園")
SPACE = TermSpace(TERMS, load_words())


def test_near_terms_come_nearest_first_without_the_term_itself() -> None:
    near = dict(zip(("申告", "保育園"), SPACE.near(["申告", "保育園"], 0.1, 2), strict=True))
    assert near["保育園"][0].term == "幼稚園"
    assert near["申告"][0].term == "届け出"
    for term, found in near.items():
        assert term not in [other.term for other in found]
        assert len(found) <= 2
        assert [other.cosine for other in found] == sorted((o.cosine for o in found), reverse=True)
        assert all(other.cosine > 0.1 for other in found)


def test_a_term_the_knowledge_base_lacks_has_near_ones_too() -> None:
    assert TermSpace(TERMS, load_words()).near(["確定申告"], 0.3, 1)[0][0].term == "申告"


def test_a_space_without_terms_knows_none() -> None:
    assert TermSpace((), load_words()).near(["申告"], 0.1, 2) == [()]


def test_a_question_lies_nearest_to_the_document_on_its_subject() -> None:
    documents = (("申告", "税"), ("野球", "球場"), ("幼稚園", "入園"))
    space = DocumentSpace(document_vectors(documents, load_words(), lambda _: 1.0))
    question = add_up({"保育園": 1.0}, load_words(), lambda _: 1.0)
    assert int(space.cosines(question).argmax()) == 2


def test_documents_without_words_are_zero_not_an_error() -> None:
    vectors = document_vectors(((), ("野球",)), load_words(), lambda _: 1.0)
    assert not vectors[0].any()
    assert np.isfinite(DocumentSpace(vectors).cosines(vectors[1])).all()


def test_neighbours_are_the_nearest_others() -> None:
    documents = (("申告",), ("届け出",), ("保育園",), ("幼稚園",))
    space = DocumentSpace(document_vectors(documents, load_words(), lambda _: 1.0))
    assert space.neighbours(1)[:, 0].tolist() == [1, 0, 3, 2]
    assert space.neighbours(9).shape == (4, 3)
    assert DocumentSpace(np.zeros((1, 4), np.float32)).neighbours(5).shape == (1, 0)
    assert DocumentSpace(np.zeros((0, 4), np.float32)).neighbours(5).shape == (0, 0)


@given(st.lists(st.integers(-1000, 1000), max_size=30))
def test_standardised_scores_keep_their_order(values: list[int]) -> None:
    scores = np.array(values, np.float32)
    found = standardised(scores)
    assert found.shape == scores.shape
    assert np.isfinite(found).all()
    if len(set(values)) > 1:
        assert float(found.mean()) == pytest.approx(0, abs=1e-4)
        assert float(found.std()) == pytest.approx(1, abs=1e-3)
        assert np.argsort(scores, kind="stable").tolist() == np.argsort(found, kind="stable").tolist()
