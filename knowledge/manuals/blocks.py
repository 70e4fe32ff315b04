"""What a manual is read into: headings, paragraphs, list items and table rows, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_NUMBERED = re.compile(r"^(?:[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[.．)）、](?!\d)|手順\s*\d{1,2}[:：.．]?)\s*")
_BULLET = re.compile(r"^[・●○◦▪■□◆◇▶►\-–•]\s*(?=\S)")
_CHAPTER = re.compile(r"^第\s*[0-9０-９一二三四五六七八九十]{1,3}\s*(?P<unit>[編部章節項])")
_DECIMAL = re.compile(r"^(?P<number>[0-9０-９]{1,2}(?:[.．-][0-9０-９]{1,2}){1,3})[.．]?[\s\u3000]+\S")
_BRACKETED = re.compile(r"^【[^】]{1,30}】$")
_UNITS = {"編": 1, "部": 1, "章": 1, "節": 2, "項": 3}
LONGEST_HEADING = 60


@dataclass(frozen=True)
class Block:
    """One piece of text. `level` counts a heading's depth from 1; `label` is the first cell of a table's row;
    `numbered` says that an item's order matters. `page` is the PDF's page.
    """

    kind: Literal["heading", "paragraph", "item", "row"]
    text: str
    level: int = 0
    label: str = ""
    numbered: bool = False
    page: int | None = None


def heading_level(text: str) -> int:
    """The depth that a line's own numbering gives it (第2章 → 1, 2.1 → 2), 0 for a line that is no heading by it."""
    if len(text) > LONGEST_HEADING or text.endswith(("。", "、")):
        return 0
    if found := _CHAPTER.match(text):
        return _UNITS[found["unit"]]
    if found := _DECIMAL.match(text):
        return len(re.split("[.．-]", found["number"]))
    return 3 if _BRACKETED.match(text) else 0


def body_block(text: str, page: int | None = None) -> Block:
    """A line of running text as a list item where its mark says so, else a paragraph."""
    if numbered := _NUMBERED.match(text):
        return Block("item", text[numbered.end() :].strip() or text, numbered=True, page=page)
    if bullet := _BULLET.match(text):
        return Block("item", text[bullet.end() :].strip() or text, page=page)
    return Block("paragraph", text, page=page)
