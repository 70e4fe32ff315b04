"""Postings: for each term the documents that have it, and how strongly; built from counts, changed without a rebuild."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.finding.counting import Counts, FieldCounts, Numbers, numbered, offsets

Strengths = NDArray[np.float32]
Starts = NDArray[np.int64]


@dataclass(frozen=True)
class FieldWeight:
    """How much one field counts (`weight`), and how strongly its length is held against it (`b`, 0 to 1)."""

    weight: float
    b: float


@dataclass(frozen=True)
class Postings:
    """Three flat arrays: where each term's stretch starts (one more at the end), its documents (ascending), and how
    strongly each has the term (BM25's saturated frequency). `averages` are the fields' mean lengths, kept by changes.
    """

    size: int
    numbers: Mapping[str, int]
    starts: Starts
    documents: Numbers
    strengths: Strengths
    averages: Mapping[str, float]


@dataclass(frozen=True)
class Ranking:
    """BM25F's parameters: the fields' weights, and how soon repeating a term stops counting (`k1`)."""

    fields: Mapping[str, FieldWeight]
    k1: float = 1.5


@dataclass(frozen=True)
class _Run:
    """Postings of one run of documents, ascending by term (numbered for the run itself), then document."""

    terms: Numbers
    documents: Numbers
    strengths: Strengths


def build_postings(parts: Sequence[Counts], ranking: Ranking) -> Postings:
    """The postings of all documents of all parts, numbered in order."""
    numbers, places = numbered(parts)
    averages = {name: _average([part.fields[name] for part in parts]) for name in ranking.fields}
    runs = [_run(part, ranking, averages) for part in parts]
    held = np.zeros(len(numbers) + 1, np.int64)
    for run, place in zip(runs, places, strict=True):
        held[1:] += np.bincount(place[run.terms], minlength=len(numbers))
    starts = np.cumsum(held)
    documents = np.empty(starts[-1], np.int32)
    strengths = np.empty(starts[-1], np.float32)
    free = starts[:-1].copy()
    for run, place, first in zip(runs, places, offsets(parts), strict=True):
        terms, lengths = np.unique(run.terms, return_counts=True)
        within = np.arange(len(run.terms)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        target = free[place[run.terms]] + within
        documents[target] = run.documents + np.int32(first)
        strengths[target] = run.strengths
        free[place[terms]] += lengths
    return Postings(sum(part.size for part in parts), numbers, starts, documents, strengths, averages)


def splice(
    postings: Postings, kept: Numbers, added: Counts, places: Sequence[int], size: int, ranking: Ranking
) -> Postings:
    """The postings with documents taken out, moved and put in.

    `kept` is the new number of every document, -1 for one taken out (those kept stay in order); `places` are the new
    numbers of the `added` ones, ascending.
    """
    moved = kept[postings.documents]
    stays = moved >= 0
    held = (
        np.diff(np.concatenate([[0], np.cumsum(stays)])[postings.starts])
        if len(stays)
        else np.diff(postings.starts)
    )
    numbers = dict(postings.numbers)
    term_numbers = np.array([numbers.setdefault(term, len(numbers)) for term in added.terms], np.int32)
    held = np.concatenate([held, np.zeros(len(numbers) - len(held), np.int64)])
    documents, strengths = moved[stays], postings.strengths[stays]
    starts = np.concatenate([[0], np.cumsum(held)])
    run = _run(added, ranking, postings.averages)
    terms, new = term_numbers[run.terms], np.array(places, np.int32)[run.documents]
    order = np.lexsort((new, terms))
    terms, new = terms[order], new[order]
    at = [
        starts[term] + np.searchsorted(documents[starts[term] : starts[term + 1]], number)
        for term, number in zip(terms.tolist(), new.tolist(), strict=True)
    ]
    return Postings(
        size,
        numbers,
        starts + np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(numbers)))]),
        np.insert(documents, at, new) if at else documents,
        np.insert(strengths, at, run.strengths[order]) if at else strengths,
        postings.averages,
    )


def _average(fields: Sequence[FieldCounts]) -> float:
    size = sum(len(field.lengths) for field in fields)
    return max(1.0, sum(int(field.lengths.sum()) for field in fields) / size) if size else 1.0


def _run(part: Counts, ranking: Ranking, averages: Mapping[str, float]) -> _Run:
    """Every field's counts, weighted by field and length, added up and saturated."""
    size = max(1, part.size)
    keys, weighted = [np.zeros(0, np.int64)], [np.zeros(0, np.float32)]
    for name, weight in ranking.fields.items():
        field = part.fields[name]
        share = weight.weight / (1 - weight.b + weight.b * field.lengths / averages[name])
        keys.append(field.terms.astype(np.int64) * size + field.documents)
        weighted.append((field.counts * share[field.documents]).astype(np.float32))
    unique, place = np.unique(np.concatenate(keys), return_inverse=True)
    frequency = np.bincount(place, np.concatenate(weighted), len(unique))
    terms, documents = np.divmod(unique, size)
    strengths = frequency * (ranking.k1 + 1) / (frequency + ranking.k1)
    return _Run(terms.astype(np.int32), documents.astype(np.int32), strengths.astype(np.float32))
