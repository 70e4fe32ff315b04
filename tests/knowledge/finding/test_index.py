"""BM25F over weighted fields."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.finding.counting import count_terms
from knowledge.finding.index import Near, TermIndex
from knowledge.finding.postings import FieldWeight, Ranking

FIELDS = {"name": FieldWeight(3.0, 0.5), "text": FieldWeight(1.0, 0.75)}
K1 = 1.5
RANKING = Ranking(FIELDS, K1)
DOCUMENTS = (
    {"name": ("税", "証明"), "text": ("税", "窓口", "窓口")},
    {"name": ("ごみ",), "text": ("収集", "窓口")},
    {"text": ("収集",)},
)
INDEX = TermIndex.of(DOCUMENTS, RANKING)


def _by_hand(term: str, number: int) -> float:
    """The textbook formula, one document and term at a time."""
    having = sum(any(term in terms for terms in document.values()) for document in DOCUMENTS)
    frequency = 0.0
    for name, field in FIELDS.items():
        lengths = [len(document.get(name, ())) for document in DOCUMENTS]
        average = max(1.0, sum(lengths) / len(lengths))
        share = field.weight / (1 - field.b + field.b * lengths[number] / average)
        frequency += share * DOCUMENTS[number].get(name, ()).count(term)
    idf = math.log(1 + (len(DOCUMENTS) - having + 0.5) / (having + 0.5))
    return idf * frequency * (K1 + 1) / (frequency + K1)


@pytest.mark.parametrize("term", ["税", "証明", "窓口", "ごみ", "収集"])
def test_scores_are_the_textbook_formula(term: str) -> None:
    expected = [_by_hand(term, number) for number in range(3)]
    assert INDEX.scores({term: 1.0}).tolist() == pytest.approx(expected, rel=1e-5)


def test_weights_multiply_and_terms_add_up() -> None:
    both = INDEX.scores({"税": 0.5, "窓口": 2.0})
    assert both == pytest.approx(0.5 * INDEX.scores({"税": 1.0}) + 2 * INDEX.scores({"窓口": 1.0}))


def _near(term: str, share: float) -> Near:
    return Near(INDEX.numbers_of([term]), np.array([share]))


def test_a_near_term_stands_in_only_where_it_earns_more() -> None:
    near = {"証明": INDEX.ways("証明", _near("収集", 0.5))}
    alone, helped = INDEX.scores({"証明": 1.0}), INDEX.scores({"証明": 1.0}, near)
    assert helped[0] == alone[0] > 0
    assert alone[1] == alone[2] == 0
    assert helped[1] == pytest.approx(0.5 * float(INDEX.scores({"収集": 1.0})[1]))


def test_a_rarer_near_term_earns_no_more_than_the_one_asked_for() -> None:
    near = {"収集": INDEX.ways("収集", _near("税", 1.0))}
    capped = INDEX.scores({"税": 1.0})[0] * INDEX.idf("収集") / INDEX.idf("税")
    assert INDEX.scores({"収集": 1.0}, near)[0] == pytest.approx(float(capped))


def test_membership_and_rarity() -> None:
    assert INDEX.has("窓口", 0)
    assert not INDEX.has("窓口", 2)
    assert not INDEX.has("税金", 0)
    assert "税金" not in INDEX
    assert INDEX.idf("税金") > INDEX.idf("税") > INDEX.idf("窓口")
    assert {term for term in INDEX.terms() if INDEX.has(term, 1)} == {"ごみ", "収集", "窓口"}


def test_an_empty_index_scores_nothing() -> None:
    index = TermIndex.of((), RANKING)
    assert index.size == 0
    assert index.scores({"税": 1.0}, {"税": index.ways("税")}).shape == (0,)


_TERMS = st.lists(st.sampled_from("あいうえおか"), max_size=6)


@given(st.lists(st.fixed_dictionaries({"name": _TERMS, "text": _TERMS}), min_size=1, max_size=8))
def test_only_documents_with_the_term_score(documents: list[dict[str, list[str]]]) -> None:
    index = TermIndex.of(documents, RANKING)
    for term in index.terms():
        having = [term in document["name"] or term in document["text"] for document in documents]
        assert (index.scores({term: 1.0}) > 0).tolist() == having
        assert [index.has(term, number) for number in range(len(documents))] == having
        assert np.isfinite(index.scores({term: 1.0})).all()


_DOCUMENTS = st.lists(st.fixed_dictionaries({"name": _TERMS, "text": _TERMS}), max_size=6)


@given(_DOCUMENTS, _DOCUMENTS)
def test_runs_laid_together_are_the_same_as_one(
    first: list[dict[str, list[str]]], second: list[dict[str, list[str]]]
) -> None:
    whole = TermIndex.of([*first, *second], RANKING)
    laid = TermIndex.build([count_terms(first, FIELDS), count_terms(second, FIELDS)], RANKING)
    assert laid.size == whole.size
    for term in "あいうえおか":
        assert laid.scores({term: 1.0}).tolist() == whole.scores({term: 1.0}).tolist()


@given(_DOCUMENTS, _DOCUMENTS, st.data())
def test_a_splice_has_the_documents_of_a_new_index(
    old: list[dict[str, list[str]]], added: list[dict[str, list[str]]], data: st.DataObject
) -> None:
    flat = Ranking({name: FieldWeight(field.weight, 0.0) for name, field in FIELDS.items()}, K1)
    stays = [data.draw(st.booleans()) for _ in old]
    merged: list[tuple[dict[str, list[str]], int | None]]
    merged = [(document, None) for document, keep in zip(old, stays, strict=True) if keep]
    for number, document in enumerate(added):
        merged.insert(data.draw(st.integers(0, len(merged))), (document, number))
    places = [place for place, (_, number) in enumerate(merged) if number is not None]
    order = [number for _, number in merged if number is not None]
    left = iter(place for place, (_, number) in enumerate(merged) if number is None)
    kept = np.array([next(left) if keep else -1 for keep in stays], np.int32)
    counts = count_terms([added[number] for number in order], FIELDS)
    spliced = TermIndex.of(old, flat).spliced(kept, counts, places, len(merged))
    new = TermIndex.of([document for document, _ in merged], flat)
    for term in "あいうえおか":
        assert (term in spliced) == (term in new)
        assert spliced.idf(term) == pytest.approx(new.idf(term))
        assert spliced.scores({term: 1.0}).tolist() == pytest.approx(new.scores({term: 1.0}).tolist())
        assert [spliced.has(term, n) for n in range(len(merged))] == [
            new.has(term, n) for n in range(len(merged))
        ]
