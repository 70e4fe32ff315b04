"""Robustness on the city's FAQ: SR@1 of questions typed in other ways, against the same questions as they stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from statistics import mean

from bench.finding import dxbot
from bench.harness import Result
from bench.retrieval import faq_articles, faq_queries, run
from bench.variants import in_kana, in_other_widths, in_romaji, with_slip, without_long_vowels

_SEEDS = (4, 5, 6)


def measure() -> Result:
    """Ask every query of the development half in each way; slips are drawn three times over."""
    search, queries = dxbot(faq_articles()), faq_queries()
    ways: dict[str, tuple[Callable[[str], str], ...]] = {
        "clean": (str,),
        "kana only": (in_kana,),
        "romaji": (in_romaji,),
        "one slip": tuple(partial(with_slip, chance=random.Random(seed)) for seed in _SEEDS),
        "other widths": (in_other_widths,),
        "no long vowels": (without_long_vowels,),
    }
    rows: list[tuple[str, float, float, float]] = []
    for name, draws in ways.items():
        asked = [[replace(query, text=way(query.text)) for query in queries] for way in draws]
        measured = [run(search, draw) for draw in asked]
        first = mean(draw.first() for draw in measured)
        clean = rows[0][1] if rows else first
        rows.append((name, first, 100 * first / clean, max(draw.p95() for draw in measured)))
    title = (
        f"Robustness: {len(queries)} queries of a city's FAQ, typed in other ways (slips of seeds {_SEEDS})"
    )
    return Result("robustness", title, ("typed", "SR@1", "% of clean", "p95 ms"), tuple(rows))
