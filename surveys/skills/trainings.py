"""研修受講履歴 as CSV or XLSX: every wrong row named, or all trainings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from bot.texts.ja import skills as texts
from bot.texts.ja import staff as table_texts
from staff.tables import DirectoryFileError, TableRow, read_table
from surveys.skills.assessment import Training
from surveys.skills.catalogue import Catalogue

COLUMNS = ("職員番号", "研修名", "受講日")
LONGEST_TITLE = 200
_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?")


def read_trainings(
    name: str, content: bytes, known: Collection[str], catalogue: Catalogue, today: date
) -> list[Training]:
    """The trainings in a file with the columns 職員番号, 研修名 and 受講日. `known` are the 職員番号 of the directory.

    A title of the catalogue (or its id) makes it known which resource it was. Raises DirectoryFileError with every problem.
    """
    problems: list[str] = []
    rows = [row for sheet in read_table(name, content, COLUMNS).sheets for row in sheet if not row.blank]
    columns = _columns(rows, problems)
    reader = _Reader(columns, known, _by_title(catalogue), today, problems)
    trainings = [] if problems else list(reader.read(rows[1:]))
    if problems:
        raise DirectoryFileError(problems)
    return trainings


def _columns(rows: Sequence[TableRow], problems: list[str]) -> Mapping[str, int]:
    header = [unicodedata.normalize("NFKC", cell) for cell in rows[0].cells] if rows else []
    if missing := [column for column in COLUMNS if column not in header]:
        problems.append(table_texts.missing_columns("、".join(missing)))
    if len(rows) < 2 and not problems:
        problems.append(texts.NO_TRAININGS)
    return {column: header.index(column) for column in COLUMNS if column in header}


def _by_title(catalogue: Catalogue) -> Mapping[str, str]:
    return {_key(word): one.id for one in catalogue.resources for word in (one.id, one.title)}


def _key(title: str) -> str:
    return unicodedata.normalize("NFKC", title).replace(" ", "").casefold()


class _Reader:
    def __init__(
        self,
        columns: Mapping[str, int],
        known: Collection[str],
        by_title: Mapping[str, str],
        today: date,
        problems: list[str],
    ) -> None:
        self._columns = columns
        self._known = known
        self._by_title = by_title
        self._today = today
        self._problems = problems

    def read(self, rows: Sequence[TableRow]) -> Iterator[Training]:
        for row in rows:
            person, title, day = (self._cell(row, column) for column in COLUMNS)
            mistakes = [*self._person(row, person), *self._title(title), *self._day(day)]
            self._problems += [table_texts.problem(row.place, mistake) for mistake in mistakes]
            if not mistakes and (attended := _date(day)):
                resource = self._by_title.get(_key(title), "")
                yield Training(person_id=person, title=title, attended_on=attended, resource_id=resource)

    def _cell(self, row: TableRow, column: str) -> str:
        place = self._columns[column]
        return row.cells[place] if place < len(row.cells) else ""

    def _person(self, row: TableRow, person: str) -> Iterator[str]:
        if not person:
            yield table_texts.missing(COLUMNS[0])
        elif person not in self._known:
            is_number = self._columns[COLUMNS[0]] in row.numbers
            yield table_texts.NUMBER_ID if is_number else texts.unknown_person(person)

    def _title(self, title: str) -> Iterator[str]:
        if not title:
            yield table_texts.missing(COLUMNS[1])
        elif len(title) > LONGEST_TITLE:
            yield table_texts.too_long(COLUMNS[1], LONGEST_TITLE)

    def _day(self, text: str) -> Iterator[str]:
        day = _date(text)
        if not text:
            yield table_texts.missing(COLUMNS[2])
        elif day is None:
            yield table_texts.bad_date(COLUMNS[2], text)
        elif day > self._today:
            yield texts.in_the_future(text)


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return datetime(*map(int, found.groups())).date() if found else None  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
