"""Fit confidence on our own questions, and say how far it can be believed: `python -m bench calibration`.

Writes the curve over shapes of questions (knowledge/answering/data/shapes.json), prints the weights for entries that are
no document (to be put into knowledge/answering/confidence.py) and the reliability of confidence: of the questions with a
confidence about p, which share is answered rightly. Cross-validated: each tenth of the questions by a curve fitted on the
rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench import shapes
from bench.asking import Asked, ask_all
from bench.harness import ROOT, Cell, Result
from bench.page import print_into
from knowledge.answering.confidence import WEIGHTS, features, of_document
from knowledge.answering.evidence import Evidence
from knowledge.answering.wording import ShapeCurve

Numbers = NDArray[np.float64]

PAGE = ROOT / "docs" / "deciding.md"
PARTS = 10
BINS = 10
RIDGE = 1.0
_ROUNDS = 50
_SEED = 4


def measure() -> Result:
    """Fit and keep the curve over shapes, print the weights of the other, and tabulate reliability."""
    asked = ask_all()
    right = np.array([one.right for one in asked], np.float64)
    print_weights(fit(table_of(asked), right))
    fitted = shapes.fit(asked)
    shapes.keep(fitted)
    held_out = cross_validated(asked)
    standing = likelihoods(fitted, asked)
    error = (
        f"Expected calibration error: {expected_error(held_out, right):.3f} cross-validated, "
        f"{expected_error(standing, right):.3f} with the weights in the code."
    )
    print(error)
    rows = tuple(reliability(held_out, right))
    title = f"Reliability of confidence: {len(asked)} questions of our own, cross-validated ({PARTS} parts)"
    result = Result("calibration", title, ("confidence", "questions", "mean", "right"), rows)
    print_into(PAGE, result, error)
    return result


def table_of(asked: Sequence[Asked]) -> Numbers:
    """One row a question, one column a weight, in the order of WEIGHTS."""
    return np.array([row_of(one.evidence, refused=one.refused or one.missing) for one in asked], np.float64)


def row_of(evidence: Evidence, *, refused: bool) -> Numbers:
    """The curve's inputs for one question, in the order of WEIGHTS."""
    inputs = features(evidence, refused=refused)
    return np.array([inputs[name] for name in WEIGHTS], np.float64)


def fit(inputs: Numbers, right: Numbers) -> Numbers:
    """Bias and weights of the logistic curve, by Newton's method with a small ridge."""
    table = np.c_[np.ones(len(inputs)), inputs]
    ridge = RIDGE * np.diag([1e-6, *np.ones(inputs.shape[1])])
    weights = np.zeros(table.shape[1])
    for _ in range(_ROUNDS):
        likely = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (right - likely) - ridge @ weights
        bend = (table * (likely * (1 - likely))[:, None]).T @ table + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def cross_validated(asked: Sequence[Asked]) -> Numbers:
    """The confidence of each question, by a curve fitted without its part."""
    parts = np.random.default_rng(_SEED).permutation(len(asked)) % PARTS
    likely = np.zeros(len(asked))
    for part in range(PARTS):
        fitted = shapes.fit([one for one, of in zip(asked, parts, strict=True) if of != part])
        here = parts == part
        likely[here] = likelihoods(fitted, [one for one, is_here in zip(asked, here, strict=True) if is_here])
    return likely


def likelihoods(fitted: ShapeCurve, asked: Sequence[Asked]) -> Numbers:
    """The confidence of each question by a curve."""
    return np.array(
        [
            of_document(one.evidence, one.traits, refused=one.refused, word_missing=one.missing, curve=fitted)
            for one in asked
        ]
    )


def reliability(likely: Numbers, right: Numbers) -> list[tuple[Cell, ...]]:
    """For each tenth of confidence: how many questions, their mean confidence, the share answered rightly."""
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    filled = [n for n in range(BINS) if (bins == n).any()]
    return [
        (
            f"{n / BINS:.1f}-{(n + 1) / BINS:.1f}",
            int((bins == n).sum()),
            float(likely[bins == n].mean()),
            float(right[bins == n].mean()),
        )
        for n in filled
    ]


def expected_error(likely: Numbers, right: Numbers) -> float:
    """The mean distance between confidence and the share answered rightly, over tenths, by how many fall into each."""
    bins = np.minimum((likely * BINS).astype(int), BINS - 1)
    gaps = [abs(float((likely - right)[bins == n].sum())) for n in range(BINS)]
    return sum(gaps) / len(right)


def print_weights(weights: Numbers) -> None:
    """The fitted curve, as it is to stand in knowledge/answering/confidence.py."""
    shown = ", ".join(f'"{name}": {weight:.2f}' for name, weight in zip(WEIGHTS, weights[1:], strict=True))
    print(f"BIAS = {weights[0]:.2f}\nWEIGHTS = {{{shown}}}")
