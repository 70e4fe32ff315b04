"""What results pages usually do: hide small counts, perhaps one more in each row and column. For comparison only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from surveys.disclosure import CITY, DIVISION, SECTION, Microdata

Table = dict[str, Any]


def naive(microdata: Microdata, tables: Sequence[Mapping[str, Any]]) -> list[Table]:
    """Counts from 1 to below the threshold are hidden, and rows with too small a base."""
    return [_table(microdata, table, complementary=False) for table in tables if len(table["by"]) == 1]


def row_and_column(microdata: Microdata, tables: Sequence[Mapping[str, Any]]) -> list[Table]:
    """The same, and where one count alone is hidden in a row or a column, the next smallest as well."""
    return [_table(microdata, table, complementary=True) for table in tables if len(table["by"]) == 1]


def _table(microdata: Microdata, table: Mapping[str, Any], *, complementary: bool) -> Table:
    answers = microdata.of(table["question"])
    question, by = answers.question, table["by"][0]
    codes, names, blocks = _rows(microdata, by)
    masks = [[question.options.index(one) for one in options] for _, options in table["groups"]]
    masks = masks or [[option] for option in range(len(question.options))]
    ticks = np.stack([answers.ticks[:, mask].any(axis=1) for mask in masks], axis=1)
    counts = np.zeros((len(names), len(masks)), dtype=np.int64)
    known = codes >= 0
    np.add.at(counts, codes[known], ticks[known])
    base = np.bincount(codes[answers.valid & known], minlength=len(names))
    hidden = (counts > 0) & (counts < question.threshold)
    hidden[base < question.threshold] = True
    if complementary:
        for block in np.unique(blocks):
            hidden[blocks == block] = _completed(
                counts[blocks == block], hidden[blocks == block], several=question.several
            )
    rows = [
        _row(name, int(base[at]), counts[at], hidden[at], small=bool(base[at] < question.threshold))
        for at, name in enumerate(names)
    ]
    return {
        "question": question.id,
        "by": [by],
        "groups": table["groups"],
        "columns": table["columns"],
        "rows": rows,
    } | {"threshold": question.threshold}


def _rows(microdata: Microdata, by: str) -> tuple[np.ndarray, list[str], np.ndarray]:
    """Each respondent's row, the rows' names, and which rows stand under one total."""
    if by == SECTION:
        blocks = np.unique([one.division for one in microdata.sections], return_inverse=True)[1]
        return microdata.section, [one.id for one in microdata.sections], blocks
    if by == DIVISION:
        names = list(dict.fromkeys(one.division for one in microdata.sections))
        home = np.array([names.index(one.division) for one in microdata.sections])
        return home[microdata.section], names, np.zeros(len(names))
    if by == CITY:
        return np.zeros(len(microdata.section), dtype=np.int64), [CITY], np.zeros(1)
    attribute = microdata.attribute(by)
    return attribute.codes, list(attribute.values), np.zeros(len(attribute.values))


def _completed(counts: np.ndarray, hidden: np.ndarray, *, several: bool) -> np.ndarray:
    """No row and no column with exactly one hidden count, where there is another to hide."""
    hidden = hidden.copy()
    sides = [(counts.T, hidden.T)] if several else [(counts, hidden), (counts.T, hidden.T)]
    changed = True
    while changed:
        changed = False
        for values, flags in sides:
            for line, flag in zip(values, flags, strict=True):
                if flag.sum() == 1 and len(flag) > 1:
                    flag[np.where(flag, np.iinfo(np.int64).max, line).argmin()] = True
                    changed = True
    return hidden


def _row(name: str, base: int, counts: np.ndarray, hidden: np.ndarray, *, small: bool) -> Table:
    cells = [
        {"state": "merged" if small else "hidden", "value": None}
        if flag
        else {"state": "shown", "value": int(count)}
        for count, flag in zip(counts, hidden, strict=True)
    ]
    return {
        "members": [name],
        "second": [],
        "base": None if small else base,
        "cells": cells,
        "together": [],
        "mean": None,
    }
