"""How many have answered, as counts that name nobody: 課 where they are large enough, else their 部."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from surveys.definition import Identity
from surveys.question import THRESHOLD
from surveys.round import ResponseCount, Round


@dataclass(frozen=True)
class Rate:
    """How many are asked and have answered in these departments (ids) together."""

    departments: tuple[str, ...]
    asked: int
    answered: int


def shown_rates(round_: Round, counts: Sequence[ResponseCount]) -> list[Rate]:
    """Rows that add up to the whole, each of at least five people where the whole has them.

    A 部 with a 課 of fewer than five people stands as one row, as does every 部 of an anonymous round.
    """
    divisions: dict[str, list[ResponseCount]] = defaultdict(list)
    for count in counts:
        divisions[count.division_id].append(count)
    rates: list[Rate] = []
    for division, sections in divisions.items():
        small = any(section.asked < THRESHOLD for section in sections)
        if small or round_.definition.identity is Identity.ANONYMOUS:
            rates.append(_sum((division,), sections))
        else:
            rates += [_sum((section.section_id,), [section]) for section in sections]
    return _large_enough(_in_order(rates, round_))


def own_rate(rates: Iterable[Rate], section_id: str, division_id: str) -> Rate | None:
    """The row that a 課 is part of."""
    return next((rate for rate in rates if {section_id, division_id} & set(rate.departments)), None)


def whole(counts: Iterable[ResponseCount]) -> tuple[int, int]:
    """How many are asked and have answered in all."""
    found = list(counts)
    return sum(count.asked for count in found), sum(count.answered for count in found)


def standing(round_: Round, counts: Iterable[ResponseCount]) -> tuple[int, int]:
    """The same; of a closed round as it was at opening and closing, whoever was forgotten since."""
    if round_.answered is None:
        return whole(counts)
    return sum(round_.headcounts.values()), round_.answered


def _sum(departments: tuple[str, ...], counts: Sequence[ResponseCount]) -> Rate:
    return Rate(departments, *whole(counts))


def _large_enough(rates: list[Rate]) -> list[Rate]:
    """Rows of fewer than five people are put together with the smallest of the others."""
    while len(rates) > 1 and any(rate.asked < THRESHOLD for rate in rates):
        first, second = sorted(rates, key=lambda rate: rate.asked)[:2]
        rates = [rate for rate in rates if rate not in (first, second)]
        rates.append(
            Rate(
                first.departments + second.departments,
                first.asked + second.asked,
                first.answered + second.answered,
            )
        )
    return rates


def _in_order(rates: list[Rate], round_: Round) -> list[Rate]:
    places: Mapping[str, int] = {one.id: place for place, one in enumerate(round_.departments)}
    return sorted(rates, key=lambda rate: places.get(rate.departments[0], len(places)))
