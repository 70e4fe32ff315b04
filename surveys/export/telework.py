"""Telework results as a book: everything published of one round, the city's figures over the rounds, or people's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.sheets.model import Book, Column, Kind, Row, Sheet
from bot.texts.ja import export as texts
from staff.calendar import date_in_japan, japanese_day
from surveys.columns import columns_of
from surveys.definition import Identity
from surveys.disclosure import CITY
from surveys.export.charts import Points, bar_sheet, line_sheet
from surveys.export.legend import Made, legend
from surveys.export.published import COLUMNS, Published, cell_sheets, city_rows, data_sheet, sheet_of
from surveys.export.wanted import ExportError
from surveys.own_words import TooFew, own_words
from surveys.results import Figure, Reading, figure_of, tables_of
from surveys.submission import Sheet as Answered

_DATED = (
    Column(texts.WAVE),
    Column(texts.CLOSED_ON, Kind.DAY),
    Column(texts.CLOSED_ON_JAPANESE),
    *COLUMNS[3:],
)
_SAID = (Column(texts.QUESTION_ID), Column(texts.QUESTION, Kind.NOTE), Column(texts.SAID, Kind.NOTE))


def telework_aggregate(round_: Published, made: Made) -> Book:
    """Charts of the city, and every published cell by city, 部, 課 and other groups."""
    charts = bar_sheet((figure.label, _points(figure)) for figure in _city_figures(round_))
    tables = cell_sheets(round_)
    title = texts.BOOK_TELEWORK.format(title=round_.name)
    return _book(title, made, [round_], [charts, *tables], data_sheet(round_))


def telework_history(rounds: Sequence[Published], made: Made) -> Book:
    """The city's figures in every published round of a survey, the oldest first."""
    rows = [row for one in rounds for row in _dated(one)]
    table = sheet_of(texts.SHEET_HISTORY, _DATED, rows)
    title = texts.BOOK_TELEWORK_HISTORY.format(title=rounds[-1].round.definition.title)
    return _book(title, made, rounds, [_lines(rounds), table], table)


def telework_texts(round_: Published, sheets: Sequence[Answered], made: Made) -> Book:
    """What was written in people's own words, question by question.

    Raises ExportError for an anonymous round, where too few have answered, and when nothing is left of it.
    """
    if round_.round.definition.identity is Identity.ANONYMOUS:
        raise ExportError(texts.TEXTS_ANONYMOUS)
    try:
        words = own_words(round_.round, sheets)
    except TooFew as few:
        raise ExportError(texts.TEXTS_FEW) from few
    rows = [(question.id, question.text, said) for question, everything in words for said in everything]
    if not rows:
        raise ExportError(texts.NOTHING_SAID)
    table = sheet_of(texts.SHEET_TEXTS, _SAID, rows)
    title = texts.BOOK_TEXTS.format(title=round_.name)
    told = [(table.title, texts.ABOUT[table.title])]
    first = legend(title, made, [round_], told, texts.TEXT_NOTES, texts.KEPT_TEXTS)
    return Book(title, made.at, (first, table), table)


def _book(title: str, made: Made, rounds: Sequence[Published], sheets: Sequence[Sheet], data: Sheet) -> Book:
    told = [(sheet.title, texts.ABOUT[sheet.title]) for sheet in sheets]
    first = legend(title, made, rounds, told, texts.TELEWORK_NOTES, texts.KEPT_AGGREGATES)
    return Book(title, made.at, (first, *sheets), data)


def _city_figures(round_: Published) -> Iterator[Figure]:
    """One for each question that the city's table is published of, in the questionnaire's order."""
    tables = tables_of(round_.publications)
    for column in columns_of(round_.round.definition):
        if (table := tables.get((column.id, (CITY,)))) is not None:
            yield figure_of(round_.round, table, Reading())


def _points(figure: Figure) -> Points:
    if not figure.lines:
        return ()
    return [
        (label, share)
        for label, share in zip(figure.columns, figure.lines[0].shares, strict=True)
        if share is not None
    ]


def _dated(round_: Published) -> Iterator[Row]:
    day = date_in_japan(round_.round.closes_at)
    head = (round_.wave, day, japanese_day(day))
    return ((*head, *row[3:]) for row in city_rows(round_))


def _lines(rounds: Sequence[Published]) -> Sheet:
    """Question by question, a line for each option that keeps its name over the rounds."""
    found: dict[str, dict[str, list[int | None]]] = {}
    for place, round_ in enumerate(rounds):
        for figure in _city_figures(round_):
            options = found.setdefault(figure.label, {})
            for label, share in _points(figure):
                options.setdefault(label, [None] * len(rounds))[place] = share
    waves = [one.wave for one in rounds]
    return line_sheet(waves, [(label, list(options.items())) for label, options in found.items()])
