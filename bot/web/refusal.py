"""A request that is turned away, with the HTTP status and what is said about it."""

from __future__ import annotations


class Refusal(Exception):
    """Turn a request away with `status`; `text` is what the person reads, or empty for the status's own words."""

    def __init__(self, status: int, text: str = "") -> None:
        super().__init__(status, text)
        self.status = status
        self.text = text
