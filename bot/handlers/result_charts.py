"""Published tables as charts: answers of a scale as parts of 100 %, options as bars, groups as a map of cells, rounds as lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.charts.chart import HIDDEN, Chart, Series, Sum, Value
from bot.messages import Paragraph
from bot.texts.ja import charts as chart_words
from bot.texts.ja import result_charts as texts
from surveys.columns import Column
from surveys.disclosure import State, Together
from surveys.question import Kind
from surveys.results import Figure, Line
from surveys.waves import Answered

MOST_STACKED, MOST_LINES, MOST_TOLD = 5, 5, 5
MOST_ROWS = 40  # of one chart; what is longer is read in the table
FEWEST = 2
FEWEST_OWN = 1 / 5  # of a map of cells: below it, it would mostly repeat what groups have together
MOST_WITHHELD = 1 / 3  # of parts of 100 %: with more, what is shown stands far from its place
Labelled = tuple[str, Line]


def city_chart(figure: Figure, title: str) -> Iterator[Chart | Paragraph]:
    """The city's answers: a bar an option. A count given for several options together has a bar of its own.

    Where all is withheld, a sentence instead.
    """
    if not figure.lines:
        return
    points = list(_points(figure, figure.lines[0]))
    if not _known(points):
        yield Paragraph(label=title, text=texts.ALL_WITHHELD.format(base=figure.lines[0].base))
        return
    if figure.several:
        points.sort(key=lambda one: _or_least(one[1]), reverse=True)
    if len(points) >= FEWEST:
        told = sorted(_known(points), key=lambda one: one[1], reverse=True)[:MOST_TOLD]
        values = texts.listed(told, "%")
        alt = texts.CITY_ALT.format(question=figure.label, base=figure.lines[0].base, values=values)
        alt += _withheld(value for _, value in points)
        yield Chart.of(points, title=title, unit="%", maximum=100.0, alt=alt)


def groups_chart(column: Column, figure: Figure, title: str) -> Iterator[Chart]:
    """A row for each group: parts of 100 % where answers have an order and most are shown, else a map of cells.

    The figure's table is to follow.
    """
    for one in _groups_chart(column, figure, title):
        yield one.model_copy(update={"told_below": True})


def _groups_chart(column: Column, figure: Figure, title: str) -> Iterator[Chart]:
    lines = [(_label(line), line) for line in figure.told if not line.tells_nothing]
    if not all(_is_whole(line) for line in figure.told):
        yield from folded_chart(figure, title)
    elif FEWEST <= len(lines) <= MOST_ROWS:
        values = [value for _, line in lines for value in values_of(line)]
        is_shown = values.count(HIDDEN) <= MOST_WITHHELD * len(values)
        draw = stacked_chart if is_stacked(column) and is_shown else cells_chart
        yield draw(column, figure.columns, lines, title)


def rows_chart(column: Column, rows: Sequence[tuple[str, Figure]], title: str) -> Iterator[Chart]:
    """The city's answers to every row of a matrix; or to one scale, in one row."""
    lines = [(label + texts.base_of(one.lines[0].base), one.lines[0]) for label, one in rows if one.lines]
    if lines:
        yield stacked_chart(column, rows[0][1].columns, lines, title)


def waves_chart(column: Column, waves: Sequence[Answered], title: str) -> Iterator[Chart]:
    """The city's answers round by round, the oldest first."""
    lines = [(one.wave, one.figure.lines[0]) for one in waves if one.figure.lines]
    if len(lines) < FEWEST:
        return
    names = waves[-1].figure.columns
    if is_stacked(column):
        yield stacked_chart(
            column, names, [(wave + texts.base_of(line.base), line) for wave, line in lines], title
        )
        return
    values = [values_of(line) for _, line in lines]
    most = sorted(range(len(names)), key=lambda place: _or_least(values[-1][place]), reverse=True)
    courses = [(names[place], tuple(one[place] for one in values)) for place in most[:MOST_LINES]]
    yield trend([wave for wave, _ in lines], courses, title, "%")


def sides_chart(column: Column, waves: Sequence[Answered], title: str) -> Iterator[Chart]:
    """実証中の課 and the others, in the round before and in this one: a bar for each, option by option."""
    sides = [
        (name, one.wave if len(waves) > 1 else "", line)
        for name in dict.fromkeys(line.label for line in waves[-1].figure.lines)
        for one in waves
        for line in one.figure.lines
        if line.label == name and line.base is not None
    ]
    if len(sides) < FEWEST:
        return
    columns = waves[-1].figure.columns
    named = [(f"{name} {wave}".strip(), line) for name, wave, line in sides]
    if is_stacked(column):
        yield stacked_chart(
            column, columns, [(name + texts.base_of(line.base), line) for name, line in named], title
        )
        return
    series = tuple(Series(name=name, values=values_of(line)) for name, line in named)
    alt = texts.sides_alt(columns, [(name, values_of(line)) for name, _, line in sides])
    yield Chart(
        title=title,
        style="grouped",
        unit="%",
        labels=columns,
        series=series,
        maximum=100.0,
        alt=alt + _of_series(series),
    )


def trend(
    waves: Sequence[str], courses: Sequence[tuple[str, Sequence[Value]]], title: str, unit: str
) -> Chart:
    """A line for each name over the rounds."""
    series = tuple(Series(name=name, values=tuple(values)) for name, values in courses)
    told = [texts.course(one.name, one.values[0], one.values[-1], unit) for one in series]
    alt = texts.TREND_ALT.format(first=waves[0], last=waves[-1], values="、".join(told)) + _of_series(series)
    return Chart(title=title, style="lines", unit=unit, labels=tuple(waves), series=series, alt=alt)


def stacked_chart(column: Column, columns: Sequence[str], lines: Sequence[Labelled], title: str) -> Chart:
    """Parts of 100 %; in words how often the answer is given that is asked for."""
    series, together = _columns(columns, lines), sums_of(lines)
    ahead = _ahead(column, len(columns))
    added = [(label, _added(line, ahead)) for label, line in lines]
    alt = texts.ahead_alt("・".join(columns[place] for place in ahead), added) + _of_series(series, together)
    labels = tuple(label for label, _ in lines)
    return Chart(
        title=title,
        style="stacked",
        unit="%",
        labels=labels,
        series=series,
        sums=together,
        maximum=100.0,
        upwards=_goes_up(column),
        alt=alt,
    )


def cells_chart(_: Column, columns: Sequence[str], lines: Sequence[Labelled], title: str) -> Chart:
    """A map of cells; in words what is named most in the first groups."""
    series, together = _columns(columns, lines), sums_of(lines)
    tops = tops_of(columns, [(label, values_of(line)) for label, line in lines])
    alt = texts.tops_alt(tops) + _of_series(series, together)
    labels = tuple(label for label, _ in lines)
    return Chart(title=title, style="heatmap", unit="%", labels=labels, series=series, sums=together, alt=alt)


def folded_chart(figure: Figure, title: str) -> Iterator[Chart]:
    """A row for each group where answers are given together in rows of their own: a cell has the sum that its group is in.

    None where few groups have numbers of their own: the table tells the sums.
    """
    groups = list(dict.fromkeys(one for line in figure.told for one in line.members))
    if not FEWEST <= len(groups) <= MOST_ROWS:
        return
    every = [[_within(figure, group, place) for group in groups] for place in range(len(figure.columns))]
    places = [place for place, column in enumerate(every) if any(one != (None, False) for one in column)]
    told = [[every[place][at] for place in places] for at in range(len(groups))]
    own = sum(isinstance(value, float) and not summed for row in told for value, summed in row)
    if own < FEWEST_OWN * len(groups) * len(figure.columns):
        return
    alone = {line.label: line.base for line in figure.told if len(line.members) == 1}
    series = tuple(
        Series(
            name=figure.columns[place],
            values=tuple(None if summed else value for value, summed in (row[at] for row in told)),
        )
        for at, place in enumerate(places)
    )
    sums = tuple(
        Sum(label=at, series=(place,), value=value)
        for at, row in enumerate(told)
        for place, (value, summed) in enumerate(row)
        if summed
    )
    labels = tuple(group + texts.base_of(alone.get(group)) for group in groups)
    alt = texts.CELLS + texts.FOLDED + _of_series(series, sums)
    yield Chart(title=title, style="heatmap", unit="%", labels=labels, series=series, sums=sums, alt=alt)


def _within(figure: Figure, group: str, place: int) -> tuple[Value, bool]:
    """A group's own share of an answer; else that of the sum it is in, and that it is one."""
    for line in sorted(
        (line for line in figure.told if group in line.members), key=lambda one: len(one.members)
    ):
        cell, share = line.row.cells[place], line.shares[place]
        if cell.state is State.SHOWN:
            return (None if share is None else float(share)), len(line.members) > 1
        if cell.state is State.HIDDEN:
            return HIDDEN, False
    return None, False


def _is_whole(line: Line) -> bool:
    """Whether a line tells something of every answer itself."""
    together = {place for one in line.row.together for place in one.columns}
    told = (State.SHOWN, State.HIDDEN)
    return all(cell.state in told or place in together for place, cell in enumerate(line.row.cells))


def tops_of(
    names: Sequence[str], rows: Sequence[tuple[str, Sequence[Value]]]
) -> Sequence[tuple[str, str, float]]:
    """What is named most in the first groups of which everything is known: what is withheld may be more."""
    return [
        (label, *max(_known(list(zip(names, values, strict=True))), key=lambda one: one[1]))
        for label, values in rows
        if all(isinstance(value, float) for value in values)
    ][:MOST_TOLD]


def is_stacked(column: Column) -> bool:
    """Whether its answers have an order and are few: a scale, or the rows of a matrix."""
    return column.source.type in (Kind.SCALE5, Kind.MATRIX) and len(column.labels) <= MOST_STACKED


def values_of(line: Line) -> tuple[Value, ...]:
    """A share for each column; None where it is told together with other columns (`sums_of`)."""
    together = {place for one in line.row.together for place in one.columns}
    withheld = (State.HIDDEN, State.MERGED)
    return tuple(
        float(share)
        if share is not None
        else HIDDEN
        if cell.state in withheld and place not in together
        else None
        for place, (share, cell) in enumerate(zip(line.shares, line.row.cells, strict=True))
    )


def sums_of(lines: Sequence[Labelled]) -> tuple[Sum, ...]:
    """What lines tell of several columns together."""
    return tuple(
        Sum(label=place, series=one.columns, value=_share(one, line))
        for place, (_, line) in enumerate(lines)
        for one in line.row.together
    )


def _share(one: Together, line: Line) -> Value:
    share = line.row.share_of(one.cell)
    return HIDDEN if share is None else float(share)


def _columns(columns: Sequence[str], lines: Sequence[Labelled]) -> tuple[Series, ...]:
    rows = [values_of(line) for _, line in lines]
    return tuple(
        Series(name=name, values=tuple(row[place] for row in rows)) for place, name in enumerate(columns)
    )


def _goes_up(column: Column) -> bool:
    """Whether its answers go from the bad end to the good one, as five points do; fewer begin with the good one (できる)."""
    return column.source.type is Kind.SCALE5 or len(column.labels) == MOST_STACKED


def _ahead(column: Column, shown: int) -> range:
    """The places of the answers that are asked for, among `shown` columns (maybe groups of answers).

    They are the first group that the questionnaire's author wrote, else the upper end of a scale, else the first answer.
    """
    if not column.source.by_section and column.source.type is Kind.SCALE5:
        return range(shown - (2 if shown == len(column.labels) else 1), shown)
    if not column.source.by_section or shown < len(column.labels):
        return range(1)
    places = [list(column.labels).index(one) for one in column.groups[0][1]]
    return range(min(places), max(places) + 1)


def _label(line: Line) -> str:
    """A group's name, short where many are given together, and how many valid answers it has."""
    return line.short + texts.base_of(line.base)


def _points(figure: Figure, line: Line) -> Iterator[tuple[str, Value]]:
    together = {place: one for one in line.row.together for place in one.columns}
    for place, (label, value) in enumerate(zip(figure.columns, values_of(line), strict=True)):
        if (one := together.get(place)) is None:
            yield label, value
        elif place == one.columns[0]:
            yield chart_words.short_sum_of([figure.columns[part] for part in one.columns]), _share(one, line)


def _known(points: Iterable[tuple[str, Value]]) -> list[tuple[str, float]]:
    return [(label, value) for label, value in points if isinstance(value, float)]


def _added(line: Line, places: range) -> float | None:
    """What these columns add up to, if it is told."""
    picked = [value for value in values_of(line)[places.start : places.stop] if isinstance(value, float)]
    return sum(picked) if len(picked) == len(places) else None


def _or_least(value: Value) -> float:
    return value if isinstance(value, float) else -1.0


def _of_series(series: Iterable[Series], sums: Iterable[Sum] = ()) -> str:
    return _withheld([*(value for one in series for value in one.values), *(one.value for one in sums)])


def _withheld(values: Iterable[Value]) -> str:
    return texts.SOME_HIDDEN if any(value == HIDDEN for value in values) else ""
