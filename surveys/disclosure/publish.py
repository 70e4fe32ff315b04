"""Publishing: everything a round gives out, decided together and once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bot.texts.ja import disclosure as texts
from surveys.disclosure.decide import decide
from surveys.disclosure.listing import Partitions, crowd, list_groups
from surveys.disclosure.means import with_means
from surveys.disclosure.microdata import (
    CITY,
    DIVISION,
    SECTION,
    Declared,
    Microdata,
    Presence,
    PublicKnowledge,
    Question,
)
from surveys.disclosure.presence import holds, list_present
from surveys.disclosure.publication import Known, Left, Publication, Refusal, State, Table
from surveys.disclosure.round import RoundTables
from surveys.disclosure.tables import settled_parts, table_of
from surveys.disclosure.task import WHOLE, Decided, Place, Task, Unpublishable, columns_of

Progress = Callable[[int, int], None]


def publish(
    microdata: Microdata,
    declared: Sequence[Declared],
    earlier: Sequence[Publication],
    public: PublicKnowledge,
    progress: Progress = lambda _done, _of: None,
    presences: Sequence[Presence] = (),
) -> Publication | Refusal:
    """Decide what can be shown of `declared`, together with all that was published of this round before.

    The first publication leaves out what has no safe form (`left`) and merges what is too small, and tells of `presences`. A
    further one adds its tables whole or is refused; it must be made from the very answers of the first. `progress` hears
    (questions done, of). Raises ValueError for a table that cannot exist.
    """
    before = [one for one in earlier if one.round_id == microdata.round_id]
    source = microdata.fingerprint()
    if any(one.source != source for one in before):
        return Refusal(reason=texts.ANSWERS_CHANGED)
    old = {table.declared: table for one in before for table in one.tables}
    _check(microdata, declared)
    _check_presences(microdata, presences, declared)
    allowed, left = _allowed(microdata, declared)
    new = [table for table in _with_parents(microdata, allowed) if table not in old]
    if before and left:
        return Refusal(reason=left[0].reason)
    if before and not new:
        return Refusal(reason=texts.NOTHING_NEW)
    round_ = RoundTables(microdata, (*old, *new), old, public.told)
    tables = _decide_all(round_, set(new), left, progress)
    if before and (len(left) or not _keeps_numbers(round_, before)):
        return Refusal(reason=texts.NOT_WITH_EARLIER)
    present, reliance = ((), ()) if before else list_present(microdata, presences, round_.decided)
    return Publication(
        number=max((one.number for one in earlier), default=0) + 1,
        round_id=microdata.round_id,
        tables=tuple(tables),
        left=tuple(left),
        present=present,
        reliance=reliance,
        known=Known(headcounts=dict(public.headcounts), responses=dict(public.responses)),
        source=source,
    )


def _decide_all(round_: RoundTables, new: set[Declared], left: list[Left], progress: Progress) -> list[Table]:
    """Decide every question that a new table concerns; of the others all stands as it was proved. What is to be added comes first."""
    tables: list[Table] = []
    for done, question in enumerate(concerned := round_.concerned(new), 1):
        mine = [table for table in round_.tables(question) if table in new]
        found = _tables_of(round_, question, mine)
        if found is None:
            left += [_too_few(one) for one in mine]
            if not mine:
                left.append(Left(question=question, by=(CITY,), reason=texts.NOT_WITH_EARLIER))
        else:
            given = [table for table in found if _has_rows(table)]
            tables += given
            left += [_too_few(table.declared) for table in found if table not in given]
        progress(done, len(concerned))
        if left and round_.old:
            break
    return tables


def _too_few(declared: Declared) -> Left:
    return Left(question=declared.question, by=declared.by, reason=texts.TOO_FEW)


def _has_rows(table: Table) -> bool:
    """Whether any group, or several together, have a row of their own."""
    return any(row.base is not None for row in table.rows)


def _tables_of(round_: RoundTables, question: str, mine: Sequence[Declared]) -> list[Table] | None:
    """The new tables of one question; None where it has no safe form."""
    task = round_.task(question)
    about = task.people.question
    people = crowd(round_.microdata, question)
    everybody = np.ones(len(people.valid), dtype=bool)
    if not people.fits(everybody):
        return None
    parts = list_groups(round_.microdata, task.tables, people)
    whole = range(len(about.options))
    sets = [(option,) for option in whole] if about.several else [tuple(whole)]
    decided = [one for options in sets if (one := _decide(round_, task, options, parts)) is not None]
    if not decided or not _published(task.settled) <= {options for one in decided for options in one.columns}:
        return None
    if not about.several:
        round_.decided[question] = decided[0]
    for one in decided:
        _lone_sections(round_.microdata, task, one)
        if not _keeps(task.settled, one):
            return None
    tables = [table_of(round_.microdata, about, table, decided, people) for table in mine]
    if about.several:
        return tables
    return with_means(round_.microdata, round_.microdata.of(question), tables, decided[0], people)


def _keeps_numbers(round_: RoundTables, before: Sequence[Publication]) -> bool:
    """Whether every number of 課 that was published stays true in the worlds that prove the tables of now."""
    present = [one for publication in before for one in publication.present]
    reliance = [one for publication in before for one in publication.reliance]
    return all(
        holds(round_.microdata, present, reliance, question, decided)
        for question, decided in round_.decided.items()
    )


def _decide(round_: RoundTables, task: Task, options: Sequence[int], parts: Partitions) -> Decided | None:
    try:
        return decide(task, options, settled_parts(round_.microdata, parts, task.settled, options))
    except Unpublishable:
        return None


def _published(settled: Mapping[Place, State]) -> set[int]:
    """The options that earlier publications gave; others had no safe form then, and need none now."""
    return {column for (_, groups), _, columns in settled if not groups for column in columns}


def _keeps(settled: Mapping[Place, State], decided: Decided) -> bool:
    """Whether a decision leaves every cell of earlier publications as it is published."""
    return all(
        decided.cells.get(place, (None, 0))[0] is state
        for place, state in settled.items()
        if place[0][1] or place[2][0] in decided.columns
    )


def _lone_sections(microdata: Microdata, task: Task, decided: Decided) -> None:
    """A 課 that is all of its 部 has the 部's cells."""
    homes = [task.people.divisions.index(section.division) for section in microdata.sections]
    for place, division in enumerate(homes):
        if homes.count(division) == 1:
            for table in (table for table in task.tables if table.by == (SECTION,)):
                _copy(task, table, decided, place, division)


def _copy(task: Task, table: Declared, decided: Decided, place: int, division: int) -> None:
    above: dict[int, tuple[State, int]] = {
        columns[0]: cell
        for (key, row, columns), cell in decided.cells.items()
        if key == ((DIVISION,), ()) and row[0] == frozenset({division})
    }
    everything = range(len(task.people.question.options))
    columns = {
        column: np.flatnonzero(chosen).tolist()
        for column, chosen in columns_of(task.people, table, everything)
    }
    told = {
        column: (_sum_state(above, members), sum(above[member][1] for member in members))
        for column, members in columns.items()
        if above.keys() >= set(members)
    }
    hidden = [column for column, (state, _) in told.items() if state is State.HIDDEN]
    if table.groups and len(hidden) == 1 and len(told) == len(columns):
        # What the others leave of the base: the row of the 部 tells it already.
        told[hidden[0]] = State.SHOWN, told[hidden[0]][1]
    row = (frozenset({place}), WHOLE)
    decided.cells.update(
        {(((SECTION,), table.groups), row, (column,)): cell for column, cell in told.items()}
    )


def _sum_state(above: Mapping[int, tuple[State, int]], members: Sequence[int]) -> State:
    shown = all(above[member][0] is State.SHOWN for member in members)
    return State.SHOWN if shown else State.HIDDEN


def _check(microdata: Microdata, declared: Sequence[Declared]) -> None:
    attributes = {one.id for one in microdata.attributes}
    known = {one.question.id: one.question for one in microdata.answers}
    for table in declared:
        if table.question not in known:
            raise ValueError(f"{table}: no such question")
        if not table.by or len(table.by) > 2 or not set(table.by) <= attributes | {SECTION, DIVISION, CITY}:
            raise ValueError(f"{table}: no such breakdown")
        if len(table.by) == 2 and (CITY in table.by or table.by[1] in (SECTION, DIVISION)):
            raise ValueError(f"{table}: name 部 first, then an attribute")
        _check_groups(known[table.question], table)


def _check_presences(
    microdata: Microdata, presences: Sequence[Presence], declared: Sequence[Declared]
) -> None:
    for one in presences:
        question = microdata.of(one.question).question
        by_section = any(table.question == one.question and table.by == (SECTION,) for table in declared)
        if question.several or not by_section or not one.options <= set(question.options):
            raise ValueError(f"{one}: wants options of a question with one answer and a table by 課")


def _check_groups(question: Question, table: Declared) -> None:
    if not table.groups:
        return
    named = [option for _, options in table.groups for option in options]
    if question.several or sorted(named) != sorted(question.options):
        raise ValueError(f"{table}: groups take each option of a question with one answer once")


def _allowed(microdata: Microdata, declared: Sequence[Declared]) -> tuple[list[Declared], list[Left]]:
    """Tables that may exist, and those that never may."""
    allowed, left = [], []
    for table in dict.fromkeys(declared):
        never = microdata.of(table.question).question.never_by
        if set(table.by) & never:
            left.append(Left(question=table.question, by=table.by, reason=texts.NEVER))
        elif len(table.by) == 2 and SECTION in table.by:
            left.append(Left(question=table.question, by=table.by, reason=texts.TOO_FINE))
        else:
            allowed.append(table)
    return allowed, left


def _with_parents(microdata: Microdata, tables: Sequence[Declared]) -> list[Declared]:
    """The tables with those they add up to: the 部 above 課, and the city above all."""
    found: dict[Declared, None] = {}
    for table in tables:
        never = microdata.of(table.question).question.never_by
        if CITY not in never:
            found[Declared(table.question, (CITY,))] = None
        if (SECTION in table.by or DIVISION in table.by) and DIVISION not in never:
            found[Declared(table.question, (DIVISION,))] = None
        found[table] = None
    return list(found)
