"""The 育成計画 as lines of text, and as JSON."""

from __future__ import annotations

import json

from bot.texts.ja import development as texts
from staff.calendar import reiwa
from surveys.skills.city_map import Seen
from surveys.skills.development import DevelopmentPlan, PlanCell


def plan_as_text(plan: DevelopmentPlan, skill: str) -> str:
    """A line for each tier (and level, of a skill), with actual and target of each 年度."""
    labels = {tier.id: tier.label for tier in plan.framework.tiers}
    lines = [f"{texts.TIER}: {texts.ACTUAL} / {texts.TARGET}"]
    for line in plan.of_skill(skill):
        level = f" {texts.level_or_more(line.level, plan.framework.label(line.level))}" if line.skill else ""
        years = "  ".join(
            f"{texts.fiscal(reiwa(year))} {_said(cell)}"
            for year, cell in zip(plan.years, line.cells, strict=True)
        )
        lines.append(f"{labels[line.tier]}{level}: {years}")
    return "\n".join(lines)


def plan_as_json(plan: DevelopmentPlan) -> str:
    """Every line with its cells by 年度; `skill` is empty for the tiers at all."""
    told = [
        {
            "tier": line.tier,
            "skill": line.skill,
            "level": line.level,
            "years": {
                str(year): {"target": cell.target, "actual": cell.actual, "state": cell.seen.value}
                for year, cell in zip(plan.years, line.cells, strict=True)
            },
        }
        for line in plan.lines
    ]
    return json.dumps(told, ensure_ascii=False)


def _said(cell: PlanCell) -> str:
    actual = {Seen.HIDDEN: texts.HIDDEN, Seen.BLANK: texts.NOT_YET}.get(cell.seen, f"{cell.actual}")
    return texts.of_target(actual, texts.NO_GOAL if cell.target is None else str(cell.target))
