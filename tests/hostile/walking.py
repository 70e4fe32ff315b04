"""Every string through every input of one city, and everything that comes out read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from storage.database import open_database
from storage.migrations import migrate
from storage.stores import SqlStores
from tests.hostile.chat_forms import chat_forms, fill_form, prepare, publish_answers, withdraw_assignments
from tests.hostile.console_forms import keep_form, kept_forms, plan_rounds, read_pages, refuse_all
from tests.hostile.files import fill_figures, give_all, import_city, take_articles
from tests.hostile.logs import log_read
from tests.hostile.options import commands, take_words_of
from tests.hostile.town import Doors, Tally, open_doors, open_town
from tests.hostile.typed import read_lists, type_all
from tests.hostile.word_files import take_words

FIRST_PEOPLE = 16  # figures of more people take long to decide on
CITY = ("first people", "figures", "what the forms stand on")
Part = Callable[[], Awaitable[None] | None]
Tell = Callable[[str], None]


async def walk(
    folder: Path,
    texts: Sequence[str],
    tally: Tally,
    tell: Tell = lambda _: None,
    begin: str = "",
    end: str = "",
) -> None:
    """Put every string into every text input, and count in `tally` what went in and what came out.

    `folder` takes the database and the files. `tell` hears of each part as it begins: a walk that ends early has told how
    far it came, and its tally stands; another goes on from the part `begin`, and stops before the part `end`.
    """
    url = f"sqlite:///{folder / 'hostile.db'}"
    with open_database(url) as database, log_read(tally):
        migrate(database)
        async with open_doors(open_town(SqlStores(database)), tally, url) as doors:
            for name, part in _between(begin, end, _parts(doors, folder, texts)):
                tell(name)
                if (awaited := part()) is not None:
                    await awaited


def _between(begin: str, end: str, parts: Iterator[tuple[str, Part]]) -> Iterator[tuple[str, Part]]:
    """What the city stands on, and the parts from `begin` to before `end`. Raises KeyError where none is called so."""
    reached = not begin
    for name, part in parts:
        if reached and name == end:
            return
        reached = reached or name == begin
        if reached or name in CITY:
            yield name, part
    if not reached or end:
        raise KeyError(end if reached else begin)


def _parts(doors: Doors, folder: Path, texts: Sequence[str]) -> Iterator[tuple[str, Part]]:
    """The parts of the walk in order: each stands on what those before it left in the city."""
    people, figures, ground = CITY
    yield people, lambda: import_city(doors, texts[:FIRST_PEOPLE])
    yield figures, lambda: fill_figures(doors)
    yield ground, lambda: prepare(doors.services)
    yield "typed words", lambda: type_all(doors, texts)
    for form in chat_forms(doors.services):
        yield f"form {form.name}", partial(fill_form, doors, texts, form)
    yield "requests withdrawn", lambda: withdraw_assignments(doors.services)
    yield "answers and their results", lambda: publish_answers(doors, texts)
    yield "fields of the pages, past their bounds", lambda: refuse_all(doors, texts)
    for kept in kept_forms():
        yield f"page {kept.action}", partial(keep_form, doors, kept, texts)
    yield "questionnaires", lambda: plan_rounds(doors, texts)
    yield "words of files", lambda: take_words(doors, folder, texts)
    for told in commands(folder):
        yield (
            f"command {told.name} {' '.join(told.options)}",
            partial(take_words_of, doors, folder, told, texts),
        )
    yield "articles of files", lambda: take_articles(doors, folder, texts)
    yield "files given out", lambda: give_all(doors, folder)
    yield "people", lambda: import_city(doors, texts)
    yield "every page", lambda: read_pages(doors)
    yield "every list of the chat", lambda: read_lists(doors)
    yield "what waits in the outbox", doors.deliver
