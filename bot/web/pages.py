"""What server-rendered pages are made from: who visits, what they sent, and the page or the address to go to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from staff.model import Person


@dataclass(frozen=True)
class File:
    """Something to keep instead of a page: its bytes, the name it is saved under, and its type."""

    content: bytes
    name: str
    type: str

    def __post_init__(self) -> None:
        """Raise ValueError for a name that could lead elsewhere, or out of the header."""
        if not re.fullmatch(r"[^\W_][\w.・-]{0,99}", self.name):
            raise ValueError(f"{self.name!r} is not the name of a file to keep")


@dataclass(frozen=True)
class Page:
    """A page to show, a file to keep, or the address to go to after something was done."""

    html: str = ""
    status: int = 200
    location: str = ""
    file: File | None = None


@dataclass(frozen=True)
class Visit:
    """One request: who it is, what the header shows, and the fields of the address or the form."""

    person: Person | None
    frame: Mapping[str, object]
    fields: Mapping[str, str]

    def field(self, name: str) -> str:
        """A field's text; empty when it is not there."""
        return self.fields.get(name, "")

    @cached_property
    def number(self) -> int:
        """The field `number` as a version's or a page's number; -1 when it is none."""
        return self.count("number")

    def count(self, name: str) -> int:
        """A field as a number; -1 when it is none."""
        text = self.field(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def link(path: str, **fields: str | int) -> str:
    """An address with its query."""
    return f"{path}?{urlencode(fields)}" if fields else path
