"""Articles as files that people edit, and that `read_articles` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import yaml
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from bot.texts.ja import importing as texts
from knowledge.article import Article, Passage
from knowledge.importing.markdown_file import escape_line
from knowledge.importing.records import FIELDS, LISTS
from knowledge.importing.result import FORMATS, ImportFailed
from knowledge.importing.table_file import defuse

_WIDTHS = {"title": 40, "questions": 50, "body": 80}


def export_articles(articles: Sequence[Article], format: str) -> bytes:
    """The articles as a file's bytes. `format` is one of FORMATS; raises ImportFailed for another.

    CSV is UTF-8 with BOM, with formula-like text made harmless; in XLSX every cell is text.
    """
    if format not in FORMATS:
        raise ImportFailed([texts.import_format(format, FORMATS)])
    return _WRITE[format]([_fields(article) for article in articles])


def _fields(article: Article) -> dict[str, str]:
    source = article.source
    return {
        "id": article.id,
        "kind": article.kind.value,
        "title": article.title,
        "reading": article.reading,
        "aliases": _joined(article.aliases),
        "questions": _joined(article.questions),
        "body": _body(article.passages),
        "document": source.document,
        "section": f"{source.part}{source.section}",
        "edition": source.edition,
        "owner": article.owner,
        "review_on": article.review_on.isoformat() if article.review_on else "",
    }


def _body(passages: Sequence[Passage]) -> str:
    pieces = [f"【{p.label}】{p.marker}{p.text}" if p.label else p.marker + p.text for p in passages]
    return ("\n\n" if any("\n" in piece for piece in pieces) else "\n").join(pieces)


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
        pieces.append("\n".join([f"## {row['title']}", *fields, "", *body, ""]))
    return "\n".join(pieces).encode()


_WRITE: Mapping[str, Callable[[Sequence[Mapping[str, str]]], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "yaml": _yaml,
    "md": _markdown,
}
