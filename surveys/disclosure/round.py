"""One round with all the tables that stand together: what deciding each question must take account of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from surveys.disclosure.above import rows_of
from surveys.disclosure.listing import crowd, divided_sections, list_groups, list_sections
from surveys.disclosure.microdata import DIVISION, SECTION, Declared, Microdata, Question, Told
from surveys.disclosure.people import broken_down_by, gather
from surveys.disclosure.publication import Table
from surveys.disclosure.rows import Partition
from surveys.disclosure.tables import settled_by
from surveys.disclosure.task import Decided, Followers, Task, Tie


class RoundTables:
    """One round with all the tables that stand together; `decided` fills as its questions are decided."""

    def __init__(
        self, microdata: Microdata, wanted: tuple[Declared, ...], old: Mapping[Declared, Table], told: Told
    ) -> None:
        self.microdata, self.wanted, self.old, self._told = microdata, wanted, old, told
        self.decided: dict[str, Decided] = {}
        self.questions = tuple(dict.fromkeys(table.question for table in wanted))

    def tables(self, question: str) -> tuple[Declared, ...]:
        """The tables of one question."""
        return tuple(table for table in self.wanted if table.question == question)

    def concerned(self, new: set[Declared]) -> list[str]:
        """The questions that new tables must be decided with, those of the tables first."""
        found = [question for question in self.questions if self._concerning(question) & new]
        return sorted(found, key=lambda question: new.isdisjoint(self.tables(question)))

    def _concerning(self, question: str) -> set[Declared]:
        """The tables that deciding one question takes account of: its own, those that show its answers, those of what it leads to."""
        showing = broken_down_by(self.microdata, question, self.wanted)
        led_to = self._led_to(self.microdata.of(question).question)
        return {*showing, *(table for one in led_to for table in self.tables(one))}

    def task(self, question: str) -> Task:
        """What is to be decided for one question."""
        tables = self.tables(question)
        people = gather(self.microdata, question, tables, self.wanted)
        known = [table for table in self.old.values() if table.question == question]
        settled = settled_by(self.microdata, known)
        crossing = broken_down_by(self.microdata, question, self.wanted)
        return Task(
            people,
            tables,
            self._followers(people.question, people.who),
            settled,
            tuple(self._ties(question, crossing, people.who)),
            any(DIVISION in table.by for table in crossing),
            self._told_of(question),
        )

    def _told_of(self, question: str) -> np.ndarray | None:
        """(課, options): how many tell everybody what they answered."""
        answers = self.microdata.of(question)
        if question not in self._told or answers.question.several:
            return None
        given = self._told[question]
        found = np.zeros((len(self.microdata.sections), len(answers.question.options)), dtype=np.int64)
        np.add.at(found, self.microdata.section, answers.ticks.astype(np.int64))
        for place, section in enumerate(self.microdata.sections):
            told = [given.get(section.id, {}).get(option, 0) for option in answers.question.options]
            found[place] = np.minimum(found[place], told)
        return found

    def _ties(self, question: str, crossing: Sequence[Declared], who: np.ndarray) -> Iterator[Tie]:
        """The counts of tables broken down by this question, in the finest rows they can have."""
        options = self.microdata.of(question).question.options
        for table in crossing:
            people = crowd(self.microdata, table.question)
            parts = list_groups(self.microdata, (table,), people)
            ticks = self.microdata.of(table.question).ticks
            for row in rows_of(table.by, parts):
                mine = next(
                    group
                    for name, group in zip(table.by, row, strict=False)
                    if self.microdata.attribute_of(name, question)
                )
                rest = [
                    people.within(name, group)
                    for name, group in zip(table.by, row, strict=False)
                    if not self.microdata.attribute_of(name, question)
                ]
                within = np.logical_and.reduce([people.valid, *rest])
                chosen = np.array([place in mine for place in range(len(options))], dtype=bool)
                for counted in (within, *(within & ticks[:, option] for option in range(ticks.shape[1]))):
                    yield Tie(counted[who], chosen)

    def _followers(self, question: Question, who: np.ndarray) -> tuple[Followers, ...]:
        found = []
        for answers in self.microdata.answers:
            asked = answers.question.asked_if
            if asked is None or asked.question != question.id:
                continue
            tables = [table for one in self._led_to(answers.question) for table in self.tables(one)]
            if tables:
                leads = np.array([option in asked.options for option in question.options])
                found.append(Followers(answers.valid[who], leads, self._told_by(answers.question, tables)))
        return tuple(found)

    def _led_to(self, question: Question) -> list[str]:
        """A question and those that its answers lead to, however far."""
        after = [
            one.question
            for one in self.microdata.answers
            if one.question.asked_if and one.question.asked_if.question == question.id
        ]
        return [question.id, *(led for one in after for led in self._led_to(one))]

    def _told_by(self, question: Question, tables: Sequence[Declared]) -> Partition:
        """The groups of 課 in which these tables tell how many were asked."""
        if any(SECTION in table.by for table in tables):
            return list_sections(self.microdata, crowd(self.microdata, question.id))
        return divided_sections(self.microdata)
