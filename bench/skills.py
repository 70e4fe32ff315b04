"""The figures of skills at size: publishing a round, the map of the city and my page, for 4,000 and for 40,000 people.

What is read is read in a process of its own, so that its memory is that of reading. `DXBOT_BENCH_STAFF=4000` measures one size only.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from bench.harness import Cell, Result
from bench.megabytes import megabytes
from staff.demo import synthetic_city
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.disclosure import CITY, DIVISION, SECTION
from surveys.publishing import publish_round
from surveys.round import Round
from surveys.skills.asking import SURVEY_ID
from surveys.skills.city_map import MapRow, Seen, skill_map
from surveys.skills.demo import fill_skills
from surveys.skills.development import read_plan
from surveys.skills.my_page import my_page
from surveys.skills.reading import skill_set_in_use
from surveys.skills.telling import told_by_experts

SIZES = tuple(map(int, os.environ.get("DXBOT_BENCH_STAFF", "4000,40000").split(",")))
TODAY = date(2026, 11, 24)
_PAGES = 200
_TIMES = 20


def measure() -> Result:
    """Fill a city of each size, publish its last round, read it as people do."""
    columns = ("people", "what", "seconds", "CPU seconds", "")
    rows = [(staff, *row) for staff in SIZES for row in _of_size(staff)]
    return Result("skills", "Skills at size", columns, tuple(rows))


def _of_size(staff: int) -> list[tuple[Cell, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 's.db'}"
        with open_database(url) as database:
            migrate(database)
            stores = SqlStores(database)
            stores.directory.save(*synthetic_city(staff, 1), [])
            filled = _seconds(lambda: fill_skills(stores, TODAY, 1))
            last = stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]
            published = _seconds(lambda: _publish(stores, last))
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            read = pool.submit(_read, url).result()
    return [("three rounds filled", *filled, ""), ("a round published", *published, ""), *read]


def _publish(stores: SqlStores, round_: Round) -> None:
    def told(done: int, questions: int) -> None:
        print(f"{done}/{questions} questions", file=sys.stderr)

    known = told_by_experts(round_.id, stores.skills, stores.surveys)
    publish_round(round_, stores.surveys, stores.publications, round_.closes_at, lambda: known, told)


def _read(url: str) -> list[tuple[Cell, ...]]:
    with open_database(url) as database:
        stores = SqlStores(database)
        round_ = stores.surveys.list_rounds(survey_id=SURVEY_ID)[-1]
        skill_set = skill_set_in_use(stores.skills)
        divisions = [one.id for one in round_.departments if one.parent_id is None]
        sections = [one.id for one in round_.departments if one.parent_id is not None]
        maps: dict[str, list[MapRow]] = {}

        def city() -> None:
            published = stores.publications.list_publications(round_.id)
            for by, units in ((CITY, [CITY]), (DIVISION, divisions), (SECTION, sections)):
                maps[by] = skill_map(skill_set.framework, published, by, units)

        people = [person.id for person in stores.directory.list_people()[:_PAGES]]

        def pages() -> None:
            for person in people:
                my_page(stores.skills, skill_set, person)

        wall, cpu = _seconds(pages)
        plan = _best(lambda: read_plan(stores.skills, stores.surveys, stores.publications, TODAY))
        name = f"map of {len(sections)} 課 × {len(skill_set.framework.skills)} skills, from the database"
        rows: list[tuple[Cell, ...]] = [
            (name, *_best(city), ""),
            (f"my page, mean of {len(people)}", wall / len(people), cpu / len(people), ""),
            ("育成計画", *plan, ""),
        ]
    peak = megabytes("VmHWM")
    rows += [(f"cells of the map by {by}", "", "", _seen(maps[by])) for by in (DIVISION, SECTION)]
    return [*rows, ("greatest memory of reading", "", "", f"{peak:.0f} MB")]


def _seen(rows: Sequence[MapRow]) -> str:
    states = Counter(cell.seen for row in rows for cell in row.cells)
    total = states.total()
    return ", ".join(f"{seen.value} {100 * states[seen] / total:.0f} %" for seen in Seen)


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - cpu


def _best(work: Callable[[], object]) -> tuple[float, float]:
    """The fastest of several, which is what the work itself takes on a busy machine."""
    return min(_seconds(work) for _ in range(_TIMES))
