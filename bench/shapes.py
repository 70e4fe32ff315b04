"""Fit the curve over shapes of questions (knowledge/answering/wording.py) on questions that were asked, and keep it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, fields

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from bench.asking import Asked
from knowledge.answering.evidence import Evidence
from knowledge.answering.wording import DATA, ShapeCurve

Numbers = NDArray[np.float64]

# A trait counts where so many questions have it; how strongly weights are held to zero.
LEAST_SEEN = 4
RIDGE_TRAITS = 2.0
RIDGE_EVIDENCE = 0.05
_RIDGE_BIAS = 1e-6
_ROUNDS = 150
_DIGITS = 3
_FIGURES = tuple(one.name for one in fields(Evidence))


def fit(asked: Sequence[Asked]) -> ShapeCurve:
    """The curve for whether a question has an answer: a weight for each figure of the evidence and each trait seen often."""
    seen = Counter(trait for one in asked for trait in one.traits)
    traits = sorted(trait for trait, count in seen.items() if count >= LEAST_SEEN)
    table = _table(asked, traits)
    answerable = np.array([one.kind == "answerable" for one in asked], np.float64)
    ridge = np.full(table.shape[1], RIDGE_TRAITS)
    ridge[0], ridge[1 : 1 + len(_FIGURES)] = _RIDGE_BIAS, RIDGE_EVIDENCE

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        odds = table @ weights
        likely = 1 / (1 + np.exp(-odds))
        lost = np.sum(np.logaddexp(0, odds) - answerable * odds) + 0.5 * np.sum(ridge * weights * weights)
        return float(lost), table.T @ (likely - answerable) + ridge * weights

    start = np.zeros(table.shape[1])
    found = optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    bias, *weights = (round(float(weight), _DIGITS) for weight in found.x)
    evidence = dict(zip(_FIGURES, weights[: len(_FIGURES)], strict=True))
    weighed = zip(traits, weights[len(_FIGURES) :], strict=True)
    return ShapeCurve(bias, evidence, {trait: weight for trait, weight in weighed if weight})


def keep(curve: ShapeCurve) -> None:
    """Write the curve that ships with the program."""
    text = json.dumps(asdict(curve), ensure_ascii=False, indent=0, sort_keys=True)
    DATA.write_text(f"{text}\n", encoding="utf-8")


def _table(asked: Sequence[Asked], traits: Sequence[str]) -> sparse.csr_matrix:
    """One row a question: 1 for the bias, the figures of its evidence, 1 for each trait that it has."""
    places = {trait: place for place, trait in enumerate(traits)}
    cells = [(row, places[trait]) for row, one in enumerate(asked) for trait in one.traits if trait in places]
    rows, columns = zip(*cells, strict=True) if cells else ((), ())
    shape = (len(asked), len(traits))
    having = sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=shape)
    figures = [[1.0, *(getattr(one.evidence, name) for name in _FIGURES)] for one in asked]
    return sparse.hstack([sparse.csr_matrix(figures), having]).tocsr()
