"""How likely an answer is right: logistic curves, fitted by `python -m bench calibration`.

A document is judged by the shape of the question beside it, too; an entry that answers one question of its own is not, for
shapes were learned of documents alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from knowledge.answering.evidence import Evidence
from knowledge.answering.wording import ShapeCurve, shape_curve

# Fitted on our own questions (bench/questions, and the pack's typical questions asked of an index without them).
BIAS = -0.26
WEIGHTS = {"cover": 0.66, "gap": -0.81, "unwritten": -0.83, "lead": 2.99, "held": 1.57, "refused": -3.97}

# A wrong answer costs as much as an answer withheld; between the two thresholds, two close entries are asked back.
ANSWER = 0.5
CLARIFY = 0.35

# The curve was fitted on our own questions, which hold far more near misses than people ask; of those that no reason refuses,
# more have an answer (e to the power of this).
_UNREFUSED = 1.5
# A word that nobody wrote tells too little to refuse by itself, but it tells; a reason tells all.
_WORD_MISSING = 2.0
_REFUSED = 4.0
# An answer must be the right one, too, which the curve knows nothing of: what it is sure of is right a little less often.
_LESS_SURE = 0.6

NAMED = 0.95
COMPARED = 0.9


def features(evidence: Evidence, *, refused: bool) -> dict[str, float]:
    """The evidence as the curve's inputs, by the names of its weights."""
    return {
        "cover": evidence.cover,
        "gap": evidence.gap,
        "unwritten": evidence.unwritten,
        "lead": evidence.lead,
        "held": evidence.held,
        "refused": float(refused),
    }


def confidence(evidence: Evidence, *, refused: bool = False) -> float:
    """The probability, 0 to 1, that the best entry's answer is right; `refused` when a reason not to answer holds.

    A reason outweighs any evidence: with one, there is never enough to answer or to ask back.
    """
    inputs = features(evidence, refused=refused)
    likely = 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in inputs.items())))
    return min(likely, CLARIFY) if refused else likely


def of_document(
    evidence: Evidence,
    traits: Iterable[str],
    *,
    refused: bool,
    word_missing: bool,
    curve: ShapeCurve | None = None,
) -> float:
    """The same for a document: by the `traits` of the question's shape, and whether a word of it is missing there.

    `curve` is the one that ships, unless another is tried.
    """
    odds = (curve or shape_curve()).log_odds(evidence, traits) + _UNREFUSED - _WORD_MISSING * word_missing
    likely = 1 / (1 + math.exp(_REFUSED * refused - _LESS_SURE * odds))
    return min(likely, CLARIFY) if refused else likely
