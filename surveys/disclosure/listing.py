"""Which groups get a row of their own in the tables of a question; small ones are given together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from surveys.disclosure.block import Flags
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Codes, Declared, Microdata
from surveys.disclosure.rows import Group, Partition, join, put_together

Partitions = dict[tuple[str, ...], Partition]
_PART = 20


@dataclass(frozen=True, eq=False)
class Crowd:
    """Everybody who responded, as one question sees them: (respondents,) arrays.

    `valid`: gave an answer. `outside`: answered the question before, and was therefore not asked this one; fewer than
    `outside_least` of them in a group would be told by the base of its row. `alone`: 課 by code, none of which may be all of a
    group.
    """

    keys: Mapping[str, Codes]
    valid: Flags
    outside: Flags
    least: int
    outside_least: int
    columns: int
    alone: Group = frozenset()

    def size(self, mask: Flags) -> int:
        """Valid answers."""
        return int((mask & self.valid).sum())

    @property
    def least_of_attribute(self) -> int:
        """Fewer with some value of an attribute would give a row of little but 秘匿."""
        return max(self.least, min(self.least * self.columns, int(self.valid.sum()) // _PART))

    def fits(self, mask: Flags) -> bool:
        """Whether these respondents can have a row of their own."""
        return self.are_enough(mask, self.least) and self.are_of_several(mask)

    def are_enough(self, mask: Flags, least: int) -> bool:
        """Whether so many answered, and of others nobody or enough."""
        outside = int((mask & self.outside).sum())
        return self.size(mask) >= least and (outside == 0 or outside >= self.outside_least)

    def are_of_several(self, mask: Flags) -> bool:
        """Whether more than one 課 answered, where none may be shown by itself."""
        if not self.alone:
            return True
        places = set(np.unique(self.keys[SECTION][mask & self.valid]).tolist())
        return len(places) > 1 or not places <= self.alone

    def within(self, name: str, group: Iterable[int]) -> Flags:
        """(respondents,): those whose code is in the group."""
        return np.isin(self.keys[name], list(group))


def keys_of(microdata: Microdata) -> dict[str, Codes]:
    """(respondents,) codes by dimension."""
    divisions = divisions_of(microdata)
    home = np.array([divisions.index(section.division) for section in microdata.sections], dtype=np.int64)
    keys = {SECTION: microdata.section, DIVISION: home[microdata.section]}
    keys[CITY] = np.zeros(len(microdata.section), dtype=np.int64)
    return keys | {one.id: one.codes for one in microdata.attributes}


def divisions_of(microdata: Microdata) -> tuple[str, ...]:
    """部 in the order of their first 課."""
    return tuple(dict.fromkeys(section.division for section in microdata.sections))


def crowd(microdata: Microdata, question: str) -> Crowd:
    """Everybody as one question sees them."""
    answers = microdata.of(question)
    outside = np.zeros(len(microdata.section), dtype=bool)
    outside_least = 0
    if (asked := answers.question.asked_if) is not None:
        before = microdata.of(asked.question)
        leads = np.array([option in asked.options for option in before.question.options])
        outside = before.valid & ~before.ticks[:, leads].any(axis=1)
        outside_least = before.question.threshold
    return Crowd(
        keys_of(microdata),
        answers.valid,
        outside,
        least=answers.question.threshold,
        outside_least=outside_least,
        columns=1 if answers.question.several else len(answers.question.options),
        alone=_alone(microdata) if SECTION in answers.question.never_by else frozenset(),
    )


def _alone(microdata: Microdata) -> Group:
    """What is no more than one 課."""
    return frozenset(at for at, one in enumerate(microdata.sections) if one.id not in microdata.wide)


def list_groups(microdata: Microdata, tables: Sequence[Declared], people: Crowd) -> Partitions:
    """The groups of each dimension of `tables`; of two, those of the first."""
    parts: Partitions = {(DIVISION,): _single(people, DIVISION)}
    for name in {name for table in tables for name in table.by} - {SECTION, DIVISION, CITY}:
        parts[(name,)] = _single(people, name, asked_codes(microdata, tables[0].question, name))
    for by in {table.by for table in tables if len(table.by) == 2}:
        parts[by] = _crossed(people, by, parts)
    parts[(SECTION,)] = list_sections(microdata, people)
    return parts


def list_sections(microdata: Microdata, people: Crowd) -> Partition:
    """The 課 of each 部 that have a row, small ones together with others of the same 部."""
    found: list[Group] = []
    for places in divided_sections(microdata):
        found += _fitting(people, SECTION, tuple(frozenset({place}) for place in sorted(places)))
    return tuple(found)


def divided_sections(microdata: Microdata) -> Partition:
    """All 課 of each 部 together."""
    return tuple(
        frozenset(place for place, section in enumerate(microdata.sections) if section.division == division)
        for division in divisions_of(microdata)
    )


def asked_codes(microdata: Microdata, question: str, name: str) -> frozenset[int] | None:
    """The codes of an attribute whose people can have been asked a question; None where all can.

    An earlier answer that leads to no question leaves a row without anybody, which everybody knows from the questionnaire.
    """
    while (asked := microdata.of(question).question.asked_if) is not None:
        question = asked.question
        if microdata.attribute_of(name, question):
            values = microdata.attribute(name).values
            return frozenset(code for code, value in enumerate(values) if value in asked.options)
    return None


def can_have_been_asked(group: Group, people: Crowd, name: str, asked: frozenset[int] | None) -> bool:
    """Whether the questionnaire, or what was answered, lets anybody of a group in. `asked`: the codes that it lets in."""
    return asked is None or group <= asked or people.size(people.within(name, group)) > 0


def _single(people: Crowd, name: str, asked: frozenset[int] | None = None) -> Partition:
    found = (frozenset({int(code)}) for code in np.unique(people.keys[name]))
    apt = tuple(group for group in found if can_have_been_asked(group, people, name, asked))
    return _fitting(people, name, apt)


def _fitting(people: Crowd, name: str, partition: Partition) -> Partition:
    least = people.least if name in (SECTION, DIVISION) else people.least_of_attribute

    def size(group: Group) -> int:
        return people.size(people.within(name, group))

    def are_of_several(group: Group) -> bool:
        return people.are_of_several(people.within(name, group))

    found = put_together(partition, size, lambda group: people.are_enough(people.within(name, group), least))
    return put_together(found, lambda group: (are_of_several(group), size(group)), are_of_several)


def _crossed(people: Crowd, by: tuple[str, ...], parts: Partitions) -> Partition:
    """Groups of the first dimension, large enough in every group of the second that has anybody."""
    seconds = [people.within(by[1], group) for group in parts[(by[1],)]]

    def fits(group: Group) -> bool:
        first = people.within(by[0], group)
        return all(people.fits(first & second) for second in seconds if (first & second & people.valid).any())

    merged = put_together(parts[(by[0],)], lambda group: people.size(people.within(by[0], group)), fits)
    return join(merged, parts[(by[0],)])
