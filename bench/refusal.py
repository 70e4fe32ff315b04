"""Refusal: how well confidence tells what can be answered from what cannot, and the curve of it.

`python -m bench refusal` asks our own answerable questions and those to refuse (a hundred far from the subject,
a hundred near it; fifty more near it, written later), prints AUROC for confidence and for the plain signals beside it into
docs/deciding.md, and draws docs/images/refusal.svg.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.asking import GRADED, PACK, QUESTIONS, decider, refusals
from bench.harness import ROOT, Cell, Result
from bench.page import print_into
from bench.roc import Curve, draw
from knowledge.answer import Answer
from knowledge.answering.deciding import Decider
from knowledge.article import Outcome
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.evaluation import load_questions
from knowledge.packs import load_pack

PAGE = ROOT / "docs" / "deciding.md"
CURVE = ROOT / "docs" / "images" / "refusal.svg"
SIGNALS = ("confidence", "cover", "score")


@dataclass(frozen=True)
class Given:
    """What one question got: the outcome, and each signal that could tell whether to answer."""

    outcome: Outcome
    confidence: float
    cover: float
    score: float


def measure() -> Result:
    """Ask all, tabulate, draw."""
    asker = decider(load_pack(PACK))
    answerable = [_ask(asker, text) for text in _answerable()]
    groups = {name: [_ask(asker, text) for text in texts] for name, texts in refusals().items()}
    CURVE.write_text(
        draw([_curve(name, answerable, group) for name, group in groups.items()]), encoding="utf-8"
    )
    rows = [_row("answerable", answerable, [])]
    rows += [_row(name, group, answerable) for name, group in groups.items()]
    title = (
        f"Refusal: AUROC against {len(answerable)} answerable questions; curve in {CURVE.relative_to(ROOT)}"
    )
    columns = (
        "questions",
        "asked",
        "answered",
        "asked back",
        "refused",
        *(f"AUROC {name}" for name in SIGNALS),
    )
    result = Result("refusal", title, columns, tuple(rows))
    print_into(PAGE, result)
    return result


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The share of pairs in which the positive stands above the negative; a tie counts half."""
    above, below = np.asarray(positive, np.float64)[:, None], np.asarray(negative, np.float64)[None, :]
    return float((above > below).mean() + 0.5 * (above == below).mean())


def rates(
    positive: Sequence[float], negative: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each threshold, from the highest: the share of negatives answered, the share of positives answered."""
    thresholds = np.unique([*positive, *negative])[::-1]
    false = [float((np.asarray(negative) >= t).mean()) for t in thresholds]
    true = [float((np.asarray(positive) >= t).mean()) for t in thresholds]
    return np.array([0.0, *false]), np.array([0.0, *true])


def _answerable() -> list[str]:
    questions = (question for name in GRADED for question in load_questions(QUESTIONS / name))
    return [question.question for question in questions if question.kind == "answerable"]


def _ask(asker: Decider, text: str) -> Given:
    question = clean(text)[:MAX_LENGTH]
    answer: Answer = asker.decide(question, 1)
    hits = asker.ranked(question)
    cover, score = (hits[0].cover, hits[0].score) if hits else (0.0, 0.0)
    return Given(answer.outcome, answer.confidence, cover, score)


def _curve(name: str, answerable: Sequence[Given], group: Sequence[Given]) -> Curve:
    positive, negative = ([given.confidence for given in givens] for givens in (answerable, group))
    false, true = rates(positive, negative)
    return Curve(f"{name} (AUROC {auroc(positive, negative):.3f})", false, true)


def _row(name: str, group: Sequence[Given], answerable: Sequence[Given]) -> tuple[Cell, ...]:
    outcomes = Counter(given.outcome for given in group)
    measured: list[Cell] = ["", "", ""]
    if answerable:
        measured = [
            auroc([getattr(g, s) for g in answerable], [getattr(g, s) for g in group]) for s in SIGNALS
        ]
    return (name, len(group), outcomes["answer"], outcomes["clarify"], outcomes["unknown"], *measured)
