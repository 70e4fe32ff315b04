"""The organisation part of a directory file: 部 and 課 with the days they are in force."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from bot.texts.ja import staff as texts
from staff.model import Department
from staff.sections import Record

MAX_NAME = 60
_WESTERN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_REIWA = re.compile(r"(?:令和|R)(元|\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.IGNORECASE)


class Organisation:
    """Departments by name, as a clerk writes them."""

    def __init__(self, departments: Iterable[Department]) -> None:
        self.departments = tuple(departments)
        self._names = {department.id: department.name for department in self.departments}

    def find(self, division: str, section: str, day: date) -> Department:
        """The 課 of a 部, or the 部 itself when `section` is empty; `division` may be left out when it is clear.

        Raises ValueError with what to mend.
        """
        shown = f"{division}/{section}" if division and section else section or division
        named = [found for found in self.departments if self._matches(found, division, section)]
        if not named:
            raise ValueError(texts.unknown_department(shown))
        in_force = [found for found in named if found.in_force(day)]
        if not in_force:
            raise ValueError(texts.not_in_force(shown, day.isoformat()))
        if len(in_force) > 1:
            choices = "、".join(self._names.get(found.parent_id or "", "") for found in in_force)
            raise ValueError(texts.ambiguous_department(shown, choices))
        return in_force[0]

    def _matches(self, department: Department, division: str, section: str) -> bool:
        if not section:
            return department.parent_id is None and department.name == division
        parent = self._names.get(department.parent_id or "", "")
        return department.name == section and division in ("", parent)


def read_departments(
    records: Sequence[Record], present: Sequence[Department], problems: list[str], day: date
) -> Organisation:
    """Departments as the file lists them; a 部 that has no row of its own is added before its first 課.

    A present one that the file lacks is not forgotten: it ends on `day`, so that what happened in it keeps its 課.

    A row's id is its 所属コード; without one, the id of the present department of that name, or a new id made of the
    name. So a rename keeps the id only where codes are used.
    """
    reading = _Reading(records, present, problems)
    for record in records:
        reading.add(record)
    listed = {one.id for one in reading.departments}
    gone = [_ended(one, day) for one in present if one.id not in listed]
    return Organisation((*reading.with_successors(gone), *gone))


def _ended(department: Department, day: date) -> Department:
    if department.valid_until is not None and department.valid_until <= day:
        return department
    return department.model_copy(update={"valid_until": day})


class _Reading:
    """Departments read so far. A 部 is added before its first 課, wherever its own row stands."""

    def __init__(self, records: Sequence[Record], present: Sequence[Department], problems: list[str]) -> None:
        self.departments: list[Department] = []
        self._problems = problems
        self._present = {(found.parent_id, found.name): found.id for found in present}
        self._own_rows = {record["部"]: record for record in reversed(records) if not record["課"]}
        self._divisions: dict[str, str] = {}
        self._names: dict[tuple[str | None, str], str] = {}
        self._codes: dict[str, str] = {}
        self._successors: dict[str, tuple[Record, list[str]]] = {}

    def add(self, record: Record) -> None:
        try:
            division, section = _name(record, "部"), _name(record, "課", required=False)
            if section:
                self._append(record, section, self._division(division))
            elif self._own_rows[division] is not record:
                raise ValueError(texts.double_department(division, self._own_rows[division].place))
            else:
                self._division(division)
        except ValueError as error:
            self._problems.append(texts.problem(record.place, str(error)))

    def with_successors(self, others: Sequence[Department]) -> list[Department]:
        """The departments with who took over, by code or name (部/課 where a name is not clear)."""
        everyone = [*self.departments, *others]
        made = []
        for department in self.departments:
            record, heirs = self._successors.get(department.id, (None, []))
            found = tuple(self._heir(record, name, everyone, department) for name in heirs if record)
            made.append(department.model_copy(update={"successors": tuple(filter(None, found))}))
        return made

    def _heir(
        self, record: Record, name: str, everyone: Sequence[Department], department: Department
    ) -> str | None:
        parents = {one.id: one.name for one in everyone}
        division, _, section = name.rpartition("/")
        named = [
            one
            for one in everyone
            if one.id == name
            or (one.name == section and division in ("", parents.get(one.parent_id or "", "")))
        ]
        # Of two of one name, the one that goes on is meant.
        standing = [one for one in named if one.valid_until is None] or named
        if department.valid_until is None:
            self._problems.append(texts.problem(record.place, texts.SUCCESSOR_OF_STANDING))
        elif len(standing) != 1 or standing[0].id == department.id:
            self._problems.append(texts.problem(record.place, texts.unknown_successor(name)))
        else:
            return standing[0].id
        return None

    def _division(self, name: str) -> str:
        if name not in self._divisions:
            self._divisions[name] = name
            row = self._own_rows.get(name, Record("", {}, frozenset()))
            try:
                self._divisions[name] = self._append(row, name, None)
            except ValueError as error:  # named at the 部's own row, not at the 課 that led here
                self._problems.append(texts.problem(row.place, str(error)))
        return self._divisions[name]

    def _append(self, record: Record, name: str, parent: str | None) -> str:
        begin, end = read_day(record, "適用開始日"), read_day(record, "適用終了日")
        if begin and end and end < begin:
            raise ValueError(texts.DATES_REVERSED)
        id_ = self._id(record, name, parent)
        if heirs := [part.strip() for part in record["引継先"].replace("｜", "|").split("|") if part.strip()]:
            self._successors[id_] = record, heirs
        # A clerk writes the last day; the model has the first day after it.
        until = end + timedelta(days=1) if end else None
        self.departments.append(
            Department(id=id_, name=name, parent_id=parent, valid_from=begin, valid_until=until)
        )
        return id_

    def _id(self, record: Record, name: str, parent: str | None) -> str:
        if (first := self._names.setdefault((parent, name), record.place)) != record.place:
            raise ValueError(texts.double_department(name, first))
        made = f"{parent}/{name}" if parent else name
        id_ = record["所属コード"] or self._present.get((parent, name), made)
        if (first := self._codes.setdefault(id_, record.place)) != record.place:
            raise ValueError(texts.double_code(id_, first))
        return id_


def _name(record: Record, column: str, *, required: bool = True) -> str:
    name = record[column]
    if required and not name:
        raise ValueError(texts.missing(column))
    if len(name) > MAX_NAME:
        raise ValueError(texts.too_long(column, MAX_NAME))
    return name


def read_day(record: Record, column: str) -> date | None:
    """A cell's day, Western or Japanese; None for an empty one. Raises ValueError with what to mend."""
    value = record[column]
    if not value:
        return None
    text = unicodedata.normalize("NFKC", value).strip()
    try:
        if found := _WESTERN.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _REIWA.fullmatch(text):
            year = 1 if found[1] == "元" else int(found[1])
            return date(year + 2018, int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise ValueError(texts.bad_date(column, value))
