"""The made-up plan of かえで浜市, with the traps of a real one, and the real one where it lies beside the checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from knowledge.article import Article
from knowledge.plan import PlanDocument, parse_plan

MADE_UP = Path(__file__).parent / "data" / "kaedehama-plan.txt"


@cache
def made_up_plan() -> PlanDocument:
    """The made-up plan, read."""
    return parse_plan(MADE_UP.read_text(encoding="utf-8"))


def article(plan: PlanDocument, article_id: str) -> Article:
    """One article of a plan."""
    return next(found for found in plan.articles if found.id == article_id)


def texts(found: Article, label: str = "") -> list[str]:
    """The passages of one row (or of running text), each with its marker."""
    return [passage.marker + passage.text for passage in found.passages if passage.label == label]
