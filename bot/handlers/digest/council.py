"""The month's page for the council and DX推進本部会議: one sheet in 公用文, as a Word document."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bot.handlers.digest.composing import change, mark
from bot.texts.ja import council as texts
from bot.texts.ja import digest as digest_texts
from knowledge.initiatives.issue import InitiativeLine, Issue
from knowledge.initiatives.progress import Status, figure
from staff.calendar import reiwa

FONT = "游明朝"
MARGIN, BODY, SMALL, TITLE, GAP = Mm(20), Pt(10.5), Pt(9), Pt(14), Pt(8)
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
WIDTHS = tuple(map(Mm, (43, 18, 22, 18, 20, 18, 31)))  # 170 between the margins
FIGURES = (2, 3, 5)
# What holds a page together: the characters of a line, and those that a cell of the table holds before it takes two.
A_LINE, A_CELL = 40, (12, 6, 7, 6, 7, 6, 8)
LINES_LEFT = 22  # what the head and the foot leave on the page, in lines of the text; a line of the table takes 3/4 of one


def council_page(issue: Issue) -> bytes:
    """The page as .docx: how the initiatives stand, each with target, value and date, what is due, what is stuck."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, BODY
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "ja-JP")
    language.set(qn("w:eastAsia"), "ja-JP")
    style.element.rPr.append(language)
    style.paragraph_format.space_after = Pt(2)
    _line(document, texts.date_line(_day(issue.day)), right=True)
    _line(document, texts.OFFICE, right=True)
    _line(document, texts.TITLE, size=TITLE, center=True)
    _line(document, texts.OPENING.format(day=_day(issue.day)))
    _line(document, texts.HEAD, center=True)
    _line(document, texts.SUMMARY)
    _line(document, texts.summary(_told(issue), len(issue.initiatives)))
    if unreported := [one.title for one in issue.initiatives if not one.counts]:
        _line(document, texts.unreported(texts.shortened("、".join(unreported), 2 * A_LINE)))
    _line(document, texts.EACH)
    rows = [_row(one, issue.day) for one in issue.initiatives]
    _table(document, texts.COLUMNS, rows)
    stuck = [one for one in issue.initiatives if one.counts and one.blocked]
    _list(document, texts.STUCK, [texts.stuck(one.title, one.blocked) for one in stuck], _room(rows))
    coming = [
        one for one in issue.deadlines if not one.is_request
    ]  # what 課 owe デジタル推進室 is no business of the council's
    _list(document, texts.COMING, [texts.coming(_day(one.on), one.text) for one in coming], _room(rows))
    _line(document, texts.NOTE, size=SMALL)
    _line(document, texts.END, right=True)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _told(issue: Issue) -> str:
    """The counts in words, without colours: the page is printed in black."""
    found = Counter(texts.without_marks(mark(one)) for one in issue.initiatives)
    named = [status.label for status in Status] + [digest_texts.UNREPORTED]
    return "、".join(
        texts.count(name, found[name]) for name in map(texts.without_marks, named) if found[name]
    )


def _row(one: InitiativeLine, today: date) -> tuple[str, ...]:
    shown = one.counts and one.value is not None
    return (
        one.title,
        texts.without_marks(mark(one)),
        texts.DASH if one.target is None else figure(one.target, one.unit),
        figure(one.value, one.unit) if shown and one.value is not None else texts.DASH,
        _as_of(one.as_of, today) if shown and one.as_of else texts.DASH,
        change(one) if shown else texts.DASH,
        one.owner,
    )


def _day(day: date) -> str:
    return f"{reiwa(day.year)}年{day.month}月{day.day}日"


def _as_of(day: date, today: date) -> str:
    """A day in the table: its year where it is another one."""
    return texts.day_of_year(day) if day.year == today.year else _day(day)


def _line(
    document: Any,
    text: str,
    *,
    size: Any = BODY,
    right: bool = False,
    center: bool = False,
    before: Any = None,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = before
    paragraph.alignment = RIGHT if right else CENTRE if center else LEFT
    run = paragraph.add_run(text)
    run.font.size = size


def _room(rows: Sequence[Sequence[str]]) -> int:
    """How many lines each of the two lists below the table may take, so that all is one page."""
    taken = sum(
        2 if any(len(cell) > most for cell, most in zip(row, A_CELL, strict=True)) else 1 for row in rows
    )
    return max(2, (LINES_LEFT - 3 * taken // 4) // 2)


def _list(document: Any, head: str, lines: Sequence[str], room: int) -> None:
    """Numbered lines in at most `room` lines of the page; how many more there are is said."""
    if not lines:
        return
    _line(document, head, before=GAP)
    each = 2 if room >= 6 else 1
    most = room // each
    shown = lines if len(lines) <= most else lines[: most - 1]
    for number, line in enumerate(shown, 1):
        _line(document, texts.item(number, texts.shortened(line, each * A_LINE)))
    if len(lines) > len(shown):
        _line(document, texts.more(len(lines) - len(shown)))


def _table(document: Any, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table whose rows stand together on one page, the figures at the right."""
    table = document.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        _fill(cell, name, CENTRE)
    for row in rows:
        cells = table.add_row().cells
        for number, (cell, text) in enumerate(zip(cells, row, strict=True)):
            _fill(cell, text, RIGHT if number in FIGURES else LEFT)
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER


def _fill(cell: Any, text: str, alignment: int) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(text).font.size = SMALL
