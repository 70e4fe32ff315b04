"""From the submissions of a closed round to what disclosure control works on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from staff.model import Role
from surveys.asked_after import asked_if
from surveys.columns import Column, columns_of
from surveys.definition import Definition, Identity
from surveys.disclosure import (
    CITY,
    DIVISION,
    SECTION,
    Answers,
    Attribute,
    Declared,
    Microdata,
    Presence,
    PublicKnowledge,
    Section,
    Told,
)
from surveys.question import Attribute as Kept
from surveys.round import ResponseCount, Round
from surveys.submission import Sheet

ROLE, PILOT = "役割", "実証"
PILOT_VALUES = ("pilot", "others")
_LEAST_SIDE = 3
_SMALL_SECTION = 5


@dataclass(frozen=True, eq=False)
class Tabulation:
    """What publish() is given of one round."""

    microdata: Microdata
    declared: tuple[Declared, ...]
    public: PublicKnowledge
    presences: tuple[Presence, ...] = ()


def tabulate(
    round_: Round, sheets: Sequence[Sheet], counts: Sequence[ResponseCount], told: Told | None = None
) -> Tabulation:
    """The answers as arrays, the tables this round publishes, and what everybody knows of it anyway (`told` by people themselves)."""
    sections = _sections(round_)
    columns = columns_of(round_.definition)
    given = [_asked(round_.definition, sheet) for sheet in sheets]
    sole = len(_asked_sections(round_)) == 1
    answers = tuple(
        _kept_apart(_answers(one, round_.definition, columns, given), sole=sole) for one in columns
    )
    microdata = Microdata(
        round_.id,
        sections,
        _places(sections, sheets),
        tuple(_attributes(round_, sections, sheets, answers)),
        answers,
        _wide(round_, sections),
    )
    declared = declared_tables(round_, microdata)
    public = replace(_public(round_, counts), told=told or {})
    return Tabulation(microdata, declared, public, tuple(_presences(round_, declared)))


def declared_tables(round_: Round, microdata: Microdata) -> tuple[Declared, ...]:
    """The tables of a round: city, 部, 課, every breakdown, and the cross tables its definition names."""
    definition, columns = round_.definition, columns_of(round_.definition)
    usual = [ROLE] if not definition.breakdowns else list(definition.breakdowns)
    ways = [*usual, PILOT]
    units = _units(definition)
    known = {*units, *(one.id for one in microdata.attributes)}
    found: list[Declared] = []
    apart = {one.question.id for one in microdata.answers if CITY in one.question.never_by}
    for column in columns:
        if not microdata.of(column.id).valid.any():
            continue
        never = column.question.never_by
        if CITY in never:
            continue  # the figures of any others would add up to those of the city
        if column.id in apart:
            found.append(Declared(column.id, (CITY,)))  # left out, with the reason
            continue
        if column.id in definition.breakdowns:
            # Every other table is broken down by it: finer tables of its own would have to hide nearly everything.
            found.append(Declared(column.id, (CITY,)))
            continue
        found += [Declared(column.id, (unit,)) for unit in units if unit not in {*never, SECTION}]
        if SECTION in units and SECTION not in never:
            found.append(Declared(column.id, (SECTION,), column.groups))
        found += [
            Declared(column.id, (way,)) for way in ways if way in known - apart and way != column.source.id
        ]
    for table in definition.tables:
        by = tuple(table.by)
        wanted = [column.id for column in columns if table.question in (column.id, column.source.id)]
        if set(by) <= known - apart:
            found += [
                Declared(one, by) for one in wanted if microdata.of(one).valid.any() and one not in apart
            ]
    return tuple(dict.fromkeys(found))


def _units(definition: Definition) -> tuple[str, ...]:
    """How finely a round can be counted: as finely as the place of whoever answers is kept."""
    kept = definition.kept_attributes
    if Kept.SECTION in kept and definition.identity is not Identity.ANONYMOUS:
        return (CITY, DIVISION, SECTION)
    return (CITY, DIVISION) if Kept.DIVISION in kept or Kept.SECTION in kept else (CITY,)


def _asked_sections(round_: Round) -> dict[str, str]:
    """The 部 of every 課 in which anybody is asked."""
    parents = {one.id: one.parent_id or one.id for one in round_.departments}
    return {section: parents.get(section, section) for section, asked in round_.headcounts.items() if asked}


def _wide(round_: Round, sections: Sequence[Section]) -> frozenset[str]:
    """The places of answers that are more than one 課: where only the 部 is kept, and where no place is."""
    asked = _asked_sections(round_)
    homes = list(asked.values())
    several = {home for home in homes if homes.count(home) > 1}
    if Kept.SECTION in round_.definition.kept_attributes:
        return frozenset()
    return frozenset(one.id for one in sections if one.id in several or (one.id == CITY and len(homes) > 1))


def _kept_apart(answers: Answers, *, sole: bool) -> Answers:
    """A question that is never shown by 課 is not shown at all where the round asks one 課 only."""
    never = answers.question.never_by
    if SECTION not in never or not sole:
        return answers
    return replace(answers, question=replace(answers.question, never_by=never | {DIVISION, CITY}))


def _presences(round_: Round, declared: Sequence[Declared]) -> Iterator[Presence]:
    """Of which answers it is told in how many 課 somebody gave them: those with tables by 課."""
    by_section = {table.question for table in declared if table.by == (SECTION,)}
    for question in round_.definition.questions:
        if question.somebody and question.id in by_section:
            yield Presence(question.id, frozenset(question.somebody))


def _asked(definition: Definition, sheet: Sheet) -> Mapping[str, object]:
    """The answers to what was asked; what a branch hid counts for nothing."""
    return {
        one.id: sheet.answers[one.id] for one in definition.asked(sheet.answers) if one.id in sheet.answers
    }


def _sections(round_: Round) -> tuple[Section, ...]:
    """The 課 of the round; where no 課 is kept, each 部 stands for itself, and without 部 the whole city."""
    if not {Kept.SECTION, Kept.DIVISION} & set(round_.definition.kept_attributes):
        return (Section(CITY, CITY),)
    if Kept.SECTION not in round_.definition.kept_attributes:
        return tuple(Section(one.id, one.id) for one in round_.departments if one.parent_id is None)
    return tuple(
        Section(one.id, one.parent_id or one.id)
        for one in round_.departments
        if one.parent_id is not None or one.id in round_.headcounts
    )


def _places(sections: Sequence[Section], sheets: Iterable[Sheet]) -> np.ndarray:
    if [section.id for section in sections] == [CITY]:
        return np.zeros(len(list(sheets)), dtype=np.int64)
    at = {section.id: place for place, section in enumerate(sections)}
    found = [
        at.get(sheet.attributes.get(Kept.SECTION, ""), at.get(sheet.attributes.get(Kept.DIVISION, ""), -1))
        for sheet in sheets
    ]
    places = np.array(found, dtype=np.int64)
    if (places < 0).any():
        raise ValueError("a submission is of a department that the round does not know")
    return places


def _answers(
    column: Column, definition: Definition, columns: Sequence[Column], given: Sequence[Mapping[str, object]]
) -> Answers:
    ticks = np.zeros((len(given), len(column.question.options)), dtype=bool)
    values = np.full(len(given), np.nan)
    for row, answers in enumerate(given):
        for option in column.ticked(answers):
            ticks[row, option] = True
        values[row] = column.value(answers)
    question = column.asked_after(asked_if(column.source, definition, columns))
    return Answers(question, ticks, values if column.has_values else None)


def _attributes(
    round_: Round, sections: Sequence[Section], sheets: Sequence[Sheet], answers: Sequence[Answers]
) -> Iterator[Attribute]:
    definition = round_.definition
    if Kept.ROLE in definition.kept_attributes:
        roles = [str(role) for role in Role]
        codes = [roles.index(str(sheet.attributes.get(Kept.ROLE, Role.STAFF))) for sheet in sheets]
        yield Attribute(ROLE, tuple(roles), np.array(codes, dtype=np.int64))
    whole = {question.id for question in definition.questions}
    for one in answers:
        if one.question.id in whole and not one.question.several:
            codes_ = np.where(one.valid, one.ticks.argmax(axis=1), -1).astype(np.int64)
            yield Attribute(one.question.id, one.question.options, codes_, one.question.id)
    pilots = np.array([section.id in round_.pilots for section in sections], dtype=bool)
    if min(pilots.sum(), (~pilots).sum()) >= _LEAST_SIDE and definition.identity is not Identity.ANONYMOUS:
        sides = np.where(pilots[_places(sections, sheets)], 0, 1).astype(np.int64)
        yield Attribute(PILOT, PILOT_VALUES, sides)


def _public(round_: Round, counts: Sequence[ResponseCount]) -> PublicKnowledge:
    """Response counts as they were shown: by 課, or by 部 where a 課 is small or the round anonymous.

    The id of a 部 that has people outside its 課 names those people where every 課 stands alone (the 部 is their sum then), else
    the whole 部.
    """
    divisions: dict[str, list[ResponseCount]] = defaultdict(list)
    for one in counts:
        divisions[one.division_id].append(one)
    responses: dict[str, int] = {}
    for division, sections in divisions.items():
        alone = {one.section_id: one.answered for one in sections if _stands_alone(round_, one)}
        if len(alone) < len(sections):
            alone.pop(division, None)
        responses |= {division: sum(one.answered for one in sections)} | alone
    return PublicKnowledge(dict(round_.headcounts), responses)


def _stands_alone(round_: Round, count: ResponseCount) -> bool:
    return count.asked >= _SMALL_SECTION and round_.definition.identity is not Identity.ANONYMOUS
