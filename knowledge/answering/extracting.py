"""Choose the passages of an entry that answer a question, in the source's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.answer import Excerpt
from knowledge.answering import facts
from knowledge.answering.choosing import SHORT_ROWS, choose, row_called
from knowledge.answering.procedures import ROWS, rows_that_answer
from knowledge.article import Kind, Layer
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.passages import FoundPassage
from knowledge.finding.sentences import AT_A_GLANCE, has_every_word, passage_that_answers
from knowledge.language.japanese import fold

_SHORT = 350
_IN_DOUBT = 260
_EXPLAINS = 0.15


def excerpts_for(
    finder: Finder, hit: Hit, question: Question, holds: facts.Holds | None = None
) -> tuple[Excerpt, ...]:
    """The official passages that cover the question, then the plain explanation of the same; with `holds` only of those
    passages that hold the fact asked for.
    """
    official = _official(finder, hit, question, holds)
    editorial = _editorial(finder, hit, question, holds, beside=bool(official))
    official = sorted({*official, *_explained(finder, hit, question, official, editorial)})
    return tuple(excerpt_of(finder.passages[n], hit) for n in (*official, *editorial))


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
    where the words of the question don't tell which of its items is meant. What is put in doubt is read in more of the
    source, unless that has every word of the belief.
    """
    if excerpt.label.startswith(ROWS) or len(excerpt.text) <= AT_A_GLANCE[excerpt.layer]:
        return True
    row = row_called(excerpt.label)
    believed = excerpt.layer is Layer.OFFICIAL and question.is_in_doubt and len(excerpt.text) <= _IN_DOUBT
    if believed and not has_every_word(excerpt.text, question, f"{excerpt.title} {row}", finder.sentences_of):
        return True
    if row not in question.rows or row in SHORT_ROWS:
        return row in question.rows
    return not has_every_word(excerpt.text, question, f"{excerpt.title} {row}", finder.sentences_of)


def _cut(finder: Finder, excerpt: Excerpt, question: Question) -> Excerpt:
    text = passage_that_answers(excerpt.text, question, excerpt.title, finder.sentences_of)
    return excerpt.model_copy(update={"text": text})


def whole_entry(finder: Finder, number: int) -> tuple[Excerpt, ...]:
    """Every passage of an entry, the official ones first."""
    entry = finder.entries[number]
    hit = Hit(entry, number, 1.0, 1.0)
    return tuple(excerpt_of(finder.passages[n], hit) for n in finder.passages_of(number))


def in_order(excerpts: Iterable[Excerpt]) -> tuple[Excerpt, ...]:
    """Excerpts of whole passages, each once: the official ones first, then as they stand in their entry."""
    return tuple(sorted(dict.fromkeys(excerpts), key=lambda excerpt: excerpt.layer is not Layer.OFFICIAL))


def _numbers(finder: Finder, hit: Hit, layer: Layer, holds: facts.Holds | None = None) -> list[int]:
    passages = zip(finder.passages.of(hit.number), finder.passages.found(hit.number), strict=True)
    return [
        number
        for number, found in passages
        if found.article.layer is layer and (holds is None or holds(fold(found.passage.text)))
    ]


def _official(finder: Finder, hit: Hit, question: Question, holds: facts.Holds | None) -> list[int]:
    numbers = _numbers(finder, hit, Layer.OFFICIAL, holds)
    short = sum(len(finder.passages[n].passage.text) for n in numbers) <= _SHORT
    if short and hit.entry.kind is not Kind.INITIATIVE:
        return numbers
    return sorted(choose(finder, numbers, hit, question))


def _explained(
    finder: Finder, hit: Hit, question: Question, official: Sequence[int], editorial: Sequence[int]
) -> list[int]:
    """The source's own short row where only its explanation has the question's words."""
    if not official or len(editorial) != 1:
        return []
    row = row_called(finder.passages[editorial[0]].passage.label)
    of_row = [n for n in _numbers(finder, hit, Layer.OFFICIAL) if finder.passages[n].passage.label == row]
    if row not in SHORT_ROWS or {*of_row} <= {*official}:
        return []
    first = finder.passages.of(hit.number).start
    covers = [(finder.weight(c), finder.passage_covers(hit.number, c)) for c in question.concepts]
    alone = sum(
        w * max(0.0, of[editorial[0] - first] - max(of[n - first] for n in official)) for w, of in covers
    )
    return of_row if alone >= _EXPLAINS * sum(weight for weight, _ in covers) else []


def _editorial(
    finder: Finder, hit: Hit, question: Question, holds: facts.Holds | None, *, beside: bool
) -> list[int]:
    """The explanation: one paragraph beside the official text, more where it stands alone."""
    numbers = _numbers(finder, hit, Layer.EDITORIAL, holds)
    if hit.entry.main.steps:
        return _procedure(finder, numbers, question)
    if hit.entry.kind is Kind.TERM and question.asked & {Asked.DEFINITION, Asked.COMPARISON}:
        return numbers[:1]
    if beside:
        return choose(finder, numbers, hit, question, most=1)[:1]
    return sorted(choose(finder, numbers, hit, question))


def _procedure(finder: Finder, numbers: Sequence[int], question: Question) -> list[int]:
    """The rows of a procedure that answer; with all of them the text above them, too."""
    passages = {n: finder.passages[n].passage for n in numbers}
    rows = rows_that_answer(question, list(passages.values()))
    whole = {p.label for p in passages.values()} & set(ROWS) == set(rows)
    return [
        n for n, passage in passages.items() if passage.label in rows or (whole and passage.label not in ROWS)
    ]


def excerpt_of(found: FoundPassage, hit: Hit) -> Excerpt:
    """A passage as it is quoted."""
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
