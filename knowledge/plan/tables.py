"""Tables of tab-separated cells: one of an initiative (取組項目), or of terms (用語)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.plan.traced import Line, Traced, join_wrapped
from knowledge.plan.wording import key

INITIATIVE = "取組項目"
TERM = "用語"
GLOSSARY = "用語集"

_TAB = re.compile("\t")
_ENDED = ("。", ">", "）", ")")


@dataclass(frozen=True)
class Row:
    """A row of a table, cells from left to right."""

    cells: tuple[Traced, ...]
    line: int

    @property
    def name(self) -> str:
        """The first cell, for comparing."""
        return key(self.cells[0].text)


@dataclass(frozen=True)
class Table:
    """A table; `kind` is its first cell, `rows` hold the header too."""

    kind: str
    rows: tuple[Row, ...]


@dataclass
class _RowDraft:
    """A row while lines may still go on with it. `unclosed`: a <p> in its last words has no end yet."""

    cells: list[list[Traced]]
    line: int
    last: int = 0
    unclosed: bool = False

    @classmethod
    def of(cls, line: Line) -> _RowDraft:
        """The row that a line with tabs is."""
        row = cls([], line.number)
        for cell in line.words.split(_TAB):
            row.add_cell(cell)
        return row

    @property
    def name(self) -> str:
        return key(self.cells[0][0].text)

    def add_cell(self, words: Traced) -> None:
        self.cells.append([words])
        if words.text.strip():
            self.last = len(self.cells) - 1
            self._note_end(words)

    def go_on(self, words: Traced) -> None:
        self.cells[self.last].append(words)
        self._note_end(words)

    def goes_on(self, before: Line) -> bool:
        """Whether a line without cells belongs here: it follows directly, or the row's text is not ended."""
        last = self.cells[self.last][-1].text.strip()
        return not before.blank or self.unclosed or ("、" in last and not last.endswith(_ENDED))

    def finish(self) -> Row:
        return Row(tuple(cell[0] if len(cell) == 1 else join_wrapped(cell) for cell in self.cells), self.line)

    def _note_end(self, words: Traced) -> None:
        opened, closed = words.text.rfind("<p>"), words.text.rfind("</p>")
        if opened != closed:
            self.unclosed = opened > closed


def read_table(lines: Sequence[Line], start: int) -> tuple[Table, int] | None:
    """The table that begins at line `start`, and the place of the line after it; None when none begins there."""
    first = lines[start].words.text
    kind = key(first.split("\t")[0]) if "\t" in first else ""
    if kind not in {INITIATIVE, TERM}:
        return None
    rows = [_RowDraft.of(lines[start])]
    end = next((place for place in range(start + 1, len(lines)) if not _take(rows, lines, place)), len(lines))
    return Table(kind, tuple(row.finish() for row in rows)), end


def _take(rows: list[_RowDraft], lines: Sequence[Line], place: int) -> bool:
    """Add a line to the table's rows; False when the table ends above it."""
    line = lines[place]
    if "\t" not in line.words.text:
        goes_on = line.blank or rows[-1].goes_on(lines[place - 1])
        if goes_on and not line.blank:
            rows[-1].go_on(line.words)
        return goes_on
    row = _RowDraft.of(line)
    if row.name in {INITIATIVE, TERM}:
        return False
    if rows[-1].unclosed:
        rows[-1].go_on(row.cells[0][0])
        for cell in row.cells[1:]:
            rows[-1].add_cell(cell[0])
    else:
        rows.append(row)
    return True
