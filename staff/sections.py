"""Finding the header rows in a file, and the records under them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.texts.ja import staff as texts
from staff.tables import TableFile, TableRow

PEOPLE_COLUMNS = ("職員番号", "氏名", "メール", "部", "課", "役割", "兼務課", "兼務役割", "発令日", "退職日")
PEOPLE_REQUIRED = ("職員番号", "氏名", "メール", "課")
DEPARTMENT_COLUMNS = ("所属コード", "部", "課", "適用開始日", "適用終了日", "引継先")
DEPARTMENT_REQUIRED = ("部", "課")

_OTHER_NAMES = {
    "メールアドレス": "メール",
    "e-mail": "メール",
    "email": "メール",
    "名前": "氏名",
    "部名": "部",
    "課名": "課",
    "課ID": "所属コード",
    "課id": "所属コード",
}


@dataclass(frozen=True)
class Record:
    """One row under a header: its place and its cells by column name; a missing cell is empty."""

    place: str
    values: Mapping[str, str]
    numbers: frozenset[str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass
class Sections:
    """What the files hold: the people's records, the departments' records, problems and notes."""

    people: list[Record] = field(default_factory=list)
    departments: list[Record] = field(default_factory=list)
    has_departments: bool = False
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find_sections(files: Iterable[tuple[str, TableFile]]) -> Sections:
    """Sort the rows of all files under their headers. With several files, places begin with the file's name."""
    files = list(files)
    found = Sections()
    headers = 0
    for name, file in files:
        found.notes.extend(file.notes)
        for rows in file.sheets:
            headers += _read_sheet(found, rows, f"{name} " if len(files) > 1 else "")
    if not headers:
        found.problems.append(texts.NO_HEADER)
    return found


def _read_sheet(found: Sections, rows: Sequence[TableRow], prefix: str) -> int:
    """Read one sheet; rows above its first header are titles. Returns the number of headers met."""
    columns: list[str] = []
    target = found.people
    headers = 0
    for row in rows:
        names = [_column(cell) for cell in row.cells]
        if _is_header(names):
            headers += 1
            columns = names
            target = found.people if "職員番号" in names else found.departments
            found.has_departments |= target is found.departments
            _check_header(found, prefix + row.place, names)
        elif headers and not row.blank:
            target.append(_record(prefix + row.place, columns, row))
    return headers


def _column(cell: str) -> str:
    name = unicodedata.normalize("NFKC", cell).strip()
    return _OTHER_NAMES.get(name.lower(), _OTHER_NAMES.get(name, name))


def _is_header(names: Sequence[str]) -> bool:
    return ("職員番号" in names and "氏名" in names) or ("部" in names and "課" in names)


def _check_header(found: Sections, place: str, names: Sequence[str]) -> None:
    is_people = "職員番号" in names
    required, known = (
        (PEOPLE_REQUIRED, PEOPLE_COLUMNS) if is_people else (DEPARTMENT_REQUIRED, DEPARTMENT_COLUMNS)
    )
    if absent := [name for name in required if name not in names]:
        found.problems.append(texts.problem(place, texts.missing_columns("、".join(absent))))
    for name in dict.fromkeys(filter(None, names)):
        if names.count(name) > 1:
            found.problems.append(texts.problem(place, texts.double_column(name)))
        if name not in known:
            found.notes.append(texts.problem(place, texts.unused_column(name)))


def _record(place: str, columns: Sequence[str], row: TableRow) -> Record:
    values = dict(zip(columns, row.cells, strict=False))
    numbers = frozenset(columns[index] for index in row.numbers if index < len(columns))
    return Record(place, values, numbers)
