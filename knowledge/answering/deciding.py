"""Decide: answer, ask back, or say that nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from bot.texts.ja import ask as texts
from knowledge.answer import Answer, Ranked
from knowledge.answering.comparing import Compared, Comparer
from knowledge.answering.composing import (
    about_subject,
    answered,
    by_title,
    clarified,
    undated,
    unknown,
    with_related,
)
from knowledge.answering.confidence import CLARIFY
from knowledge.answering.extracting import excerpts_for, whole_entry
from knowledge.answering.following import (
    asks_as_of,
    asks_for_a_known_fact,
    asks_for_more,
    asks_for_owner,
    compared_with,
    leaves_subject_out,
    names_every_year,
    spelled_out,
    with_rows_of_time,
)
from knowledge.answering.judging import Judge, Judged
from knowledge.answering.quoting import Quoter
from knowledge.answering.rivals import Rivals, are_near
from knowledge.answering.several import Several
from knowledge.answering.subjectless import Subjectless
from knowledge.answering.subjects import Subjects, one_a_heading, with_rows_of_state
from knowledge.article import Kind
from knowledge.asking.concepts import Question, QuestionReader
from knowledge.asking.kinds import Asked
from knowledge.asking.phrasing import asks_for_task, classifies
from knowledge.asking.question import clean
from knowledge.asking.spoken import in_common_words
from knowledge.entry import Entry
from knowledge.finding.finder import Finder, Hit
from knowledge.finding.headwords import Headwords
from knowledge.finding.ranking import ranked


class Decider:
    """Turns questions into answers over one set of entries. Immutable; safe to share between threads."""

    def __init__(
        self,
        finder: Finder,
        reader: QuestionReader,
        owners: Mapping[str, Sequence[str]],
        default_owner: str,
        headwords: Headwords | None = None,
    ) -> None:
        """`headwords` are those of the finder's entries, where they are read already."""
        self._finder = finder
        self._reader = reader
        self._headwords = headwords or Headwords(finder.entries)
        self._rank: Callable[[Question], list[Hit]] = partial(ranked, finder, self._headwords)
        self._subjects = Subjects(finder, reader, self._headwords, self._rank)
        self._comparer = Comparer(finder, reader, self._headwords, self._rank)
        self._quoter = Quoter(finder, reader, self._headwords, owners, default_owner)
        self.owner_of = self._quoter.owner_of
        self._judge = Judge(finder, self._quoter.topics)
        self._rivals = Rivals(finder, self._judge)
        self._several = Several(reader, self._judge, self._rank)
        self._subjectless = Subjectless(finder, reader, self._headwords)

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
        question = self._reader.read(in_common_words(text))
        hits = self._rank(question)
        ranking = tuple(
            Ranked(id=h.entry.id, title=h.entry.title, score=round(h.score, 4)) for h in hits[:top]
        )
        return self._decide(question, hits).model_copy(update={"ranking": ranking})

    def ranked(self, text: str) -> list[Hit]:
        """The entries for a cleaned question, best first, nothing decided."""
        return self._rank(self._reader.read(text))

    def judge(self, text: str) -> tuple[Judged, Answer] | None:
        """What speaks for and against answering a cleaned question, and the answer it would get; None for a bare
        subject or where nothing is found. What confidence is fitted on.
        """
        question = self._reader.read(in_common_words(text))
        hits = self._rivals.best_first(question, self._rank(question))
        if not hits or not question.concepts or question.is_topic_only:
            return None
        judged = self._judge.judge(question, hits)
        return judged, self._quoter.judged(judged)

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
        question = self._reader.read(in_common_words(text))
        return self._quoter.answer(question, Hit(self._finder.entries[number], number, 1.0, 1.0))

    def follow(self, text: str, article_ids: Sequence[str]) -> Answer | None:
        """What these entries say to a question that leaves its subject out; None when it has one of its own.

        Of several entries it asks back which is meant. What they do not hold is refused like anywhere.
        """
        numbers = [n for id_ in article_ids if (n := self._headwords.number_of(id_)) is not None]
        if not numbers or not self.leans_on_another(text):
            return None
        hits = [Hit(self._finder.entries[n], n, 1.0, 1.0) for n in numbers]
        if len(hits) > 1:
            return clarified(hits, self.owner_of(hits[0].entry))
        return self._follow(text, hits[0])

    def leans_on_another(self, text: str) -> bool:
        """Whether a cleaned question leaves its subject out."""
        if asks_for_more(text) or compared_with(text):
            return True
        question = self._reader.read(text)
        if any(topic in question.text for topic in self._quoter.topics):
            return False
        return leaves_subject_out(question, self._headwords.linked(question.text))

    def _follow(self, text: str, hit: Hit) -> Answer | None:
        if asks_for_more(text):
            return self.explain(hit.entry.id)
        if other := compared_with(text):
            return about_subject(self.decide(f"{hit.entry.under_heading}と{other}の違い", 0), hit.entry)
        if asks_as_of(text):
            return about_subject(self._as_of(text, hit), hit.entry)
        question = with_rows_of_time(self._reader.read(spelled_out(text, hit.entry.title)))
        answer = self._answer_or_refuse(question, [hit])
        owner_alone = asks_for_owner(text) and not hit.entry.main.steps
        known = asks_for_a_known_fact(self._reader.read(text)) and not owner_alone
        if not known or not names_every_year(answer, question):
            answer = unknown([hit], answer.owner)
        return about_subject(answer, hit.entry)

    def _as_of(self, text: str, hit: Hit) -> Answer:
        """The passages of an entry that say of when their figures are."""
        question = self._reader.read(spelled_out(text, hit.entry.title))
        excerpts = excerpts_for(self._finder, hit, question, lambda told: "時点" in told)
        if excerpts:
            return self._quoter.answer(question, hit, excerpts)
        return undated(hit, self.owner_of(hit.entry, question))

    def _decide(self, question: Question, hits: list[Hit]) -> Answer:
        if self._subjectless.is_one(question):
            meant = self._subjectless.meant(question, hits)
            several = len(meant) > 1
            owner = self.owner_of(meant[0].entry if several else None, question)
            return clarified(meant, owner) if several else unknown(meant, owner)
        if sharing := self._subjects.sharing_lone_noun(question, hits):
            return clarified(sharing, self.owner_of(sharing[0].entry, question))
        if both := self._several.judged(question, hits):
            return self._quoter.several(both)
        if Asked.COMPARISON in question.asked:
            question = with_rows_of_time(question)
            compared = self._comparer.compared(question)
            if compared.is_whole:
                return self._quoter.compared(question, compared.entries)
            if compared.lacks_one:
                return self._one_side(question, compared)
        if question.is_topic_only:
            return self._topic(question, hits)
        if (term := self._term_asked(question, hits)) is not None:
            others = [hit for hit in hits if hit.entry.id != term.entry.id]
            return self._answer_or_refuse(question, [term.with_score(hits[0].score), *others])
        return self._answer_or_refuse(question, self._rivals.best_first(question, hits))

    def _term_asked(self, question: Question, hits: Sequence[Hit]) -> Hit | None:
        """The one term that a question of a meaning names, or that something is counted to or not; the one role that a
        question of a task names.
        """
        defines = Asked.DEFINITION in question.asked
        counted = Asked.PREMISE in question.asked and classifies(question.text)
        if not defines and not counted and not asks_for_task(question.text):
            return None
        linked = self._headwords.linked(question.text)
        if len(linked) != 1 or linked[0].kind is not (Kind.TERM if defines or counted else Kind.ROLE):
            return None
        other = bool(hits) and hits[0].entry.kind is Kind.TERM and hits[0].entry.id != linked[0].id
        return None if other and not defines else self._headwords.hit(linked[0])

    def _one_side(self, question: Question, compared: Compared) -> Answer:
        """Nothing to compare with: which side is not written, and the other to read about."""
        hits = [hit for entry in compared.entries if (hit := self._headwords.hit(entry))]
        answer = unknown(hits, self.owner_of(hits[0].entry if hits else None, question))
        note = texts.SIDE_UNWRITTEN.format(side=compared.unwritten[0])
        return answer.model_copy(update={"notes": (note, *answer.notes)})

    def _topic(self, question: Question, hits: list[Hit]) -> Answer:
        """A bare subject: answer when one entry is called that, else ask which."""
        subject = self._subjects.read(question, hits)
        if subject.named is not None and subject.sharing:
            sharing = [subject.named, *subject.sharing]
            return clarified(sharing, self.owner_of(subject.named.entry, question))
        if subject.named is not None:
            asked = with_rows_of_state(question)
            return with_related(self._quoter.answer(asked, subject.named), subject.titled)
        if len(choices := subject.choices) > 1 and not self._judge.judge(question, choices).is_doubted:
            return clarified(one_a_heading(choices), self.owner_of(choices[0].entry, question))
        return self._answer_or_refuse(question, subject.groups)

    def _answer_or_refuse(self, question: Question, hits: Sequence[Hit]) -> Answer:
        if not hits:
            return unknown(hits, self.owner_of(None, question))
        judged = self._judge.judge(question, hits)
        if judged.can_answer:
            return self._quoter.judged(judged)
        other = self._rivals.next_that_holds(question, hits, judged)
        if other is not None:
            return self._quoter.judged(other)
        if (told := self._rivals.dated(question, hits, judged)) is not None:
            return self._quoter.answer(question, *told)
        rivals = by_title(hits)[:2]
        if not judged.is_doubted and judged.likely >= CLARIFY and are_near(rivals):
            answer = clarified(rivals, self.owner_of(judged.hit.entry, question))
        else:
            answer = self._refused(question, hits, judged)
        return answer.model_copy(update={"confidence": round(judged.likely, 3)})

    def _refused(self, question: Question, hits: Sequence[Hit], judged: Judged) -> Answer:
        """Nothing is written: what the source leaves empty or is silent about, and what stands near it."""
        asked = {*question.rows, *(["図"] if Asked.PICTURE in question.asked else [])}
        blank = next((row for row in hits[0].entry.blank if row in asked), "")
        near = self._rivals.about_the_same(question, hits)
        answer = unknown(near, self.owner_of(hits[0].entry, question), blank_row=blank)
        if not answer.candidates:
            return answer
        notes = (*answer.notes, *judged.silence)
        return answer.model_copy(update={"notes": notes, "related": judged.related})
