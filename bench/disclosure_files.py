"""The attacker of disclosure control with HR's files in his hands as well as the screens.

Every publication of a random city is exported as .xlsx and as .csv, the files are read back as anybody would (openpyxl, the
csv module), and what they show goes into the same linear programs beside the publications. A number that stands in a file and
in no publication is a violation by itself.

`DXBOT_BENCH_CITIES` sets how many random cities there are (30).
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import openpyxl

from bench.disclosure import attacks_on, heard, published_waves
from bench.disclosure_kept import Score
from bench.harness import Result
from bot.sheets.csv_file import write_csv
from bot.sheets.model import Book
from bot.sheets.xlsx import write_xlsx
from bot.texts.ja import export as texts
from staff.model import Department
from surveys.definition import Definition
from surveys.disclosure import Answers, Microdata, Publication
from surveys.export.legend import Made
from surveys.export.published import Published
from surveys.export.telework import telework_aggregate
from surveys.results import way_label
from surveys.round import Round, State

CITIES = 30
_AT = datetime(2026, 12, 1, tzinfo=UTC)
_STATES = {"秘匿": "hidden", "合算": "merged", "": "blank"}
Line = tuple[str, ...]
Table = dict[str, Any]


@dataclass(frozen=True)
class Found:
    """One city: how the attack went, how many numbers its files show, and how many of them no publication does."""

    score: Score
    numbers: int
    surplus: int


def measure() -> Result:
    """Attack random cities over screens and files together. Bars: 0 violations, 0 numbers in files alone."""
    cities = int(os.environ.get("DXBOT_BENCH_CITIES", CITIES))
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(attack_files, range(cities)))
    heard("files", (one.score for one in found), cities)
    row = (
        cities,
        sum(one.score.attacked for one in found),
        sum(one.score.violations for one in found),
        sum(one.numbers for one in found),
        sum(one.surplus for one in found),
    )
    columns = ("cities", "counts attacked", "violations", "numbers in files", "in files alone")
    return Result("disclosure-files", "Disclosure control: screens and files together", columns, (row,))


def attack_files(seed: int) -> Found:
    """A random city's rounds, each with its files beside what was published."""
    scores: list[Score] = []
    numbers = surplus = 0
    for case, publications in published_waves(seed):
        told = [table for one in publications for table in one.model_dump(mode="json")["tables"]]
        read = list(read_back(case.microdata, publications))
        fresh = differing(read, told)
        if not fresh and numbers_in(read) != len(_WRITERS) * numbers_in(told):
            raise AssertionError("the files lack numbers that are published")
        numbers += numbers_in(read)
        surplus += numbers_in(fresh)
        # A table that reads in a file as it was published says the same again.
        said = [one.model_dump_json() for one in publications]
        scores += attacks_on(case, [*said, json.dumps({"tables": fresh})] if fresh else said, seed)
    total = Score(sum(one.attacked for one in scores), sum(one.violations for one in scores))
    return Found(total, numbers, surplus)


def differing(read: Sequence[Table], told: Sequence[Table]) -> list[Table]:
    """Tables of the files that differ from every published one."""
    known = {_plain(table) for table in told}
    return [table for table in read if _plain(table) not in known]


def _plain(table: Table) -> str:
    """What a table shows, without rows of groups that nobody is in."""
    rows = [
        {name: row[name] for name in ("members", "second", "base", "cells", "together", "mean", "mean_base")}
        for row in table["rows"]
        if row["base"] is not None or any(cell["state"] != "blank" for cell in row["cells"])
    ]
    return json.dumps([table["question"], table["by"], table["columns"], rows], ensure_ascii=False)


def numbers_in(tables: Iterable[Table]) -> int:
    """How many counts, bases and means tables show."""
    return sum(
        sum(cell["value"] is not None for cell in (*row["cells"], *(one["cell"] for one in row["together"])))
        + (row["base"] is not None)
        + (row["mean"] is not None)
        for table in tables
        for row in table["rows"]
    )


def read_back(microdata: Microdata, publications: Sequence[Publication]) -> Iterator[Table]:
    """What the .xlsx and the .csv of a round show, as tables of ids."""
    round_ = round_of(microdata)
    book = telework_aggregate(Published(round_, publications, _AT), Made(_AT, "職員課", "試す"))
    ways = {way_label(round_, table.by): table.by for one in publications for table in one.tables}
    columns = {
        (table.question, table.by, one.number): (table.groups, table.columns)
        for one in publications
        for table in one.tables
    }
    for lines in _WRITERS:
        yield from _tables(lines(book), ways, columns)


def _xlsx_lines(book: Book) -> list[Line]:
    """Every cell of the sheets with published cells; other sheets must show no number that these don't."""
    target = io.BytesIO()
    write_xlsx(book, target)
    opened = openpyxl.load_workbook(io.BytesIO(target.getvalue()), read_only=True)
    sheets = (texts.SHEET_CITY, texts.SHEET_DIVISIONS, texts.SHEET_SECTIONS, texts.SHEET_OTHERS)
    lines = [
        tuple("" if value is None else str(value) for value in row)
        for name in sheets
        if name in opened.sheetnames
        for row in opened[name].iter_rows(min_row=2, values_only=True)
    ]
    charts = opened[texts.SHEET_CHARTS].iter_rows(min_row=2, values_only=True)
    bars = {(str(row[0]), str(row[1]), str(row[2])) for row in charts}
    if surplus := bars - {(line[4], line[5], line[8]) for line in lines}:
        raise AssertionError(f"a chart shows what no table does: {surplus}")
    return lines


def _csv_lines(book: Book) -> list[Line]:
    target = io.BytesIO()
    write_csv(book, target)
    text = target.getvalue().decode("utf-8-sig")
    return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""))][1:]


_WRITERS = (_xlsx_lines, _csv_lines)


def _tables(
    lines: Iterable[Line],
    ways: Mapping[str, tuple[str, ...]],
    columns: Mapping[tuple[str, tuple[str, ...], int], tuple[Any, tuple[str, ...]]],
) -> Iterator[Table]:
    """Lines of one question, breakdown and publication stand together."""
    for (way, question, number), found in groupby(lines, key=lambda line: (line[0], line[3], line[10])):
        by = ways[way]
        groups, names = columns[question, by, int(number)]
        rows = [_row(by, names, list(row)) for _, row in groupby(found, key=lambda line: line[2])]
        yield {
            "question": question,
            "by": list(by),
            "groups": [[label, list(options)] for label, options in groups],
            "columns": list(names),
            "threshold": 5,
            "rows": rows,
        }


def _row(by: Sequence[str], names: Sequence[str], lines: Sequence[Line]) -> Table:
    parts = [_apart(part) for part in lines[0][2].split("・")] if lines[0][2] else [["全庁"]]
    cells: dict[str, Table] = {}
    together: list[Table] = []
    mean: float | None = None
    mean_base: int | None = None
    for line in lines:
        option, base, count, share = line[5:9]
        if option == texts.MEAN_ROW:
            mean, mean_base = float(line[9]), int(base)
            continue
        cell = {"state": _STATES.get(count, "shown"), "value": None if count in _STATES else int(count)}
        if share not in _STATES and cell["value"] is None:
            raise AssertionError(f"a share without its count: {line}")
        if "＋" in option:
            together.append({"columns": [names.index(one) for one in _apart(option)], "cell": cell})
        else:
            cells[option] = cell
    base = lines[0][6]
    return {
        "members": parts[0],
        "second": parts[1] if len(by) > 1 else [],
        "base": None if base in _STATES else int(base),
        "cells": [cells[name] for name in names],
        "together": together,
        "mean": mean,
        "mean_base": mean_base,
    }


def _apart(name: str) -> list[str]:
    """The names that a sum is of, as files write it (`bot.texts.ja.charts.sum_of`)."""
    return name.removesuffix("の合計").split("＋") if "＋" in name else [name]


def round_of(microdata: Microdata) -> Round:
    """A closed round whose questionnaire has the city's questions, with ids for wording."""
    divisions = dict.fromkeys(section.division for section in microdata.sections)
    places = [Department(id=one, name=one) for one in divisions]
    places += [Department(id=one.id, name=one.id, parent_id=one.division) for one in microdata.sections]
    definition = Definition.model_validate(
        {
            "id": "random",
            "title": "試し",
            "purpose": "試すため",
            "readers": "試す人",
            "questions": list(_questions(microdata.answers)),
        }
    )
    return Round(
        id=microdata.round_id,
        survey_id="random",
        definition=definition,
        content_hash="",
        opens_at=_AT,
        closes_at=_AT,
        state=State.CLOSED,
        departments=tuple(places),
    )


def _questions(answers: Iterable[Answers]) -> Iterator[Table]:
    """A question each; those that share a beginning are the rows of a matrix."""
    for name, group in groupby(answers, key=lambda one: one.question.id.partition(".")[0]):
        found = [one.question for one in group]
        options = list(found[0].options)
        rows = [one.id.partition(".")[2] for one in found]
        if rows != [""]:
            yield {"id": name, "type": "matrix", "text": name, "options": options, "rows": rows}
        else:
            yield {
                "id": name,
                "type": "multi" if found[0].several else "single",
                "text": name,
                "options": options,
            }
