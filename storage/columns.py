"""How values stand in columns: times as sortable text, models as JSON text."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from bot.texts.ja import storage as texts
from storage.session import UnstorableText

# An escaped NUL, and not an escaped backslash followed by "u0000".
_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def to_iso(at: datetime) -> str:
    """An aware time as UTC text of fixed width (microseconds), so that text order is time order.

    Raises ValueError for a time without zone.
    """
    if at.tzinfo is None:
        raise ValueError(f"a time without zone cannot be stored: {at}")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_iso(text: str) -> datetime:
    """The aware time (UTC) that `to_iso` wrote."""
    return datetime.fromisoformat(text)


def to_json(model: BaseModel, *, without_defaults: bool = False) -> str:
    """A model as JSON text. Raises UnstorableText when a text in it holds NUL or a lone surrogate."""
    try:
        return checked(model.model_dump_json(exclude_defaults=without_defaults))
    except PydanticSerializationError as error:
        raise UnstorableText(texts.UNSTORABLE_TEXT) from error


def checked(json_text: str) -> str:
    """JSON text as it is. Raises UnstorableText when it holds an escaped NUL, which columns would refuse bare."""
    if _ESCAPED_NUL.search(json_text):
        raise UnstorableText(texts.UNSTORABLE_TEXT)
    return json_text
