"""Choose the passages of an entry that answer a question, in the source's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.answer import Excerpt
from knowledge.answering.asking import Asked
from knowledge.answering.concepts import Concept, Question
from knowledge.answering.finding import Finder, FoundPassage, Hit
from knowledge.article import Kind, Layer
from knowledge.language.japanese import fold

_MOST_PASSAGES = 4
_ROW_BONUS = 0.2
_TITLED = 0.3
_LEAST_GAIN = 0.08
_SHORT = 350
_SHORT_ROWS = frozenset({"KPI", "国の取組方針", "工程表", "概要"})


def excerpts_for(finder: Finder, hit: Hit, question: Question) -> tuple[Excerpt, ...]:
    """The official passages that cover the question, then the plain explanation of the same."""
    official = _choose(finder, _numbers(finder, hit, Layer.OFFICIAL), question, hit.entry.kind)
    editorial = _choose(finder, _numbers(finder, hit, Layer.EDITORIAL), question, hit.entry.kind)
    if official:
        editorial = editorial[:1]
    return tuple(_excerpt(finder.passages[n], hit) for n in (*official, *editorial))


def whole_entry(finder: Finder, number: int) -> tuple[Excerpt, ...]:
    """Every passage of an entry, the official ones first."""
    entry = finder.entries[number]
    hit = Hit(entry, number, 1.0, 1.0)
    return tuple(_excerpt(finder.passages[n], hit) for n in finder.passages_of(number))


def _numbers(finder: Finder, hit: Hit, layer: Layer) -> list[int]:
    return [n for n in finder.passages_of(hit.number) if finder.passages[n].article.layer is layer]


def _choose(finder: Finder, numbers: Sequence[int], question: Question, kind: Kind) -> list[int]:
    if not numbers:
        return []
    passages = {n: finder.passages[n].passage for n in numbers}
    official = finder.passages[numbers[0]].article.layer is Layer.OFFICIAL
    if official and kind is not Kind.INITIATIVE and sum(len(p.text) for p in passages.values()) <= _SHORT:
        return list(numbers)
    rows = [n for n, p in passages.items() if p.label in question.rows and _whole_row(p.label, question)]
    return sorted(_greedy(finder, numbers, question, rows))


def _whole_row(row: str, question: Question) -> bool:
    """Short rows are shown whole when they are asked for; the lists of items when all of them are."""
    return row in _SHORT_ROWS or Asked.LIST in question.asked


def _greedy(finder: Finder, numbers: Sequence[int], question: Question, served: Sequence[int]) -> list[int]:
    """What is `served` already, and whichever passages add most of what is not covered yet, while worth reading."""
    chosen = list(served)
    left = _left_to_cover(finder, numbers[0], question)
    total = sum(left.values()) or 1.0
    for number in chosen:
        left = _without(finder, number, left)
    rows = set(question.rows) - {finder.passages[n].passage.label for n in chosen}
    while len(chosen) < max(_MOST_PASSAGES, len(served)):
        gains = {n: _gain(finder, n, left, total, rows) for n in numbers if n not in chosen}
        best = max(gains, key=lambda n: gains[n], default=None)
        if best is None or (chosen and gains[best] < _LEAST_GAIN):
            break
        chosen.append(best)
        rows.discard(finder.passages[best].passage.label)
        left = _without(finder, best, left)
    return chosen


def _left_to_cover(finder: Finder, number: int, question: Question) -> dict[Concept, float]:
    """Each concept with its weight; what the entry's own title says already counts less."""
    title = fold(finder.entries[finder.passages[number].entry].title)
    return {c: finder.weight(c) * (_TITLED if c.surface in title else 1.0) for c in question.concepts}


def _without(finder: Finder, number: int, left: Mapping[Concept, float]) -> dict[Concept, float]:
    return {
        concept: weight * (1 - finder.passage_covers(number, concept)) for concept, weight in left.items()
    }


def _gain(finder: Finder, number: int, left: Mapping[Concept, float], total: float, rows: set[str]) -> float:
    covered = sum(weight * finder.passage_covers(number, concept) for concept, weight in left.items())
    return covered / total + (_ROW_BONUS if finder.passages[number].passage.label in rows else 0.0)


def _excerpt(found: FoundPassage, hit: Hit) -> Excerpt:
    passage, article = found.passage, found.article
    source = article.source if article.layer is Layer.OFFICIAL else hit.entry.source
    return Excerpt(
        article_id=hit.entry.id,
        title=hit.entry.title,
        layer=article.layer,
        text=passage.text,
        source=source,
        label=f"{passage.label}{passage.marker}",
    )
