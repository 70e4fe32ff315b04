"""Reading what was filled into a form."""

from __future__ import annotations

from bot.messages import Request


def text_of(request: Request, field: str) -> str:
    """A field's text without white space around it; "" when it was left empty. Line breaks are those of one kind."""
    value = request.values.get(field, "")
    text = value if isinstance(value, str) else next(iter(value), "")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_filled(request: Request, field: str) -> bool:
    """Whether a request brings a filled form, and not only asks for it."""
    return field in request.values
