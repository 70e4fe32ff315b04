"""What the telework rounds tell of the plan's questions, as parts of a reply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.charts.chart import HIDDEN, Chart, Series, Value
from bot.handlers.result_charts import city_chart, groups_chart, tops_of, trend, waves_chart
from bot.handlers.result_tables import table_parts
from bot.messages import Items, Paragraph, Part
from bot.texts.ja import result_charts as chart_texts
from bot.texts.ja import results as texts
from surveys import telework
from surveys.disclosure import CITY
from surveys.results import Reading, Tables
from surveys.waves import Wave, alike

_CAN = ("can", "partly")


def telework_parts(waves: Sequence[Wave], reading: Reading, asked: int) -> Iterator[Part]:
    """Of the last of these rounds needs, suitability by kind of work, obstacles, terminals; or usage by 育児・介護 and its
    course. Nothing for other surveys."""
    survey = waves[-1].round.survey_id
    if survey == telework.NEEDS:
        yield from _crossed(waves[-1], reading, telework.REASONS, telework.WISH, texts.NEEDS)
        yield from _suitable(waves[-1])
        yield from _city(waves[-1], reading, telework.OBSTACLES, texts.OBSTACLES)
        if telework.WISH in waves[-1].columns:
            yield from _terminals(waves[-1], asked)
        if telework.WANTED in waves[-1].columns:
            value = _told(waves[-1].tables, telework.WANTED, "residents")
            yield Items(items=(texts.RESIDENTS.format(value=value),))
    elif survey == telework.USAGE:
        yield from _usage(waves)
        yield from _crossed(waves[-1], reading, telework.REASONS_USED, telework.DAYS, texts.REASONS_BY_DAYS)
        yield from _course(waves, reading, telework.SATISFACTION)


def _city(wave: Wave, reading: Reading, question: str, title: str) -> Iterator[Part]:
    figure = wave.figure(question, (CITY,), reading)
    if figure is not None:
        yield from city_chart(figure, title)


def _crossed(wave: Wave, reading: Reading, question: str, by: str, caption: str) -> Iterator[Part]:
    """A question by the answers to another, as a chart and a table; by the city alone where that is not published, nothing where
    the city's own questionnaire does not ask it."""
    if question not in wave.columns:
        return
    yield from _city(
        wave, reading, question, chart_texts.CITY_TITLE.format(question=wave.columns[question].label)
    )
    crossed = wave.figure(question, (by,), reading)
    figure = crossed or wave.figure(question, (CITY,), reading)
    if figure is None:
        return
    if crossed is not None:
        yield from groups_chart(wave.columns[question], crossed, caption)
    yield from table_parts(wave, figure, caption)


def _suitable(wave: Wave) -> Iterator[Part]:
    """By kind of work, the share of those who can do each task at least partly."""
    tasks = [one for one in wave.columns.values() if one.source.id == telework.TASKS]
    kinds = wave.columns[telework.WORK].labels if telework.WORK in wave.columns else {}
    rows = [(label, [_share(wave.tables, task.id, kind) for task in tasks]) for kind, label in kinds.items()]
    shown = [(label, values) for label, values in rows if any(value is not None for value in values)]
    if shown and not any(isinstance(value, float) for _, values in shown for value in values):
        yield Paragraph(label=texts.SUITABLE, text=texts.TOO_FEW_BY_WORK)
    elif shown:
        series = tuple(
            Series(name=task.row_label, values=tuple(values[place] for _, values in shown))
            for place, task in enumerate(tasks)
        )
        tops = tops_of([task.row_label for task in tasks], shown)
        yield Chart(
            title=texts.SUITABLE,
            style="heatmap",
            unit="%",
            labels=tuple(label for label, _ in shown),
            series=series,
            maximum=100.0,
            alt=chart_texts.tops_alt(tops),
        )


def _share(tables: Tables, question: str, kind: str) -> Value:
    table = tables.get((question, (telework.WORK,)))
    row = next((one for one in table.rows if one.members == (kind,)), None) if table else None
    if table is None or row is None:
        return None
    values = [row.cells[place].value for place, option in enumerate(table.columns) if option in _CAN]
    if row.base is None or any(value is None for value in values):
        return HIDDEN
    return float(round(100 * sum(value or 0 for value in values) / row.base))


def _terminals(wave: Wave, asked: int) -> Iterator[Part]:
    found = telework.estimate(wave.tables, asked)
    if found is None:
        yield Paragraph(label=texts.TERMINALS, text=texts.NOT_COUNTABLE)
        return
    low, high = found.terminals
    licence_low, licence_high = found.licences
    text = texts.TERMINAL_RANGE.format(low=low, high=high, licence_low=licence_low, licence_high=licence_high)
    yield Paragraph(label=texts.TERMINALS, text=text)
    method = texts.TERMINAL_METHOD
    if telework.TERMINAL in wave.columns:
        own, shared = (_told(wave.tables, telework.TERMINAL, option) for option in ("own", "shared"))
        method += texts.TERMINALS_OWNED.format(own=own, shared=shared)
    yield Paragraph(text=method, tone="note")


def _told(tables: Tables, question: str, option: str) -> str:
    count = telework.count_of(tables, question, option)
    return texts.HIDDEN if count is None else f"{count:,}"


def _usage(waves: Sequence[Wave]) -> Iterator[Part]:
    """The mean of days, now and over the rounds."""
    means = [(wave.name, _mean(wave)) for wave in waves]
    mean, base = means[-1][1]
    if mean is None:
        return
    yield Paragraph(label=texts.USAGE, text=texts.USAGE_MEAN.format(mean=f"{mean:g}", base=base))
    known = [(name, value) for name, (value, _) in means if value is not None]
    if len(known) > 1:
        course = ((texts.USAGE_DAYS, tuple(value for _, value in known)),)
        yield trend([name for name, _ in known], course, texts.USAGE_COURSE, texts.DAY)


def _mean(wave: Wave) -> tuple[float | None, int | None]:
    table = wave.tables.get((telework.DAYS, (CITY,)))
    return (table.rows[0].mean, table.rows[0].mean_base) if table else (None, None)


def _course(waves: Sequence[Wave], reading: Reading, question: str) -> Iterator[Part]:
    """An answer of the city over the rounds."""
    figure = waves[-1].figure(question, (CITY,), reading)
    if figure is not None:
        title = chart_texts.WAVES_TITLE.format(question=figure.label)
        yield from waves_chart(waves[-1].columns[question], alike(waves, figure, reading), title)
