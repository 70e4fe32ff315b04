"""Reading directory files (CSV, XLSX): everything wrong is named at once, or a whole Roster comes back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.texts.ja import staff as texts
from staff.model import Department, Person, Post, Role, Roster, email_key
from staff.organisation import Organisation, read_day, read_departments
from staff.planning import PlannedChange
from staff.sections import Record, find_sections
from staff.tables import DirectoryFileError, TableFile, read_table

MAX_NAME = 100
MAX_EMAIL = 254
_ID = re.compile(r"[0-9A-Za-z-]{1,20}")
_EMAIL = re.compile(r"[0-9A-Za-z._%+'-]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+")
_ROLES = {role.label: role for role in Role} | {
    **{role.value: role for role in Role},
    "所属長": Role.MANAGER,
    "DX推進マネージャー": Role.MANAGER,
    "所属長(DX推進マネージャー)": Role.MANAGER,
}


@dataclass(frozen=True)
class DirectoryFile:
    """What was read: the whole directory, what is planned for later days, and notes for whoever imports it."""

    roster: Roster
    notes: tuple[str, ...] = ()
    planned: tuple[PlannedChange, ...] = ()


def read_directory(
    files: Iterable[tuple[str, bytes]], present: Sequence[Department], day: date
) -> DirectoryFile:
    """Read files given as (name, content): the people, and the organisation when a file has its table.

    Without that table the departments in `present` stay as they are. `day` is when the directory takes force: posts
    must be in departments that exist then. Rows of a later 発令日, and 退職日, are planned. Raises DirectoryFileError with every problem found.
    """
    problems: list[str] = []
    found = find_sections(_tables(list(files), problems))
    if problems:
        raise DirectoryFileError(problems)
    problems.extend(found.problems)
    if problems:
        raise DirectoryFileError(problems)
    organisation = (
        read_departments(found.departments, present, problems, day)
        if found.has_departments
        else Organisation(present)
    )
    if not organisation.departments:
        problems.append(texts.NO_DEPARTMENTS)
    if not found.people:
        problems.append(texts.NO_PEOPLE)
    reading = _People(organisation, day, problems)
    people = reading.read(found.people)
    if problems:
        raise DirectoryFileError(problems)
    roster = Roster(organisation.departments, tuple(sorted(people, key=lambda person: person.id)))
    return DirectoryFile(roster, tuple(found.notes), tuple(reading.planned))


def _tables(files: Sequence[tuple[str, bytes]], problems: list[str]) -> list[tuple[str, TableFile]]:
    tables = []
    for name, content in files:
        try:
            tables.append((name, read_table(name, content)))
        except DirectoryFileError as error:
            prefix = f"{name} " if len(files) > 1 else ""
            problems.extend(prefix + problem for problem in error.problems)
    return tables


class _People:
    def __init__(self, organisation: Organisation, day: date, problems: list[str]) -> None:
        self._organisation = organisation
        self._day = day
        self._problems = problems
        self._ids: dict[tuple[str, date | None], str] = {}
        self._emails: dict[str, tuple[str, str]] = {}
        self.planned: list[PlannedChange] = []

    def read(self, records: Iterable[Record]) -> list[Person]:
        """Those who are here on the day; the rest is planned."""
        return [
            person
            for record in records
            if (person := self._person(record)) is not None and self._here(record, person)
        ]

    def _here(self, record: Record, person: Person) -> bool:
        """Whether the row holds already; a later one is planned, and so is a leave."""
        begin, last = read_day(record, "発令日"), read_day(record, "退職日")
        if last is not None:
            self.planned.append(PlannedChange(effective_on=last + timedelta(days=1), person_id=person.id))
            if last < self._day:
                self.planned.pop()
                return False
        if begin is not None and begin > self._day:
            self.planned.append(PlannedChange(effective_on=begin, person_id=person.id, person=person))
            return False
        return True

    def _person(self, record: Record) -> Person | None:
        """One row as a person; None when anything in it is wrong (every wrong field is named)."""
        wrong: list[str] = []
        values = {}
        for column in ("発令日", "退職日"):
            try:
                read_day(record, column)
            except ValueError as error:
                wrong.append(texts.problem(record.place, str(error)))
        if wrong:
            self._problems.extend(wrong)
            return None
        for name, read in (("id", self._id), ("name", _name), ("email", self._email), ("posts", self._posts)):
            try:
                values[name] = read(record)
            except ValueError as error:
                wrong.append(texts.problem(record.place, str(error)))
        self._problems.extend(wrong)
        return None if wrong else Person.model_validate(values)

    def _id(self, record: Record) -> str:
        if "職員番号" in record.numbers:
            raise ValueError(texts.NUMBER_ID)
        value = unicodedata.normalize("NFKC", _required(record, "職員番号"))
        if not _ID.fullmatch(value):
            raise ValueError(texts.bad_id(value[:40]))
        begin = self._later_day(record)
        if (first := self._ids.setdefault((value, begin), record.place)) != record.place:
            raise ValueError(texts.double_id(value, first))
        return value

    def _email(self, record: Record) -> str:
        value = unicodedata.normalize("NFKC", _required(record, "メール"))
        if len(value) > MAX_EMAIL or not _EMAIL.fullmatch(value):
            raise ValueError(texts.bad_email(value[:60]))
        owner = unicodedata.normalize("NFKC", record["職員番号"])
        first, of = self._emails.setdefault(email_key(value), (record.place, owner))
        if of != owner:
            raise ValueError(texts.double_email(value, first))
        return value

    def _later_day(self, record: Record) -> date | None:
        """From when a row holds, if that is yet to come."""
        begin = read_day(record, "発令日")
        return begin if begin is not None and begin > self._day else None

    def _posts(self, record: Record) -> tuple[Post, ...]:
        day = self._later_day(record) or self._day
        if not record["課"] and not record["部"]:
            raise ValueError(texts.missing("課"))
        main = self._organisation.find(record["部"], record["課"], day)
        posts = [Post(department_id=main.id, roles=_roles(_split(record["役割"])))]
        for name, roles in _additional(record):
            division, _, section = name.rpartition("/")
            found = self._organisation.find(division, section, day)
            if any(post.department_id == found.id for post in posts):
                raise ValueError(texts.double_post(name))
            posts.append(Post(department_id=found.id, roles=_roles(roles)))
        return tuple(posts)


def _name(record: Record) -> str:
    name = _required(record, "氏名")
    if len(name) > MAX_NAME:
        raise ValueError(texts.too_long("氏名", MAX_NAME))
    return name


def _required(record: Record, column: str) -> str:
    if not record[column]:
        raise ValueError(texts.missing(column))
    return record[column]


def _additional(record: Record) -> list[tuple[str, list[str]]]:
    """The 兼務 as (課, roles): one 課 takes all roles, several 課 take them in order."""
    names = _split(record["兼務課"])
    written = record["兼務役割"].replace("｜", "|")
    if not names and written:
        raise ValueError(texts.ROLES_WITHOUT_POST)
    if not written:
        return [(name, []) for name in names]
    if len(names) == 1:
        return [(names[0], _split(written.replace("・", "|")))]
    groups = [_split(part.replace("・", "|")) for part in written.split("|")]
    if len(groups) != len(names):
        raise ValueError(texts.UNPAIRED_ROLES)
    return list(zip(names, groups, strict=True))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("｜", "|").split("|") if part.strip()]


def _roles(names: Iterable[str]) -> frozenset[Role]:
    return frozenset({Role.STAFF, *(_role(name) for name in names)})


def _role(name: str) -> Role:
    normal = unicodedata.normalize("NFKC", name)
    role = _ROLES.get(normal) or _ROLES.get(normal.lower())
    if role is None:
        raise ValueError(texts.unknown_role(name, "、".join(role.label for role in Role)))
    return role
