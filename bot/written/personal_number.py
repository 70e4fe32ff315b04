"""マイナンバー in what people type: twelve digits whose last one is right by the rule of the 省令 (平成26年総務省令第85号 第5条)."""

from __future__ import annotations

import re
import unicodedata

_DASHES = "-‐‑‒–—―−ーｰ_/.・"
_GAP = rf"[\s{re.escape(_DASHES)}]{{0,3}}"
# Longer runs of digits are numbers of another kind. Looked ahead for, since other numbers may stand right before it.
_TWELVE = re.compile(rf"(?<!\d)(?=(\d(?:{_GAP}\d){{11}})(?!\d))")
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_MODULUS = 11


def holds_personal_number(text: str) -> bool:
    """Whether a text holds a number that may be somebody's マイナンバー, in full or half width, with gaps between the digits or not."""
    folded = "".join(ch for ch in unicodedata.normalize("NFKC", text) if unicodedata.category(ch) != "Cf")
    return any(_is_valid(re.sub(r"\D", "", match[1])) for match in _TWELVE.finditer(folded))


def _is_valid(digits: str) -> bool:
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % _MODULUS
    return int(digits[-1]) == (0 if rest <= 1 else _MODULUS - rest)
