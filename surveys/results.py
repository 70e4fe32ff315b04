"""Reading published results: who may see what, and tables with people's words in them. Nothing is computed anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bot.texts.ja import charts as words
from bot.texts.ja import results as texts
from staff.model import Person, Role
from staff.permissions import NotAllowed, Permission, allowed, require
from surveys.columns import Column, columns_of
from surveys.disclosure import CITY, DIVISION, SECTION, Cell, Publication, Row, Table
from surveys.disclosure import State as Shown
from surveys.round import Round, State
from surveys.tabulating import PILOT, ROLE

UNANSWERED = "無回答"
Tables = Mapping[tuple[str, tuple[str, ...]], Table]


@dataclass(frozen=True)
class Reading:
    """What somebody may see of a round: all of it, or of tables by 課 and 部 these rows only (ids)."""

    units: frozenset[str] | None = None
    free_text: bool = False


@dataclass(frozen=True)
class Line:
    """One row for people: its label, the number of valid answers, a text for each column, and the mean if there is one.

    `short` is the label where there is little room: a sum of many by the first of them. `members`: the names of the groups it
    tells of, several where their numbers are given as one. `row` is what was published.
    """

    label: str
    short: str
    members: tuple[str, ...]
    base: int | None
    cells: tuple[str, ...]
    shares: tuple[int | None, ...]
    row: Row
    mean: float | None = None

    @property
    def tells_nothing(self) -> bool:
        """Whether it is of several groups and has no number."""
        cells = (*self.row.cells, *(one.cell for one in self.row.together))
        return len(self.members) > 1 and all(cell.value is None for cell in cells)


@dataclass(frozen=True)
class Figure:
    """One published table for people."""

    question: str
    label: str
    by: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    threshold: int
    several: bool

    @property
    def told(self) -> tuple[Line, ...]:
        """The lines with numbers: of one group, or of several together but not of all there are, whose sum is the city's row."""
        everybody = {one for line in self.lines for one in line.members}
        return tuple(
            line
            for line in self.lines
            if line.base is not None and (len(line.members) == 1 or set(line.members) != everybody)
        )


def reading_of(person: Person | None, round_: Round) -> Reading:
    """What this person may see of a closed round. Raises NotAllowed."""
    if round_.state is not State.CLOSED:
        raise NotAllowed(texts.NOT_CLOSED)
    if allowed(person, Permission.RESULTS_READ):
        return Reading(free_text=True)
    if round_.definition.share == "audience" and allowed(person, Permission.RESULTS_READ_SHARED):
        return Reading()
    require(person, Permission.RESULTS_READ_OWN)
    assert person is not None  # noqa: S101 (the permission needs somebody known)
    own = {post.department_id for post in person.posts if Role.MANAGER in post.roles}
    above = {one.parent_id for one in round_.departments if one.id in own and one.parent_id}
    return Reading(units=frozenset(own | above))


def tables_of(publications: Iterable[Publication]) -> dict[tuple[str, tuple[str, ...]], Table]:
    """Every published table by question and breakdown."""
    return {(table.question, table.by): table for one in publications for table in one.tables}


def figure_of(round_: Round, table: Table, reading: Reading) -> Figure:
    """A table in people's words, with the rows this person may see."""
    columns = {column.id: column for column in columns_of(round_.definition)}
    column = columns[table.question]
    labels = tuple(label for label, _ in table.groups) or tuple(column.labels[one] for one in table.columns)
    names = [_names(round_, columns, way) for way in table.by]
    rows = [row for row in table.rows if may_see(table, row, reading) and not _is_empty(row)]
    return Figure(
        question=table.question,
        label=column.label,
        by=table.by,
        columns=labels,
        lines=tuple(_line(row, labels, names) for row in rows),
        threshold=table.threshold,
        several=table.several,
    )


def way_label(round_: Round, by: Sequence[str]) -> str:
    """How people call a breakdown: 部ごと, 主な業務別."""
    named = {
        CITY: CITY,
        DIVISION: texts.BY_DIVISION,
        SECTION: texts.BY_SECTION,
        ROLE: texts.BY_ROLE,
        PILOT: texts.BY_PILOT,
    }
    questions = {column.id: column.label for column in columns_of(round_.definition)}
    return "×".join(named.get(way) or texts.BY_ANSWER.format(question=questions.get(way, way)) for way in by)


def may_see(table: Table, row: Row, reading: Reading) -> bool:
    """Whether a row is among what somebody may see."""
    if reading.units is None or table.by[0] not in (SECTION, DIVISION):
        return True
    return bool(set(row.members) & reading.units)


def _is_empty(row: Row) -> bool:
    """Whether nobody of the group answered."""
    return row.base is None and all(cell.state is Shown.BLANK for cell in row.cells)


def _names(round_: Round, columns: Mapping[str, Column], way: str) -> Mapping[str, str]:
    if way in (SECTION, DIVISION):
        return {one.id: one.name for one in round_.departments}
    if way == ROLE:
        return {str(role): role.label for role in Role}
    if way == PILOT:
        return texts.PILOTS
    return columns[way].labels if way in columns else {}


def _line(row: Row, labels: Sequence[str], names: Sequence[Mapping[str, str]]) -> Line:
    members = [
        [texts.NO_ANSWER if one == UNANSWERED else name.get(one, one) for one in some]
        for some, name in zip((row.members, row.second), names, strict=False)
    ]
    shares = tuple(row.share(place) for place in range(len(row.cells)))
    cells = [_cell(cell, share) for cell, share in zip(row.cells, shares, strict=True)]
    if len(row.members) > 1 or len(row.second) > 1:  # what it does not add up stands in other rows
        cells = [texts.OTHER_ROW if cell == texts.BLANK else cell for cell in cells]
    for one in row.together:
        first, *rest = one.columns
        name = words.short_sum_of([labels[place] for place in one.columns])
        cells[first] = words.sum_told(name, _cell(one.cell, row.share_of(one.cell)))
        for place in rest:
            cells[place] = words.IN_SUM.format(name=labels[first])
    return Line(
        _joined(members, words.sum_of),
        _joined(members, words.short_sum_of),
        tuple("・".join(one) for one in product(*members)),
        row.base,
        tuple(cells),
        shares,
        row,
        row.mean,
    )


def _joined(members: Sequence[Sequence[str]], sum_of: Callable[[Sequence[str]], str]) -> str:
    return "・".join(sum_of(some) if len(some) > 1 else some[0] for some in members)


def _cell(cell: Cell, share: int | None) -> str:
    match cell.state:
        case Shown.SHOWN:
            return f"{cell.value}" if share is None else texts.COUNT.format(count=cell.value, share=share)
        case Shown.HIDDEN:
            return texts.HIDDEN
        case Shown.MERGED:
            return texts.WITH_OTHERS
        case Shown.BLANK:
            return texts.BLANK
