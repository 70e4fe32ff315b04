from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.concepts import Alternative, Concept
from knowledge.finding.covering import Coverage
from knowledge.finding.index import TermIndex
from knowledge.finding.postings import FieldWeight, Ranking
from knowledge.finding.scoring import ConceptScores

RANKING = Ranking({"text": FieldWeight(1.0, 0.5)})
_TERM = st.sampled_from("あいうえおか")
_WAYS = st.lists(
    st.builds(
        Alternative,
        terms=st.dictionaries(_TERM, st.sampled_from([0.6, 1.0]), max_size=3).map(lambda t: tuple(t.items())),
        weight=st.sampled_from([0.6, 1.0]),
    ),
    max_size=3,
)


def _indexed(documents: list[list[str]]) -> TermIndex:
    return TermIndex.of([{"text": document} for document in documents], RANKING)


def test_a_document_covers_the_share_of_a_way_that_it_has() -> None:
    index = _indexed([["電子", "申請"], ["電子"], ["窓口"]])
    whole = Alternative((("電子", 1.0), ("申請", 1.0)))
    concept = Concept("電子申請", (whole, Alternative((("窓口", 1.0),), 0.6)))
    coverage = Coverage(index)
    share = index.idf("電子") / (index.idf("電子") + index.idf("申請"))
    assert [coverage.of(n, concept) for n in range(3)] == [1.0, pytest.approx(share), pytest.approx(0.6)]


@given(st.lists(st.lists(_TERM, max_size=4), min_size=1, max_size=8), _WAYS)
def test_documents_in_a_row_cover_what_each_covers(
    documents: list[list[str]], ways: list[Alternative]
) -> None:
    coverage, concept = Coverage(_indexed(documents)), Concept("", tuple(ways))
    alone = [coverage.of(number, concept) for number in range(len(documents))]
    assert all(0 <= cover <= 1 for cover in alone)
    for first in range(len(documents)):
        assert coverage.within(first, len(documents), concept) == alone[first:]


@given(st.lists(st.lists(_TERM, max_size=4), min_size=1, max_size=8), st.lists(_WAYS, max_size=3))
def test_of_several_ways_the_best_scores(documents: list[list[str]], asked: list[list[Alternative]]) -> None:
    index = _indexed(documents)
    scores, concepts = ConceptScores(index), [Concept("", tuple(ways)) for ways in asked]
    expected = np.zeros(len(documents))
    for concept in concepts:
        ways = [index.scores({t: way.weight * s for t, s in way.terms}) for way in concept.alternatives]
        expected += np.max(ways, axis=0) if ways else 0
    assert scores.of(concepts) == pytest.approx(expected, abs=1e-5)
    assert scores.of(concepts).tolist() == scores.of(concepts).tolist()
