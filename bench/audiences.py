"""Audiences: the city's FAQ with articles that each of forty 課 alone may see, asked by all of them in turn."""

from __future__ import annotations

from time import perf_counter, process_time

from bench.harness import Result, percentile
from bench.megabytes import megabytes
from bench.retrieval import faq_articles, faq_queries
from knowledge.article import Article, Audience
from knowledge.asking.question import clean
from knowledge.packs import PackVocabulary
from knowledge.views import Views
from knowledge.visibility import Viewer
from staff.model import Role

AUDIENCES = 40
EVERY = 10  # of so many articles one is its owner's alone


def measure() -> Result:
    """Make each audience's view, then ask every question of the development half, each of the next audience."""
    views = Views.of(1, ((), _restricted()), PackVocabulary())
    viewers = [Viewer(frozenset({Role.STAFF}), frozenset({_owner(number)})) for number in range(AUDIENCES)]
    before, made = megabytes("VmRSS"), []
    for viewer in viewers:
        began = process_time()
        views.seen_by(viewer)
        made.append(process_time() - began)
    weight = (megabytes("VmRSS") - before) / AUDIENCES
    rows = (
        ("the first view made, CPU s", made[0]),
        ("each further view, CPU s (median)", percentile(made[1:], 50)),
        ("a view, MB", weight),
        *_asked("one audience", views, viewers[:1]),
        *_asked(f"{AUDIENCES} audiences in turn", views, viewers),
    )
    title = f"{AUDIENCES} audiences over {len(views.whole.entries)} articles, one in {EVERY} restricted"
    return Result("audiences", title, ("what", "measured"), rows)


def _asked(name: str, views: Views, viewers: list[Viewer]) -> list[tuple[str, float]]:
    taken, spent = [], []
    for number, query in enumerate(faq_queries()):
        began, before = perf_counter(), process_time()
        views.seen_by(viewers[number % len(viewers)]).answer(clean(query.text))
        taken.append((perf_counter() - began) * 1000)
        spent.append((process_time() - before) * 1000)
    figures = (("p50 ms", taken, 50), ("p95 ms", taken, 95), ("p95 CPU ms", spent, 95))
    return [(f"{name}: {figure}", percentile(values, percent)) for figure, values, percent in figures]


def _restricted() -> list[Article]:
    """The FAQ; every tenth article is for the people of its 課."""
    return [
        article.model_copy(
            update={"visible_to": (Audience.OWNER,), "owner": _owner(number // EVERY % AUDIENCES)}
        )
        if number % EVERY == 0
        else article
        for number, article in enumerate(faq_articles())
    ]


def _owner(number: int) -> str:
    return f"見本第{number}課"
