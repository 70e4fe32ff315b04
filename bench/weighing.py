"""Weighing: what choosing the weights of the signals on the judged queries flatters the figures by.

`python -m bench weighing` ranks the FAQ with every setting of a grid, with and without documents encoded at import, and prints
nDCG@10 of the weights in the code, of the best setting on all queries, and five-fold cross-validated: each fold ranked with the
setting that was best on the other four.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from bench.finding import PAGE, encoded_library
from bench.harness import Result
from bench.page import print_into
from bench.retrieval import DEPTH, Query, faq_articles, faq_queries, run
from knowledge.asking.concepts import QuestionReader
from knowledge.asking.question import clean
from knowledge.entry import merge_entries
from knowledge.finding.finder import WEIGHTS, Weights
from knowledge.finding.ranking import ranked
from knowledge.library import Library
from knowledge.packs import PackVocabulary

FOLDS = 5
LETTERS = (0.0, 0.2, 0.35, 0.5)
MEANING = (0.5, 1.0, 1.5)
NEIGHBOURS = (0.0, 0.4, 0.7, 1.0)
ENCODED = (0.5, 1.0, 1.5)
_SEED = 4

Figures = NDArray[np.float64]


def measure() -> Result:
    """Rank with every setting, and tabulate what each way of choosing gives."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    queries = faq_queries()
    plain = Library.build(merge_entries((), faq_articles()), PackVocabulary())
    encoded = encoded_library(faq_articles())
    rows = (
        _row("default", plain, [*_settings((WEIGHTS.encoded,), LETTERS)], queries),
        _row("documents encoded at import", encoded, [*_settings(ENCODED, (WEIGHTS.letters,))], queries),
    )
    columns = ("weights of", "settings", "nDCG@10 in the code", "best on all", "cross-validated")
    result = Result("weighing", f"Weighing: {len(queries)} judged queries, {FOLDS} folds", columns, rows)
    print_into(PAGE, result)
    return result


def cross_validated(figures: Figures, folds: NDArray[np.int64]) -> float:
    """The mean figure of all queries, each by the setting that is best on the other folds (settings × queries)."""
    chosen = np.zeros(figures.shape[1])
    for fold in np.unique(folds):
        here = folds == fold
        best = int(figures[:, ~here].mean(axis=1).argmax())
        chosen[here] = figures[best, here]
    return float(chosen.mean())


def _settings(encoded: Sequence[float], letters: Sequence[float]) -> Iterator[Weights]:
    for values in product(letters, MEANING, encoded, NEIGHBOURS):
        yield Weights(*values)


def _row(
    name: str, library: Library, settings: Sequence[Weights], queries: Sequence[Query]
) -> tuple[str, int, float, float, float]:
    figures = np.array([_ndcg(library, weights, queries) for weights in settings])
    folds = np.random.default_rng(_SEED).permutation(len(queries)) % FOLDS
    means = figures.mean(axis=1)
    standing = float(means[settings.index(WEIGHTS)])
    return name, len(settings), standing, float(means.max()), cross_validated(figures, folds)


def _ndcg(library: Library, weights: Weights, queries: Sequence[Query]) -> list[float]:
    finder, reader = library.finder.weighed(weights), QuestionReader(library.vocabulary, library.rewriter)

    def search(text: str) -> list[str]:
        return [hit.entry.id for hit in ranked(finder, library.headwords, reader.read(clean(text)))][:DEPTH]

    return [quality.ndcg for quality in run(search, queries).qualities]
