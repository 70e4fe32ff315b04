"""Deciding: each set of questions as it was first asked, as it stands now, and with weights fitted without it.

`python -m bench deciding` prints the table into docs/deciding.md. A first run counts as unseen, and nothing after it;
"weights of the others" leaves one set out at a time, so that no weight was fitted on the questions it is tried on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.asking import GRADED, PACK, QUESTIONS, ask_all, decider, given, refusals
from bench.harness import ROOT, Cell, Result
from bench.page import print_into
from bench.shapes import fit
from knowledge.answering.confidence import ANSWER, of_document
from knowledge.answering.deciding import Decider
from knowledge.answering.judging import Judged
from knowledge.answering.wording import ShapeCurve
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.evaluation import Grade, GradedQuestion, grade, load_questions
from knowledge.packs import load_pack

PAGE = ROOT / "docs" / "deciding.md"
DEVELOPMENT = ROOT.parent / "shared" / "questions" / "dev-questions.yaml"
KINDS = ("answerable", "unanswerable", "ambiguous")
# What each set scored when it was first asked, before anybody had looked at an answer to it.
FIRST_RUNS: Mapping[str, str] = {
    "own": "62/70, 69/100, 17/30",
    "spoken": "42/60, 16/30, 19/20; 17 wrong",
    "easy": "89/100; 10 wrong",
    "near": "38/100; 43 wrong",
    "fresh": "42/44, 12/18, 7/8; 7 wrong",
    "unseen": "28/50; 16 wrong",
    "blind": "58/70, 26/30, 13/20; 11 wrong",
    "confirming": "26/28, 10/12, 6/8; 3 wrong",
    "staff": "51/70, 25/30, 16/20; 14 wrong",
    "colleague": "33/35, 10/15, 8/10; 6 wrong",
    "newcomer": "31/35, 11/15, 9/10; 8 wrong",
    "corridor": "16/22, 12/18, 6/8; 9 wrong",
    "drawer": "35/44, 42/52; 15 wrong",
    "annex": "20/22, 9/10, 7/8; 3 wrong",
    "lounge": "20/22, 10/11, 4/7; 4 wrong",
    "veranda": "18/23, 8/10, 6/7; 3 wrong",
    "gallery": "22/23, 9/10, 5/7; 3 wrong",
    "kitchen": "31/35, 9/15, 10/10; 6 wrong",
    "mezzanine": "17/20, 20/32, 12/12; 12 wrong",
    "pantry": "32/35, 14/15, 7/10; 6 wrong",
    "yard": "30/32, 28/40; 12 wrong",
    "attic": "32/35, 12/15, 8/10; 4 wrong",
    "stairs": "29/35, 14/15, 10/10; 3 wrong",
    "cellar": "30/35, 15/15, 9/10; 3 wrong",
    "loft": "31/35, 13/15, 9/10; 5 wrong",
    "porch": "74/94, 80/100; 29 wrong",
    "garden": "52/70, 22/30, 14/20; 15 wrong",
    "hedge": "29/47, 38/45; 11 wrong",
    "garage": "59/70, 27/30, 15/20; 7 wrong",
    "harbour": "45/70, 26/30, 11/20; 26 wrong",
    "island": "62/70, 27/30, 13/20; 6 wrong",
    "orchard": "52/70, 22/30, 7/20; 23 wrong",
    "meadow": "60/70, 26/30, 17/20; 8 wrong",
    "terrace": "47/70, 29/30, 19/20; 10 wrong",
    "lobby": "54/70, 25/30, 19/20; 14 wrong",
    "quay": "66/70, 28/30, 16/20; 4 wrong",
    "plaza": "62/70, 28/30, 18/20; 4 wrong",
    "ferry": "62/70, 27/30, 20/20; 6 wrong",
}


@dataclass(frozen=True)
class Tried:
    """A question with its grade; where confidence decides on it, what was judged and the grade of an answer."""

    grade: Grade
    judged: Judged | None = None
    answered: Grade | None = None

    def by(self, curve: ShapeCurve) -> Grade | None:
        """The grade with another curve; None where it withholds an answer."""
        if self.judged is None or self.answered is None or self.judged.refused or self._is_otherwise_decided:
            return self.grade
        missing = bool(self.judged.missing)
        likely = of_document(
            self.judged.evidence, self.judged.traits, refused=False, word_missing=missing, curve=curve
        )
        if likely >= ANSWER:
            return self.answered
        return self.grade if self.grade.given.outcome != "answer" else None

    @property
    def _is_otherwise_decided(self) -> bool:
        """Whether another answer was given than confidence decides on (a comparison)."""
        given_, answered = self.grade.given, self.answered and self.answered.given
        return given_.outcome == "answer" and given_ != answered


def measure() -> Result:
    """Ask every set, fit without each in turn, and tabulate."""
    asker = decider(load_pack(PACK))
    tried = {name: [_try(asker, question) for question in questions] for name, questions in sets_asked()}
    asked = ask_all()
    rows = tuple(
        _row(name, of_set, fit([one for one in asked if one.group != name])) for name, of_set in tried.items()
    )
    columns = ("questions", "first run", "now", "weights of the others")
    title = "Deciding: answered, refused, asked back as they should be; answers that break the rules"
    result = Result("deciding", title, columns, rows)
    print_into(PAGE, result)
    return result


def sets_asked() -> Iterator[tuple[str, Sequence[GradedQuestion]]]:
    """Every set with its questions, the development set first where it is there."""
    if DEVELOPMENT.exists():
        yield "development", load_questions(DEVELOPMENT)
    for name in GRADED:
        yield name.partition("-")[0], load_questions(QUESTIONS / name)
    for group, texts in refusals().items():
        yield group, [GradedQuestion(id=text, question=text, kind="unanswerable") for text in texts]


def _try(asker: Decider, question: GradedQuestion) -> Tried:
    text = clean(question.question)[:MAX_LENGTH]
    graded = grade(question, given(asker.decide(text, 1)))
    judged = asker.judge(text) if question.kind != "ambiguous" else None
    return Tried(graded, judged[0], grade(question, given(judged[1]))) if judged else Tried(graded)


def _row(name: str, tried: Sequence[Tried], curve: ShapeCurve) -> tuple[Cell, ...]:
    return (
        name,
        FIRST_RUNS.get(name, ""),
        _figures([(one.grade.question.kind, one.grade) for one in tried]),
        _figures([(one.grade.question.kind, one.by(curve)) for one in tried]),
    )


def _figures(grades: Sequence[tuple[str, Grade | None]]) -> str:
    """Right of all for each kind there is, and how many answers break the rules; an answer withheld refuses rightly."""
    right: Counter[str] = Counter()
    asked = Counter(kind for kind, _ in grades)
    wrong = 0
    for kind, graded in grades:
        right[kind] += graded.right if graded else kind == "unanswerable"
        wrong += graded.wrong if graded else 0
    counts = ", ".join(f"{right[kind]}/{asked[kind]}" for kind in KINDS if asked[kind])
    return f"{counts}; {wrong} wrong"
