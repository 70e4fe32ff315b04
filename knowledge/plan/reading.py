"""A plan's file as text."""

from __future__ import annotations

from pathlib import Path

from bot.texts.ja import importing as texts
from bot.written.decoding import NotText, check_text, decode_text
from knowledge.plan.errors import PlanError

LARGEST = 2 * 1024 * 1024


def read_plan_text(path: Path) -> str:
    """The text of a file in UTF-8 (with or without BOM) or CP932. Raises PlanError."""
    try:
        if path.stat().st_size > LARGEST:
            raise PlanError(texts.plan_too_large(path.name, LARGEST))
        return decode_plan(path.read_bytes())
    except OSError as error:
        raise PlanError(texts.unreadable(path.name, error.strerror or "")) from None


def decode_plan(data: bytes) -> str:
    """The text of a document's bytes. Raises PlanError naming the line that cannot be read."""
    try:
        return decode_text(data)
    except NotText as error:
        raise PlanError(texts.not_text(error.line, error.code), error.line) from None


def check_characters(text: str) -> None:
    """Raise PlanError for a document without text, or with characters that are none."""
    if not text.strip():
        raise PlanError(texts.PLAN_EMPTY)
    try:
        check_text(text)
    except NotText as error:
        raise PlanError(texts.not_text(error.line, error.code), error.line) from None
