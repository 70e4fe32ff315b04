"""Files that are taken in and files that are given out, by the console and the command line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml
from aiohttp import FormData
from click.testing import CliRunner
from xlsxwriter import Workbook

from bot.cli import dxbot
from bot.settings import setting_names
from staff.model import Role
from surveys.demo import fill_rounds
from surveys.skills.asking import SURVEY_ID
from surveys.skills.demo import fill_skills
from tests.hostile.pages import PageForms
from tests.hostile.reading import live_in_csv, live_in_word, live_in_workbook
from tests.hostile.strings import SEEDS, Feed, keepable
from tests.hostile.town import Doors
from tests.surveys.publishing import publish_newest
from tests.web.city import DEPARTMENTS, HR, SYNTHETIC

PLACES = 40
LONGEST_CELL = 190
FORMULA = '=HYPERLINK("https://evil.example","x")'
COLUMNS = ("title", "reading", "aliases", "questions", "body", "document", "section", "edition", "owner")
READERS = {".xlsx": ("xlsx", live_in_workbook), ".csv": ("csv", live_in_csv), ".docx": ("docx", live_in_word)}


def cells(texts: Sequence[str], most: int = 60) -> list[str]:
    """The strings as what stands in one cell each: nothing that the readers of files refuse."""
    return [keepable(text, one_line=True)[:most].replace("|", "｜").strip() or "x" for text in texts]


async def import_city(doors: Doors, texts: Sequence[str]) -> None:
    """A directory file whose names and 課 are hostile: shown as a difference, then applied."""
    names = cells(texts, 40)
    sections = list(dict.fromkeys(one.replace("/", "／") for one in cells(SEEDS, 30)))[:PLACES]
    tables: dict[str, list[tuple[str, ...]]] = {
        "places": [("部", "課"), *(("取込部", section) for section in sections)],
        "people": [
            ("職員番号", "氏名", "メール", "部", "課", "役割"),
            ("200000", "白浜 渚", "h@city.example", "取込部", sections[0], Role.OPERATOR.label),
            *(
                (f"{200_001 + n}", name, f"h{n}@city.example", "取込部", sections[n % len(sections)], "")
                for n, name in enumerate(names)
            ),
        ],
    }
    data = FormData(quote_fields=False)
    for field, name in (("people", "=1+1<script>.csv"), ("places", "../<!channel>.csv")):
        data.add_field(field, as_csv(tables[field]), filename=name, content_type="text/csv")
    page = await doors.send_files("/console/people/import", HR, data)
    applying = next(form for form in PageForms(page).found if form.action == "/console/people/apply")
    await doors.post(applying.action, HR, {**applying.filled(), "leavers": "yes"})
    directory = doors.services.stores.directory
    imported = directory.list_people()
    assert len(imported) == len(names) + 1, len(imported)
    # A real city's directory ends the made-up one, whose people the walk goes on with.
    places = {one.id: one for one in (*directory.list_departments(), *DEPARTMENTS)}
    directory.save(list(places.values()), [*imported, *SYNTHETIC], [])
    doors.tally.add("file directory import", "console", len(names))
    doors.tally.add("file directory import --departments", "console", len(sections))


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def fill_figures(doors: Doors) -> None:
    """Rounds with answers, closed and published, for the files to tell of."""
    stores, today = doors.services.stores, doors.services.today()
    fill_rounds(stores, today, 1)
    fill_skills(stores, today, 1)
    for survey in (SURVEY_ID, "telework-usage"):
        publish_newest(doors.services, survey)


class Terminal:
    """`dxbot` on the host, over the city's database."""

    def __init__(self, doors: Doors, folder: Path) -> None:
        self.folder, self.tally = folder, doors.tally
        unset: dict[str, str | None] = dict.fromkeys(setting_names())
        self._environment = {**unset, "DATABASE_URL": doors.database, "DXBOT_CONTENT": "fujisawa"}

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run a command; what it prints."""
        done = CliRunner().invoke(dxbot, list(arguments), env=self._environment, catch_exceptions=False)
        assert done.exit_code == code, (arguments, done.output[-2000:])
        return done.output

    def take(self, command: str, file: str, content: bytes | str, count: int, *more: str) -> None:
        """Take a file in, of which so many strings are part."""
        path = self.folder / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.run(*command.split(), str(path), *more)
        self.tally.add(f"file {command}", f"dxbot, {path.suffix}", count)

    def give(self, command: str, file: str, *more: str) -> None:
        """Have a file written, and read it."""
        path = self.folder / file
        self.run(*command.split(), "--out", str(path), *more)
        if path.suffix in READERS:
            outlet, read = READERS[path.suffix]
            self.tally.see(outlet, [f"dxbot {command}: {one}" for one in read(path.read_bytes())])


def take_articles(doors: Doors, folder: Path, texts: Sequence[str]) -> None:
    """Every string into files of articles."""
    _take_articles(Terminal(doors, folder), texts)


def give_all(doors: Doors, folder: Path) -> None:
    """Every file that a command writes, read."""
    terminal = Terminal(doors, folder)
    for suffix in ("csv", "xlsx", "md", "yaml"):
        terminal.give("knowledge export", f"all.{suffix}")
    for what in ("skills", "telework"):
        for suffix in ("xlsx", "csv"):
            terminal.give(f"export {what}", f"{what}.{suffix}", "--format", suffix, f"--purpose={FORMULA}")
    terminal.give("handover", "handover.docx")
    terminal.give("handover", "handover.md")
    terminal.give("digest council", "council.docx")


def _take_articles(terminal: Terminal, texts: Sequence[str]) -> None:
    """Every string into every column of each kind of file: a row for each string as CSV, as many as a cell takes in the others."""
    told = cells(texts)
    rows = [_article({name: told[n - place] for place, name in enumerate(COLUMNS)}) for n in range(len(told))]
    terminal.take(
        "knowledge import", "=1+1.csv", as_csv([COLUMNS, *(tuple(row.values()) for row in rows)]), len(told)
    )
    rows = list(_full_articles(told))
    out = io.BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("一")
        for number, row in enumerate([COLUMNS, *(tuple(row.values()) for row in rows)]):
            sheet.write_row(number, 0, [f"x{number}" if number else "id", *row])
    terminal.take("knowledge import", "all.xlsx", out.getvalue(), len(told))
    named = [{"id": f"y{number}", **row} for number, row in enumerate(rows)]
    terminal.take("knowledge import", "all.yaml", as_yaml({"articles": named}), len(told))


def _full_articles(told: Sequence[str]) -> Iterator[dict[str, str]]:
    feeds = {name: Feed([*told[place:], *told[:place]]) for place, name in enumerate(COLUMNS)}
    while any(not feed.is_empty for feed in feeds.values()):
        yield _article({name: feed.take(LONGEST_CELL, " ")[0] or "x" for name, feed in feeds.items()})


def _article(row: dict[str, str]) -> dict[str, str]:
    """The row; its owner no address and nobody's name."""
    return {**row, "owner": row["owner"].replace("@", "＠") + "課"}


def as_yaml(value: object) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
