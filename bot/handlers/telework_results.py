"""What the telework rounds tell of the plan's questions, as parts of a reply."""

from __future__ import annotations

from collections.abc import Iterator

from bot.charts.chart import Chart
from bot.messages import Items, Paragraph, Part, Table
from bot.texts.ja import results as texts
from surveys import telework
from surveys.columns import columns_of
from surveys.disclosure import CITY
from surveys.results import Reading, figure_of
from surveys.round import Round

MOST_SHOWN = 5
_CAN = ("can", "partly")


def telework_parts(round_: Round, tables: telework.Tables, reading: Reading, asked: int) -> Iterator[Part]:
    """Needs, suitability by kind of work, obstacles, terminals; or usage by 育児・介護. Nothing for other surveys."""
    if round_.survey_id == telework.NEEDS:
        yield from _table(round_, tables, reading, telework.REASONS, telework.WISH, texts.NEEDS)
        yield from _suitable(round_, tables)
        yield from _obstacles(round_, tables, reading)
        yield from _terminals(tables, asked)
    elif round_.survey_id == telework.USAGE:
        yield from _usage(tables)
        yield from _table(
            round_, tables, reading, telework.REASONS_USED, telework.DAYS, texts.REASONS_BY_DAYS
        )


def _table(
    round_: Round, tables: telework.Tables, reading: Reading, question: str, by: str, caption: str
) -> Iterator[Part]:
    """A question by the answers to another; by the city alone where that is not published."""
    table = tables.get((question, (by,))) or tables.get((question, (CITY,)))
    if table is not None:
        figure = figure_of(round_, table, reading)
        rows = tuple((line.label, str(line.base or texts.WITH_OTHERS), *line.cells) for line in figure.lines)
        yield Table(caption=caption, columns=(texts.GROUP, texts.BASE, *figure.columns), rows=rows)


def _suitable(round_: Round, tables: telework.Tables) -> Iterator[Part]:
    """By kind of work, the share of those who can do each task at least partly."""
    columns = {one.id: one for one in columns_of(round_.definition)}
    tasks = [one for one in columns.values() if one.source.id == telework.TASKS]
    kinds = columns[telework.WORK].labels
    rows = []
    for kind, label in kinds.items():
        cells = [_share(tables, task.id, kind) for task in tasks]
        if any(cell != texts.BLANK for cell in cells):
            rows.append((label, *cells))
    if rows:
        heads = tuple(task.label.rpartition(": ")[2] for task in tasks)
        yield Table(caption=texts.SUITABLE, columns=(columns[telework.WORK].label, *heads), rows=tuple(rows))


def _share(tables: telework.Tables, question: str, kind: str) -> str:
    table = tables.get((question, (telework.WORK,)))
    row = next((one for one in table.rows if one.members == (kind,)), None) if table else None
    if table is None or row is None or row.base is None:
        return texts.BLANK if row is None else texts.WITH_OTHERS
    values = [row.cells[place].value for place, option in enumerate(table.columns) if option in _CAN]
    if any(value is None for value in values):
        return texts.HIDDEN
    return f"{round(100 * sum(value or 0 for value in values) / row.base)}%"


def _obstacles(round_: Round, tables: telework.Tables, reading: Reading) -> Iterator[Part]:
    table = tables.get((telework.OBSTACLES, (CITY,)))
    if table is None:
        return
    figure = figure_of(round_, table, reading)
    line = figure.lines[0]
    shown = [
        (label, share) for label, share in zip(figure.columns, line.shares, strict=True) if share is not None
    ]
    top = sorted(shown, key=lambda one: -one[1])[:MOST_SHOWN]
    values = "、".join(f"{label} {share}%" for label, share in top)
    yield Chart.of(
        top,
        title=texts.OBSTACLES,
        unit="%",
        alt=texts.CHART_ALT.format(question=figure.label, values=values, base=line.base),
    )


def _terminals(tables: telework.Tables, asked: int) -> Iterator[Part]:
    found = telework.estimate(tables, asked)
    if found is None:
        yield Paragraph(label=texts.TERMINALS, text=texts.NOT_COUNTABLE)
    else:
        low, high = found.terminals
        licence_low, licence_high = found.licences
        text = texts.TERMINAL_RANGE.format(
            low=low, high=high, licence_low=licence_low, licence_high=licence_high
        )
        yield Paragraph(label=texts.TERMINALS, text=text)
        own, shared = (_told(tables, telework.TERMINAL, option) for option in ("own", "shared"))
        yield Paragraph(text=texts.TERMINAL_METHOD.format(own=own, shared=shared), tone="note")
    residents = _told(tables, telework.WANTED, "residents")
    yield Items(items=(texts.RESIDENTS.format(value=residents),))


def _told(tables: telework.Tables, question: str, option: str) -> str:
    count = telework.count_of(tables, question, option)
    return texts.HIDDEN if count is None else str(count)


def _usage(tables: telework.Tables) -> Iterator[Part]:
    table = tables.get((telework.DAYS, (CITY,)))
    row = table.rows[0] if table else None
    if row is not None and row.mean is not None:
        yield Paragraph(
            label=texts.USAGE, text=texts.USAGE_MEAN.format(mean=f"{row.mean:g}", base=row.mean_base)
        )
