"""The goals of the 育成計画 as they are typed: every wrong field named, or all goals."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from bot.texts.ja import development as texts
from surveys.skills.development import EVERY_SKILL, MOST_PEOPLE, Goal
from surveys.skills.framework import LEVELS, Framework

Typed = Mapping[tuple[str, int], str]
Errors = dict[tuple[str, int], str]


def places_of(framework: Framework, skill: str) -> list[tuple[str, int]]:
    """The (tier, level) pairs that a skill, or the tiers at all, have goals for."""
    levels = [0] if skill == EVERY_SKILL else LEVELS[1:]
    return [(tier.id, level) for tier in framework.tiers for level in levels]


def read_goals(framework: Framework, year: int, skill: str, typed: Typed) -> tuple[list[Goal], Errors]:
    """What was typed for a 年度 as goals; an empty field is no goal. With errors, by (tier, level), there are no goals."""
    found: dict[tuple[str, int], int] = {}
    errors: Errors = {}
    for place in places_of(framework, skill):
        text = unicodedata.normalize("NFKC", typed.get(place, "")).strip().removesuffix("人").replace(",", "")
        if not text:
            continue
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(MOST_PEOPLE)):
            errors[place] = texts.NOT_A_NUMBER
        elif int(text) > MOST_PEOPLE:
            errors[place] = texts.too_many(MOST_PEOPLE)
        else:
            found[place] = int(text)
    errors |= dict(_rising(found))
    goals = [
        Goal(year=year, tier=tier, skill=skill, level=level, people=people)
        for (tier, level), people in found.items()
    ]
    return ([] if errors else goals), errors


def _rising(found: Mapping[tuple[str, int], int]) -> Iterator[tuple[tuple[str, int], str]]:
    """Whoever is at a level is at those below too, so a goal is never above that of a lower level."""
    for (tier, level), people in found.items():
        lower = [found[tier, below] for below in range(level) if (tier, below) in found]
        if lower and people > min(lower):
            yield (tier, level), texts.more_than_below(min(lower))
