"""Robustness on the city's FAQ: SR@1 of questions typed in other ways, against the same questions as they stand."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from bench.finding import dxbot
from bench.harness import Result
from bench.retrieval import faq_articles, faq_queries, run
from bench.variants import in_kana, in_other_widths, in_romaji, with_slip, without_long_vowels

_SEED = 4


def measure() -> Result:
    """Ask every query of the development half in each way."""
    search, queries = dxbot(faq_articles()), faq_queries()
    chance = random.Random(_SEED)
    ways: dict[str, Callable[[str], str]] = {
        "clean": lambda text: text,
        "kana only": in_kana,
        "romaji": in_romaji,
        "one slip": lambda text: with_slip(text, chance),
        "other widths": in_other_widths,
        "no long vowels": without_long_vowels,
    }
    rows: list[tuple[str, float, float, float]] = []
    for name, way in ways.items():
        measured = run(search, [replace(query, text=way(query.text)) for query in queries])
        clean = rows[0][1] if rows else measured.first()
        rows.append((name, measured.first(), 100 * measured.first() / clean, measured.p95()))
    title = f"Robustness: {len(queries)} queries of a city's FAQ, typed in other ways (seed {_SEED})"
    return Result("robustness", title, ("typed", "SR@1", "% of clean", "p95 ms"), tuple(rows))
