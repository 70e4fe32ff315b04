"""How Slack says no."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """An `ok: false` of Slack's."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.body: dict[str, Any] = {"ok": False, "error": error, **more}
