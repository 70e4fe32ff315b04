"""What the telework rounds answer of the plan's questions (initiative 5), from published counts alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.disclosure import CITY
from surveys.results import Tables

NEEDS, USAGE = "telework-needs", "telework-usage"
REASONS, WISH, TASKS, OBSTACLES, TERMINAL, WANTED = "N4", "N5", "N7", "N8", "N9", "N10"
WORK, DAYS, REASONS_USED, SATISFACTION = "N3", "U2", "U13", "U11"
# What a 課 looks at first, beside its 部 and the city.
MAIN: Mapping[str, tuple[str, ...]] = {
    NEEDS: (REASONS, WISH, OBSTACLES),
    USAGE: (DAYS, REASONS_USED, "U7", "U12"),
}
# Which part of the people who wish for this are at it on one day.
_AT_ONCE: Mapping[str, float] = {
    "monthly": 0.05,
    "few_monthly": 0.12,
    "weekly": 0.20,
    "few_weekly": 0.50,
    "mostly": 0.90,
    "hours": 0.10,
}
_WEEKLY = ("weekly", "few_weekly", "mostly")


@dataclass(frozen=True)
class Estimate:
    """How many terminals and licences are needed: least and most of each."""

    terminals: tuple[int, int]
    licences: tuple[int, int]


def estimate(tables: Tables, asked: int) -> Estimate | None:
    """From the wishes of the city; None where one of them is hidden. `asked`: how many people the round asked.

    The least: respondents alone, sharing terminals. The most: one for everybody who wishes for a day a week or more, and
    people who did not answer wish as the others do.
    """
    counts = {option: count_of(tables, WISH, option) for option in _AT_ONCE}
    table = tables.get((WISH, (CITY,)))
    base = table.rows[0].base if table else None
    if not base or any(count is None for count in counts.values()):
        return None
    known = {option: count or 0 for option, count in counts.items()}
    scale = max(asked, base) / base
    shared = sum(known[option] * share for option, share in _AT_ONCE.items())
    own = sum(known[option] for option in _WEEKLY)
    rest = sum(known[option] * share for option, share in _AT_ONCE.items() if option not in _WEEKLY)
    wishing = sum(known.values())
    return Estimate(
        terminals=(round(shared), round((own + rest) * scale)), licences=(wishing, round(wishing * scale))
    )


def count_of(tables: Tables, question: str, option: str) -> int | None:
    """The city's count of an option; None where it is hidden or not published."""
    table = tables.get((question, (CITY,)))
    if table is None or option not in table.columns:
        return None
    return table.rows[0].cells[table.columns.index(option)].value
