"""Our own questions, each with whether the answer it would get is right: what confidence is fitted and measured on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.harness import PLAN
from knowledge.answer import Answer
from knowledge.answering.deciding import Decider
from knowledge.answering.evidence import Evidence
from knowledge.article import Article
from knowledge.asking.question import MAX_LENGTH, clean
from knowledge.base import build_decider
from knowledge.evaluation import Given, GradedQuestion, grade, load_questions
from knowledge.packs import load_pack, load_vocabulary
from knowledge.plan import parse_plan

QUESTIONS = Path(__file__).with_name("questions")
GRADED = tuple(
    f"{name}-questions.yaml"
    for name in (
        "own",
        "spoken",
        "fresh",
        "blind",
        "confirming",
        "staff",
        "colleague",
        "newcomer",
        "corridor",
        "drawer",
        "annex",
        "lounge",
        "veranda",
        "gallery",
        "kitchen",
        "mezzanine",
        "pantry",
        "yard",
        "attic",
        "stairs",
        "cellar",
        "loft",
        "porch",
        "garden",
        "hedge",
        "garage",
        "harbour",
        "island",
        "orchard",
        "meadow",
        "terrace",
        "lobby",
        "quay",
        "plaza",
        "ferry",
    )
)
UNANSWERABLE = "refusal-questions.yaml"
PACK = "fujisawa"
FOLDS = 5


@dataclass(frozen=True)
class Asked:
    """A question that was asked: its set, its kind, what speaks for and against the answer, and whether that is right."""

    group: str
    kind: str
    text: str
    evidence: Evidence
    traits: frozenset[str]
    missing: bool
    refused: bool
    right: bool


def plan_articles() -> list[Article]:
    """The city's plan where it lies beside the checkout; without it the pack answers alone."""
    return list(parse_plan(PLAN.read_text(encoding="utf-8")).articles) if PLAN.exists() else []


def decider(articles: list[Article]) -> Decider:
    """The pack's articles with the plan."""
    return build_decider(articles, plan_articles(), load_vocabulary([PACK]))


def refusals() -> dict[str, list[str]]:
    """The questions to refuse, by how near the subject they are."""
    text = (QUESTIONS / UNANSWERABLE).read_text(encoding="utf-8")
    return {group: list(questions) for group, questions in yaml.safe_load(text).items()}


def ask_all() -> list[Asked]:
    """Every question with one clear kind: those to answer, and those to refuse. The ambiguous have no right answer."""
    everything = decider(load_pack(PACK))
    asked = [*_graded(everything), *_to_refuse(everything)]
    return [*asked, *(one for fold in range(FOLDS) for one in _left_out(fold))]


def _graded(everything: Decider) -> Iterator[Asked]:
    for name in GRADED:
        for question in load_questions(QUESTIONS / name):
            if question.kind != "ambiguous":
                yield from _asked(everything, name.partition("-")[0], question)


def _to_refuse(everything: Decider) -> Iterator[Asked]:
    """Those on other subjects and those near ours."""
    for group, questions in refusals().items():
        for text in questions:
            yield from _asked(everything, group, GradedQuestion(id=text, question=text, kind="unanswerable"))


def _left_out(fold: int) -> Iterator[Asked]:
    """The pack's typical questions of one fold, asked of an index that does not have them."""
    pack = load_pack(PACK)
    without = decider([_keep(article, lambda place: place % FOLDS != fold) for article in pack])
    for article in pack:
        for text in _keep(article, lambda place: place % FOLDS == fold).questions:
            question = GradedQuestion(id=text, question=text, kind="answerable", expect=(article.title,))
            yield from _asked(without, "pack", question)


def _keep(article: Article, wanted: Callable[[int], bool]) -> Article:
    kept = tuple(text for place, text in enumerate(article.questions) if wanted(place))
    return article.model_copy(update={"questions": kept})


def _asked(asker: Decider, group: str, question: GradedQuestion) -> Iterator[Asked]:
    judged = asker.judge(clean(question.question)[:MAX_LENGTH])
    if judged is None:
        return
    found, answer = judged
    right = question.kind == "answerable" and grade(question, given(answer)).right
    yield Asked(
        group,
        question.kind,
        question.question,
        found.evidence,
        found.traits,
        bool(found.missing),
        found.refused,
        right,
    )


def given(answer: Answer) -> Given:
    """An answer as the grader takes it."""
    titles = dict.fromkeys([answer.title, *(excerpt.title for excerpt in answer.excerpts)])
    text = "\n".join(
        [answer.title, *(f"{e.title} {e.label} {e.text}" for e in answer.excerpts), *answer.notes]
    )
    return Given(answer.outcome, tuple(titles), text, tuple(c.title for c in answer.candidates))
