"""Judge the best entry: the evidence for answering from it, and the reason not to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from knowledge.answer import Excerpt
from knowledge.answering.confidence import ANSWER, confidence, of_document
from knowledge.answering.evidence import Evidence, weigh
from knowledge.answering.extracting import excerpts_for
from knowledge.answering.found import Found
from knowledge.answering.lacking import FACTS_HELD
from knowledge.answering.premises import rows_with_figures
from knowledge.answering.refusing import reason_to_refuse, silence_about, word_missing
from knowledge.answering.shape import traits
from knowledge.asking.concepts import Question
from knowledge.asking.kinds import Asked, rows_asked
from knowledge.finding.finder import Finder, Hit
from knowledge.language.japanese import fold

_ROWS_OF_ITEMS = frozenset({"取組", "現状と課題"})
_NAMES_AN_ITEM = 0.25
_NEAR_COVER = 0.5
# Kinds of fact that a figure or a name in a related passage could be taken for; how to do a thing, what it is for.
_MISTAKABLE = frozenset(
    {
        Asked.PERSON,
        Asked.CONTACT,
        Asked.PRICE,
        Asked.COUNT,
        Asked.FREQUENCY,
        Asked.WHEN,
        Asked.OUTCOME,
        Asked.TODAY,
        Asked.NEXT,
        Asked.NAME,
        Asked.HOW_TO,
        Asked.TROUBLE,
    }
)


@dataclass(frozen=True)
class Judged:
    """What was found, the evidence for answering from it, and the reasons not to ("" when there is none): one for the fact
    asked for, and one for a word that is missing. The second is weighed with the evidence where the entry is a document's.
    """

    found: Found
    evidence: Evidence
    reason: str
    missing: str = ""

    @property
    def hit(self) -> Hit:
        """The best entry, with its cover of what is asked."""
        return self.found.hit

    @property
    def excerpts(self) -> tuple[Excerpt, ...]:
        """The passages chosen from it."""
        return self.found.excerpts

    @cached_property
    def traits(self) -> frozenset[str]:
        """The traits of the question's shape beside the entry."""
        return traits(self.found)

    @cached_property
    def likely(self) -> float:
        """The probability that answering is right."""
        if not self.found.is_document:
            return confidence(self.evidence, refused=self.refused)
        missing = bool(self.missing)
        return of_document(self.evidence, self.traits, refused=self.refused, word_missing=missing)

    @property
    def refused(self) -> bool:
        """Whether a reason forbids to answer, however likely."""
        return bool(self.reason) or (bool(self.missing) and not self.found.is_document)

    @property
    def is_doubted(self) -> bool:
        """Whether there is any reason not to answer."""
        return bool(self.reason or self.missing)

    @property
    def can_answer(self) -> bool:
        """Whether nothing forbids to answer and it is likely enough."""
        return not self.refused and self.likely >= ANSWER

    @property
    def silence(self) -> tuple[str, ...]:
        """The entry's sentence that the source is silent about what is asked, where it has one."""
        sentence = silence_about(self.found)
        return (sentence,) if sentence else ()

    @property
    def related(self) -> tuple[Excerpt, ...]:
        """A passage to show beside a refusal: near the question, with no figure or name to be taken for the answer."""
        near = (
            self.hit.cover >= _NEAR_COVER
            and self.reason != "uncovered_name"
            and not self.found.question.asked & _MISTAKABLE
        )
        return self.excerpts[:1] if near else ()


class Judge:
    """Judges over one set of entries. `topics` are the words that the editors route to a 課. Immutable."""

    def __init__(self, finder: Finder, topics: frozenset[str]) -> None:
        self._finder = finder
        self._topics = topics

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """Weigh the first hit, against the others. There must be one."""
        hit, evidence = weigh(self._finder, hits, question)
        question = self._with_rows(question, hit)
        excerpts = excerpts_for(self._finder, hit, question)
        found = Found(question, hit, excerpts, self._finder, self._topics)
        reason = reason_to_refuse(found)
        if reason in FACTS_HELD and found.is_document:
            rather = replace(found, excerpts=excerpts_for(self._finder, hit, question, FACTS_HELD[reason]))
            if rather.excerpts and not reason_to_refuse(rather):
                found, reason = rather, ""
        return Judged(found, evidence, reason, word_missing(found))

    def in_one_passage(self, question: Question, hit: Hit) -> float:
        """The most of a question that one passage of an entry covers, by rarity, 0 to 1."""
        weights = [self._finder.weight(concept) for concept in question.concepts]
        covers = [self._finder.passage_covers(hit.number, concept) for concept in question.concepts]
        sums = [sum(w * c for w, c in zip(weights, of, strict=True)) for of in zip(*covers, strict=True)]
        return max(sums, default=0.0) / (sum(weights) or 1.0)

    def _with_rows(self, question: Question, hit: Hit) -> Question:
        """The question with the rows that hold what it asks for; every item of a row where it names none of them."""
        rows = tuple(dict.fromkeys([*question.rows, *rows_with_figures(question, hit.entry)]))
        items = [n for n in self._finder.passages_of(hit.number) if self._row(n) in _ROWS_OF_ITEMS & {*rows}]
        if items and self._named(question, hit, items) < _NAMES_AN_ITEM:
            return replace(question, rows=rows, asked=question.asked | {Asked.LIST})
        return replace(question, rows=rows)

    def _row(self, passage: int) -> str:
        return self._finder.passages[passage].passage.label

    def _named(self, question: Question, hit: Hit, passages: Sequence[int]) -> float:
        """How far the best of some passages covers what the question says beyond the entry's title, 0 to 1."""
        title = fold(hit.entry.title)
        concepts = [c for c in question.concepts if c.surface not in title and not rows_asked(c.surface)]
        weights = [self._finder.weight(concept) for concept in concepts]
        first = self._finder.passages.of(hit.number).start
        covers = [self._finder.passage_covers(hit.number, concept) for concept in concepts]
        return max(
            sum(weight * cover[n - first] for cover, weight in zip(covers, weights, strict=True))
            for n in passages
        ) / (sum(weights) or 1.0)
