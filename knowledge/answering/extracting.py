"""Choose the passages of an entry that answer a question, in the source's own words."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.answer import Excerpt
from knowledge.answering.asking import Asked, rows_asked
from knowledge.answering.concepts import Question
from knowledge.answering.finding import Finder, Hit
from knowledge.answering.passages import FoundPassage
from knowledge.answering.procedures import ROWS, rows_that_answer
from knowledge.answering.sentences import AT_A_GLANCE, has_every_word, passage_that_answers
from knowledge.article import Kind, Layer
from knowledge.language.japanese import fold

_MOST_PASSAGES = 4
_ROW_BONUS = 0.2
_YEAR_BONUS = 0.2
_TITLED = 0.3
_LEAST_GAIN = 0.15
_SHORT = 350
# The plain explanation calls two rows by simpler names.
_ROW_OF_LABEL = {"国の動き": "国の取組方針", "課題": "現状と課題"}
_SHORT_ROWS = frozenset({"KPI", "国の取組方針", "工程表", "概要"})


def excerpts_for(finder: Finder, hit: Hit, question: Question) -> tuple[Excerpt, ...]:
    """The official passages that cover the question, then the plain explanation of the same."""
    official = _official(finder, hit, question)
    editorial = _editorial(finder, hit, question, beside=bool(official))
    return tuple(_excerpt(finder.passages[n], hit) for n in (*official, *editorial))


def narrowed(
    finder: Finder, excerpts: tuple[Excerpt, ...], question: Question, kind: Kind
) -> tuple[Excerpt, ...]:
    """The same excerpts, each down to the sentences that answer; whole where a list, a meaning or two are asked for."""
    if question.asked & {Asked.LIST, Asked.COMPARISON} or not question.asks:
        return excerpts
    if kind is Kind.TERM and Asked.DEFINITION in question.asked:
        return excerpts
    return tuple(
        excerpt if _is_to_be_whole(finder, excerpt, question) else _cut(finder, excerpt, question)
        for excerpt in excerpts
    )


def _is_to_be_whole(finder: Finder, excerpt: Excerpt, question: Question) -> bool:
    """Short enough to read at a glance, a row of a procedure, or a row that was asked for: whole where it is short, and
    where the words of the question don't tell which of its items is meant.
    """
    if excerpt.label.startswith(ROWS) or len(excerpt.text) <= AT_A_GLANCE[excerpt.layer]:
        return True
    row = _ROW_OF_LABEL.get(excerpt.label, excerpt.label)
    if row not in question.rows or row in _SHORT_ROWS:
        return row in question.rows
    return not has_every_word(excerpt.text, question, f"{excerpt.title} {row}", finder.sentences_of)


def _cut(finder: Finder, excerpt: Excerpt, question: Question) -> Excerpt:
    text = passage_that_answers(excerpt.text, question, excerpt.title, finder.sentences_of)
    return excerpt.model_copy(update={"text": text})


def whole_entry(finder: Finder, number: int) -> tuple[Excerpt, ...]:
    """Every passage of an entry, the official ones first."""
    entry = finder.entries[number]
    hit = Hit(entry, number, 1.0, 1.0)
    return tuple(_excerpt(finder.passages[n], hit) for n in finder.passages_of(number))


def _numbers(finder: Finder, hit: Hit, layer: Layer) -> list[int]:
    passages = zip(finder.passages.of(hit.number), finder.passages.found(hit.number), strict=True)
    return [number for number, passage in passages if passage.article.layer is layer]


def _official(finder: Finder, hit: Hit, question: Question) -> list[int]:
    numbers = _numbers(finder, hit, Layer.OFFICIAL)
    short = sum(len(finder.passages[n].passage.text) for n in numbers) <= _SHORT
    if short and hit.entry.kind is not Kind.INITIATIVE:
        return numbers
    return sorted(_choose(finder, numbers, hit, question))


def _editorial(finder: Finder, hit: Hit, question: Question, *, beside: bool) -> list[int]:
    """The explanation: one paragraph beside the official text, more where it stands alone."""
    numbers = _numbers(finder, hit, Layer.EDITORIAL)
    if hit.entry.main.steps:
        return _procedure(finder, numbers, question)
    if hit.entry.kind is Kind.TERM and question.asked & {Asked.DEFINITION, Asked.COMPARISON}:
        return numbers[:1]
    if beside:
        return _choose(finder, numbers, hit, question, most=1)[:1]
    return sorted(_choose(finder, numbers, hit, question))


def _procedure(finder: Finder, numbers: Sequence[int], question: Question) -> list[int]:
    """The rows of a procedure that answer; with all of them the text above them, too."""
    passages = {n: finder.passages[n].passage for n in numbers}
    rows = rows_that_answer(question, list(passages.values()))
    whole = {p.label for p in passages.values()} & set(ROWS) == set(rows)
    return [
        n for n, passage in passages.items() if passage.label in rows or (whole and passage.label not in ROWS)
    ]


def _choose(
    finder: Finder, numbers: Sequence[int], hit: Hit, question: Question, most: int = _MOST_PASSAGES
) -> list[int]:
    """Passages worth reading, the rows asked for first, then by what they add; at most `most` that were not asked for."""
    whole = [row for row in question.rows if _whole_row(row, hit, question)]
    served = [n for n in numbers if _row(finder, n) in whole] if whole else []
    return _greedy(finder, numbers, question, served, most) if numbers else []


def _whole_row(row: str, hit: Hit, question: Question) -> bool:
    """A short row is shown whole when it is asked for; a list of items when all are, or nothing narrower is."""
    if row in _SHORT_ROWS or Asked.LIST in question.asked:
        return True
    title = fold(hit.entry.title)
    return all(c.surface in title or rows_asked(c.surface) for c in question.concepts)


def _row(finder: Finder, number: int) -> str:
    label = finder.passages[number].passage.label
    return _ROW_OF_LABEL.get(label, label)


def _greedy(
    finder: Finder, numbers: Sequence[int], question: Question, served: Sequence[int], most: int
) -> list[int]:
    """What is `served` already, and whichever passages add most of what is not covered yet, while worth reading."""
    covers = _covers(finder, finder.passages.entry_of(numbers[0]), question)
    chosen = list(served)
    left = _left_to_cover(finder, numbers[0], question, after=bool(served))
    total = sum(finder.weight(concept) for concept in question.concepts) or 1.0
    for number in chosen:
        left = _without(covers[number], left)
    rows = set(question.rows) - {_row(finder, n) for n in chosen}
    while len(chosen) < max(most, len(served)):
        gains = {
            n: _gain(covers[n], left) / total + _bonus(finder, n, rows, question)
            for n in numbers
            if n not in chosen
        }
        best = max(gains, key=lambda n: gains[n], default=None)
        if best is None or (chosen and gains[best] < _LEAST_GAIN):
            break
        chosen.append(best)
        rows.discard(_row(finder, best))
        left = _without(covers[best], left)
    return chosen


def _covers(finder: Finder, entry: int, question: Question) -> dict[int, tuple[float, ...]]:
    """How far each passage of an entry covers each concept."""
    passages = finder.passages_of(entry)
    of_concepts = [finder.passage_covers(entry, concept) for concept in question.concepts]
    covers = zip(*of_concepts, strict=True) if of_concepts else [()] * len(passages)
    return dict(zip(passages, covers, strict=True))


def _left_to_cover(finder: Finder, number: int, question: Question, *, after: bool) -> list[float]:
    """The weight of each concept; what the entry's title says already counts less, and `after` a row that was asked
    for is shown not at all.
    """
    title = fold(finder.entries[finder.passages.entry_of(number)].title)
    titled = 0.0 if after else _TITLED
    return [finder.weight(c) * (titled if c.surface in title else 1.0) for c in question.concepts]


def _without(covers: Sequence[float], left: Sequence[float]) -> list[float]:
    return [weight * (1 - cover) for weight, cover in zip(left, covers, strict=True)]


def _gain(covers: Sequence[float], left: Sequence[float]) -> float:
    return sum(weight * cover for weight, cover in zip(left, covers, strict=True))


def _bonus(finder: Finder, number: int, rows: set[str], question: Question) -> float:
    """What makes a passage worth more: its row is asked for, or it names a year of the question."""
    text = fold(finder.passages[number].passage.text) if question.years else ""
    named = sum(written in text for written, _ in question.years)
    return _YEAR_BONUS * named + (_ROW_BONUS if _row(finder, number) in rows else 0.0)


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
