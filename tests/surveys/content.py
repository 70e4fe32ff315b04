"""The surveys that ship, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from surveys.definition import Definition
from tests.surveys.samples import survey

CONTENT = Path(__file__).parents[2] / "surveys" / "content"


def shipped(name: str, **changes: Any) -> Definition:
    """A survey that ships, with these fields changed."""
    return survey((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"), **changes)
