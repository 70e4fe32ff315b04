"""The 五十音 index: which row a term stands in, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.article import Kind
from knowledge.entry import Entry

ROWS: Mapping[str, str] = {
    "あ": "ぁあぃいぅうぇえぉおゔ",
    "か": "かがきぎくぐけげこご",
    "さ": "さざしじすずせぜそぞ",
    "た": "ただちぢっつづてでとど",
    "な": "なにぬねの",
    "は": "はばぱひびぴふぶぷへべぺほぼぽ",
    "ま": "まみむめも",
    "や": "ゃやゅゆょよ",
    "ら": "らりるれろ",
    "わ": "わゐゑをん",
}
_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def row_of(entry: Entry) -> str:
    """The row that a term stands in; "" for letters and anything else."""
    first = _order(entry)[:1]
    return next((row for row, kana in ROWS.items() if first and first in kana), "")


def index_terms(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The glossary's terms by row, each in the order of its readings; rows without any are left out."""
    rows: dict[str, list[Entry]] = {row: [] for row in [*ROWS, ""]}
    for entry in entries:
        if entry.kind is Kind.TERM:
            rows[row_of(entry)].append(entry)
    return {row: sorted(terms, key=_order) for row, terms in rows.items() if terms}


def _order(entry: Entry) -> str:
    return (entry.main.reading or entry.title).translate(_TO_HIRAGANA)
