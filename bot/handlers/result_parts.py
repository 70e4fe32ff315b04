"""The parts of a results page: a chart and the table of it, and the same question in the rounds before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.charts.chart import Chart
from bot.handlers.result_charts import (
    city_chart,
    groups_chart,
    is_stacked,
    rows_chart,
    sides_chart,
    waves_chart,
)
from bot.handlers.result_tables import table_parts
from bot.handlers.telework_results import telework_parts
from bot.messages import Part, Table
from bot.services import Stores
from bot.texts.ja import result_charts as chart_texts
from bot.texts.ja import results as texts
from surveys.disclosure import CITY
from surveys.opening import POOL
from surveys.question import Kind
from surveys.rates import standing
from surveys.results import Figure, Reading, way_label
from surveys.round import Round
from surveys.tabulating import PILOT
from surveys.telework import MAIN
from surveys.waves import Answered, Wave, alike, waves_of

_BEFORE_AND_AFTER = 2
MOST_FIRST = 4


def charts_of(stores: Stores, round_: Round) -> Iterator[Chart]:
    """Every chart that the pages of a published round show to those who see all of it."""
    waves = waves_of(stores.surveys, stores.publications, round_)
    parts = list(first_parts(waves, Reading(), asked_of(stores, round_)[0]))
    for question, by in waves[-1].tables:
        parts += question_parts(waves, question, by, Reading())
    yield from (part for part in parts if isinstance(part, Chart))


def asked_of(stores: Stores, round_: Round) -> tuple[int, int]:
    """How many people a round asked, and how many of them answered: frozen as what is published.

    A round that was closed before its count was kept has it in its publication.
    """
    if round_.answered is None and (published := stores.publications.list_publications(round_.id)):
        known = published[0].known
        parents = {one.id: one.parent_id or one.id for one in round_.departments}
        homes = {parents.get(section, section) for section in known.headcounts} | {POOL}
        return sum(known.headcounts.values()), sum(known.responses.get(home, 0) for home in homes)
    return standing(round_, stores.surveys.count_responses(round_.id))


def first_parts(waves: Sequence[Wave], reading: Reading, asked: int) -> Iterator[Part]:
    """What a round shows first: of the telework rounds what the plan asks, of any other its first questions in the city."""
    wave = waves[-1]
    if wave.round.survey_id in MAIN:
        yield from telework_parts(waves, reading, asked)
        return
    firsts = {column.source.id: column for column in reversed(wave.columns.values())}
    for column in list(reversed(firsts.values()))[:MOST_FIRST]:
        if (figure := wave.figure(column.id, (CITY,), reading)) is not None:
            yield from _city_charts(wave, figure, alike(waves, figure, reading), reading)


def question_parts(
    waves: Sequence[Wave], question: str, by: tuple[str, ...], reading: Reading
) -> Iterator[Part]:
    """One question of the last of these rounds by one breakdown: its charts, its table; of the city the rounds before too."""
    wave = waves[-1]
    column, figure = wave.columns[question], wave.figure(question, by, reading)
    if figure is None:
        return
    rounds = alike(waves, figure, reading)
    if by == (CITY,):
        yield from _city_charts(wave, figure, rounds, reading)
    else:
        title = chart_texts.GROUPS_TITLE.format(question=figure.label, way=way_label(wave.round, by))
        if by == (PILOT,):
            yield from sides_chart(column, rounds[-_BEFORE_AND_AFTER:], title)
        else:
            yield from groups_chart(column, figure, title)
    yield from table_parts(wave, figure, way_label(wave.round, by))
    if by == (CITY,):
        yield from _waves_table(rounds)


def _city_charts(wave: Wave, figure: Figure, rounds: Sequence[Answered], reading: Reading) -> Iterator[Part]:
    column = wave.columns[figure.question]
    title = chart_texts.CITY_TITLE.format(question=column.source.text)
    if not is_stacked(column):
        yield from city_chart(figure, title)
    elif column.source.type is Kind.MATRIX:
        alike_ = [one for one in wave.columns.values() if one.source is column.source]
        rows = [(one.row_label, wave.figure(one.id, (CITY,), reading)) for one in alike_]
        yield from rows_chart(column, [(label, one) for label, one in rows if one is not None], title)
    elif len(rounds) == 1:
        yield from rows_chart(column, [(CITY, figure)], title)
    yield from waves_chart(column, rounds, chart_texts.WAVES_TITLE.format(question=figure.label))


def _waves_table(rounds: Sequence[Answered]) -> Iterator[Part]:
    """The city's answers in these rounds, side by side."""
    rows = [(one.wave, str(one.figure.lines[0].base), *one.figure.lines[0].cells) for one in rounds]
    if len(rows) > 1:
        columns = (texts.WAVE_COLUMN, texts.BASE, *rounds[-1].figure.columns)
        yield Table(caption=texts.WAVES, columns=columns, rows=tuple(rows))
