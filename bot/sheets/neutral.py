"""Text as data: what a spreadsheet would take for a formula, and characters that no file holds."""

from __future__ import annotations

import re

# Excel takes the full-width signs of a Japanese keyboard for the half-width ones. White space before them is skipped by some.
_FORMULA = re.compile(r"[\s'\u200b\ufeff]*[=+\-@＝＋－＠\u2212]|[\t\r\n]")
_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What a text that looks like a formula, or like XlsxWriter's markup, may begin with, white space aside.
_OPENERS = frozenset("=+-@＝＋－＠\u2212'< ")
REPLACED = "\ufffd"


def is_plain(text: str) -> bool:
    """Whether there is surely nothing to do about a text; a quick look at its beginning and for what cannot be printed."""
    return text.isprintable() and text[:1] not in _OPENERS


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet that opens this as CSV might calculate it."""
    return _FORMULA.match(text) is not None


def holdable(text: str) -> str:
    """The text with U+FFFD where a file cannot hold a character: control characters and halves of surrogate pairs."""
    return _UNHELD.sub(REPLACED, text)


def as_csv_text(text: str) -> str:
    """The text with an apostrophe before it where it looks like a formula; `'=1` stays apart from `=1`."""
    if is_plain(text):
        return text
    clean = holdable(text)
    return f"'{clean}" if looks_like_formula(clean) else clean
