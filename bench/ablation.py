"""Ablation: what each reason not to answer does, over all our questions, with the curve fitted without the set it is tried on.

`python -m bench ablation` prints the table into docs/deciding.md: of the questions that would be answered were it not for
this one reason, how many have no answer, how many would get a wrong passage, and how many the right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.asking import PACK, Asked, ask_all, decider, given
from bench.deciding import PAGE, sets_asked
from bench.harness import Cell, Result
from bench.page import print_into
from bench.shapes import fit
from knowledge.answering.confidence import ANSWER, of_document
from knowledge.answering.deciding import Decider
from knowledge.answering.judging import Judged
from knowledge.answering.refusing import REASONS, WORDS, reasons_held
from knowledge.answering.wording import ShapeCurve
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.evaluation import GradedQuestion, grade
from knowledge.packs import load_pack

UNANSWERABLE, MISLEADING, RIGHT = "refused rightly", "wrong passage withheld", "right answer withheld"


@dataclass(frozen=True)
class Withheld:
    """A question that is not answered, but would be without one reason; `what` is what the answer would be."""

    reason: str
    what: str


def measure() -> Result:
    """Take away each reason in turn and tabulate."""
    return tabulate(decider(load_pack(PACK)), ask_all())


def tabulate(asker: Decider, asked: Sequence[Asked]) -> Result:
    """The table for questions asked already, from which curves are fitted."""
    counted: Counter[Withheld] = Counter()
    for name, questions in sets_asked():
        curve = fit([one for one in asked if one.group != name])
        counted.update(one for question in questions for one in _withheld(asker, question, curve))
    kinds = (UNANSWERABLE, MISLEADING, RIGHT)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (reason, *(counted[Withheld(reason, kind)] for kind in kinds)) for reason in (*REASONS, *WORDS)
    )
    title = "Ablation: questions that would be answered were it not for this one reason"
    result = Result("ablation", title, ("reason", *kinds), rows)
    print_into(PAGE, result)
    return result


def _withheld(asker: Decider, question: GradedQuestion, curve: ShapeCurve) -> Iterator[Withheld]:
    if question.kind == "ambiguous":
        return
    judged = asker.judge(clean(question.question)[:MAX_LENGTH])
    if judged is None:
        return
    found, answer = judged
    held = reasons_held(found.found)
    if _is_answered(found, held, curve):
        return
    right = grade(question, given(answer)).right
    what = UNANSWERABLE if question.kind == "unanswerable" else RIGHT if right else MISLEADING
    yield from (Withheld(reason, what) for reason in held if _is_answered(found, held - {reason}, curve))


def _is_answered(judged: Judged, held: frozenset[str], curve: ShapeCurve) -> bool:
    """Whether an answer is given where only these reasons hold."""
    refused = not held.isdisjoint(REASONS)
    missing = not held.isdisjoint(WORDS)
    likely = of_document(judged.evidence, judged.traits, refused=refused, word_missing=missing, curve=curve)
    return not refused and likely >= ANSWER
