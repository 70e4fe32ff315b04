"""How likely an answer is right: a logistic curve over the evidence, fitted by `python -m bench calibration`."""

from __future__ import annotations

import math

from knowledge.answering.evidence import Evidence

# Fitted on our own questions (bench/questions, and the pack's typical questions asked of an index without them).
BIAS = -0.26
WEIGHTS = {"cover": 0.66, "gap": -0.81, "unwritten": -0.83, "lead": 2.99, "held": 1.57, "refused": -3.97}

# A wrong answer costs as much as an answer withheld; between the two thresholds, two close entries are asked back.
ANSWER = 0.5
CLARIFY = 0.35

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
