"""The tables of the initiatives: rows by name, ①②③ items, the 工程表 with its years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.article import Kind
from knowledge.plan.contents import Contents
from knowledge.plan.draft import Draft, slug
from knowledge.plan.figures import find_figures
from knowledge.plan.headings import parse_heading
from knowledge.plan.items import Cell, split_cell
from knowledge.plan.tables import Row, Table
from knowledge.plan.traced import Traced
from knowledge.plan.wording import key, readable

PART = "実行編"
SCHEDULE = "工程表"

_YEAR = re.compile(r"\d年")
_BOTH = re.compile("[・/／]")


def read_initiative(table: Table, position: int, contents: Contents) -> Draft:
    """The article of one initiative; `position` is its place among the tables, for a title without a number."""
    first, *rows = table.rows
    words = next((cell.strip() for cell in first.cells[1:] if cell.text.strip()), first.cells[0][:0])
    heading = parse_heading(words)
    number = heading.number[0] if heading and heading.item else position
    entry = contents.find(PART, words)
    draft = Draft(
        id=f"{slug(PART)}-{number}",
        kind=Kind.INITIATIVE,
        title=heading.title.text if heading else readable(words).text,
        part=PART,
        section=f"({number})",
        line=first.line,
        page=entry.page if entry else None,
        headings=[first.cells[0].strip(), words],
    )
    for name, row, below in _named_rows(rows):
        _add_row(draft, name, row, below)
    draft.figures = find_figures(draft.pieces)
    return draft


def _named_rows(rows: Sequence[Row]) -> Iterator[tuple[str, Row, list[Row]]]:
    """Each row that has a name, with the rows below it that have none."""
    named: list[tuple[str, Row, list[Row]]] = []
    for row in rows:
        if row.name or not named:
            named.append((row.name, row, []))
        else:
            named[-1][2].append(row)
    yield from named


def _add_row(draft: Draft, name: str, row: Row, below: Sequence[Row]) -> None:
    draft.headings.append(row.cells[0].strip())
    columns = _columns(row)
    if columns:
        draft.headings += [cell.strip() for cell in row.cells[1:]]
    before = len(draft.pieces)
    for line in below if columns else [row, *below]:
        _add_cells(draft, name, line, columns)
    written = {piece.label for piece in draft.pieces[before:]}
    if name not in written:
        draft.blank += tuple(label for label in _BOTH.split(name) if label and label not in written)


def _add_cells(draft: Draft, name: str, row: Row, columns: Sequence[str]) -> None:
    for place, words in enumerate(row.cells[1:]):
        column = columns[place] if place < len(columns) else ""
        cell: Cell = split_cell(words, name, column=column, tasks=name == SCHEDULE)
        draft.headings += cell.labels
        draft.pieces += cell.pieces


def _columns(row: Row) -> list[str]:
    """The years above a 工程表; empty for every other row."""
    titles = [_title(cell) for cell in row.cells[1:]]
    written = [title for title in titles if title]
    years = row.name == SCHEDULE and written and all(_YEAR.search(key(title)) for title in written)
    return titles if years else []


def _title(cell: Traced) -> str:
    return readable(cell).text
