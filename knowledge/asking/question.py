"""What was asked: the text made safe, and the limits a question must keep."""

from __future__ import annotations

import re
import unicodedata

MAX_LENGTH = 500
# What an input method or a hurried hand puts for the long-vowel mark.
_LIKE_LONG_VOWEL = re.compile(r"(?<=[ァ-ヴ])[一―─—–‐-](?=[ァ-ヴ])")
_TWELVE_DIGITS = re.compile(r"(?<!\d)\d(?:[\s\-]?\d){11}(?![\s\-]?\d)")


def clean(text: str) -> str:
    """NFKC without control, format, surrogate and private characters; white space folded; "" when nothing is left. What stands
    for ー within a word in katakana (the 一 of 「テレワ一ク」) is ー.

    A text of marks, emoji or symbols alone gives "" too: there is no word in it to look for.
    """
    if not text.isprintable():  # most are: nothing of the sort is in them
        text = "".join(" " if ch.isspace() else ch for ch in text if ch.isspace() or not _is_hidden(ch))
    folded = _LIKE_LONG_VOWEL.sub("ー", " ".join(unicodedata.normalize("NFKC", text).split()))
    return folded if any(unicodedata.category(ch)[0] in "LN" for ch in folded) else ""


def _is_hidden(ch: str) -> bool:
    return unicodedata.category(ch) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def holds_personal_number(text: str) -> bool:
    """Whether a cleaned text holds twelve digits in a row (spaces and hyphens between them allowed)."""
    return bool(_TWELVE_DIGITS.search(text))
