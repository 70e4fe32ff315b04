"""Every string through every input of one city, and everything that comes out read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.hostile.chat_forms import chat_forms, fill_forms, prepare, publish_answers
from tests.hostile.console_forms import keep_all, read_pages, refuse_all
from tests.hostile.files import fill_figures, give_all, import_city, take_all
from tests.hostile.town import Tally, open_doors, open_town
from tests.hostile.typed import read_lists, type_all

FIRST_PEOPLE = 16  # figures of more people take long to decide on


async def walk(folder: Path, texts: Sequence[str]) -> Tally:
    """Put every string into every text input; what went in and came out. `folder` takes the database and the files."""
    url, tally = f"sqlite:///{folder / 'hostile.db'}", Tally()
    with open_database(url) as database:
        migrate(database)
        async with open_doors(open_town(SqlStores(database)), tally, url) as doors:
            await import_city(doors, texts[:FIRST_PEOPLE])
            fill_figures(doors)
            prepare(doors.services)
            await type_all(doors, texts)
            await fill_forms(doors, texts, chat_forms(doors.services))
            await publish_answers(doors, texts)
            await refuse_all(doors, texts)
            await keep_all(doors, texts)
            take_all(doors, folder, texts)
            give_all(doors, folder)
            await import_city(doors, texts)
            await read_pages(doors)
            await read_lists(doors)
            await doors.deliver()
    return tally
