"""Quote: put an answer together from the passages of an entry, of two that are compared, or of one that was judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knowledge.answer import Answer, Excerpt
from knowledge.answering.composing import answered, unknown
from knowledge.answering.confidence import COMPARED, NAMED
from knowledge.answering.extracting import excerpts_for, in_order, narrowed, whole_entry
from knowledge.answering.judging import Judged
from knowledge.answering.referring import referred
from knowledge.answering.validity import asks_for_days, days_said
from knowledge.article import Kind
from knowledge.asking.concepts import Question, QuestionReader
from knowledge.asking.kinds import Asked
from knowledge.asking.spoken import questions_in
from knowledge.entry import Entry
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.headwords import Headwords
from knowledge.language.japanese import fold


class Quoter:
    """Quotes entries over one set of them, each with the 課 that answers for it. Immutable; safe to share between threads."""

    def __init__(
        self,
        finder: Finder,
        reader: QuestionReader,
        headwords: Headwords,
        owners: Mapping[str, Sequence[str]],
        default_owner: str,
    ) -> None:
        """`owners`: the topic words that the editors route to each 課."""
        self._finder, self._reader, self._headwords = finder, reader, headwords
        self._owners = {fold(word): owner for owner, words in owners.items() for word in words}
        self._default_owner = default_owner

    @property
    def topics(self) -> frozenset[str]:
        """The words that the editors route to a 課."""
        return frozenset(self._owners)

    def owner_of(self, entry: Entry | None, question: Question | None = None) -> str:
        """The 課 for a question: by its topic words, else the entry's, else the default."""
        named = next(
            (owner for word, owner in self._owners.items() if question and word in question.text), ""
        )
        return named or (entry.owner if entry else "") or self._default_owner

    def compared(self, question: Question, entries: Sequence[Entry]) -> Answer:
        """Both sides, the rows asked for whole."""
        if question.rows:
            question = replace(question, asked=question.asked | {Asked.LIST})
        hits = [hit for entry in entries if (hit := self._headwords.hit(entry))]
        excerpts = tuple(excerpt for hit in hits for excerpt in excerpts_for(self._finder, hit, question))
        return answered(entries, excerpts, COMPARED, self.owner_of(entries[0], question))

    def several(self, judged: Sequence[Judged]) -> Answer:
        """What answers each of several questions, one after the other."""
        excerpts = tuple(
            excerpt
            for one in judged
            for excerpt in narrowed(self._finder, one.excerpts, one.found.question, one.hit.entry.kind)
        )
        entries = [one.hit.entry for one in judged]
        return answered(entries, excerpts, min(one.likely for one in judged), self.owner_of(entries[0]))

    def judged(self, judged: Judged) -> Answer:
        """The answer that was judged, with the passages for each question where several are put at once."""
        question = judged.found.question
        if asks_for_days(judged.hit.entry.main, question):
            return self._days(question, judged)
        excerpts = [*judged.excerpts, *self._for_each_question(question, judged.hit)]
        return self.answer(question, judged.hit, in_order(excerpts), judged.likely)

    def _days(self, question: Question, judged: Judged) -> Answer:
        """The days that a procedure holds, said beside what it is; that none is written, where it has none."""
        hit, said = judged.hit, tuple(days_said(judged.hit.entry.main, question))
        if not said:
            return unknown([hit], self.owner_of(hit.entry, question))
        answer = self.answer(question, hit, whole_entry(self._finder, hit.number)[:1], judged.likely)
        return answer.model_copy(update={"notes": (*said, *answer.notes), "more": hit.entry.id})

    def _for_each_question(self, question: Question, hit: Hit) -> Iterator[Excerpt]:
        """The passages for each of several questions put at once (「つかめていますか？どうやって調べますか？」)."""
        for text in questions_in(question.text):
            part = self._reader.read(text)
            if part.concepts:
                yield from excerpts_for(self._finder, hit, part)

    def answer(
        self, question: Question, hit: Hit, excerpts: tuple[Excerpt, ...] = (), likely: float = NAMED
    ) -> Answer:
        """What an entry says to a question, in these passages or those that cover it, down to the sentences that answer."""
        excerpts = excerpts or excerpts_for(self._finder, hit, question)
        shown = narrowed(self._finder, excerpts, question, hit.entry.kind)
        beside = referred(self._finder, hit, shown, question)
        quoted = [entry] if beside and (entry := self._entry(beside.article_id)) else []
        answer = answered(
            [hit.entry],
            (*shown, *narrowed(self._finder, (beside,), question, Kind.SECTION)) if beside else shown,
            likely,
            self.owner_of(hit.entry, question),
            blanks=[row for row in hit.entry.blank if row in question.rows],
            quoted=quoted,
        )
        whole = shown == excerpts and len(excerpts) == len(self._finder.passages_of(hit.number))
        return answer if whole else answer.model_copy(update={"more": hit.entry.id})

    def _entry(self, article_id: str) -> Entry | None:
        number = self._headwords.number_of(article_id)
        return None if number is None else self._finder.entries[number]
