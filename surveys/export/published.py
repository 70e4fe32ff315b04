"""Published tables as rows, cell by cell: what is hidden stays hidden, what is given together is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.sheets.model import Column, Kind, Mark, Row, Sheet, Value
from bot.texts.ja import charts as words
from bot.texts.ja import export as texts
from surveys.disclosure import CITY, DIVISION, SECTION, Cell, Publication, Table
from surveys.disclosure import State as Shown
from surveys.results import Figure, Line, Reading, figure_of, way_label
from surveys.round import Round

COLUMNS = (
    Column(texts.WAY),
    Column(texts.DIVISION),
    Column(texts.GROUP),
    Column(texts.QUESTION_ID),
    Column(texts.QUESTION, Kind.NOTE),
    Column(texts.OPTION),
    Column(texts.BASE, Kind.COUNT),
    Column(texts.COUNT, Kind.COUNT),
    Column(texts.SHARE, Kind.SHARE),
    Column(texts.MEAN, Kind.DECIMAL),
    Column(texts.PUBLICATION, Kind.COUNT),
)
_SHEETS: Sequence[tuple[str, Callable[[Table], bool]]] = (
    (texts.SHEET_CITY, lambda table: table.by == (CITY,)),
    (texts.SHEET_DIVISIONS, lambda table: table.by == (DIVISION,)),
    (texts.SHEET_SECTIONS, lambda table: table.by == (SECTION,)),
    (texts.SHEET_OTHERS, lambda table: table.by not in ((CITY,), (DIVISION,), (SECTION,))),
)


@dataclass(frozen=True)
class Published:
    """A closed round with everything published of it, by number; `at` is when the first was."""

    round: Round
    publications: Sequence[Publication]
    at: datetime

    @property
    def name(self) -> str:
        """The survey's title with the wave."""
        return f"{self.round.definition.title} {self.round.wave}".strip()

    @property
    def wave(self) -> str:
        """How people call the round."""
        return self.round.wave or self.round.id

    @property
    def numbers(self) -> str:
        """The publication numbers for people: 1、2."""
        return "、".join(str(one.number) for one in self.publications)


def cell_sheets(published: Published) -> list[Sheet]:
    """A sheet each for the city, 部, 課 and other groups, as far as something is published."""
    return [
        sheet_of(title, COLUMNS, rows)
        for title, wanted in _SHEETS
        if (rows := list(_rows(published, wanted)))
    ]


def data_sheet(published: Published) -> Sheet:
    """The same in one table, for CSV."""
    rows = [row for _, wanted in _SHEETS for row in _rows(published, wanted)]
    return sheet_of(texts.SHEET_DATA, COLUMNS, rows)


def city_rows(published: Published) -> Iterator[Row]:
    """The rows of the city alone."""
    return _rows(published, _SHEETS[0][1])


def sheet_of(title: str, columns: Sequence[Column], rows: Sequence[Row], frozen: int = 0) -> Sheet:
    """A sheet without charts, with so many columns that stay in sight."""
    return Sheet(title, tuple(columns), rows, len(rows), frozen=frozen)


def _rows(published: Published, wanted: Callable[[Table], bool]) -> Iterator[Row]:
    round_ = published.round
    for publication in published.publications:
        for table in (one for one in publication.tables if wanted(one)):
            figure = figure_of(round_, table, Reading())
            way = way_label(round_, table.by)
            for line in figure.lines:
                division = _division(round_, table, line)
                head = (way, division, _group(table, line), figure.question, figure.label)
                for option, share, cell in _cells(figure, line):
                    base = Mark.TOGETHER if line.base is None else line.base
                    yield (*head, option, base, _value(cell), share, None, publication.number)
                if line.mean is not None:
                    yield (
                        *head,
                        texts.MEAN_ROW,
                        line.row.mean_base,
                        None,
                        None,
                        line.mean,
                        publication.number,
                    )


def _cells(figure: Figure, line: Line) -> Iterator[tuple[str, Value, Cell]]:
    """Each option with its share and cell, then options given together as one."""
    for option, share, cell in zip(figure.columns, line.shares, line.row.cells, strict=True):
        yield option, _beside(cell) if share is None else share, cell
    for one in line.row.together:
        name = words.sum_of([figure.columns[place] for place in one.columns])
        yield name, _beside(one.cell), one.cell


def _value(cell: Cell) -> Value:
    """The count as a number, or what stands in its place; a blank where nobody answered."""
    match cell.state:
        case Shown.SHOWN:
            return cell.value
        case Shown.HIDDEN:
            return Mark.HIDDEN
        case Shown.MERGED:
            return Mark.TOGETHER
        case Shown.BLANK:
            return None


def _beside(cell: Cell) -> Value:
    """What stands for a share that is not told."""
    return None if cell.state is Shown.SHOWN else _value(cell)


def _group(table: Table, line: Line) -> str | None:
    return None if table.by == (CITY,) else line.label


def _division(round_: Round, table: Table, line: Line) -> str | None:
    """The 部 of a row: for 課 the one they belong to."""
    if table.by[0] not in (DIVISION, SECTION):
        return None
    names = {one.id: one.name for one in round_.departments}
    parents = {one.id: one.parent_id or one.id for one in round_.departments}
    above = dict.fromkeys(names.get(parents.get(one, one), one) for one in line.row.members)
    return "＋".join(above)
