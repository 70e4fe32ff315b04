"""How likely a document answers a question of this shape: a logistic curve with a weight for each trait.

Fitted on our own questions by `python -m bench calibration`, which writes `data/shapes.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.answering.evidence import Evidence

DATA = Path(__file__).with_name("data") / "shapes.json"


@dataclass(frozen=True)
class ShapeCurve:
    """Log-odds for an answer: `bias`, a weight for each figure of the evidence, one for each trait; others count nothing."""

    bias: float
    evidence: Mapping[str, float]
    traits: Mapping[str, float]

    def log_odds(self, evidence: Evidence, traits: Iterable[str]) -> float:
        """How much more likely an answer is right than not, as a logarithm."""
        weighed = sum(weight * getattr(evidence, name) for name, weight in self.evidence.items())
        known = self.traits
        return self.bias + float(weighed) + sum(known[trait] for trait in traits if trait in known)


@cache
def shape_curve() -> ShapeCurve:
    """The curve that ships with the program."""
    return ShapeCurve(**json.loads(DATA.read_text(encoding="utf-8")))
