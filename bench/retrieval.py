"""The city's FAQ (../shared/faq-benchmark) as a retrieval test: its articles, its judged queries, the measures."""

from __future__ import annotations

import gc
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from bench.harness import ROOT, percentile
from knowledge.article import Article
from knowledge.importing import read_articles

FAQ = ROOT.parent / "shared" / "faq-benchmark"
DEPTH = 10

Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Query:
    """A question with the grade (1 partly, 2 right) of each article that answers it."""

    id: str
    text: str
    relevance: Mapping[str, int]


@dataclass(frozen=True)
class Quality:
    """The measures of one query: nDCG@10 with linear gain; SR@1 and reciprocal rank count grade 1 and above."""

    ndcg: float
    first: float
    reciprocal: float


@dataclass(frozen=True)
class Measured:
    """Every query's quality, in the order asked, and how long each took in milliseconds: by the clock, and of the
    processor, which a machine busy with other work tells less wrongly.
    """

    qualities: tuple[Quality, ...]
    milliseconds: tuple[float, ...]
    processor: tuple[float, ...]

    def ndcg(self) -> float:
        """The mean nDCG@10."""
        return float(np.mean([quality.ndcg for quality in self.qualities]))

    def first(self) -> float:
        """SR@1: the share of queries whose first article is right or partly so."""
        return float(np.mean([quality.first for quality in self.qualities]))

    def reciprocal(self) -> float:
        """The mean reciprocal rank within the first ten."""
        return float(np.mean([quality.reciprocal for quality in self.qualities]))

    def p95(self) -> float:
        """The 95th percentile of the time a query took."""
        return percentile(self.milliseconds, 95)

    def p95_processor(self) -> float:
        """The 95th percentile of the processor time a query took."""
        return percentile(self.processor, 95)


def faq_articles() -> tuple[Article, ...]:
    """The FAQ read by the importer."""
    return tuple(read_articles(FAQ / "faq.csv").articles)


def faq_queries(path: Path = FAQ / "dev-queries.jsonl") -> tuple[Query, ...]:
    """The development half of the judged queries."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(Query(row["id"], row["question"], row["relevance"]) for row in rows)


def run(search: Search, queries: Sequence[Query]) -> Measured:
    """Ask every query once, one after the other; `search` takes the text as typed and gives article ids, best first.

    What stands before the first is kept from the collector, as `dxbot serve` does.
    """
    gc.collect()
    gc.freeze()
    qualities, milliseconds, processor = [], [], []
    for query in queries:
        began, spent = perf_counter(), process_time()
        found = search(query.text)
        milliseconds.append((perf_counter() - began) * 1000)
        processor.append((process_time() - spent) * 1000)
        qualities.append(quality(found[:DEPTH], query.relevance))
    return Measured(tuple(qualities), tuple(milliseconds), tuple(processor))


def quality(found: Sequence[str], relevance: Mapping[str, int]) -> Quality:
    """How good a ranking is against the grades."""
    gains = [relevance.get(id_, 0) for id_ in found]
    best = sorted(relevance.values(), reverse=True)[:DEPTH]
    right = next((place for place, gain in enumerate(gains) if gain > 0), None)
    return Quality(
        ndcg=_gain(gains) / _gain(best),
        first=float(right == 0),
        reciprocal=0.0 if right is None else 1 / (right + 1),
    )


def _gain(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
