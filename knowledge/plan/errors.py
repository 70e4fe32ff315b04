"""What goes wrong when a plan's document is read."""

from __future__ import annotations


class PlanError(Exception):
    """The document cannot be read as a plan. The text says why, at which line, and how to mend it."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
