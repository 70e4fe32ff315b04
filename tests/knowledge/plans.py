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


@cache
def revised_text() -> str:
    """The made-up plan's second edition: two years later, one figure and one item changed, one item gone."""
    text = MADE_UP.read_text(encoding="utf-8")
    for old, new in (
        ("＜令和8年度～令和10年度＞", "＜令和10年度～令和12年度＞"),
        ("2026年（令和8年）5月", "2028年（令和10年）5月"),
        ("6割程度とする", "8割程度とする"),
        ("②手続が紙に留まっている。", "②手続の一部が紙に留まっている。"),
        ("<p>②窓口の配置を見直し、 ①の結果を生かす。</p>", ""),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@cache
def revised_plan() -> PlanDocument:
    """The second edition, read."""
    return parse_plan(revised_text())


def article(plan: PlanDocument, article_id: str) -> Article:
    """One article of a plan."""
    return next(found for found in plan.articles if found.id == article_id)


def texts(found: Article, label: str = "") -> list[str]:
    """The passages of one row (or of running text), each with its marker."""
    return [passage.marker + passage.text for passage in found.passages if passage.label == label]
