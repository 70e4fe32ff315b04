"""Articles as files that people edit, and that `read_articles` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import openpyxl
import yaml
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from bot.texts.ja import importing as texts
from knowledge.article import Article, Figure
from knowledge.importing.markdown_file import escape_line, heading_line
from knowledge.importing.records import FIELDS, LISTS, join_body
from knowledge.importing.result import FORMATS, ImportFailed
from knowledge.importing.table_file import defuse

_WIDTHS = {"title": 40, "questions": 50, "body": 80, "steps": 60, "needs": 40}


def export_articles(articles: Sequence[Article], format: str) -> bytes:
    """The articles as a file's bytes. `format` is one of FORMATS; raises ImportFailed for another.

    CSV is UTF-8 with BOM, with formula-like text made harmless; in XLSX every cell is text.
    """
    if format not in FORMATS:
        raise ImportFailed([texts.import_format(format, FORMATS)])
    return _WRITE[format]([fields_of(article) for article in articles])


def fields_of(article: Article) -> dict[str, str]:
    """An article as its fields in a file, each as text."""
    source = article.source
    return {
        "id": article.id,
        "kind": article.kind.value,
        "title": article.title,
        "reading": article.reading,
        "aliases": _joined(article.aliases),
        "questions": _joined(article.questions),
        "body": join_body(article.passages),
        "document": source.document,
        "section": f"{source.part}{source.section}",
        "edition": source.edition,
        "owner": article.owner,
        "review_on": _day(article.review_on),
        "steps": _joined(article.steps),
        "needs": _joined([str(need) for need in article.needs]),
        "deadline": article.deadline,
        "valid_from": _day(article.valid_from),
        "valid_until": _day(article.valid_until),
        "openness": texts.OPENNESS[article.openness.value] if article.openness else "",
        "visible_to": _joined([texts.AUDIENCES[audience.value] for audience in article.visible_to]),
        "rests_on": article.rests_on,
        "focus": _joined(article.focus),
        "figures": _joined([_figure(figure) for figure in article.figures]),
        "blank": _joined(article.blank),
        "ended_on": _day(article.ended_on),
    }


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _figure(figure: Figure) -> str:
    """As the reader takes it: 保有率=94%@2022 令和4年3月末."""
    when = f"{figure.fiscal_year or ''} {figure.as_of}".strip()
    name = figure.name.replace("=", "＝").replace("@", "＠")
    value = f"{Decimal(repr(figure.value)).normalize():f}"  # every digit, and no exponent
    return f"{name}={value}{figure.unit}{f'@{when}' if when else ''}"


def _joined(words: Sequence[str]) -> str:
    return "|".join(word.replace("|", "｜") for word in words)


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(FIELDS)
    writer.writerows([defuse(row[name]) for name in FIELDS] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _xlsx(rows: Sequence[Mapping[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = texts.EXPORT_SHEET
    for place, name in enumerate(FIELDS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 16)
    for line, row in enumerate([dict(zip(FIELDS, FIELDS, strict=True)), *rows], 1):
        for place, name in enumerate(FIELDS, 1):
            cell = sheet.cell(line, place, row[name])
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=name in _WIDTHS, vertical="top")
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _yaml(rows: Sequence[Mapping[str, str]]) -> bytes:
    records = [
        {name: value.split("|") if name in LISTS else value for name, value in row.items() if value}
        for row in rows
    ]
    text = yaml.safe_dump({"articles": records}, allow_unicode=True, sort_keys=False, width=100)
    return str(text).encode()


def _markdown(rows: Sequence[Mapping[str, str]]) -> bytes:
    pieces: list[str] = []
    for row in rows:
        fields = [f"- {name}: {row[name]}" for name in FIELDS if name not in {"title", "body"} and row[name]]
        body = [escape_line(line) for line in row["body"].split("\n")]
        pieces.append("\n".join([heading_line(row["title"]), *fields, "", *body, ""]))
    return "\n".join(pieces).encode()


_WRITE: Mapping[str, Callable[[Sequence[Mapping[str, str]]], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "yaml": _yaml,
    "md": _markdown,
}
