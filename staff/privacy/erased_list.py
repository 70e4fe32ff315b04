"""The list of who was erased, kept apart from the database: after a backup is restored, the same people are erased again.

It holds keyed hashes of 職員番号 with the time, a JSON object a line; the key is in the database and in its backups only. So
the list alone tells nobody's number, and neither does a backup alone tell who was erased.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Erased:
    """One entry. `items` is empty when everything of the person went."""

    person: str
    at: datetime
    items: tuple[str, ...] = ()


class ErasedListError(Exception):
    """The list cannot be written or read; the text says where and what to do."""


def hashed(secret: bytes, person_id: str) -> str:
    """Under what a person stands in the list."""
    return hmac.new(secret, person_id.encode(), sha256).hexdigest()


class ErasedList:
    """The list in a file of its own. Lines are only ever added, each written through before anything is erased."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, entries: Sequence[Erased]) -> None:
        """Add entries durably. Raises ErasedListError."""
        lines = "".join(
            json.dumps({"at": one.at.isoformat(), "person": one.person, "items": list(one.items)}) + "\n"
            for one in entries
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(handle, lines.encode())
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise ErasedListError(f"{self.path}: {error.strerror}") from error

    def since(self, moment: datetime) -> list[Erased]:
        """What was erased from then on, oldest first. Raises ErasedListError, naming the line that cannot be read."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        except OSError as error:
            raise ErasedListError(f"{self.path}: {error.strerror}") from error
        found = [self._read(number, line) for number, line in enumerate(lines, 1) if line.strip()]
        return sorted((one for one in found if one.at >= moment), key=lambda one: one.at)

    def _read(self, number: int, line: str) -> Erased:
        try:
            held = json.loads(line)
            return Erased(str(held["person"]), datetime.fromisoformat(held["at"]), tuple(held["items"]))
        except (ValueError, KeyError, TypeError) as error:
            raise ErasedListError(f"{self.path}: {number}") from error
