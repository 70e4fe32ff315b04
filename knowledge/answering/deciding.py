"""Decide: answer, ask back, or say that nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.answer import Answer, Excerpt, Ranked
from knowledge.answering.asking import Asked, rows_asked
from knowledge.answering.composing import answered, by_title, clarified, unknown, with_related
from knowledge.answering.concepts import Question, QuestionReader
from knowledge.answering.extracting import excerpts_for, whole_entry
from knowledge.answering.finding import Finder, Hit
from knowledge.answering.headwords import Headwords
from knowledge.answering.question import clean
from knowledge.answering.refusing import Found, reason_to_refuse
from knowledge.article import Kind
from knowledge.entry import Entry
from knowledge.language.japanese import fold

_COMPARED_CONFIDENCE = 0.9
_LEAST_TOPIC_COVER = 0.5
_LEAST_CHOICE_COVER = 0.25


class Decider:
    """Turns questions into answers over one set of entries. Immutable; safe to share between threads."""

    def __init__(
        self, finder: Finder, reader: QuestionReader, owners: Mapping[str, Sequence[str]], default_owner: str
    ) -> None:
        self._finder = finder
        self._reader = reader
        self._headwords = Headwords(finder.entries)
        self._owners = {fold(word): owner for owner, words in owners.items() for word in words}
        self._default_owner = default_owner

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that can be asked about."""
        return self._finder.entries

    def entry(self, article_id: str) -> Entry | None:
        """One entry, or None when there is no such id."""
        number = self._headwords.number_of(article_id)
        return None if number is None else self._finder.entries[number]

    def find_term(self, word: str) -> str | None:
        """The id of the glossary term called `word`, spelling variants allowed; None when there is none."""
        hit = self._headwords.called(clean(word))
        return hit.entry.id if hit and hit.entry.kind is Kind.TERM else None

    def decide(self, text: str, top: int) -> Answer:
        """Answer a cleaned question; `ranking` holds the best `top` entries whatever the outcome."""
        question = self._reader.read(text)
        hits = self._ranked(question)
        ranking = tuple(
            Ranked(id=h.entry.id, title=h.entry.title, score=round(h.score, 4)) for h in hits[:top]
        )
        return self._decide(question, hits).model_copy(update={"ranking": ranking})

    def ranked(self, text: str) -> list[Hit]:
        """The entries for a cleaned question, best first, nothing decided."""
        return self._ranked(self._reader.read(text))

    def explain(self, article_id: str) -> Answer | None:
        """Everything about one entry."""
        number = self._headwords.number_of(article_id)
        if number is None:
            return None
        entry = self._finder.entries[number]
        return answered(
            [entry], whole_entry(self._finder, number), 1.0, self.owner_of(entry), blanks=entry.blank
        )

    def answer_about(self, text: str, article_id: str) -> Answer | None:
        """What one entry says to a question: the reader chose the entry, so nothing is refused."""
        number = self._headwords.number_of(article_id)
        if number is None:
            return None
        return self._answer(self._reader.read(text), Hit(self._finder.entries[number], number, 1.0, 1.0))

    def owner_of(self, entry: Entry | None, question: Question | None = None) -> str:
        """The 課 for a question: by its topic words, else the entry's, else the default."""
        named = next(
            (owner for word, owner in self._owners.items() if question and word in question.text), ""
        )
        return named or (entry.owner if entry else "") or self._default_owner

    def _decide(self, question: Question, hits: list[Hit]) -> Answer:
        if not question.concepts or self._asks_for_rows_alone(question):
            return self._without_subject(question)
        if Asked.COMPARISON in question.asked:
            linked = self._headwords.linked(question.text)
            if len(linked) == 2:
                return self._compare(question, linked)
        if question.is_topic_only:
            return self._topic(question, hits)
        return self._answer_or_refuse(question, hits)

    def _asks_for_rows_alone(self, question: Question) -> bool:
        """A row of every initiative's table (工程表, 課題) is asked for, and no initiative is named."""
        if not question.rows or self._headwords.linked(question.text):
            return False
        return all(rows_asked(concept.surface) for concept in question.concepts)

    def _ranked(self, question: Question) -> list[Hit]:
        factors = self._kind_factors(question)
        hits = self._finder.rank(question.concepts, text=question.text)
        hits = [replace(hit, score=hit.score * factors.get(hit.entry.kind, 1.0)) for hit in hits]
        return sorted(hits, key=lambda hit: -hit.score)

    def _kind_factors(self, question: Question) -> Mapping[Kind, float]:
        """A definition is looked for among terms; a row of the table (課題, KPI …) among initiatives."""
        if question.rows:
            return {Kind.TERM: 0.8, Kind.INITIATIVE: 1.15}
        if Asked.DEFINITION in question.asked and self._headwords.linked(question.text):
            return {Kind.TERM: 1.3}
        return {}

    def _compare(self, question: Question, linked: Sequence[Entry]) -> Answer:
        hits = [hit for entry in linked if (hit := self._headwords.hit(entry))]
        excerpts = tuple(excerpt for hit in hits for excerpt in excerpts_for(self._finder, hit, question))
        return answered(linked, excerpts, _COMPARED_CONFIDENCE, self.owner_of(linked[0], question))

    def _topic(self, question: Question, hits: list[Hit]) -> Answer:
        """A bare subject: answer when one entry is called that, else ask which."""
        named = self._headwords.called(question.text) or self._only_term(question)
        covered = by_title([hit for hit in hits if hit.cover > 0])
        groups = self._titled_first(question, covered if len(covered) > 1 else by_title(hits))
        if named is not None:
            return with_related(self._answer(question, named), self._titled(question, groups))
        known = bool(groups) and max(hit.cover for hit in groups) >= _LEAST_TOPIC_COVER
        fitting = [hit for hit in groups if known and hit.cover >= _LEAST_CHOICE_COVER]
        choices = self._finder.having_row(question.rows) or fitting
        if len(choices) > 1:
            return clarified(choices, self.owner_of(choices[0].entry, question))
        return self._answer_or_refuse(question, groups)

    def _only_term(self, question: Question) -> Hit | None:
        """The one term a question names, when it is about nothing else."""
        linked = [entry for entry in self._headwords.linked(question.text) if entry.kind is Kind.TERM]
        if len(linked) != 1:
            return None
        names = [fold(name) for name in linked[0].names]
        if all(any(concept.surface in name for name in names) for concept in question.concepts):
            return self._headwords.hit(linked[0])
        return None

    def _titled(self, question: Question, groups: Sequence[Hit]) -> list[Hit]:
        """The entries whose title has the subject."""
        surfaces = [concept.surface for concept in question.concepts]
        return [hit for hit in groups if any(word in fold(hit.entry.title) for word in surfaces)]

    def _titled_first(self, question: Question, groups: list[Hit]) -> list[Hit]:
        """Entries whose title has the subject come before those that only speak of it."""
        titled = self._titled(question, groups)
        return [*titled, *(hit for hit in groups if hit not in titled)]

    def _without_subject(self, question: Question) -> Answer:
        """Only asking words: offer the entries that have what is asked."""
        groups = self._finder.having_row(question.rows)
        if len(groups) < 2:
            groups = by_title(self._finder.rank(self._reader.read_asking_words(question)))
        if len(groups) < 2:
            return unknown(groups, self.owner_of(None, question))
        return clarified(groups, self.owner_of(groups[0].entry, question))

    def _answer_or_refuse(self, question: Question, hits: Sequence[Hit]) -> Answer:
        if not hits:
            return unknown(hits, self.owner_of(None, question))
        excerpts = excerpts_for(self._finder, hits[0], question)
        reason = reason_to_refuse(Found(question, hits[0], excerpts, self._finder, frozenset(self._owners)))
        if not reason:
            return self._answer(question, hits[0], excerpts)
        asked = {*question.rows, *(["図"] if Asked.PICTURE in question.asked else [])}
        blank = next((row for row in hits[0].entry.blank if row in asked), "")
        return unknown(hits, self.owner_of(hits[0].entry, question), blank_row=blank)

    def _answer(self, question: Question, hit: Hit, excerpts: tuple[Excerpt, ...] = ()) -> Answer:
        excerpts = excerpts or excerpts_for(self._finder, hit, question)
        blanks = [row for row in hit.entry.blank if row in question.rows]
        answer = answered([hit.entry], excerpts, hit.cover, self.owner_of(hit.entry, question), blanks=blanks)
        whole = len(excerpts) == len(self._finder.passages_of(hit.number))
        return answer if whole else answer.model_copy(update={"more": hit.entry.id})
