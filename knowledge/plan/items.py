"""Pieces of articles: paragraphs, and the ①②③ items inside a table's cell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.article import Passage
from knowledge.plan.traced import NOTHING, Traced
from knowledge.plan.wording import CIRCLED, TAG, key, readable

_LABEL = re.compile(r"[<＜](?P<label>[^<>＜＞/\s]*[^\x00-\x7f＜＞/\s][^<>＜＞/]{0,20})[>＞]")
_ITEM = re.compile(rf"[{CIRCLED}]")
_NEAR = 20
_TOKEN = re.compile(f"{TAG.pattern}|{_LABEL.pattern}|{_ITEM.pattern}", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A passage that still knows where its characters stand."""

    words: Traced
    label: str = ""
    marker: Traced = NOTHING
    column: str = ""

    def passage(self) -> Passage:
        """The passage as the knowledge base keeps it."""
        return Passage(
            text=self.words.text, label=self.label, marker=_without_space(self.marker), column=self.column
        )


@dataclass(frozen=True)
class Cell:
    """A cell taken apart: its pieces, and the <labels> written in it."""

    pieces: tuple[Piece, ...]
    labels: tuple[Traced, ...]


def split_cell(cell: Traced, label: str, *, column: str = "", tasks: bool = False) -> Cell:
    """Cut a cell at its tags, its <labels> and its ①②③ items. `tasks` says that it is a 工程表 cell."""
    pieces: list[Piece] = []
    labels: list[Traced] = []
    marker, start, last = NOTHING, 0, ""

    def close(end: int) -> None:
        words = readable(cell[start:end], cells=tasks)
        if words or marker:
            pieces.append(Piece(words, label, marker, column))

    for match in _TOKEN.finditer(cell.text):
        circled = _ITEM.fullmatch(match.group()) is not None
        if circled and not _opens_item(cell.text, match.start(), last):
            continue
        close(match.start())
        marker, start = NOTHING, match.end()
        if circled:
            marker = cell[slice(*match.span())]
            last = marker.text
        elif match["label"]:
            label, last = key(match["label"]), ""
            labels.append(cell[slice(*match.span())])
    close(len(cell))
    return Cell(tuple(pieces), tuple(labels))


def _opens_item(text: str, at: int, last: str) -> bool:
    """Whether the ① at `at` opens an item: it comes first, after a tag or a label, or after white space in order."""
    before = text[max(0, at - _NEAR) : at]
    if not before.strip() or before.rstrip().endswith((">", "＞")):
        return True
    in_order = ord(text[at]) == (ord(last) + 1 if last else ord("①"))
    return before[-1].isspace() and in_order


def _without_space(marker: Traced) -> str:
    return re.sub(r"\s+", "", marker.text)
