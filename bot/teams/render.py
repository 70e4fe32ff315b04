"""A Reply as elements of an Adaptive Card 1.5. Words go into text runs, which know no Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from bot.charts.chart import Chart
from bot.charts.looks import WIDTH
from bot.messages import Action, Items, Linked, Paragraph, Part, Quote, SourceLine, Table
from bot.outgoing import json_bytes
from bot.teams.press import button_data
from bot.teams.wording import middle_cut, plain, shorten
from bot.texts.ja import charts as chart_texts
from bot.texts.ja import teams as texts

Element = dict[str, Any]
MAX_RUN = 2000
MAX_TITLE = 200
BUTTON_WIDTH = WIDTH - 24  # pixels of its words on a phone's card; what is longer, a card cuts
MAX_ACTIONS = 6
MAX_CELL = 500
MOST_COLUMNS = 7  # with more, a column of a card is as wide as a character
TABLE_BYTES = 8000
TONES: Mapping[str, dict[str, object]] = {
    "text": {},
    "note": {"isSubtle": True},
    "warning": {"color": "Attention"},
}


def text_block(text: str, **style: object) -> Element:
    """Words in one style. Line breaks stay."""
    run = {"type": "TextRun", "text": plain(text) or " ", **style}
    return {"type": "RichTextBlock", "inlines": [run]}


def size_of(value: Element | Sequence[Element]) -> int:
    """How many bytes a piece of a card takes on the wire."""
    return len(json_bytes(value))


def title_block(text: str) -> Element:
    """A card's heading."""
    return text_block(shorten(text, MAX_TITLE), size="Large", weight="Bolder")


def part_elements(part: Part, picture: str = "") -> Iterator[Element]:
    """One part as elements small enough for a page each. `picture` is the address of a chart's, if it has one."""
    match part:
        case Paragraph():
            yield from _paragraph(part)
        case Quote():
            yield from _quote(part)
        case Items(items=items, numbered=numbered):
            for number, item in enumerate(items, 1):
                yield from _item(f"{number}. " if numbered else "・", item)
        case Table():
            yield from _table(part.caption, part.columns, part.rows)
        case Chart():
            yield from _chart(part, picture)
        case SourceLine():
            yield _source(part)


def _item(mark: str, item: Linked | str) -> Iterator[Element]:
    if isinstance(item, str):
        yield from _texts(f"{mark}{item}")
        return
    made = text_block(mark)
    opening = {"type": "Action.OpenUrl", "url": item.url}
    words = {"type": "TextRun", "text": plain(shorten(item.text, MAX_RUN)) or " "}
    made["inlines"].append(words | {"color": "Accent", "underline": True, "selectAction": opening})
    yield made


def _chart(part: Chart, picture: str) -> Iterator[Element]:
    yield text_block(part.title, weight="Bolder")
    if picture:
        yield {"type": "Image", "url": picture, "altText": plain(part.alt) or " ", "width": f"{WIDTH}px"}
    if not part.told_below:
        rows = part.rows_beside if picture else part.rows
        yield from _table("", part.columns, rows)
        if left := len(part.rows) - len(rows):
            yield text_block(chart_texts.REST_IN_PICTURE.format(count=left), isSubtle=True)
    yield from _texts(part.alt, isSubtle=True)


def size_without_picture(element: Element) -> int:
    """How many bytes an element counts for the size of a message: images in it are counted apart."""
    return size_of(element | {"url": ""}) if element["type"] == "Image" else size_of(element)


def action_sets(actions: Sequence[Action], *, in_dialog: bool = False) -> Iterator[Element]:
    """The buttons, MAX_ACTIONS a row: Teams hides what is beyond. In a dialog there is no opening of another."""
    buttons = [_button(action, in_dialog) for action in actions]
    for start in range(0, len(buttons), MAX_ACTIONS):
        yield {"type": "ActionSet", "actions": buttons[start : start + MAX_ACTIONS]}


def _button(action: Action, in_dialog: bool) -> Element:
    if action.url:
        return open_url(action.label, action.url)
    data = button_data(action.name, action.value)
    if action.opens_form and not in_dialog:
        data["msteams"] = {"type": "task/fetch"}
    made = submit(action.label, data)
    return made | {"style": "positive"} if action.main else made


def submit(label: str, data: dict[str, Any]) -> Element:
    """A button that sends its data. (The playground knows no `messageBack`, which would show what was pressed.)"""
    return {"type": "Action.Submit", "title": _title(label), "data": data}


def _title(label: str) -> str:
    return plain(middle_cut(label, BUTTON_WIDTH)) or " "


def open_url(label: str, url: str) -> Element:
    """A button that opens a page."""
    return {"type": "Action.OpenUrl", "title": _title(label), "url": url}


def _paragraph(part: Paragraph) -> Iterator[Element]:
    if part.label:
        yield text_block(part.label, weight="Bolder", size="Small")
    yield from _texts(part.text, **TONES[part.tone])


def _quote(part: Quote) -> Iterator[Element]:
    for number, piece in enumerate(_pieces(part.text)):
        head = [text_block(part.label, weight="Bolder", size="Small")] if part.label and not number else []
        cite = [text_block(f"{texts.SOURCE}: {part.cite}", isSubtle=True, size="Small")] if part.cite else []
        yield {"type": "Container", "style": "emphasis", "items": [*head, text_block(piece), *cite]}


def _source(part: SourceLine) -> Element:
    place = f"{part.cite} {part.heading}".strip()
    where = f"{place}（{part.edition}）" if part.edition else place
    return text_block(f"{texts.SOURCE}: {where}", isSubtle=True, size="Small") | {"separator": True}


def _table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Element]:
    """The grid; of many columns with the rows as columns, or where these are many too a line for each row."""
    if caption:
        yield text_block(caption, weight="Bolder")
    if len(columns) > MOST_COLUMNS and len(rows) < MOST_COLUMNS:
        columns, *rows = zip_longest(columns, *rows, fillvalue="")
    if len(columns) > MOST_COLUMNS:
        for row in rows:
            told = "、".join(map(" ".join, zip(columns[1:], row[1:], strict=False)))
            yield from _texts(f"{row[0]}: {told}")
        return
    head = _row([text_block(shorten(name, MAX_CELL), weight="Bolder") for name in columns])
    body: list[Element] = []
    for row in rows:
        cells = _row([text_block(shorten(cell, MAX_CELL)) for cell in row])
        if body and size_of([head, *body, cells]) > TABLE_BYTES:
            yield _grid(len(columns), [head, *body])
            body = []
        body.append(cells)
    yield _grid(len(columns), [head, *body])


def _grid(width: int, rows: Sequence[Element]) -> Element:
    columns = [{"width": 1} for _ in range(width)]
    return {"type": "Table", "firstRowAsHeader": True, "columns": columns, "rows": list(rows)}


def _row(cells: Sequence[Element]) -> Element:
    return {"type": "TableRow", "cells": [{"type": "TableCell", "items": [cell]} for cell in cells]}


def _texts(text: str, **style: object) -> Iterator[Element]:
    for piece in _pieces(text):
        yield text_block(piece, **style)


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of at most MAX_RUN characters, cut after a line or a sentence where there is one."""
    while len(text) > MAX_RUN:
        cut = max(text.rfind(end, MAX_RUN // 2, MAX_RUN) for end in "\n。") + 1 or MAX_RUN
        yield text[:cut]
        text = text[cut:]
    yield text
