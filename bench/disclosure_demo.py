"""Both telework questionnaires as they ship, answered by the demo city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from staff.demo import synthetic_city
from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from surveys.demo import fill_rounds
from surveys.tabulating import Tabulation, tabulate
from surveys.telework import NEEDS, USAGE

_TODAY = date(2026, 11, 26)


def demo_rounds(staff: int = 4000, *, big: bool = False) -> Iterator[Tabulation]:
    """The newest closed round of each questionnaire with the tables that it declares; seven in ten of the staff answered.

    They work in 59 課, in a `big` city in 150.
    """
    with TemporaryDirectory() as folder, open_database(f"sqlite:///{Path(folder) / 'demo.db'}") as database:
        migrate(database)
        stores = SqlStores(database)
        stores.directory.save(*synthetic_city(staff, 1, big=big), [])
        fill_rounds(stores, _TODAY, 1)
        for survey in (NEEDS, USAGE):
            round_ = max(stores.surveys.list_rounds(survey_id=survey), key=lambda one: one.closes_at)
            sheets = stores.surveys.list_sheets(round_.id)
            yield tabulate(round_, sheets, stores.surveys.count_responses(round_.id))
