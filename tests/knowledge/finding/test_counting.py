"""Counting terms."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from knowledge.finding.counting import count_terms, numbered, offsets

_TERMS = st.lists(st.sampled_from("あいうえお"), max_size=8)
_DOCUMENTS = st.lists(st.fixed_dictionaries({}, optional={"name": _TERMS, "text": _TERMS}), max_size=6)


@given(_DOCUMENTS)
def test_every_document_has_its_terms_as_often_as_they_stand_there(
    documents: list[dict[str, list[str]]],
) -> None:
    counts = count_terms(documents, ("name", "text"))
    assert counts.size == len(documents)
    for name, field in counts.fields.items():
        assert field.lengths.tolist() == [len(document.get(name, ())) for document in documents]
        found = [Counter[str]() for _ in documents]
        for document, term, count in zip(field.documents, field.terms, field.counts, strict=True):
            found[document][counts.terms[term]] = int(count)
        assert found == [Counter(document.get(name, ())) for document in documents]


@given(_DOCUMENTS, _DOCUMENTS)
def test_two_runs_share_one_numbering(
    first: list[dict[str, list[str]]], second: list[dict[str, list[str]]]
) -> None:
    parts = [count_terms(documents, ("name", "text")) for documents in (first, second)]
    numbers, places = numbered(parts)
    assert sorted(numbers.values()) == list(range(len(numbers)))
    for part, place in zip(parts, places, strict=True):
        assert [numbers[term] for term in part.terms] == place.tolist()
    assert offsets(parts) == [0, len(first)]
