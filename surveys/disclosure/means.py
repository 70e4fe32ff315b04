"""Means, where they say no more than the counts beside them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from surveys.disclosure.listing import Crowd
from surveys.disclosure.microdata import CITY, DIVISION, SECTION, Answers, Microdata, Values
from surveys.disclosure.publication import Row, State, Table
from surveys.disclosure.tables import names_of, row_mask
from surveys.disclosure.task import Decided

_LEFT_BY_TWO = 0.1
Mean = tuple[float, int]


def with_means(
    microdata: Microdata, answers: Answers, tables: Sequence[Table], decided: Decided, people: Crowd
) -> list[Table]:
    """The tables of one question with means where they are safe.

    A sum over people could tell of hidden counts. So the city's mean needs its row to be shown whole; means by 部 and
    attributes need that nothing is hidden in any table above 課; those by 課 need in addition that nothing is hidden in the 部.
    In each such set every group passes, or none is given: see `_mean`. Scores that go with the options would tell what a
    table puts together, so there its rows have none.
    """
    if answers.values is None:
        return list(tables)
    scored = _scored(answers, answers.values)
    means = [
        [_mean(microdata, table, row, answers.values, people, scored=scored) for row in table.rows]
        for table in tables
    ]
    division_ok = not decided.hides_above and all(
        _all(table, found) for table, found in zip(tables, means, strict=True) if table.by == (DIVISION,)
    )
    result = []
    for table, found in zip(tables, means, strict=True):
        if table.by == (CITY,):
            allowed = [_whole(row) for row in table.rows]
        elif table.by == (SECTION,):
            allowed = _by_division(microdata, table, found, decided) if division_ok else []
        else:
            allowed = [not decided.hides_above and _all(table, found)] * len(found)
        kept = [mean if ok else None for mean, ok in zip(found, allowed, strict=False)] or [None] * len(found)
        rows = [_given(row, mean) for row, mean in zip(table.rows, kept, strict=True)]
        result.append(table.model_copy(update={"rows": tuple(rows)}))
    return result


def _given(row: Row, mean: Mean | None) -> Row:
    return row if mean is None else row.model_copy(update={"mean": mean[0], "mean_base": mean[1]})


def _scored(answers: Answers, values: Values) -> bool:
    """Whether each option stands for one value, so that counts and mean say the same."""
    known = answers.valid & ~np.isnan(values)
    pairs = np.stack([answers.ticks[known].argmax(axis=1), values[known]], axis=1)
    return len(np.unique(pairs, axis=0)) == len(np.unique(pairs[:, 0]))


def _whole(row: Row) -> bool:
    return all(cell.state is State.SHOWN for cell in row.cells)


def _all(table: Table, means: Sequence[Mean | None]) -> bool:
    return all(mean is not None for row, mean in zip(table.rows, means, strict=True) if row.base is not None)


def _by_division(
    microdata: Microdata, table: Table, means: Sequence[Mean | None], decided: Decided
) -> list[bool]:
    """For each row, whether the means of its 部 can be given."""
    home = {section.id: section.division for section in microdata.sections}
    names = names_of(microdata, DIVISION)
    closed = {names[division] for division in decided.hides_in}
    for row, mean in zip(table.rows, means, strict=True):
        if row.base is not None and mean is None:
            closed.add(home[row.members[0]])
    return [home[row.members[0]] not in closed for row in table.rows]


def _mean(
    microdata: Microdata, table: Table, row: Row, values: Values, people: Crowd, *, scored: bool
) -> Mean | None:
    """A group's mean to one decimal and of how many; None where it would tell of one person, or of counts put together.

    There are as many values as the threshold asks; and whoever gave the second largest cannot work out the largest from
    the sum to within a tenth of it (the p% rule of statistical offices).
    """
    if row.base is None or (scored and (table.groups or row.together)):
        return None
    codes = [
        frozenset(_codes(names_of(microdata, name), members))
        for name, members in zip(table.by, (row.members, row.second), strict=False)
    ]
    mask = row_mask(people, table.by, (codes[0], codes[1] if len(codes) > 1 else frozenset()))
    given = values[mask & people.valid & ~np.isnan(values)]
    sizes = np.sort(np.abs(given))
    if len(given) < table.threshold or sizes[:-2].sum() < _LEFT_BY_TWO * sizes[-1]:
        return None
    return round(float(given.mean()) + 1e-9, 1), len(given)


def _codes(names: tuple[str, ...], members: Sequence[str]) -> list[int]:
    return [-1 if names.index(one) == len(names) - 1 else names.index(one) for one in members]
