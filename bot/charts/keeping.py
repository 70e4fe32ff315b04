"""Drawings that were made ahead: found by what their chart shows and by how this version draws it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from bot.charts.chart import Chart

_DRAWN_BY = ("altair", "vl-convert-python", "noto-cjk-sans-jp-regular")


class Drawings(Protocol):
    """SVG drawings of charts that everybody may see, each set of them under the name of what it belongs to."""

    def find_drawing(self, key: str) -> str | None:
        """The SVG under this key (`key_of`)."""

    def keep_drawings(self, owner: str, mark: str, drawings: Mapping[str, str]) -> None:
        """Put an owner's drawings, SVG by key, in the place of its earlier ones. `mark` says what they were made of."""

    def list_marks(self) -> dict[str, str]:
        """The mark of every owner."""


def key_of(chart: Chart) -> str:
    """Alike for charts that show the same, and of no use once they are drawn in another way."""
    return sha256(f"{look()} {chart.model_dump_json()}".encode()).hexdigest()


@cache
def look() -> str:
    """Which way of drawing this process has: the sources of this package, its words, and the libraries that draw."""
    here = Path(__file__).parent
    sources = [*sorted(here.glob("*.py")), here.parent / "texts" / "ja" / "charts.py"]
    found = sha256()
    for source in sources:
        found.update(source.read_bytes())
    found.update(" ".join(version(name) for name in _DRAWN_BY).encode())
    return found.hexdigest()[:16]
