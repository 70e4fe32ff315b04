"""Tables of the documents that a measure reprints, each between its two marks."""

from __future__ import annotations

import re
from pathlib import Path

from bench.harness import Cell, Result

_END = "<!-- end of table -->"


def print_into(page: Path, result: Result, note: str = "", digits: int = 3) -> None:
    """Put a result's table, and a line below it, where the page has the mark of `python -m bench <name>`; of a fraction
    so many digits.

    Raises ValueError when the page has no such mark.
    """
    begin = f"<!-- table: python -m bench {result.name} -->"
    lines = [
        _line(result.columns),
        _line(["---", *["---:"] * (len(result.columns) - 1)]),
        *(_line([_shown(cell, digits) for cell in row]) for row in result.rows),
        *(["", note] if note else []),
    ]
    table = "\n".join([begin, "", *lines, "", _END])
    text = page.read_text(encoding="utf-8")
    place = re.compile(f"{re.escape(begin)}.*?{re.escape(_END)}", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"{page.name}: {begin} … {_END}")
    page.write_text(place.sub(lambda _: table, text, count=1), encoding="utf-8")


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(cell: Cell, digits: int) -> str:
    return f"{cell:.{digits}f}" if isinstance(cell, float) else str(cell)
