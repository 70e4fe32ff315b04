"""Bytes of a text file as text: UTF-8 with or without BOM, or CP932; nothing that is no text."""

from __future__ import annotations

import re

_BROKEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd]")


class NotText(ValueError):
    """The bytes are no text. `line` is where; `code` names the character, or is empty when bytes are in no encoding."""

    def __init__(self, line: int, code: str = "") -> None:
        super().__init__(f"line {line}: {code or 'unknown encoding'}")
        self.line = line
        self.code = code


def decode_text(data: bytes) -> str:
    """The text of a file's bytes, without BOM. Raises NotText."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _decode_cp932(data, error.start)
    check_text(text)
    return text


def check_text(text: str) -> None:
    """Raise NotText where a character stands that is no text (NUL, control codes, lost characters)."""
    if match := _BROKEN.search(text):
        raise NotText(text.count("\n", 0, match.start()) + 1, f"U+{ord(match.group()):04X}")


def _decode_cp932(data: bytes, utf8_broke_at: int) -> str:
    try:
        return data.decode("cp932")
    except UnicodeDecodeError as error:
        at = max(utf8_broke_at, error.start)
        raise NotText(data.count(b"\n", 0, at) + 1) from None
