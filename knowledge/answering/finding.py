"""Find entries and passages for a question: one score for each signal, added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.answering.concepts import Alternative, Concept
from knowledge.answering.index import FieldWeight, Scores, TermIndex
from knowledge.article import Article, Passage
from knowledge.entry import Entry
from knowledge.language.terms import terms_of, terms_of_all

_ENTRY_FIELDS = {
    "names": FieldWeight(3.0, 0.4),
    "questions": FieldWeight(1.5, 0.75),
    "official": FieldWeight(1.0, 0.6),
    "editorial": FieldWeight(1.0, 0.6),
    "rows": FieldWeight(0.5, 0.0),
}
_PASSAGE_FIELDS = {"text": FieldWeight(1.0, 0.5), "label": FieldWeight(0.5, 0.0)}
_PASSAGE_SHARE = 0.6
_UNWRITTEN_NOUN = 2.0
_UNWRITTEN_VERB = 1.0


@dataclass(frozen=True)
class FoundPassage:
    """A passage of an entry's article, as the index numbers it."""

    entry: int
    article: Article
    passage: Passage


@dataclass(frozen=True)
class Hit:
    """An entry with its score, and the share of the question (0 to 1, by rarity) that it covers."""

    entry: Entry
    number: int
    score: float
    cover: float


class Finder:
    """Entries and their passages, indexed. Immutable; safe to share between threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.passages = tuple(_passages(self.entries))
        self.index = TermIndex([_entry_fields(entry) for entry in self.entries], _ENTRY_FIELDS)
        self.passage_index = TermIndex(
            [{"text": terms_of(p.passage.text), "label": terms_of(p.passage.label)} for p in self.passages],
            _PASSAGE_FIELDS,
        )
        self._passage_entry = np.array([found.entry for found in self.passages], dtype=np.int32)

    def rank(self, concepts: Sequence[Concept], limit: int = 12) -> list[Hit]:
        """The best entries for what a question is about, best first; none with a score of zero."""
        scores = self._scores(concepts)
        best = np.argsort(-scores, kind="stable")[:limit]
        return [self._hit(int(n), float(scores[n]), concepts) for n in best if scores[n] > 0]

    def having_row(self, rows: Sequence[str]) -> list[Hit]:
        """The initiatives whose table has text in one of these rows, in the order of the plan."""
        found = (f.entry for f in self.passages if f.passage.label in rows)
        return [Hit(self.entries[number], number, 1.0, 1.0) for number in dict.fromkeys(found)]

    def weight(self, concept: Concept) -> float:
        """How much a concept matters: the rarity of its rarest own term; one that nobody wrote counts no more
        than a middling word, for people say the same thing in words of their own.
        """
        terms = [term for term, _ in concept.alternatives[0].terms] if concept.alternatives else []
        known = [self.index.idf(term) for term in terms if term in self.index]
        unwritten = _UNWRITTEN_NOUN if concept.is_noun else _UNWRITTEN_VERB
        return max(known, default=unwritten) if terms else 0.0

    def known(self, concept: Concept) -> bool:
        """Whether some way to say the concept stands anywhere in the knowledge base."""
        return any(any(term in self.index for term, _ in way.terms) for way in concept.alternatives)

    def covers(self, number: int, concept: Concept) -> float:
        """How far entry `number` covers a concept, 0 to 1."""
        return max((_cover(self.index, number, way) for way in concept.alternatives), default=0.0)

    def passage_covers(self, number: int, concept: Concept) -> float:
        """How far passage `number` covers a concept, 0 to 1."""
        return max((_cover(self.passage_index, number, way) for way in concept.alternatives), default=0.0)

    def passages_of(self, entry: int) -> list[int]:
        """The numbers of an entry's passages, in the order of the source."""
        return [int(n) for n in np.flatnonzero(self._passage_entry == entry)]

    def _scores(self, concepts: Sequence[Concept]) -> Scores:
        entry_scores = _concept_scores(self.index, concepts)
        best_passage = np.zeros(len(self.entries), dtype=np.float32)
        if len(self.passages):
            np.maximum.at(best_passage, self._passage_entry, _concept_scores(self.passage_index, concepts))
        return (entry_scores + _PASSAGE_SHARE * best_passage).astype(np.float32)

    def _hit(self, number: int, score: float, concepts: Sequence[Concept]) -> Hit:
        total = sum(self.weight(concept) for concept in concepts) or 1.0
        covered = sum(self.weight(concept) * self.covers(number, concept) for concept in concepts)
        return Hit(self.entries[number], number, score, covered / total)


def _concept_scores(index: TermIndex, concepts: Sequence[Concept]) -> Scores:
    total = np.zeros(index.size, dtype=np.float32)
    for concept in concepts:
        ways = [way.weight * index.scores(dict(way.terms)) for way in concept.alternatives]
        if ways:
            total += np.maximum.reduce(ways)
    return total


def _cover(index: TermIndex, number: int, way: Alternative) -> float:
    weights = [(weight * index.idf(term), index.has(number, term)) for term, weight in way.terms]
    total = sum(weight for weight, _ in weights)
    return way.weight * sum(weight for weight, there in weights if there) / total if total else 0.0


def _entry_fields(entry: Entry) -> dict[str, list[str]]:
    editorial = entry.editorial.passages if entry.editorial else ()
    return {
        "names": terms_of_all(entry.names),
        "questions": terms_of_all(entry.main.questions),
        "official": terms_of_all(passage.text for passage in entry.official_passages),
        "editorial": terms_of_all(passage.text for passage in editorial),
        "rows": terms_of_all(dict.fromkeys([*(p.label for p in entry.official_passages), *entry.blank])),
    }


def _passages(entries: Sequence[Entry]) -> list[FoundPassage]:
    found = []
    for number, entry in enumerate(entries):
        official = [(entry.official, passage) for passage in entry.official_passages]
        editorial = [(entry.editorial, p) for p in (entry.editorial.passages if entry.editorial else ())]
        found += [
            FoundPassage(number, article, passage) for article, passage in (*official, *editorial) if article
        ]
    return found
